from typing import Any

app_name = "followup"
urlpatterns: list[Any] = []
