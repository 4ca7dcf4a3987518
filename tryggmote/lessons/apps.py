from django.apps import AppConfig


class LessonsConfig(AppConfig):
    name = "tryggmote.lessons"

    def ready(self) -> None:
        """Tell the database what lessons practise, and the menu, units' pages and "Min side" what is here."""
        from tryggmote.access.policies import also_apply
        from tryggmote.lessons import places
        from tryggmote.lessons.library import practised_sql
        from tryggmote.organisation import unit_places
        from tryggmote.ui import my_page, navigation

        also_apply(practised_sql)
        for place in places.PLACES:
            unit_places.register(place)
        for item in places.ITEMS:
            navigation.register(item)
        my_page.register(places.OWN)
