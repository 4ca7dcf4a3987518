"""Who decides about what waits in a unit, and to whom it goes when they do not."""

import pytest

from tryggmote.access.context import acting_as
from tryggmote.organisation.models import Person, RoleAssignment, Unit, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.standing import (
    deciders_of,
    leaders_above,
    leaders_of,
    standing_in,
    units_decided_by_me,
)
from tryggmote.organisation.tests.factories import (
    LONG_AGO,
    Office,
    assign,
    make_office,
    make_person,
    make_unit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def department(office: Office) -> Unit:
    """A department of the office with a leader of its own and only state employees."""
    department = make_unit("Avdeling", UnitKind.DEPARTMENT, parents=(office.unit,))
    department.workforces.create(employer=office.directorate)
    assign(make_person("Dag Avdelingsleder"), Role.LEADER, department)
    return department


def deciders(unit: Unit) -> set[int]:
    return {leader.person_id for leader in deciders_of(unit.id)}


def test_the_nearest_leaders_decide(office: Office, department: Unit) -> None:
    assert [leader.name for leader in deciders_of(department.id)] == ["Dag Avdelingsleder"]
    assert deciders(office.unit) == {office.office_leader.id}
    RoleAssignment.objects.filter(role=Role.LEADER).update(ends_on=LONG_AGO)
    assert deciders(department) == {office.office_leader.id}
    Person.objects.filter(id=office.office_leader.id).update(ended_on=LONG_AGO)
    assert deciders(department) == set()


def test_directors_answer_for_offices_without_leaders_but_decide_only_in_their_own_unit(
    office: Office,
) -> None:
    assert deciders(office.county) == {office.county_director.id}
    RoleAssignment.objects.filter(role=Role.OFFICE_LEADER).delete()
    assert {leader.person_id for leader in leaders_of(office.unit.id)} == {
        office.county_director.id,
        office.municipal_director.id,
    }
    assert deciders(office.unit) == set()


def test_everybody_finds_the_units_they_decide_in_and_each_of_them_leads_there(
    office: Office, department: Unit
) -> None:
    make_office("Nav Storevik")
    wanted = {unit: deciders(unit) for unit in Unit.objects.all()}
    for person in Person.objects.all():
        with acting_as(person.id):
            found = set(Unit.objects.filter(id__in=units_decided_by_me()))
            assert all(standing_in(unit.id).leads for unit in found), person.name
        assert found == {unit for unit, ids in wanted.items() if person.id in ids}, person.name


def test_it_goes_up_level_by_level_on_both_lines(office: Office, department: Unit) -> None:
    asked = deciders(department)
    assert leaders_above(department.id, passed=asked) == [office.office_leader.id]
    # Nobody of the municipality works in the department, so its director has no say there.
    asked.add(office.office_leader.id)
    assert leaders_above(department.id, passed=asked) == [office.county_director.id]
    assert leaders_above(office.unit.id, passed=asked) == [
        office.county_director.id,
        office.municipal_director.id,
    ]
    asked |= {office.county_director.id, office.municipal_director.id}
    assert leaders_above(office.unit.id, passed=asked) == [office.directorate_member.id]
    assert leaders_above(office.unit.id, passed={*asked, office.directorate_member.id}) == []
