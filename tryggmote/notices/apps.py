from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "tryggmote.notices"

    def ready(self) -> None:
        """Hang up the bell, and tell administrators on "Now" when e-mail does not leave."""
        from tryggmote.duties import registry, telling
        from tryggmote.notices import of_duties
        from tryggmote.notices.duties import mail_duties
        from tryggmote.notices.queries import unseen_count
        from tryggmote.notices.registry import register
        from tryggmote.ui import navigation

        navigation.register_bell("notices:list", unseen_count)
        registry.register(mail_duties)
        telling.register_teller(of_duties.tell_of_duties)
        for kind in of_duties.KINDS:
            register(kind)
