from typing import Any

app_name = "exhibits"
urlpatterns: list[Any] = []
