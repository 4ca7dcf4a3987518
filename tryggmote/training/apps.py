from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "tryggmote.training"

    def ready(self) -> None:
        """Tell the database its elements, and the check, the menu, units' pages and "Now" what is here."""
        from tryggmote.access.policies import also_apply
        from tryggmote.compliance import registry as compliance
        from tryggmote.duties import kinds, registry
        from tryggmote.notices import registry as notices
        from tryggmote.notices.vocabulary import Group
        from tryggmote.organisation import belongings, clearance, unit_places
        from tryggmote.search import registry as search
        from tryggmote.training import (
            certificate_duties,
            duties,
            evidence,
            places,
            plan_duties,
            plan_told,
            searching,
            session_told,
            told,
        )
        from tryggmote.training.belongings import BELONGINGS
        from tryggmote.training.cleared import judge
        from tryggmote.training.elements import elements_sql
        from tryggmote.training.session_duties import session_duties
        from tryggmote.ui import navigation, offline

        also_apply(elements_sql)
        search.register(searching.ELEMENTS)
        clearance.register(judge)
        belongings.register(BELONGINGS)
        for rule in evidence.RULES:
            compliance.register(rule)
        for kind in (*told.KINDS, *plan_told.KINDS, *session_told.KINDS):
            notices.register(kind, group=Group.TRAINING)
        kinds.register(*duties.KINDS, *plan_duties.KINDS, *certificate_duties.KINDS)
        registry.register(session_duties)
        offline.register(
            offline.Place(_("Jeg er på en opplæringsøkt"), "training:here_any", "HatSchoolIcon", order=70)
        )
        for place in places.PLACES:
            unit_places.register(place)
        for item in places.ITEMS:
            navigation.register(item)
