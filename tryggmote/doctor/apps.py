from django.apps import AppConfig


class DoctorConfig(AppConfig):
    name = "tryggmote.doctor"

    def ready(self) -> None:
        """Register the system checks."""
        from tryggmote.config import checks  # noqa: F401
