"""Safety equipment in the fictional offices, and every test of it (3.5).

In Fjordvik's reception one counter alarm failed four days ago, and a button has waited too long; in Skjærgard
all is in order; nobody in Granlia has registered anything. Calls for help from a place count there too.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tryggmote.assistance.models import Call
from tryggmote.assistance.vocabulary import Outcome, Purpose
from tryggmote.controls.models import Measure
from tryggmote.demo.history.clock import id_at, in_office_hours, workday_before
from tryggmote.equipment.models import CODE_LENGTH, CODE_LETTERS, Item, ItemTest
from tryggmote.equipment.rule_sets import type_of
from tryggmote.equipment.rules import repair_by
from tryggmote.organisation.models import Unit
from tryggmote.premises.models import Room

FJORDVIK, SKJAERGARD = "fjordvik", "skjaergard"
LEADERS = {FJORDVIK: "fjordvik-nav-leder-stat", SKJAERGARD: "skjaergard-nav-leder"}
IN_USE_DAYS = 420


@dataclass(frozen=True)
class Planned:
    """One item and its tests: days before the demo is shown, with what was wrong ("" for nothing).

    `room`: one of the office's rooms (`premises.py`), "" for none.
    """

    office: str
    type: str
    name: str
    room: str
    place: str
    tests: tuple[tuple[int, str], ...]


PLANS = (
    Planned(FJORDVIK, "alarm_button", "Alarmknapp under bordplaten", "Skranke 1", "", ((128, ""), (40, ""))),
    Planned(FJORDVIK, "counter_alarm", "Skrankealarm", "Skranke 2", "", ((95, ""), (4, "dead"))),
    Planned(FJORDVIK, "alarm_button", "Alarmknapp ved døra", "Møterom 4", "", ((190, ""), (110, ""))),
    Planned(FJORDVIK, "call_point", "Tilkall hjelp på PC-en", "Samtalerom ved mottaket", "", ()),
    Planned(FJORDVIK, "portable_alarm", "Bærbar alarm 3", "", "Skapet i mottaket", ((44, ""), (12, ""))),
    Planned(FJORDVIK, "access_control", "Døra inn til arbeidsplassene", "", "Første etasje", ((160, ""),)),
    Planned(FJORDVIK, "emergency_exit", "Nødutgang mot bakgården", "", "Bak skranken", ((25, ""),)),
    Planned(FJORDVIK, "first_aid", "Førstehjelpsskrin", "", "Pauserommet", ((170, "missing"), (168, ""))),
    Planned(SKJAERGARD, "alarm_button", "Knappen i skranken", "Skranken", "", ((52, ""),)),
    Planned(SKJAERGARD, "call_point", "Tilkall hjelp", "Samtalerom 1", "", ()),
)


def write_equipment(ids: Mapping[str, int], *, seed: int, anchor: date) -> None:
    """Write the register with its tests, and the measure of what failed. `ids`: people by key."""
    chance = random.Random(f"{seed} equipment")
    for office, leader in LEADERS.items():
        unit = Unit.objects.get(code=office)
        by_id = ids[leader]
        rooms = {room.name: room for room in Room.objects.filter(zone__building__unit=unit)}
        for plan in (plan for plan in PLANS if plan.office == office):
            _write(plan, unit, rooms, by_id, anchor, chance)


def _write(
    plan: Planned, unit: Unit, rooms: Mapping[str, Room], by_id: int, anchor: date, chance: random.Random
) -> None:
    moment = in_office_hours(workday_before(anchor, IN_USE_DAYS), chance)
    type_ = type_of(plan.type)
    assert type_ is not None, plan.type
    item = Item.objects.create(
        id=id_at(moment, chance),
        unit=unit,
        type=plan.type,
        name=plan.name,
        room=rooms[plan.room] if plan.room else None,
        place=plan.place,
        supplier="Trygghetsteknikk",
        serial=f"TT-{chance.randint(1000, 9999)}",
        interval_months=type_.interval_months,
        in_use_from=moment.date(),
        code="".join(chance.choices(CODE_LETTERS, k=CODE_LENGTH)),
        made_by_id=by_id,
        made_at=moment,
    )
    for days_ago, reason in plan.tests:
        tested = in_office_hours(workday_before(anchor, days_ago), chance)
        ItemTest.objects.create(
            id=id_at(tested, chance), item=item, by_id=by_id, at=tested, passed=not reason, reason=reason
        )
    if item.room and plan.type == "call_point":
        _count_calls(item, item.room.name, chance)
    if plan.tests and plan.tests[-1][1]:
        _plan_repair(item, by_id, anchor, plan.tests[-1][0], chance)


def _count_calls(item: Item, place: str, chance: random.Random) -> None:
    """Tests and drills of calling for help from the room are tests of it."""
    calls = Call.objects.filter(place=place, purpose__in=[Purpose.TEST, Purpose.DRILL]).order_by("raised_at")
    for call in calls:
        passed = call.outcome != Outcome.FAILED and call.acknowledged_at is not None
        ItemTest.objects.create(
            id=id_at(call.raised_at, chance), item=item, by_id=call.caller_id, at=call.raised_at,
            passed=passed, reason="" if passed else "unheard", call_id=call.id,
        )  # fmt: skip


def _plan_repair(item: Item, by_id: int, anchor: date, days_ago: int, chance: random.Random) -> None:
    failed = workday_before(anchor, days_ago)
    moment = in_office_hours(failed, chance) + timedelta(hours=1)
    Measure.objects.create(
        id=id_at(moment, chance),
        unit=item.unit,
        title=f"Få «{item.name}» til å virke",
        what="Det virket ikke da det ble testet. Se utstyret for hva som er galt, og test på nytt etterpå.",
        kind="maintenance",
        hierarchy="design",
        origin_kind="equipment",
        origin_id=item.id,
        origin_words=item.name,
        owner_id=by_id,
        due_on=repair_by(failed),
        created_by_id=by_id,
        created_at=moment,
    )
