from django.apps import AppConfig


class ExhibitsConfig(AppConfig):
    name = "tryggmote.exhibits"

    def ready(self) -> None:
        """Put a card on the incident's page. Stops here when the limits cannot be read."""
        from tryggmote.exhibits.guiding import panel_for
        from tryggmote.exhibits.limits import limits
        from tryggmote.incidents import guide

        limits()
        guide.register_panel("exhibits/panel.html", panel_for)
