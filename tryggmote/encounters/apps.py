from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EncountersConfig(AppConfig):
    name = "tryggmote.encounters"

    def ready(self) -> None:
        """Tell the menu, "Now" and the notices what is here."""
        from tryggmote.compliance import registry as compliance
        from tryggmote.duties import kinds, registry
        from tryggmote.encounters import duties, evidence, hazards, notice_kinds, suggesting
        from tryggmote.encounters.queries import pages_of_checks
        from tryggmote.risk import sources, suggestion_sources
        from tryggmote.ui import offline
        from tryggmote.ui.navigation import NavItem, QuickAction, register, register_quick_action

        notice_kinds.register_all()
        kinds.register(*duties.KINDS)
        registry.register(duties.out_alone)
        registry.register(duties.outcomes_to_tell)
        compliance.register(evidence.CHECKS)
        compliance.register(evidence.LONE_WORKING)
        suggestion_sources.register(suggesting.suggest)
        for page in hazards.SOURCE_PAGES:
            sources.register(page)
        registry.register_today(duties.meetings_today, url_name="encounters:today")
        offline.register(offline.Place(_("Møter i dag"), "encounters:today", "CalendarIcon", order=30))
        offline.register(
            offline.Place(
                _("Sjekk et møte"), "encounters:check_start", "TasklistIcon", order=40, also=pages_of_checks
            )
        )
        offline.register(offline.Place(_("Stans møtet"), "encounters:stop", "StopIcon", order=60))
        register(
            NavItem(
                _("Møter i dag"), "encounters:today", "CalendarIcon", order=20,
                short_label=_("I dag"), text=_("Møtene dine, og sjekken før hvert møte."),
            )
        )  # fmt: skip
        register(
            NavItem(
                _("Ute nå"), "encounters:outings", "HikingTrailSignIcon", order=65,
                text=_("Hvem som er ute alene, og når de er tilbake."),
            )
        )  # fmt: skip
        register(
            NavItem(
                _("Sjekker"), "encounters:checks", "TasklistIcon", order=60,
                text=_("Sjekkene du har gjort og dem du kan se."),
            )
        )  # fmt: skip
        register(
            NavItem(
                _("Meldt risiko"), "encounters:risks", "MegaphoneIcon", order=70,
                text=_("Møter som er stanset og risikoer som er meldt, med svar."),
            )
        )  # fmt: skip
        register_quick_action(
            QuickAction(
                _("Stans møtet"), _("Avbryt arbeidet. Leder og verneombud får beskjed med en gang."),
                "encounters:stop", "StopIcon", order=20, is_urgent=True,
            )
        )  # fmt: skip
        register_quick_action(
            QuickAction(
                _("Sjekk ut"), _("Du skal ut alene. En kollega følger med til du er tilbake."),
                "encounters:outing_new", "HikingTrailSignIcon", order=30,
            )
        )  # fmt: skip
        register_quick_action(
            QuickAction(
                _("Meld en risiko"), _("Si fra om noe utrygt før noe skjer."),
                "encounters:risk_new", "MegaphoneIcon", order=40,
            )
        )  # fmt: skip
