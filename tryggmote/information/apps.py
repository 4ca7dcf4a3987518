from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InformationConfig(AppConfig):
    name = "tryggmote.information"

    def ready(self) -> None:
        """Tell the menu, "Now" and the notices what information brings."""
        from tryggmote.duties import kinds as duties
        from tryggmote.information.duties import KINDS as DUTIES
        from tryggmote.information.told import KINDS
        from tryggmote.notices import registry as notices
        from tryggmote.notices.vocabulary import Group
        from tryggmote.ui import navigation

        for kind in KINDS:
            notices.register(kind, group=Group.READING)
        duties.register(*DUTIES)
        navigation.register(
            navigation.NavItem(
                label=_("Informasjon"),
                url_name="information:feed",
                icon="NewspaperIcon",
                order=50,
                text=_("Nye vurderinger, tiltak og rutiner, og hva du ikke har lest"),
            )
        )
