from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "tryggmote.search"

    def ready(self) -> None:
        """Let the pages of the menu be found."""
        from tryggmote.search import menu, registry

        registry.register(registry.Shelf("side", _("Sider"), "MenuHamburgerIcon", 10, menu.pages))
