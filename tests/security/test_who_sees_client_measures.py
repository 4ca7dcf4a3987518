"""The oracle for measures towards a client: random organisations, every person in them, every case.

From the product's description: those who decide and handle it, until it is deleted, and nobody else.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.security.sight import visible_ids
from tests.security.test_who_sees_what import _tables_that_answer, a_world, worlds
from tests.security.world import World, build
from tryggmote.access.context import acting_as
from tryggmote.access.models import ReadEntry
from tryggmote.client_measures.models import ClientMeasure, Handler, LinkedIncident, Step
from tryggmote.organisation.models import Person, UnitKind
from tryggmote.organisation.roles import Role

pytestmark = pytest.mark.django_db
MODELS = (ClientMeasure, Handler, LinkedIncident, Step)


@dataclass
class Cases:
    """Every case there is; `handlers`: by case, who made it and who was named; `gone`: whose day has come."""

    cases: list[ClientMeasure] = field(default_factory=list)
    handlers: dict[object, set[int]] = field(default_factory=dict)
    gone: set[object] = field(default_factory=set)


def is_office(world: World, unit_id: int) -> bool:
    """Cases are handled in offices, not in their parts nor above them."""
    return next(unit.kind for unit in world.units if unit.id == unit_id) == UnitKind.OFFICE


def works_in(world: World, person: Person, unit_id: int) -> bool:
    """In the unit or in a part of it."""
    workplaces = {w.id: w.unit_id for w in world.workforces}
    return any(
        placement.person_id == person.id
        and unit_id in world.with_all_above(workplaces[placement.workforce_id])
        for placement in world.placements
    )


def decides_in(world: World, person: Person, unit_id: int) -> bool:
    """The leader of the office itself; a plain leader of it only where nobody is."""
    here = [r for p in world.people for r in world.roles_of(p) if r.unit_id == unit_id]
    has_leader = any(r.role == Role.OFFICE_LEADER for r in here)
    deciding = Role.OFFICE_LEADER if has_leader else Role.LEADER
    return any(r.person_id == person.id and r.role == deciding for r in here)


def may_see(world: World, every: Cases, person: Person, case: ClientMeasure) -> bool:
    handles = person.id in every.handlers[case.id] and works_in(world, person, case.unit_id)
    concerns = handles or decides_in(world, person, case.unit_id)
    return concerns and is_office(world, case.unit_id) and case.id not in every.gone


def begin(world: World, random: Random) -> Cases:
    """Cases in random units, some of them not offices; some with colleagues, some past their day."""
    every = Cases()
    for _ in range(random.randint(4, 8)):
        creator = random.choice(world.people)
        case = ClientMeasure.objects.create(
            unit=random.choice([*world.units[-4:], *world.units]), created_by=creator, rule_version="1",
            case_reference="118",
        )  # fmt: skip
        named = set(random.sample(world.people, random.randint(0, 2)))
        for person in named:
            Handler.objects.create(measure=case, person=person, by=creator)
        LinkedIncident.objects.create(measure=case, incident=random.choice(world.incidents))
        Step.objects.create(
            measure=case, by=creator, kind="exempted", exception="impossible", text="Det haster"
        )
        if random.random() < 0.2:
            ClientMeasure.objects.filter(id=case.id).update(
                delete_on=timezone.localdate() - timedelta(days=1)
            )
            every.gone.add(case.id)
        every.cases.append(case)
        every.handlers[case.id] = {creator.id, *(person.id for person in named)}
        world.reads.append(
            ReadEntry.objects.create(
                person_id=random.choice(world.people).id, kind="client_measure", object_id=case.id
            )
        )
    return every


@worlds
@given(random=st.randoms(use_true_random=False))
def test_a_case_is_seen_by_those_who_decide_and_handle_it_and_by_nobody_else(random: Random) -> None:
    with a_world(random) as world:
        every = begin(world, random)
        parts = {model: dict(model.objects.values_list("id", "measure_id")) for model in MODELS[1:]}
        for person in world.people:
            visible = {case.id for case in every.cases if may_see(world, every, person, case)}
            wanted = {ClientMeasure: visible}
            for model, rows in parts.items():
                wanted[model] = {row for row, case_id in rows.items() if case_id in visible}
            wanted[ReadEntry] = {
                read.id
                for read in world.reads
                if read.kind == "client_measure"
                and (read.person_id == person.id or read.object_id in visible)
            }
            for role in ("", "tryggmote_app", "tryggmote_wide", "tryggmote_all"):
                with acting_as(person.id):
                    if role:
                        with connection.cursor() as cursor:
                            cursor.execute("select set_config('role', %s, true)", [role])
                    seen = visible_ids(MODELS)
                    reads = ReadEntry.objects.filter(kind="client_measure")
                    seen[ReadEntry] = set(reads.values_list("id", flat=True))
                assert seen == wanted, (
                    person.name,
                    role,
                    [(r.role, r.unit.name) for r in world.roles_of(person)],
                )


@pytest.mark.parametrize("role", ["tryggmote_app", "tryggmote_wide", "tryggmote_all"])
def test_forgetting_who_asks_raises_on_cases_too(role: str) -> None:
    begin(build(Random(1)), Random(1))
    filled = [model for model in MODELS if model._base_manager.exists()]
    assert ClientMeasure in filled
    assert _tables_that_answer(role, filled) == []
