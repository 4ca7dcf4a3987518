from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutiesConfig(AppConfig):
    name = "tryggmote.duties"

    def ready(self) -> None:
        """Put "Now" first on the menu, and the standard, which knows no capability, among the first steps."""
        from tryggmote.access.policies import also_apply, apply_last
        from tryggmote.duties import kinds
        from tryggmote.duties.everything_owed import everything_owed_sql, kinds_sql
        from tryggmote.duties.kinds_here import KINDS
        from tryggmote.duties.registry import FirstStep, register_first_step
        from tryggmote.ui.navigation import NavItem, register

        also_apply(kinds_sql)
        apply_last(everything_owed_sql)
        kinds.register(*KINDS)
        register(
            NavItem(_("Nå"), "now", "HouseIcon", order=10, text=_("Det du må gjøre, og møtene dine i dag."))
        )
        register_first_step(
            FirstStep(
                title=_("Slå opp i standarden"),
                text=_("Hva dere har krav på, og hva som gjelder hos dere."),
                url_name="catalogue:index",
                icon="BookIcon",
                order=30,
            )
        )
