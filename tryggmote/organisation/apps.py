from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    name = "tryggmote.organisation"

    def ready(self) -> None:
        """Tell menu, search and "Min side" what is here about who is who, and the database the calendar."""
        from tryggmote.access.policies import also_apply
        from tryggmote.organisation import own_page, rules, searching
        from tryggmote.organisation.workdays_in_sql import workdays_sql
        from tryggmote.search import registry as search
        from tryggmote.ui import my_page, navigation

        navigation.register(
            navigation.NavItem(
                label=_("Enheter"),
                url_name="organisation:units",
                icon="Buildings3Icon",
                order=60,
                text=_("Hvem som jobber hvor, og hvem som leder og er verneombud."),
            )
        )
        navigation.register(
            navigation.NavItem(
                label=_("Administrasjon"),
                url_name="organisation:administration",
                icon="CogIcon",
                order=90,
                shown_to=rules.may_import,
                text=_("Ta inn enheter, personer og roller."),
            )
        )
        also_apply(workdays_sql)
        for findable in searching.FINDABLES:
            search.register(findable)
        my_page.register(my_page.Section("organisation/own_page.html", own_page.context))
