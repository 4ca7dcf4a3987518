"""Which reports belong together, and which may. The database decides which ones one sees."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Exists

from tryggmote.access.context import SignedInPerson
from tryggmote.access.models import ReadEntry
from tryggmote.incidents.models import Incident, LaterReport, SameEvent
from tryggmote.incidents.rules import may_handle
from tryggmote.incidents.services import READ_LOG_KIND

LIKELY_WITHIN = timedelta(hours=2)
"""Reports of one meeting form in one unit this near in time may well be of the same event."""
POSSIBLE_WITHIN = timedelta(days=7)
MOST_SHOWN = 20


@dataclass(frozen=True)
class Told:
    """One report of the event. `link` is None for the one the others gather round.

    `has_read`: whether the one who looks has opened it; only then are its words shown beside the others.
    """

    incident: Incident
    link: SameEvent | None
    has_read: bool


@dataclass(frozen=True)
class Candidates:
    """Reports that may be of the same event: the likely ones, and others from the same days."""

    likely: list[Incident]
    possible: list[Incident]


def links_of(incident: Incident) -> QuerySet[SameEvent]:
    """What holds the reports of this one's event together, the first first; empty when it stands alone."""
    gathered_round = SameEvent.objects.filter(incident=incident, undone_at=None).values("event_id")
    return SameEvent.objects.filter(
        Q(event=incident) | Q(event_id__in=Subquery(gathered_round)), undone_at=None
    ).order_by("at", "id")


def reports_of_event(incident: Incident, person: SignedInPerson) -> list[Told]:
    """All reports of the event that one sees, side by side; two queries. One alone for itself is none."""
    links = list(
        links_of(incident).select_related(
            "by", "incident__reporter", "incident__exposed", "event__reporter", "event__exposed"
        )
    )
    if not links:
        return []
    reports = [(links[0].event, None), *((link.incident, link) for link in links)]
    read = set(
        ReadEntry.objects.filter(
            person_id=person.id, kind=READ_LOG_KIND, object_id__in=[report.id for report, _link in reports]
        ).values_list("object_id", flat=True)
    )
    return [Told(report, link, report.id in read) for report, link in reports]


def candidates_for(incident: Incident, person: SignedInPerson) -> Candidates:
    """Reports in the unit from the same days that this leader may link; one query."""
    moment = incident.happened_at
    is_linked = Exists(
        SameEvent.objects.filter(Q(incident=OuterRef("pk")) | Q(event=OuterRef("pk")), undone_at=None)
    )
    found = (
        Incident.objects.filter(
            workforce__unit_id=incident.workforce.unit_id,
            happened_at__range=(moment - POSSIBLE_WITHIN, moment + POSSIBLE_WITHIN),
        )
        .exclude(id=incident.id)
        .exclude(Q(id__in=links_of(incident).values("incident_id")))
        .exclude(Q(id__in=links_of(incident).values("event_id")))
        .exclude(Exists(LaterReport.objects.filter(incident=OuterRef("pk"))))
        .annotate(is_linked=is_linked)
        .select_related("reporter")
        .defer("what_happened")
    )
    near = sorted(found[:200], key=lambda other: abs(other.happened_at - moment))
    may_be = [other for other in near if may_handle(person, other)][:MOST_SHOWN]
    return Candidates(
        likely=[other for other in may_be if is_likely(incident.form, moment, other)],
        possible=[other for other in may_be if not is_likely(incident.form, moment, other)],
    )


def is_likely(form: str, moment: datetime, other: Incident) -> bool:
    """The same meeting form within two hours."""
    return other.form == form and abs(other.happened_at - moment) <= LIKELY_WITHIN


@dataclass(frozen=True)
class Beside:
    """How many other reports of the event there are, and how many more may be of it."""

    others: int
    likely: int


def beside(incident: Incident, person: SignedInPerson) -> Beside:
    """What the incident's page says to its leader of other reports; two queries."""
    return Beside(others=links_of(incident).count(), likely=len(candidates_for(incident, person).likely))


def later_links_of(incident: Incident) -> list[LaterReport]:
    """What came later than this incident, and what it came later than itself; one query."""
    return list(
        LaterReport.objects.filter(Q(incident=incident) | Q(earlier=incident))
        .select_related("incident", "earlier")
        .order_by("at")
    )


def is_later(incident: Incident) -> bool:
    """Whether the report tells what came after another."""
    return LaterReport.objects.filter(incident=incident).exists()
