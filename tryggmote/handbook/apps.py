from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HandbookConfig(AppConfig):
    name = "tryggmote.handbook"

    def ready(self) -> None:
        """Put in the chapters read from capabilities below, and tell the menu, the phone and "Now"."""
        from django.urls import reverse

        from tryggmote.compliance import registry as compliance
        from tryggmote.duties import kinds as duties
        from tryggmote.handbook import registry
        from tryggmote.handbook.chapters import (
            cards,
            equipment,
            help,
            measures,
            people,
            premises,
            procedures,
            residual_risk,
        )
        from tryggmote.handbook.duties import KINDS as DUTIES
        from tryggmote.handbook.evidence import RULES
        from tryggmote.ui import navigation, offline

        for module in (help, cards, procedures, measures, premises, residual_risk, equipment, people):
            registry.register(module.CHAPTER)
        for rule in RULES:
            compliance.register(rule)
        duties.register(*DUTIES)
        offline.register(
            offline.Place(
                _("Håndbok"), "handbook:own", "BookIcon", order=25,
                also=lambda person: [reverse("handbook:own_texts")],
            )
        )  # fmt: skip
        navigation.register(
            navigation.NavItem(
                label=_("Håndbok"),
                url_name="handbook:own",
                icon="BookIcon",
                order=54,
                text=_("Alt som gjelder der du jobber, samlet i én bok. Virker uten nett"),
            )
        )
