from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    name = "tryggmote.guides"

    def ready(self) -> None:
        """Put the guides on the menu and on "Min side", where they are found again when put away."""
        from tryggmote.ui import my_page, navigation

        navigation.register(
            navigation.NavItem(
                _("Kom i gang"), "guides:all", "CompassIcon", order=95,
                text=_("Hva du gjør her, hva som er viktigst først, og hvem som hjelper."),
            )
        )  # fmt: skip
        my_page.register(my_page.Section("guides/own_page.html", lambda person: {}))
