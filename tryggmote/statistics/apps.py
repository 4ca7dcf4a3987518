from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatisticsConfig(AppConfig):
    name = "tryggmote.statistics"

    def ready(self) -> None:
        """Tell the menu and units' pages."""
        from tryggmote.organisation import unit_places
        from tryggmote.ui import navigation

        label, says = (
            _("Tall"),
            _("Hendelser, sjekker, hjelp og opplæring over tid, med utvikling og tabeller"),
        )
        unit_places.register(unit_places.UnitPlace(label, "statistics:unit", "BarChartIcon", says))
        navigation.register(navigation.NavItem(label, "statistics:own", "BarChartIcon", order=61, text=says))
