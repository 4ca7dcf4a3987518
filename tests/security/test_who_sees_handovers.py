"""The oracle of handovers: those who read the documents of either unit, and administrators (ADR 0032)."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.security import world as w
from tests.security.assessments import leads, sees_documents_of
from tests.security.hazards import oversees
from tests.security.test_who_sees_what import a_world, worlds
from tryggmote.access.context import acting_as
from tryggmote.organisation.models import Handover, HandoverPart, Person, Unit

pytestmark = pytest.mark.django_db


def build(world: w.World, random: Random) -> list[Handover]:
    """Parts of units that went to others, with what the database noted of each."""
    made = []
    standing = list(Unit.objects.filter(kind__in=("office", "team"), merged_into=None))
    for number in range(random.randint(1, 4) if len(standing) > 1 else 0):
        gives, takes = random.sample(standing, 2)
        handover = Handover.objects.create(
            from_unit=gives, to_unit=takes, is_whole=False, why="Deles.", by=random.choice(world.people)
        )
        for is_private in (False, True):
            HandoverPart.objects.create(
                handover=handover, kind=f"k{number}", row_ids=["1"], n=1, is_private=is_private
            )
        made.append(handover)
    return made


def is_administrator(world: w.World, person: Person) -> bool:
    return any(role.role == "administrator" for role in world.roles_of(person))


def may_see(world: w.World, person: Person, handover: Handover) -> bool:
    return is_administrator(world, person) or any(
        sees_documents_of(world, person, unit) for unit in (handover.from_unit_id, handover.to_unit_id)
    )


def may_count(world: w.World, person: Person, part: HandoverPart) -> bool:
    """How many went: whoever answers for both units, and administrators; of some kinds nobody."""
    units = (part.handover.from_unit_id, part.handover.to_unit_id)
    answers = all(leads(world, person, unit) or oversees(world, person, unit) for unit in units)
    return not part.is_private and (is_administrator(world, person) or answers)


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_the_handovers_that_concern_them(random: Random) -> None:
    with a_world(random) as world:
        handovers = build(world, random)
        parts = list(HandoverPart.objects.select_related("handover"))
        for person in world.people:
            with acting_as(person.id):
                seen = set(Handover.objects.values_list("id", flat=True))
                counted = set(HandoverPart.objects.values_list("id", flat=True))
            assert seen == w.ids(row for row in handovers if may_see(world, person, row))
            assert counted == w.ids(part for part in parts if may_count(world, person, part))
