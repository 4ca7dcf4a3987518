from typing import Any

app_name = "police"
urlpatterns: list[Any] = []
