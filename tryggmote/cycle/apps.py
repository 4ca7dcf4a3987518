from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CycleConfig(AppConfig):
    name = "tryggmote.cycle"

    def ready(self) -> None:
        """Register what the capabilities below know of a year, and tell the menu and units' pages."""
        from tryggmote.cycle import registry
        from tryggmote.cycle.sources import information, meetings, people, premises, risks
        from tryggmote.organisation import unit_places
        from tryggmote.ui import navigation

        for module in (risks, premises, people, meetings, information):
            for source in module.SOURCES:
                registry.register(source)
        label, says = _("Årshjul"), _("Det enheten skal gjøre i år, det som er gjort, og planen for neste år")
        unit_places.register(unit_places.UnitPlace(label, "cycle:unit", "CalendarIcon", says))
        navigation.register(
            navigation.NavItem(
                label, "cycle:own", "CalendarIcon", order=57, text=says,
                shown_to=lambda person: person.unit is not None,
            )
        )  # fmt: skip
