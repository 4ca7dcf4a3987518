"""Incidents on the first page: serious ones for directors, those without an answer for representatives."""

from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.panels import MOST_LINES, Line, Panel, PanelKind
from tryggmote.incidents.levels import level as level_of
from tryggmote.incidents.models import Incident
from tryggmote.incidents.rules import VERY_SERIOUS_FROM_LEVEL
from tryggmote.organisation.roles import OVERSEES, Role
from tryggmote.ui.dates import day

DAYS = 30
_NEEDED = ("id", "form", "created_at", "assessed_level", "answered_at", "workforce__unit__name")


def _serious(person: SignedInPerson) -> Panel:
    since = timezone.now() - timedelta(days=DAYS)
    found = Incident.objects.filter(assessed_level__gte=VERY_SERIOUS_FROM_LEVEL, created_at__gte=since)
    return Panel(
        title=_("Alvorlig de siste 30 dagene"),
        lines=[
            _line(incident, str(level_of(incident.assessed_level or 0).word), "warning")
            for incident in _latest(found)
        ],
        nothing=_("Ingenting på nivå 4 eller 5 er meldt."),
        more=_("Alle hendelser"),
        url=reverse("incidents:list"),
    )


def _unanswered(person: SignedInPerson) -> Panel:
    found = Incident.objects.filter(answered_at=None)
    return Panel(
        title=_("Hendelser uten svar"),
        lines=[_line(incident, "", "neutral") for incident in _latest(found)],
        nothing=_("Alle hendelsene har fått svar."),
        more=_("Alle hendelser"),
        url=reverse("incidents:list"),
    )


def _latest(found: QuerySet[Incident]) -> list[Incident]:
    return list(
        found.select_related("workforce__unit").only(*_NEEDED).order_by("-created_at", "-id")[:MOST_LINES]
    )


def _line(incident: Incident, state: str, variant: str) -> Line:
    reported = _("%(unit)s, meldt %(day)s") % {
        "unit": incident.workforce.unit.name,
        "day": day(incident.created_at),
    }
    return Line(incident.form_word, incident.get_absolute_url(), reported, state, variant)


SERIOUS = PanelKind("incidents.serious", frozenset(OVERSEES), 20, _serious)
UNANSWERED = PanelKind(
    "incidents.unanswered",
    frozenset({Role.SAFETY_REPRESENTATIVE, Role.CHIEF_SAFETY_REPRESENTATIVE}),
    30,
    _unanswered,
)
