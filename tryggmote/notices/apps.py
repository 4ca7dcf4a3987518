from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "tryggmote.notices"

    def ready(self) -> None:
        """Open the ways out that are ours, hang up the bell, tell administrators when one stands still."""
        from tryggmote.duties import panels, telling
        from tryggmote.duties import registry as duties
        from tryggmote.notices import carriers, now_panel, of_duties, own_page, registry
        from tryggmote.notices.bounces import EMAIL_STOPPED
        from tryggmote.notices.duties import outbox_duties
        from tryggmote.notices.mail import EmailCarrier
        from tryggmote.notices.queries import unseen_count
        from tryggmote.notices.texting import TextCarrier
        from tryggmote.notices.vocabulary import Channel, Group
        from tryggmote.ui import my_page, navigation

        carriers.register(Channel.EMAIL, EmailCarrier())
        carriers.register(Channel.TEXT, TextCarrier())
        registry.register(EMAIL_STOPPED, group=Group.READING)
        navigation.register_bell("notices:list", unseen_count)
        my_page.register(my_page.Section("notices/own_page.html", own_page.context))
        duties.register(outbox_duties)
        panels.register(now_panel.SENDING)
        telling.register_teller(of_duties.tell_of_duties)
        for kind in of_duties.KINDS:
            registry.register(kind, group=Group.DUTIES)
