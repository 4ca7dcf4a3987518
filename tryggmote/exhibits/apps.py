from django.apps import AppConfig


class ExhibitsConfig(AppConfig):
    name = "tryggmote.exhibits"

    def ready(self) -> None:
        """Put a card on the incident's page, say what is told, and stop when the limits cannot be read."""
        from tryggmote.exhibits.guiding import panel_for
        from tryggmote.exhibits.limits import limits
        from tryggmote.exhibits.told import KINDS
        from tryggmote.incidents import guide
        from tryggmote.notices import registry as notices
        from tryggmote.notices.vocabulary import Group

        limits()
        for kind in KINDS:
            notices.register(kind, group=Group.INCIDENTS)
        guide.register_panel("exhibits/panel.html", panel_for)
