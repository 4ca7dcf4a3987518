"""The oracle for what belongs to a unit: random organisations, every person in them."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.security import documents as d
from tests.security.sight import visible_ids
from tests.security.test_who_sees_what import a_world, expected, worlds
from tryggmote.access.context import acting_as
from tryggmote.handbook.models import Opening
from tryggmote.information.models import Digest, Item, Reading, Reminder

pytestmark = pytest.mark.django_db


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_what_the_table_says_of_a_units_documents(random: Random) -> None:
    with a_world(random) as world:
        documents = d.build(world, random)
        for person in world.people:
            wanted = {
                Item: expected(documents.items, d.may_see_item, world, person),
                Reading: expected(documents.readings, d.may_see_reading, world, person),
                Reminder: expected(documents.reminders, d.may_see_reminder, world, person),
                Opening: expected(documents.openings, d.may_see_opening, world, person),
                Digest: set(Digest.objects.values_list("id", flat=True)),
            }
            with acting_as(person.id):
                seen = visible_ids(wanted)
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])
