"""The oracle for the search: in random organisations, exactly what each person may see is found."""

from random import Random

import pytest
from django.db.models import Model
from hypothesis import given
from hypothesis import strategies as st

from tests.security import assessments, controls, equipment, premises, residual
from tests.security.test_who_sees_what import a_world, worlds
from tests.security.world import World
from tryggmote.access.context import acting_as
from tryggmote.controls.models import Measure, Procedure
from tryggmote.equipment.models import Item
from tryggmote.organisation.models import Person
from tryggmote.premises.models import Building, Room
from tryggmote.residual.models import Record
from tryggmote.risk.models import Assessment
from tryggmote.search.asked import Asked
from tryggmote.search.queries import find

pytestmark = pytest.mark.django_db
WORD = "kjennetegn"
# The name of each row, and whether the search leaves it out because it is over.
NAMED: dict[str, tuple[type[Model], str, str]] = {
    "measure": (Measure, "title", "cancelled_at"),
    "procedure": (Procedure, "title", "ended_at"),
    "equipment": (Item, "name", "ended_on"),
    "building": (Building, "name", "left_on"),
    "room": (Room, "name", "left_on"),
    "residual": (Record, "title", "withdrawn_at"),
    "assessment": (Assessment, "title", ""),
}


def name_everything() -> dict[str, list[Model]]:
    """Gives each row the same name, and answers what there is to find."""
    there = {}
    for kind, (model, name, over) in NAMED.items():
        model._default_manager.update(**{name: WORD})
        rows = model._default_manager.filter(**{over: None}) if over else model._default_manager.all()
        there[kind] = list(rows)
    return there


def addresses_for(
    world: World, paper: assessments.Paper, person: Person, there: dict[str, list[Model]]
) -> set[str]:
    """What the person may see of it, said by the other statement of who sees what."""
    may_see = {
        "measure": controls.may_see_measure,
        "procedure": controls.may_see_procedure,
        "equipment": equipment.may_see_item,
        "building": premises.may_see_building,
        "room": premises.may_see_room,
        "residual": residual.may_see_record,
        "assessment": lambda world, person, row: assessments.may_see_assessment(world, paper, person, row),
    }
    return {
        row.get_absolute_url()  # type: ignore[attr-defined]
        for kind, rows in there.items()
        for row in rows
        if may_see[kind](world, person, row)
    }


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_finds_what_they_may_see_and_nothing_else(random: Random) -> None:
    with a_world(random) as world:
        controls.build(world, random)
        premises.build(world, random)
        equipment.build(world, random)
        residual.build(world, random)
        paper = assessments.build(world, random)
        there = name_everything()
        for person in world.people:
            with acting_as(person.id) as by:
                groups = [group for kind in NAMED for group in find(by, Asked.of(WORD), kind).groups]
            found = {hit.url for group in groups for hit in group.hits}
            assert found == addresses_for(world, paper, person, there), (
                person.name, [(role.role, role.unit.name) for role in world.roles_of(person)],
            )  # fmt: skip
