from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from tryggmote.access.context import SignedInPerson


def _follows_up(person: "SignedInPerson") -> bool:
    """Leaders, and those who watch over them: others come here from their own incident."""
    return bool(person.is_leader or person.areas or person.overseen)


class PoliceConfig(AppConfig):
    name = "tryggmote.police"

    def ready(self) -> None:
        """Tell "Now", the notices and the leader's guided page what police reports bring."""
        from tryggmote.duties import kinds
        from tryggmote.incidents import guide
        from tryggmote.notices import registry as notices
        from tryggmote.notices.vocabulary import Group
        from tryggmote.police import told
        from tryggmote.police.duties import KINDS
        from tryggmote.police.guidance import guidance
        from tryggmote.police.guiding import address_of, panel_for
        from tryggmote.ui import navigation

        guidance()
        for kind in told.KINDS:
            notices.register(kind, group=Group.INCIDENTS)
        kinds.register(*KINDS)
        navigation.register(
            navigation.NavItem(
                label=_("Anmeldelser"),
                url_name="police:matters",
                icon="GavelIcon",
                order=85,
                shown_to=_follows_up,
                text=_("Hva som er bestemt, sendt og hørt fra politiet"),
            )
        )
        guide.register(guide.Part(code="police", action=_("Ta stilling til anmeldelse"), url=address_of))
        guide.register_panel("police/panel.html", panel_for)
