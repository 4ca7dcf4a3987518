from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClientMeasuresConfig(AppConfig):
    name = "tryggmote.client_measures"

    def ready(self) -> None:
        """Tell the database the days and the ladder, and the menu, "Now" and the notices what is here."""
        from tryggmote.access.policies import also_apply
        from tryggmote.client_measures import told
        from tryggmote.client_measures.duties import KINDS
        from tryggmote.client_measures.from_incident import PANEL, way_here
        from tryggmote.client_measures.guidelines import guidelines_sql
        from tryggmote.duties import kinds
        from tryggmote.incidents import guide
        from tryggmote.notices import registry as notices
        from tryggmote.notices.vocabulary import Group
        from tryggmote.ui import navigation

        also_apply(guidelines_sql)
        for kind in told.KINDS:
            notices.register(kind, group=Group.INCIDENTS)
        kinds.register(*KINDS)
        guide.register_panel(PANEL, way_here)
        navigation.register(
            navigation.NavItem(
                _("Tiltak overfor bruker"), "client_measures:list", "PersonGavelIcon", order=78,
                text=_("Lukkede saker: varsel, brukerens syn, vedtak, klage og sletting"),
            )
        )  # fmt: skip
