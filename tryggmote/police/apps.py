from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PoliceConfig(AppConfig):
    name = "tryggmote.police"

    def ready(self) -> None:
        """Tell "Now", the notices and the leader's guided page what police reports bring."""
        from tryggmote.duties import registry as duties
        from tryggmote.incidents import guide
        from tryggmote.notices import registry as notices
        from tryggmote.police.duties import police_duties
        from tryggmote.police.guidance import guidance
        from tryggmote.police.guiding import address_of, panel_for
        from tryggmote.police.told import KINDS

        guidance()
        for kind in KINDS:
            notices.register(kind)
        duties.register(police_duties)
        guide.register(guide.Part(code="police", action=_("Ta stilling til anmeldelse"), url=address_of))
        guide.register_panel("police/panel.html", panel_for)
