from django.apps import AppConfig
from django.conf import settings


class DemoConfig(AppConfig):
    name = "tryggmote.demo"

    def ready(self) -> None:
        from tryggmote.access.sign_in_choices import offer
        from tryggmote.demo.people import everybody

        if settings.DEMO:
            offer(everybody)
