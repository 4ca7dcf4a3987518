from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "tryggmote.catalogue"

    def ready(self) -> None:
        from tryggmote.catalogue.checks import standards_can_be_used
        from tryggmote.catalogue.search import find_requirements
        from tryggmote.ui import navigation, search

        checks.register(standards_can_be_used, "catalogue", "start")
        search.register(find_requirements)
        navigation.register(
            navigation.NavItem(
                label=_("Standarden"),
                url_name="catalogue:index",
                icon="BookIcon",
                order=60,
                text=_("Kravene, hva de betyr hos dere, og loven bak"),
            )
        )
