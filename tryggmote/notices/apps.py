from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "tryggmote.notices"

    def ready(self) -> None:
        from tryggmote.notices.queries import unseen_count
        from tryggmote.ui import navigation

        navigation.register_bell("notices:list", unseen_count)
