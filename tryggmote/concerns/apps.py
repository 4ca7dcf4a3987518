from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "tryggmote.concerns"

    def ready(self) -> None:
        """Tell the menu, units' pages, measures, "Now", the notices and the status what is here."""
        from tryggmote.compliance import registry as compliance
        from tryggmote.concerns import duties, evidence, now_panel, places, told
        from tryggmote.concerns.belongings import BELONGINGS
        from tryggmote.concerns.origin import ORIGIN
        from tryggmote.controls import origins
        from tryggmote.duties import kinds, panels, registry
        from tryggmote.notices import registry as notices
        from tryggmote.notices.vocabulary import Group
        from tryggmote.organisation import belongings, unit_places
        from tryggmote.ui import navigation

        belongings.register(BELONGINGS)
        for rule in evidence.RULES:
            compliance.register(rule)
        for kind in told.KINDS:
            notices.register(kind, group=Group.SAFETY)
        kinds.register(*duties.KINDS)
        panels.register(now_panel.UNANSWERED)
        registry.register(duties.stopped_where_one_works)
        origins.register(ORIGIN)
        unit_places.register(places.UNIT_PLACE)
        unit_places.register_news("concerns/stops_on_page.html", places.stops_on_page)
        navigation.register(places.ITEM)
