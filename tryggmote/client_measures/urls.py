from typing import Any

app_name = "client_measures"
urlpatterns: list[Any] = []
