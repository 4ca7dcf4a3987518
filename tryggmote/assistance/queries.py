"""What is read of calls. The database decides which ones; nothing here asks who is looking."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from tryggmote.access.context import SignedInPerson
from tryggmote.assistance import acts
from tryggmote.assistance.asking import State, ask
from tryggmote.assistance.models import (
    AlarmSystem,
    Call,
    Recipient,
    Responder,
    UnitChannel,
    UsualPlace,
)
from tryggmote.assistance.vocabulary import Answer, Outcome, Purpose
from tryggmote.organisation.models import UnitClosure

LISTED = 25
A_YEAR = timedelta(days=365)


def my_calls(seen: int | None = 0) -> list[State]:
    """Open calls that concern the one who asks, and those with steps after number `seen`."""
    found: list[State] = ask(acts.MINE, seen=seen or 0)
    return found


def last_step() -> int:
    """The number of the latest step there is; 0 before the first."""
    found: int = ask(acts.LAST_STEP)
    return found


@dataclass(frozen=True)
class Tally:
    """How many were told of a call, how many it has reached, and how many come."""

    told: int
    reached: int
    pushed: int
    coming: int


def tally_of(call: Call) -> Tally:
    """Of one call; one query."""
    counted = Recipient.objects.filter(call=call).aggregate(
        told=Count("id"), reached=Count("reached_at"), pushed=Count("pushed_at"),
        coming=Count("id", filter=Q(answer=Answer.COMING)),
    )  # fmt: skip
    return Tally(**counted)


def own_open_calls(person: SignedInPerson) -> list[Call]:
    """The person's own calls that are not ended, the latest first."""
    return list(Call.objects.filter(caller_id=person.id, ended_at=None).order_by("-raised_at"))


def units_led() -> list[int]:
    """Ids of the units that the one who asks leads."""
    found: list[int] = ask("select app.units_led()")
    return found


def call_in_full(call_id: UUID) -> QuerySet[Call]:
    """The one call with the people and the unit named."""
    return Call.objects.filter(id=call_id).select_related("caller", "unit", "ended_by", "contact")


def calls_of_unit(unit_id: int) -> list[Call]:
    """The latest calls that one may see in a unit and below it, and who called; one query."""
    return list(_calls_in(unit_id).select_related("caller").order_by("-raised_at")[:LISTED])


def _calls_in(unit_id: int) -> QuerySet[Call]:
    """Of a unit and those below it: an office is told how its departments do."""
    return Call.objects.filter(
        unit_id__in=UnitClosure.objects.filter(ancestor_id=unit_id).values("descendant_id")
    )


@dataclass(frozen=True)
class PlaceTested:
    """A room or a button, and how the last test from there went."""

    place: str
    tested_at: datetime
    worked: bool


def places_tested(unit_id: int) -> list[PlaceTested]:
    """The last test of the year for each place in the unit and below, the longest ago first; one query."""
    tests = (
        _calls_in(unit_id).filter(
            purpose=Purpose.TEST, raised_at__gte=timezone.now() - A_YEAR,
            outcome__in=(Outcome.WORKED, Outcome.FAILED),
        )
        .exclude(place="")
        .order_by("unit_id", "place", "-raised_at")
        .distinct("unit_id", "place")
        .values_list("place", "raised_at", "outcome")
    )  # fmt: skip
    found = [PlaceTested(place, at, outcome == Outcome.WORKED) for place, at, outcome in tests]
    return sorted(found, key=lambda tested: tested.tested_at)


@dataclass(frozen=True)
class ResponseTimes:
    """Seconds until somebody said that they were coming, in the drills of a year."""

    drills: int
    median_s: int | None
    slowest_s: int | None
    unanswered: int


def response_times(unit_id: int) -> ResponseTimes:
    """Of the drills of the unit and those below it in the last year; one query."""
    drills = list(
        _calls_in(unit_id).filter(
            purpose=Purpose.DRILL, outcome=Outcome.DONE,
            raised_at__gte=timezone.now() - A_YEAR,
        ).values_list("raised_at", "acknowledged_at")
    )  # fmt: skip
    took = [(answered - raised).total_seconds() for raised, answered in drills if answered]
    return ResponseTimes(
        drills=len(drills),
        median_s=round(median(took)) if took else None,
        slowest_s=round(max(took)) if took else None,
        unanswered=len(drills) - len(took),
    )


def first_ring_of(unit_id: int, person: SignedInPerson) -> list[int]:
    """Ids of those who would be told first if the person called in this unit now; one query."""
    with connection.cursor() as cursor:
        cursor.execute("select array(select app.people_of_ring(1, %s, %s, null))", [person.id, unit_id])
        found: list[int] = cursor.fetchone()[0]
    return found


@dataclass(frozen=True)
class Channels:
    """The ways a call in a unit leaves the screens, and whether they are set up here."""

    wakeable: int
    has_text: bool
    has_mail: bool
    unit_channel: UnitChannel | None


def channels_of(unit_id: int, person: SignedInPerson) -> Channels:
    """Of those who would be told first if the person called in the unit now; three queries."""
    return Channels(
        wakeable=ask(acts.WAKEABLE, person=person.id, unit=unit_id),
        has_text=bool(settings.ASSISTANCE_TEXT),
        has_mail=bool(settings.EMAIL_HOST),
        unit_channel=channels_set_up().filter(unit_id=ask(acts.CHANNEL_FOR, unit=unit_id)).first(),
    )


def channels_set_up() -> QuerySet[UnitChannel]:
    """Units' channels. The address is read by nobody who is signed in."""
    return UnitChannel.objects.defer("address").select_related("unit")


def responders_of(unit_id: int) -> Sequence[Responder]:
    """Those the unit itself has chosen to be told first, by name."""
    return list(
        Responder.objects.filter(unit_id=unit_id).select_related("person").order_by("person__sort_key")
    )


def responders_in(unit_ids: Collection[int]) -> list[Responder]:
    """Those whom any of these units has chosen to be told first, by name; one query."""
    found = Responder.objects.filter(unit_id__in=unit_ids).select_related("person", "unit")
    return list(found.order_by("person__sort_key", "id"))


def usual_place(person: SignedInPerson) -> str:
    """Where the person usually sits; "" when they have not said."""
    return UsualPlace.objects.filter(person_id=person.id).values_list("place", flat=True).first() or ""


def my_answer(call: Call, person: SignedInPerson) -> Answer | None:
    """What the person has answered; None when they were not told, or have not answered."""
    said = Recipient.objects.filter(call=call, person_id=person.id).values_list("answer", flat=True).first()
    return Answer(said) if said else None


def alarm_systems() -> QuerySet[AlarmSystem]:
    """Those in use that one keeps, by unit and name. The secret is read by nobody who is signed in."""
    return (
        AlarmSystem.objects.filter(ended_at=None)
        .defer("secret")
        .select_related("unit", "responsible")
        .order_by("unit__sort_key", "name")
    )
