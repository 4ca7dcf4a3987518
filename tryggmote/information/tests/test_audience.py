"""Whom a unit informs: those who work there or below, and their representatives, always (1.1, § 23A-3)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tryggmote.information.queries import audience_of
from tryggmote.organisation.models import Person, Placement, Unit, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import (
    Office,
    assign,
    employ,
    make_office,
    make_person,
    make_unit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def informed(unit: Unit) -> set[str]:
    return set(Person.objects.filter(id__in=audience_of(unit.id)).values_list("name", flat=True))


def test_everybody_who_works_in_the_office_is_informed_whoever_employs_them(office: Office) -> None:
    assert informed(office.unit) == {
        office.counsellor.name, office.colleague.name, office.leader.name, office.formal_leader.name,
        office.office_leader.name, office.safety_representative.name,
    }  # fmt: skip


def test_what_the_county_tells_reaches_the_offices_below_it(office: Office) -> None:
    assert {office.counsellor.name, office.county_director.name} <= informed(office.county)
    assert office.counsellor.id not in audience_of(make_office("Nav Storevik").county.id)


def test_a_team_tells_the_team_and_the_representatives_of_the_office(office: Office) -> None:
    team = make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    member, union = make_person("Mona Medlem"), make_person("Tone Tillitsvalgt")
    employ(member, unit=team, employer=office.municipality)
    employ(union, unit=office.unit, employer=office.municipality)
    assign(union, Role.UNION_REPRESENTATIVE, office.unit)
    assert informed(team) == {member.name, union.name, office.safety_representative.name}
    assert member.name in informed(office.unit)


def test_a_representative_who_works_elsewhere_is_informed_too(office: Office) -> None:
    union = make_person("Tone Tillitsvalgt")
    employ(union, unit=office.county, employer=office.directorate)
    assert union.name not in informed(office.unit)
    assign(union, Role.UNION_REPRESENTATIVE, office.unit)
    assert union.name in informed(office.unit)


def test_a_chief_representative_of_a_county_is_not_told_of_every_office(office: Office) -> None:
    assert office.chief_safety_representative.name not in informed(office.unit)
    assert office.chief_safety_representative.name in informed(office.county)


def test_those_who_have_left_and_those_who_have_not_come_are_not_informed(office: Office) -> None:
    today = timezone.localdate()
    Placement.objects.filter(person=office.colleague).update(ends_on=today - timedelta(days=1))
    Placement.objects.filter(person=office.formal_leader).update(starts_on=today + timedelta(days=1))
    Person.objects.filter(id=office.counsellor.id).update(ended_on=today - timedelta(days=1))
    gone = {office.colleague.name, office.formal_leader.name, office.counsellor.name}
    assert not gone & informed(office.unit)


def test_the_last_day_counts(office: Office) -> None:
    Placement.objects.filter(person=office.colleague).update(ends_on=timezone.localdate())
    assert office.colleague.name in informed(office.unit)


def test_somebody_with_two_workplaces_in_the_office_is_one_person(office: Office) -> None:
    team = make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    before = len(audience_of(office.unit.id))
    Placement.objects.create(
        person=office.counsellor,
        workforce=team.workforces.create(employer=office.directorate),
        is_primary=False,
        starts_on=timezone.localdate(),
    )
    assert len(audience_of(office.unit.id)) == before
