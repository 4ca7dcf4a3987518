from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossierConfig(AppConfig):
    name = "tryggmote.dossier"

    def ready(self) -> None:
        """Put in the sections read from capabilities below, and tell the menu and "Now"."""
        from tryggmote.access.context import SignedInPerson
        from tryggmote.dossier import now_panel, registry
        from tryggmote.dossier.sections import (
            agreement,
            assessments,
            exercises,
            forums,
            incidents,
            learning,
            measures,
            residual,
            status,
            tests,
        )
        from tryggmote.duties import panels
        from tryggmote.organisation.roles import Role
        from tryggmote.ui import navigation

        for module in (
            status, assessments, measures, tests, learning, exercises, incidents, residual, forums, agreement
        ):  # fmt: skip
            registry.register(module.SECTION)
        panels.register(now_panel.OWN)

        roles = (
            Role.AUDITOR,
            Role.DIRECTORATE,
            Role.SAFETY_REPRESENTATIVE,
            Role.CHIEF_SAFETY_REPRESENTATIVE,
        )

        def makes_them(person: SignedInPerson) -> bool:
            return bool(person.led or person.overseen) or person.has_role(*roles)

        navigation.register(
            navigation.NavItem(
                label=_("Mapper til tilsyn"),
                url_name="dossier:list",
                icon="FilesIcon",
                order=66,
                shown_to=makes_them,
                text=_(
                    "Alt en enhet kan vise for en periode, til Arbeidstilsynet, AMU eller partnerskapsmøtet"
                ),
            )
        )
