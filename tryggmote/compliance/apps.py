from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplianceConfig(AppConfig):
    name = "tryggmote.compliance"

    def ready(self) -> None:
        """Give the database the thresholds and all rules, and tell the menu where the status is."""
        from django.core import checks

        from tryggmote.access.policies import also_apply, apply_last
        from tryggmote.compliance import now_panel
        from tryggmote.compliance.checks import requirements_name_rules_that_exist
        from tryggmote.compliance.everything import everything_sql
        from tryggmote.compliance.thresholds import thresholds_sql
        from tryggmote.duties import panels
        from tryggmote.ui import navigation

        checks.register(requirements_name_rules_that_exist, "compliance", "start")
        also_apply(thresholds_sql)
        apply_last(everything_sql)
        panels.register(now_panel.WEAKEST)
        panels.register(now_panel.MISSING)
        navigation.register(
            navigation.NavItem(
                label=_("Status"),
                url_name="compliance:mine",
                icon="ClipboardCheckmarkIcon",
                order=58,
                text=_("Hva enheten har på plass, hva som mangler, og hva som er neste"),
            )
        )
