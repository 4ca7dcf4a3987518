from django.apps import AppConfig


class ResidualConfig(AppConfig):
    name = "tryggmote.residual"

    def ready(self) -> None:
        """Tell the database its elements, and the menu, units' pages, "Now" and the notices what is here."""
        from tryggmote.access.policies import also_apply
        from tryggmote.compliance import registry as compliance
        from tryggmote.duties import kinds as duties
        from tryggmote.information import registry as information
        from tryggmote.notices import registry as notices
        from tryggmote.notices.vocabulary import Group
        from tryggmote.organisation import belongings, unit_places
        from tryggmote.residual import evidence, places, searching, told
        from tryggmote.residual.belongings import BELONGINGS
        from tryggmote.residual.duties import KINDS as DUTIES
        from tryggmote.residual.elements import elements_sql
        from tryggmote.search import registry as search
        from tryggmote.ui import navigation

        also_apply(elements_sql)
        for rule in evidence.RULES:
            compliance.register(rule)
        for kind in told.KINDS:
            notices.register(kind, group=Group.SAFETY)
        search.register(searching.RECORDS)
        information.register(told.NEWS)
        duties.register(*DUTIES)
        for place in places.PLACES:
            unit_places.register(place)
        for item in places.ITEMS:
            navigation.register(item)
        belongings.register(BELONGINGS)
