from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatisticsConfig(AppConfig):
    name = "tryggmote.statistics"

    def ready(self) -> None:
        """Tell the menu, units' pages and "Now"."""
        from tryggmote.duties import registry
        from tryggmote.organisation import unit_places
        from tryggmote.statistics.survey_now import questions_to_answer
        from tryggmote.ui import navigation

        label, says = (
            _("Tall"),
            _("Hendelser, sjekker, hjelp og opplæring over tid, med utvikling og tabeller"),
        )
        unit_places.register(unit_places.UnitPlace(label, "statistics:unit", "BarChartIcon", says))
        navigation.register(navigation.NavItem(label, "statistics:own", "BarChartIcon", order=61, text=says))
        registry.register(questions_to_answer)
