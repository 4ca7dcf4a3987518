"""What is on people's minds in Fjordvik: concerns, a demand and a stop, some of them answered."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tryggmote.concerns.models import (
    Answer,
    Concern,
    Demand,
    DemandAnswer,
    Recipient,
    Stop,
    StopAct,
    StopReason,
    Verdict,
)
from tryggmote.concerns.vocabulary import Capacity, Deed, Outcome, Reason
from tryggmote.controls.models import Measure
from tryggmote.controls.vocabulary import SUGGESTED_RUNG, MeasureKind, OriginKind
from tryggmote.demo.county import FJORDVIK
from tryggmote.demo.history.clock import id_at, in_office_hours, later, workday_before
from tryggmote.organisation.models import Person, Placement, Unit
from tryggmote.organisation.standing import leaders_of, representatives_of


@dataclass(frozen=True)
class _Told:
    """A concern, so many days ago, and what was answered; "" for nothing yet."""

    days: int
    text: str
    answer: str
    outcome: Outcome = Outcome.DECLINED
    settles: bool | None = None


CONCERNS = (
    _Told(
        61,
        "På torsdager er vi bare to igjen etter klokka 15, og da er det ofte mange i mottaket. Jeg er redd "
        "vi ikke hører det hvis den andre trenger hjelp.",
        "Fra neste uke er vi alltid tre til klokka 16, og den tredje sitter i åpen sone. Takk for at du sa "
        "fra.",
        Outcome.MEASURE,
        settles=True,
    ),
    _Told(
        33,
        "Det er mange som kjenner igjen bilene våre. Kan vi få parkere et annet sted enn foran inngangen?",
        "Det er ikke flere plasser på baksiden før huset er bygd om. Jeg tar det opp med utleier i mars.",
    ),
    _Told(
        4,
        "Jeg grugleder meg til samtalene på rom 3. Døra slår innover, og jeg sitter alltid innerst.",
        "",
    ),
)
MEASURE = "Tre på jobb til klokka 16 på torsdager"
DANGER = "Alarmen i mottaket høres ikke på bakrommet når kaffemaskinen går. Ingen kom i prøven på mandag."
WANTED = "Sett opp en lampe eller en alarm til på bakrommet, og prøv den før mottaket åpner."
PROMISED = "Vi setter opp en lampe på fredag, og prøver den sammen med deg før vi åpner mandag."


def write_concerns(*, seed: int, anchor: date) -> None:
    """Write what was said, and what was done about it."""
    chance = random.Random(f"{seed} concerns")
    unit = Unit.objects.get(code=FJORDVIK)
    for told, place in zip(CONCERNS, _employees(unit), strict=False):
        _concern(told, place, in_office_hours(workday_before(anchor, told.days), chance), chance)
    representative_id, leader_id = representatives_of(unit.id)[0].person_id, leaders_of(unit.id)[0].person_id
    _demand(unit, representative_id, leader_id, in_office_hours(workday_before(anchor, 47), chance), chance)
    _stop(unit, representative_id, leader_id, in_office_hours(workday_before(anchor, 96), chance), chance)


def _employees(unit: Unit) -> Iterable[Placement]:
    """Some who lead nobody, in the order in which they were employed."""
    employed = Placement.objects.filter(
        workforce__unit__parent_links__parent=unit, daily_leader__isnull=False, safety_area__isnull=False
    )
    leaders = Placement.objects.filter(daily_leader__isnull=False).values("daily_leader_id")
    return (
        employed.exclude(person_id__in=leaders).select_related("daily_leader").order_by("id")[: len(CONCERNS)]
    )


def _concern(told: _Told, place: Placement, at: datetime, chance: random.Random) -> None:
    leader = place.daily_leader
    assert leader is not None, "chosen so (`_employees`)"
    concern = Concern.objects.create(
        id=id_at(at, chance),
        workforce_id=place.workforce_id,
        safety_area_id=place.safety_area_id,
        writer_id=place.person_id,
        text=told.text,
        may_be_shared=True,
        at=at,
    )
    Recipient.objects.create(
        id=id_at(at, chance),
        concern=concern,
        person=leader,
        capacity=Capacity.LEADER,
        reason=Reason.SENT,
        at=at,
    )
    if not told.answer:
        return
    answered_at = later(at, 3, chance)
    Answer.objects.create(
        id=id_at(answered_at, chance),
        concern=concern,
        outcome=told.outcome,
        text=told.answer,
        by=leader,
        at=answered_at,
    )
    if told.settles is not None:
        _measure(concern, leader, answered_at, chance)
        said_at = later(answered_at, 1, chance)
        Verdict.objects.create(id=id_at(said_at, chance), concern=concern, settles=told.settles, at=said_at)


def _measure(concern: Concern, leader: Person, at: datetime, chance: random.Random) -> None:
    planned_at = later(at, 0, chance)
    Measure.objects.create(
        id=id_at(planned_at, chance),
        unit_id=concern.workforce.unit_id,
        title=MEASURE,
        kind=MeasureKind.STAFFING,
        hierarchy=SUGGESTED_RUNG[MeasureKind.STAFFING],
        forms=["reception"],
        factors=[],
        origin_kind=OriginKind.CONCERN,
        origin_id=concern.id,
        owner=leader,
        due_on=later(at, 60, chance).date(),
        created_by=leader,
        created_at=planned_at,
    )


def _demand(unit: Unit, by_id: int, leader_id: int, at: datetime, chance: random.Random) -> None:
    demand = Demand.objects.create(
        id=id_at(at, chance), unit=unit, by_id=by_id, danger=DANGER, wanted=WANTED, at=at
    )
    answered_at = later(at, 2, chance)
    DemandAnswer.objects.create(
        id=id_at(answered_at, chance), demand=demand, text=PROMISED, by_id=leader_id, at=answered_at
    )


def _stop(unit: Unit, by_id: int, leader_id: int, at: datetime, chance: random.Random) -> None:
    stop = Stop.objects.create(
        id=id_at(at, chance),
        unit=unit,
        by_id=by_id,
        work="Samtaler alene på rom 2",
        place="Rom 2 i første etasje",
        at=at,
    )
    StopReason.objects.create(
        id=id_at(at, chance),
        stop=stop,
        danger="Døra går i lås av seg selv, og kan ikke åpnes fra innsiden.",
        not_averted="Låsesmeden kan ikke komme før i ettermiddag, og døra kan ikke stå åpen under samtaler.",
    )
    done_at = later(at, 0, chance)
    for deed, by, words in (
        (
            Deed.DONE,
            leader_id,
            "Låsen er tatt av, og ny settes inn i morgen.",
        ),
        (Deed.AGREED, by_id, "Jeg har prøvd døra fra innsiden sammen med lederen."),
    ):
        StopAct.objects.create(
            id=id_at(done_at, chance), stop=stop, deed=deed, text=words, by_id=by, at=done_at
        )
        done_at = later(done_at, 0, chance)
