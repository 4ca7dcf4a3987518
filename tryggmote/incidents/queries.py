"""What is read of incidents. The database decides which ones; nothing here asks who is looking."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from tryggmote.access.context import SignedInPerson
from tryggmote.access.ids import new_id
from tryggmote.encounters.queries import what_is_known
from tryggmote.incidents.levels import Level, level
from tryggmote.incidents.models import (
    AssessedLevel,
    Classification,
    Escalation,
    Incident,
    Opening,
    Recipient,
    Reply,
    Step,
)
from tryggmote.incidents.vocabulary import Capacity, Status
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import Person, Unit, UnitClosure, UnitKind
from tryggmote.organisation.queries import colleagues

PAGE_SIZE = 25
COUNT_UP_TO = 1000

_STATUS = {
    Status.NEW: Q(read_by_leader_at=None, answered_at=None, escalated_at=None),
    Status.RAISED: Q(read_by_leader_at=None, answered_at=None, escalated_at__isnull=False),
    Status.READ: Q(read_by_leader_at__isnull=False, answered_at=None),
    Status.ANSWERED: Q(answered_at__isnull=False),
}


def incidents(
    *, period: int | None = None, form: str = "", level: str = "", status: str = ""
) -> QuerySet[Incident]:
    """The incidents one sees, latest report first. `period` in days; `level` "-" means not assessed."""
    found = Incident.objects.order_by("-created_at", "-id")
    if period:
        found = found.filter(created_at__gte=timezone.now() - timedelta(days=period))
    if form:
        found = found.filter(form=form)
    if level:
        found = found.filter(assessed_level=None if level == "-" else int(level))
    if status:
        found = found.filter(_STATUS[Status(status)])
    return found


@dataclass(frozen=True)
class ListPage:
    """One screen of the list. `older`: the cursor of the next screen, "" at the end."""

    incidents: list[Incident]
    older: str


def list_page(found: QuerySet[Incident], cursor: str = "") -> ListPage:
    """The page that begins after `cursor`; three queries. A cursor nobody made counts as none."""
    if after := _after(cursor):
        found = found.filter(after)
    # Fetched apart: joined, all that a leader above many units may see would be joined before it is cut.
    rows = list(found.defer("what_happened").prefetch_related("workforce__unit")[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    last = shown[-1] if len(rows) > PAGE_SIZE else None
    return ListPage(shown, f"{last.created_at.isoformat()}_{last.id}" if last else "")


def _after(cursor: str) -> Q | None:
    moment, _, key = cursor.partition("_")
    try:
        created_at, last_id = parse_datetime(moment), UUID(key)
    except ValueError:
        return None
    if created_at is None or created_at.tzinfo is None:
        return None
    return Q(created_at__lte=created_at) & (Q(created_at__lt=created_at) | Q(id__lt=last_id))


def counts(found: QuerySet[Incident]) -> dict[str, int]:
    """How many of the latest thousand there are of each status; one query."""
    filters = {status.value: Count("id", filter=condition) for status, condition in _STATUS.items()}
    return found[:COUNT_UP_TO].aggregate(total=Count("id"), **filters)


@dataclass(frozen=True)
class Told:
    """Somebody who was told, or who handled it without being told, and when they read it."""

    person: Person
    capacity: Capacity
    told_at: datetime | None
    read_at: datetime | None


@dataclass(frozen=True)
class Story:
    """An incident with all that was done about it."""

    incident: Incident
    told: list[Told]
    replies: list[Reply]
    levels: list[AssessedLevel]
    escalations: list[Escalation]

    @property
    def reaches_leader(self) -> bool:
        """Whether any leader has been told."""
        return any(told.capacity.leads for told in self.told)

    @property
    def reaches_representative(self) -> bool:
        """Whether any safety representative has been told."""
        return any(not told.capacity.leads for told in self.told)


def story_of(incident: Incident) -> Story:
    """Everything done about one incident, oldest first; five queries."""
    return Story(
        incident=incident,
        told=_told(incident),
        replies=list(Reply.objects.filter(incident=incident).select_related("by").order_by("at")),
        levels=list(AssessedLevel.objects.filter(incident=incident).select_related("by").order_by("at")),
        escalations=list(
            Escalation.objects.filter(incident=incident).select_related("to_person").order_by("at")
        ),
    )


def _told(incident: Incident) -> list[Told]:
    recipients = (
        Recipient.objects.filter(incident=incident).select_related("person").order_by("at", "capacity")
    )
    opened = {
        opening.person_id: opening
        for opening in Opening.objects.filter(incident=incident).select_related("person").order_by("at")
    }
    told = [
        Told(
            recipient.person,
            Capacity(recipient.capacity),
            recipient.at,
            opened.pop(recipient.person_id).at if recipient.person_id in opened else None,
        )
        for recipient in recipients
    ]
    return told + [Told(o.person, Capacity(o.capacity), None, o.at) for o in opened.values()]


def incident_in_full(incident_id: UUID) -> QuerySet[Incident]:
    """The one incident with the people and the unit named."""
    return Incident.objects.filter(id=incident_id).select_related(
        "reporter", "exposed", "workforce__unit", "workforce__employer"
    )


def latest_classification(incident: Incident) -> Classification | None:
    """How the leader last described it, or None."""
    return (
        Classification.objects.filter(incident=incident).select_related("by").order_by("-at", "-id").first()
    )


SHARED_AT_MOST = 50


@dataclass(frozen=True)
class SharedStep:
    """The part of the other employer in an incident they may not read: where, how and how serious only."""

    step: Step
    unit_name: str
    form_word: str
    happened_at: datetime
    level: Level | None


def shared_steps() -> list[SharedStep]:
    """What those one leads share of other employers' serious incidents, what is owed first; three queries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select step_id, unit_id, form, happened_at, assessed_level from app.shared_incidents()"
        )
        known = {step_id: told for step_id, *told in cursor.fetchall()}
    units = dict(Unit.objects.filter(id__in={told[0] for told in known.values()}).values_list("id", "name"))
    steps = (
        Step.objects.filter(id__in=known)
        .select_related("done_by")
        .order_by(F("done_at").desc(nulls_first=True), "due_at")[:SHARED_AT_MOST]
    )
    return [_shared(step, units, *known[step.id]) for step in steps]


def _shared(
    step: Step, units: dict[int, str], unit_id: int, form: str, happened_at: datetime, number: int | None
) -> SharedStep:
    return SharedStep(
        step=step,
        unit_name=units.get(unit_id, ""),
        form_word=str(MeetingForm(form).label),
        happened_at=happened_at,
        level=None if number is None else level(number),
    )


_ABOVE_OFFICES = (UnitKind.DIRECTORATE, UnitKind.COUNTY, UnitKind.MUNICIPALITY)


def colleagues_to_report_for(person: SignedInPerson) -> QuerySet[Person]:
    """Those one can report for: everybody in the office one works in, but oneself."""
    if person.unit is None:
        return Person.objects.none()
    office = (
        UnitClosure.objects.filter(descendant_id=person.unit.id)
        .exclude(ancestor__kind__in=_ABOVE_OFFICES)
        .order_by("-depth")
        .values_list("ancestor_id", flat=True)
        .first()
    )
    if office is None:
        return Person.objects.none()
    return colleagues(office, timezone.localdate()).exclude(id=person.id)


def report_to_begin_with(check: str = "") -> dict[str, Any]:
    """What a new report begins with: an id of its own, now, and what is known from the check with this id.

    A check that is not there, or that one may not see, gives an empty report.
    """
    now = timezone.localtime().replace(second=0, microsecond=0)
    report = {"id": new_id(), "happened_at": now}
    try:
        known = what_is_known(UUID(check)) if check else None
    except ValueError:
        known = None
    if known is None:
        return report
    # The check is made before the meeting; what happened has happened.
    happened_at = min(known.happened_at.astimezone(now.tzinfo), now)
    return report | {
        "check_id": known.check_id,
        "form": known.form,
        "place": known.place,
        "happened_at": happened_at,
    }
