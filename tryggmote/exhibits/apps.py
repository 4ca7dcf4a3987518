from django.apps import AppConfig


class ExhibitsConfig(AppConfig):
    name = "tryggmote.exhibits"

    def ready(self) -> None:
        """Stop here when the limits cannot be read."""
        from tryggmote.exhibits.limits import limits

        limits()
