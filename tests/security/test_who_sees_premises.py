"""The oracle for premises: random organisations, every person in them (3.1)."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.security import premises as p
from tests.security.sight import visible_ids
from tests.security.test_who_sees_what import a_world, expected, worlds
from tryggmote.access.context import acting_as
from tryggmote.premises.models import Building, BuildingMove, Picture, Room, RoomNote, Zone
from tryggmote.reviews.models import Change, ChangeEnding, Finding, FindingPicture, Part, Review, Signature

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
                Picture: expected(made.pictures, p.may_see_picture, world, person),
                BuildingMove: expected(made.moves, p.may_see_move, world, person),
                Change: expected(made.changes, p.may_see_change, world, person),
                ChangeEnding: expected(made.endings, p.may_see_ending, world, person),
                Review: expected(made.reviews, p.may_see_review, world, person),
                Part: expected(made.parts, p.may_see_in_review, world, person),
                Finding: expected(made.findings, p.may_see_in_review, world, person),
                FindingPicture: expected(made.photographs, p.may_see_photograph, world, person),
                Signature: expected(made.signatures, p.may_see_in_review, world, person),
            }
            with acting_as(person.id):
                seen = visible_ids(wanted)
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])
