"""The oracle for premises: random organisations, every person in them (3.1)."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.security import premises as p
from tests.security.test_who_sees_what import a_world, expected, worlds
from tryggmote.access.context import acting_as
from tryggmote.premises.models import Building, Room, RoomNote, Zone

pytestmark = pytest.mark.django_db


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_what_the_table_says_of_premises(random: Random) -> None:
    with a_world(random) as world:
        made = p.build(world, random)
        for person in world.people:
            wanted = {
                Building: expected(made.buildings, p.may_see_building, world, person),
                Zone: expected(made.zones, p.may_see_zone, world, person),
                Room: expected(made.rooms, p.may_see_room, world, person),
                RoomNote: expected(made.notes, p.may_see_note, world, person),
            }
            with acting_as(person.id):
                seen = {model: set(model.objects.values_list("id", flat=True)) for model in wanted}
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])
