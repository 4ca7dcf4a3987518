from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "tryggmote.training"

    def ready(self) -> None:
        """Tell the database its elements, and the check, the menu, units' pages and "Now" what is here."""
        from tryggmote.access.policies import also_apply
        from tryggmote.compliance import registry as compliance
        from tryggmote.duties import registry as duties
        from tryggmote.notices import registry as notices
        from tryggmote.organisation import belongings, clearance, unit_places
        from tryggmote.search import registry as search
        from tryggmote.training import evidence, places, plan_told, searching, session_told, told
        from tryggmote.training.belongings import BELONGINGS
        from tryggmote.training.certificate_duties import certificate_duties
        from tryggmote.training.cleared import judge
        from tryggmote.training.duties import training_duties
        from tryggmote.training.elements import elements_sql
        from tryggmote.training.plan_duties import plan_duties
        from tryggmote.ui import navigation, offline

        also_apply(elements_sql)
        search.register(searching.ELEMENTS)
        clearance.register(judge)
        belongings.register(BELONGINGS)
        for rule in evidence.RULES:
            compliance.register(rule)
        for kind in (*told.KINDS, *plan_told.KINDS, *session_told.KINDS):
            notices.register(kind)
        duties.register(training_duties)
        duties.register(certificate_duties)
        duties.register(plan_duties)
        offline.register(
            offline.Place(_("Jeg er på en opplæringsøkt"), "training:here_any", "HatSchoolIcon", order=70)
        )
        for place in places.PLACES:
            unit_places.register(place)
        for item in places.ITEMS:
            navigation.register(item)
