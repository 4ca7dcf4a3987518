from django.apps import AppConfig


class ExpertiseConfig(AppConfig):
    name = "tryggmote.expertise"

    def ready(self) -> None:
        """Tell the menu, units' pages, "Now", the notices and the status what is here."""
        from tryggmote.compliance import registry as compliance
        from tryggmote.duties import kinds as duties
        from tryggmote.duties import panels
        from tryggmote.expertise import evidence, now_panel, places, told
        from tryggmote.expertise.belongings import BELONGINGS
        from tryggmote.expertise.duties import KINDS as DUTIES
        from tryggmote.notices import registry as notices
        from tryggmote.notices.vocabulary import Group
        from tryggmote.organisation import belongings, unit_places
        from tryggmote.ui import navigation

        belongings.register(BELONGINGS)
        for rule in evidence.RULES:
            compliance.register(rule)
        for kind in told.KINDS:
            notices.register(kind, group=Group.SAFETY)
        duties.register(*DUTIES)
        panels.register(now_panel.ASKED)
        for place in places.PLACES:
            unit_places.register(place)
        for item in places.ITEMS:
            navigation.register(item)
