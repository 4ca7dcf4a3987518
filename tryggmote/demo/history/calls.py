"""Calls for help in the fictional offices: rooms and buttons tested, drills, and one by mistake (3.2, 3.5).

Fjordvik's reception gets faster from drill to drill. In Granlia nobody came to the only one, and the button
that failed has not been tried again. All are over: the demo rings nobody.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from tryggmote.assistance.models import Call, CallEvent, Recipient
from tryggmote.assistance.timing import timing
from tryggmote.assistance.vocabulary import Answer, EventKind, Outcome, Purpose
from tryggmote.demo.history.clock import id_at, in_office_hours, workday_before
from tryggmote.organisation.models import Placement

RECEPTION = "fjordvik-mottak"
GRANLIA_WORK = "granlia-arbeid"
SKJAERGARD = "skjaergard"
CONTACT_CENTRE = "kontaktsenter-telefon"


@dataclass(frozen=True)
class Plan:
    """One call, some days before the demo is shown. `came_s`: when somebody said so; None when nobody did."""

    unit: str
    by: str
    days_ago: int
    purpose: Purpose
    place: str
    outcome: Outcome
    came_s: int | None


def _test(unit: str, by: str, days_ago: int, place: str, came_s: int | None) -> Plan:
    outcome = Outcome.FAILED if came_s is None else Outcome.WORKED
    return Plan(unit, by, days_ago, Purpose.TEST, place, outcome, came_s)


def _drill(unit: str, by: str, days_ago: int, place: str, came_s: int | None) -> Plan:
    return Plan(unit, by, days_ago, Purpose.DRILL, place, Outcome.DONE, came_s)


_FIRST, _SECOND, _THIRD = (f"{RECEPTION}-stat-{number}" for number in (1, 2, 3))
PLANS = (
    _test(RECEPTION, _FIRST, 178, "Skranke 1", 11),
    _test(RECEPTION, _FIRST, 178, "Møterom 4", 8),
    _drill(RECEPTION, _THIRD, 171, "Samtalerom ved mottaket", 47),
    Plan(RECEPTION, _SECOND, 132, Purpose.REAL, "Skranke 2", Outcome.NOT_NEEDED, 14),
    _drill(RECEPTION, _FIRST, 96, "Skranke 1", 24),
    Plan(RECEPTION, _THIRD, 61, Purpose.REAL, "Møterom 4", Outcome.MISTAKE, 9),
    _test(RECEPTION, _SECOND, 33, "Skranke 1", 6),
    _test(RECEPTION, _SECOND, 33, "Skranke 2", None),
    _test(RECEPTION, _SECOND, 29, "Skranke 2", 7),  # the cable was mended
    _test(RECEPTION, _SECOND, 33, "Samtalerom ved mottaket", 9),
    _drill(RECEPTION, _SECOND, 15, "Skranke 2", 13),
    _drill(GRANLIA_WORK, f"{GRANLIA_WORK}-stat-2", 143, "Mottaket", None),
    _test(GRANLIA_WORK, f"{GRANLIA_WORK}-stat-2", 88, "Knappen ved døra", None),
    _test(SKJAERGARD, f"{SKJAERGARD}-2", 150, "Samtalerom 1", 12),
    _drill(SKJAERGARD, f"{SKJAERGARD}-3", 147, "Samtalerom 1", 19),
    _test(SKJAERGARD, f"{SKJAERGARD}-2", 52, "Samtalerom 1", 8),
    _test(SKJAERGARD, f"{SKJAERGARD}-2", 52, "Skranken", 5),
    _drill(SKJAERGARD, f"{SKJAERGARD}-4", 50, "Skranken", 16),
    _drill(CONTACT_CENTRE, f"{CONTACT_CENTRE}-stat-1", 74, "Telefonvakt", 21),
)


def write_calls(ids: Mapping[str, int], *, seed: int, anchor: date) -> None:
    """Write the calls, who was told, and each step. `ids`: people of the county by key."""
    chance = random.Random(f"{seed} calls")
    for plan in sorted(PLANS, key=lambda one: -one.days_ago):
        day = workday_before(anchor, plan.days_ago)
        _write(plan, ids[plan.by], in_office_hours(day, chance), chance)
    with connection.cursor() as cursor:
        # A step cuts off whoever lingers after it (`app.number_event`); loading is one long transaction.
        cursor.execute("set local idle_in_transaction_session_timeout to default")


def _write(plan: Plan, caller_id: int, raised_at: datetime, chance: random.Random) -> None:
    placements = Placement.objects.select_related("workforce").filter(
        workforce__unit__code=plan.unit, is_primary=True
    )
    workforces = {one.person_id: one.workforce for one in placements.order_by("person_id")}
    colleagues = [person_id for person_id in workforces if person_id != caller_id]
    comes = chance.choice(colleagues) if plan.came_s is not None else None
    rings = [] if comes else list(timing().rings_at())
    lasted = (plan.came_s or rings[-1]) + chance.randint(20, 200)
    workforce = workforces[caller_id]
    call = Call.objects.create(
        id=id_at(raised_at, chance),
        caller_id=caller_id,
        workforce=workforce,
        unit_id=workforce.unit_id,
        purpose=plan.purpose,
        place=plan.place,
        raised_at=raised_at,
        ring=1 + len(rings),
        acknowledged_at=_after(raised_at, plan.came_s),
        ended_at=_after(raised_at, lasted),
        ended_by_id=caller_id,
        outcome=plan.outcome,
    )
    Recipient.objects.bulk_create(
        Recipient(
            call=call,
            person_id=person_id,
            ring=1,
            told_at=raised_at,
            reached_at=_after(raised_at, 1) if chance.random() < 0.8 or person_id == comes else None,
            answer=Answer.COMING if person_id == comes else "",
            answered_at=_after(raised_at, plan.came_s) if person_id == comes else None,
        )
        for person_id in colleagues
    )
    _write_steps(call, comes, [raised_at + timedelta(seconds=after_s) for after_s in rings])


def _after(moment: datetime, seconds: int | None) -> datetime | None:
    return None if seconds is None else moment + timedelta(seconds=seconds)


def _write_steps(call: Call, comes: int | None, rung_at: list[datetime]) -> None:
    """The database numbers them in this order."""
    steps: list[tuple[EventKind, int | None, datetime | None]] = [
        (EventKind.RAISED, call.caller_id, call.raised_at),
        (EventKind.COMING, comes, call.acknowledged_at),
    ]
    steps += [(EventKind.RUNG, None, at) for at in rung_at[:-1]]
    steps += [(EventKind.UNANSWERED, None, at) for at in rung_at[-1:]]
    steps.append((EventKind.ENDED, call.caller_id, call.ended_at))
    CallEvent.objects.bulk_create(
        CallEvent(number=number, call=call, kind=kind, person_id=person_id, at=at)
        for number, (kind, person_id, at) in enumerate(steps)
        if at is not None  # nobody came
    )
