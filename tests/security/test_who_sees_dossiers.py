"""The oracle for dossiers: random organisations, every person, every unit.

From the product's description: a dossier is seen by whoever had it made, for as long as they answer for the
unit, stand for those who work there, or look into it; and it is about places where people work.
"""

from random import Random

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.security.assessments import leads, represents, sees_documents_of
from tests.security.hazards import oversees
from tests.security.sight import visible_ids
from tests.security.test_who_sees_what import a_world, worlds
from tests.security.world import World
from tryggmote.access.context import acting_as
from tryggmote.dossier.models import Dossier, File, Invitation, Opening
from tryggmote.organisation.models import Person, Unit, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.ui.dates import oslo_day, oslo_today

pytestmark = pytest.mark.django_db
WORKPLACES = (
    UnitKind.OFFICE, UnitKind.CONTACT_CENTRE, UnitKind.SPECIAL, UnitKind.DEPARTMENT, UnitKind.TEAM
)  # fmt: skip


def may_have(world: World, person: Person, unit: Unit) -> bool:
    """Said a second time, in Python."""
    audits = any(
        role.role == Role.AUDITOR and role.unit_id in world.with_all_above(unit.id)
        for role in world.roles_of(person)
    )
    # Somebody may stand for an area in a unit that they are not elected in and see nothing of.
    is_seen = sees_documents_of(world, person, unit.id)
    is_workplace = unit.kind in WORKPLACES and unit.merged_into_id is None and is_seen
    answers = leads(world, person, unit.id) or represents(world, person, unit.id)
    return is_workplace and (audits or answers or oversees(world, person, unit.id))


def of(person: Person, unit: Unit) -> Dossier:
    today = oslo_today()
    return Dossier(unit=unit, since=today, until=today, language="nb", by=person)


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_their_own_of_units_they_may_have_and_no_other(random: Random) -> None:
    with a_world(random) as world:
        units = list(Unit.objects.all())
        every = [of(person, unit) for person in world.people for unit in units]
        Dossier.objects.bulk_create(every)
        files = {d.id: File(dossier=d, kind="pdf", content=b"", digest="") for d in every}
        ends = oslo_day(oslo_today())[1]
        doors = {d.id: Invitation(dossier=d, name="I", email="i@x.example", ends_at=ends) for d in every}
        openings = {d: Opening(invitation=door, what="pdf") for d, door in doors.items()}
        File.objects.bulk_create(files.values())
        Invitation.objects.bulk_create(doors.values())
        Opening.objects.bulk_create(openings.values())
        for person in world.people:
            own = {d.id for d in every if d.by_id == person.id and may_have(world, person, d.unit)}
            wanted = {
                Dossier: own,
                File: {files[dossier].id for dossier in own},
                Invitation: {doors[dossier].id for dossier in own},
                Opening: {openings[dossier].id for dossier in own},
            }
            with acting_as(person.id):
                seen = visible_ids(wanted)
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])


@settings(parent=worlds, max_examples=5)  # everybody tries every unit
@given(random=st.randoms(use_true_random=False))
def test_nobody_can_ask_for_one_they_may_not_have_nor_in_anothers_name(random: Random) -> None:
    with a_world(random) as world:
        for person in world.people:
            for unit in Unit.objects.all():
                assert is_written(person, of(person, unit)) == may_have(world, person, unit)
            other = next(each for each in world.people if each != person)
            assert not is_written(person, of(other, world.units[0]))


def is_written(person: Person, row: Dossier) -> bool:
    try:
        with transaction.atomic(), acting_as(person.id):
            Dossier.objects.bulk_create([row])
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True
