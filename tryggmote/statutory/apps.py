from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatutoryConfig(AppConfig):
    name = "tryggmote.statutory"

    def ready(self) -> None:
        """Tell the database its limits, and the menu, "Now" and the notices what is here."""
        from tryggmote.access.policies import also_apply
        from tryggmote.compliance import registry as compliance
        from tryggmote.duties import kinds as duties
        from tryggmote.incidents import guide
        from tryggmote.notices import registry as notices
        from tryggmote.notices.vocabulary import Group
        from tryggmote.statutory import evidence, on_incident
        from tryggmote.statutory.duties import KINDS as DUTIES
        from tryggmote.statutory.legal_data import legal_data_sql
        from tryggmote.statutory.rules import reads_register
        from tryggmote.statutory.told import KINDS
        from tryggmote.ui import navigation

        also_apply(legal_data_sql)
        for rule in evidence.RULES:
            compliance.register(rule)
        for kind in KINDS:
            notices.register(kind, group=Group.INCIDENTS)
        duties.register(*DUTIES)
        for part in on_incident.PARTS:
            guide.register(part)
        guide.register_panel("statutory/on_incident.html", on_incident.panel)
        navigation.register(
            navigation.NavItem(
                _("Skaderegister"), "statutory:register", "BandageIcon", order=63, shown_to=reads_register,
                text=_("Skader etter arbeidet, og meldinger til Arbeidstilsynet og Nav."),
            )
        )  # fmt: skip
