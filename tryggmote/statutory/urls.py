from typing import Any

app_name = "statutory"
urlpatterns: list[Any] = []
