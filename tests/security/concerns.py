"""Concerns, demands and stops in a random organisation, and who may see which, said a second time in Python.

From the product's description. A concern: whoever wrote it, and those it was sent to, for as long as they
lead or represent the writer. A demand, and why work is stopped: those who lead the unit on either line, and
those who represent it. What is stopped, and where: also all who work there, while it lasts.
"""

from dataclasses import dataclass, field
from random import Random

from tests.security.assessments import leads, represents
from tests.security.world import World
from tryggmote.concerns.models import (
    Answer,
    Concern,
    Demand,
    DemandAnswer,
    Recipient,
    Stop,
    StopAct,
    StopReason,
    TakenFurther,
    Verdict,
)
from tryggmote.organisation.models import Person, UnitKind

ABOVE_OFFICES = (UnitKind.DIRECTORATE, UnitKind.COUNTY, UnitKind.MUNICIPALITY)


@dataclass
class Said:
    """All there is; what was done about each is seen with it."""

    concerns: list[Concern] = field(default_factory=list)
    sent: dict[object, list[Recipient]] = field(default_factory=dict)
    demands: list[Demand] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)


def may_see_concern(world: World, said: Said, person: Person, concern: Concern) -> bool:
    """See above."""
    return person.id == concern.writer_id or any(
        _still_is(world, person, concern, each.capacity)
        for each in said.sent[concern.id]
        if each.person_id == person.id
    )


def _still_is(world: World, person: Person, concern: Concern, capacity: str) -> bool:
    if capacity == "representative":
        return world.represents(person, concern.safety_area_id)
    return (
        world.leads_person(person, concern.writer_id)
        or world.leads_unit(person, concern.workforce_id)
        or world.stands_above(person, concern.workforce_id)
    )


def may_see_reasons(world: World, person: Person, of: Demand | Stop) -> bool:
    """Those who lead the unit on either line, and those who represent it."""
    return leads(world, person, of.unit_id) or represents(world, person, of.unit_id)


def may_see_demand(world: World, person: Person, demand: Demand) -> bool:
    """The same, and whoever demanded it."""
    return person.id == demand.by_id or may_see_reasons(world, person, demand)


def may_see_stop(world: World, person: Person, stop: Stop) -> bool:
    """The same, and while it lasts those who work or hold a role there, or below it in the office."""
    return may_see_reasons(world, person, stop) or (
        stop.ended_at is None and belongs(world, person, stop.unit_id)
    )


def belongs(world: World, person: Person, unit_id: int) -> bool:
    """Works or holds a role in the unit, or in a unit below it when it is no higher than an office."""
    workplaces = {w.id: w.unit_id for w in world.workforces}
    held = {workplaces[p.workforce_id] for p in world.placements if p.person_id == person.id}
    held |= {role.unit_id for role in world.roles_of(person)}
    is_office = next(u for u in world.units if u.id == unit_id).kind not in ABOVE_OFFICES
    return unit_id in held or (is_office and any(unit_id in world.with_all_above(each) for each in held))


def build(world: World, random: Random) -> Said:
    """Concerns, demands and stops by random people of random places; some answered, some over."""
    said = Said()
    for _ in range(random.randint(5, 10)):
        _concern(world, said, random)
        _demand(world, said, random)
        _stop(world, said, random)
    for each in (*said.concerns, *said.demands, *said.stops):
        each.refresh_from_db()
    return said


def _concern(world: World, said: Said, random: Random) -> None:
    concern = Concern.objects.create(
        workforce=random.choice(world.workforces), safety_area=random.choice([None, *world.areas]),
        writer=random.choice(world.people), text="Uro", may_be_shared=random.random() < 0.5,
    )  # fmt: skip
    said.concerns.append(concern)
    said.sent[concern.id] = [
        Recipient.objects.create(
            concern=concern, person=person, capacity=random.choice(["leader", "representative"]),
            reason=random.choice(["sent", "shared"]),
        )
        for person in random.sample(world.people, k=min(4, len(world.people)))
    ]  # fmt: skip
    if random.random() < 0.5:
        by = random.choice(world.people)
        Answer.objects.create(concern=concern, outcome="declined", text="Nei", by=by)
        Verdict.objects.create(concern=concern, settles=random.random() < 0.5)


def _demand(world: World, said: Said, random: Random) -> None:
    by = random.choice(world.people)
    demand = Demand.objects.create(unit=random.choice(world.units), by=by, danger="Fare", wanted="Noe")
    said.demands.append(demand)
    if random.random() < 0.5:
        DemandAnswer.objects.create(demand=demand, text="Ja", by=by)
        TakenFurther.objects.create(demand=demand, body="committee", by=by)


def _stop(world: World, said: Said, random: Random) -> None:
    by = random.choice(world.people)
    stop = Stop.objects.create(unit=random.choice(world.units), by=by, work="Samtaler", place="Rom 2")
    StopReason.objects.create(stop=stop, danger="Fare", not_averted="Nei")
    said.stops.append(stop)
    for deed in random.choice([(), ("done",), ("done", "agreed"), ("may_begin",)]):
        StopAct.objects.create(stop=stop, deed=deed, text="Slik", by=by)
