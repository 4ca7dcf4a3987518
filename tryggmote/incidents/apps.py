from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class IncidentsConfig(AppConfig):
    name = "tryggmote.incidents"

    def ready(self) -> None:
        """Tell the menu, "Now" and the notices what incidents bring."""
        from tryggmote.access.policies import also_apply
        from tryggmote.compliance import registry as compliance
        from tryggmote.controls import origins
        from tryggmote.duties import kinds, panels
        from tryggmote.incidents import evidence, guide, measures, now_panels, searching, suggesting
        from tryggmote.incidents.consequence_rules import consequences_sql
        from tryggmote.incidents.duties import KINDS as DUTIES
        from tryggmote.incidents.export_mappings import mappings_can_be_used
        from tryggmote.incidents.guiding import steps_sql
        from tryggmote.incidents.hazards import SOURCE_PAGE
        from tryggmote.incidents.step_duties import KINDS as STEP_DUTIES
        from tryggmote.incidents.told import KINDS
        from tryggmote.notices import registry as notices
        from tryggmote.notices.vocabulary import Group
        from tryggmote.risk import sources, suggestion_sources
        from tryggmote.risk.vocabulary import Cause
        from tryggmote.search import registry as search
        from tryggmote.ui import navigation, offline

        checks.register(mappings_can_be_used)
        also_apply(consequences_sql)
        also_apply(steps_sql)
        for kind in KINDS:
            notices.register(kind, group=Group.INCIDENTS)
        sources.register(SOURCE_PAGE)
        sources.register_cause(Cause.INCIDENT, SOURCE_PAGE.url)
        kinds.register(*DUTIES, *STEP_DUTIES)
        panels.register(now_panels.SERIOUS)
        panels.register(now_panels.UNANSWERED)
        compliance.register(evidence.RULE)
        guide.register(guide.Part("reassess", _("Se faren"), measures.address_of_hazard, completes=False))
        guide.register(
            guide.Part("measure", _("Planlegg et tiltak"), measures.address_to_plan, completes=False)
        )
        guide.register_panel("incidents/measures_panel.html", measures.measures_from)
        origins.register(measures.ORIGIN)
        suggestion_sources.register(suggesting.suggest)
        offline.register(
            offline.Place(_("Meld hendelse"), "incidents:report", "ExclamationmarkTriangleIcon", order=50)
        )
        search.register(searching.INCIDENTS)
        navigation.register(
            navigation.NavItem(
                label=_("Hendelser"),
                url_name="incidents:list",
                icon="ExclamationmarkTriangleIcon",
                order=30,
                text=_("Meld og følg opp vold, trusler og uro"),
            )
        )
        navigation.register_quick_action(
            navigation.QuickAction(
                label=_("Meld hendelse"),
                text=_("Vold, trussel eller uro. Leder og verneombud får vite det med en gang."),
                url_name="incidents:report",
                icon="ExclamationmarkTriangleIcon",
                order=30,
            )
        )
