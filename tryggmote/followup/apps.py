from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowupConfig(AppConfig):
    name = "tryggmote.followup"

    def ready(self) -> None:
        """Tell the menu, "Now", the notices and the status of § 23A-5 what follow-up brings."""
        from tryggmote.access.policies import also_apply
        from tryggmote.compliance import registry as compliance
        from tryggmote.duties import kinds
        from tryggmote.followup import told
        from tryggmote.followup.duties import KINDS
        from tryggmote.followup.evidence import RULE
        from tryggmote.followup.later import open_again
        from tryggmote.followup.panel import PANEL, PARTS, panel_for
        from tryggmote.followup.steps import steps_sql
        from tryggmote.incidents import guide, later_reported
        from tryggmote.notices import registry as notices
        from tryggmote.notices.vocabulary import Group
        from tryggmote.ui import navigation

        for kind in told.KINDS:
            notices.register(kind, group=Group.INCIDENTS)
        also_apply(steps_sql)
        kinds.register(*KINDS)
        compliance.register(RULE)
        for part in PARTS:
            guide.register(part)
        guide.register_panel(PANEL, panel_for)
        later_reported.register(open_again)
        navigation.register(
            navigation.NavItem(
                label=_("Oppfølging"),
                url_name="followup:home",
                icon="HandHeartIcon",
                order=68,
                text=_("Støtte til deg, og til dem du følger opp."),
            )
        )
