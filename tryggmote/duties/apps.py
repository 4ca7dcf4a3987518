from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutiesConfig(AppConfig):
    name = "tryggmote.duties"

    def ready(self) -> None:
        """Put "Now" first on the menu, and tell the database who owes what."""
        from tryggmote.access.policies import also_apply, apply_last
        from tryggmote.duties import kinds
        from tryggmote.duties.everything_owed import everything_owed_sql, kinds_sql
        from tryggmote.duties.kinds_here import KINDS
        from tryggmote.ui.navigation import NavItem, register

        also_apply(kinds_sql)
        apply_last(everything_owed_sql)
        kinds.register(*KINDS)
        register(
            NavItem(_("Nå"), "now", "HouseIcon", order=10, text=_("Det du må gjøre, og møtene dine i dag."))
        )
