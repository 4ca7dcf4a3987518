"""What is read of meetings. The database decides which there are for whom."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import SignedInPerson
from tryggmote.controls.models import Measure
from tryggmote.controls.queries import measures_of_origins
from tryggmote.controls.vocabulary import OriginKind
from tryggmote.forums.models import Approval, Decision, Meeting, Participant, Point
from tryggmote.forums.rules import sides_of
from tryggmote.forums.vocabulary import Side
from tryggmote.organisation.models import Unit


def meetings() -> QuerySet[Meeting]:
    """All one sees, with their units: those to come first, the soonest on top, then the latest."""
    ahead = Q(starts_at__gt=timezone.now(), called_off_at=None)
    return (
        Meeting.objects.select_related("unit")
        .annotate(soon=Case(When(ahead, then=F("starts_at"))))
        .order_by(F("soon").asc(nulls_last=True), "-starts_at", "-id")
    )


def meeting_in_full(meeting_id: UUID) -> QuerySet[Meeting]:
    """One meeting with its unit and who called it."""
    return Meeting.objects.filter(id=meeting_id).select_related("unit", "called_by")


def units_to_call_for() -> QuerySet[Unit]:
    """Units in which one calls meetings of some kind, in Norwegian order."""
    mine = RawSQL(
        "select unnest(app.units_led() || app.units_owned()"
        " || app.units_of_committee() || app.units_represented())",
        [],
    )
    return Unit.objects.filter(id__in=mine, ended_on=None).order_by("sort_key")


@dataclass
class PointInFull:
    """A point with what was decided at it."""

    point: Point
    decisions: list["DecisionInFull"] = field(default_factory=list)


@dataclass(frozen=True)
class DecisionInFull:
    """A decision, and the measure it became; None for a task."""

    decision: Decision
    measure: Measure | None


def points_of(meeting: Meeting) -> list[PointInFull]:
    """The agenda with minutes and decisions, in order; three queries."""
    points = Point.objects.filter(meeting=meeting).select_related("minutes_by").order_by("number")
    found = {point.id: PointInFull(point) for point in points}
    decisions = list(Decision.objects.filter(point_id__in=found).select_related("owner").order_by("at", "id"))
    measures = measures_of_origins(OriginKind.MEETING, [decision.id for decision in decisions])
    for decision in decisions:
        became = next(iter(measures.get(decision.id, [])), None)
        found[decision.point_id].decisions.append(DecisionInFull(decision, became))
    return list(found.values())


@dataclass(frozen=True)
class Party:
    """One of the parties of a meeting: who sits for it, and who of them has approved the minutes."""

    side: Side | None
    members: list[Participant]
    approved_by: Approval | None = None


def parties_of(meeting: Meeting) -> list[Party]:
    """Both parties with their members, then those who sit for none; two queries."""
    members: dict[str, list[Participant]] = defaultdict(list)
    for member in (
        Participant.objects.filter(meeting=meeting)
        .select_related("person", "sent_for")
        .order_by("person__sort_key")
    ):
        members[member.side].append(member)
    approvals = {
        approval.side: approval
        for approval in Approval.objects.filter(meeting=meeting, round=meeting.round).select_related("by")
    }
    parties = [Party(side, members[side], approvals.get(side)) for side in sides_of(meeting.kind)]
    return parties + ([Party(None, members[""])] if members[""] else [])


def address_of_decision(decision_id: UUID) -> str:
    """Where a decision is read."""
    return reverse("forums:decision", args=[decision_id])


def meeting_of_decision(decision: Decision) -> Meeting | None:
    """The meeting it was made in; None for its owner while they may not read the minutes."""
    return Meeting.objects.filter(points__decisions=decision).select_related("unit").first()


def last_time(meeting: Meeting) -> Meeting | None:
    """The latest approved meeting of the same forum before this one."""
    before = Meeting.objects.filter(
        unit=meeting.unit_id, kind=meeting.kind, approved_at__isnull=False, starts_at__lt=meeting.starts_at
    )
    return before.exclude(id=meeting.id).order_by("-starts_at").first()


def my_part(meeting: Meeting, person: SignedInPerson) -> Participant | None:
    """As what one sits there; None when one is not invited."""
    return Participant.objects.filter(meeting=meeting, person_id=person.id).first()
