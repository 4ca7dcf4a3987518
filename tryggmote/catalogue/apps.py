from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "tryggmote.catalogue"

    def ready(self) -> None:
        from tryggmote.catalogue.checks import standards_can_be_used
        from tryggmote.catalogue.searching import REQUIREMENTS
        from tryggmote.search import registry as search
        from tryggmote.ui import navigation

        checks.register(standards_can_be_used, "catalogue", "start")
        search.register(REQUIREMENTS)
        navigation.register(
            navigation.NavItem(
                label=_("Standarden"),
                url_name="catalogue:index",
                icon="BookIcon",
                order=60,
                text=_("Kravene, hva de betyr hos dere, og loven bak"),
            )
        )
