from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PremisesConfig(AppConfig):
    name = "tryggmote.premises"

    def ready(self) -> None:
        """Tell the menu what premises bring."""
        from tryggmote.organisation import belongings
        from tryggmote.premises import searching
        from tryggmote.premises.belongings import BELONGINGS
        from tryggmote.search import registry as search
        from tryggmote.ui import navigation

        for place in searching.PLACES:
            search.register(place)
        navigation.register(
            navigation.NavItem(
                label=_("Lokaler"),
                url_name="premises:buildings",
                icon="Buildings3Icon",
                order=60,
                text=_("Bygg, soner og rom, og hva hvert rom passer til"),
            )
        )
        belongings.register(BELONGINGS)
