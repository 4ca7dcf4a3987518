from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RiskConfig(AppConfig):
    name = "tryggmote.risk"

    def ready(self) -> None:
        """Tell the menu, the notices, the feed and the measures what assessments bring."""
        from tryggmote.compliance import registry as compliance
        from tryggmote.controls import origins
        from tryggmote.controls import registry as measures
        from tryggmote.duties import kinds
        from tryggmote.information import registry as information
        from tryggmote.notices import registry as notices
        from tryggmote.notices.vocabulary import Group
        from tryggmote.organisation import belongings, reorganising
        from tryggmote.risk import (
            duties,
            effects,
            evidence,
            hazard_duties,
            hazard_queries,
            pages,
            reopening,
            searching,
            sources,
            told,
        )
        from tryggmote.risk.belongings import BELONGINGS
        from tryggmote.risk.vocabulary import Cause
        from tryggmote.search import registry as search
        from tryggmote.ui import navigation

        for kind in told.KINDS:
            notices.register(kind, group=Group.SAFETY)
        information.register(told.APPROVED_NEWS)
        for rule in evidence.RULES:
            compliance.register(rule)
        kinds.register(*duties.KINDS)
        kinds.register(*hazard_duties.KINDS)
        reorganising.on_reorganised(reopening.reopen_for_reorganisation)
        measures.on_planned(effects.link_planned)
        measures.on_evaluated(effects.reopen_when_without_effect)
        origins.register(
            origins.Origin("scenario", _("Situasjonen i risikovurderingen"), pages.address_of_scenario)
        )
        origins.register(origins.Origin("hazard", _("Faren som er meldt"), hazard_queries.address_of_hazard))
        sources.register_cause(Cause.HAZARD, hazard_queries.address_of_hazard)
        sources.register_cause(Cause.NO_EFFECT, effects.address_of_evaluation)
        search.register(searching.ASSESSMENTS)
        navigation.register(
            navigation.NavItem(
                label=_("Risikovurdering"),
                url_name="risk:home",
                icon="ShieldCheckmarkIcon",
                order=40,
                text=_("Hva som kan skje hos dere, hvor ille det kan gå, og hva dere gjør med det."),
            )
        )
        belongings.register(BELONGINGS)
