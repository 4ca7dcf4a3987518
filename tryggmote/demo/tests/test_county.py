"""The fictional county on paper: the same every time, and with everybody who matters in it."""

import random
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from tryggmote.demo.county import CONTACT_CENTRE, FJORDVIK, GRANLIA, SKJAERGARD, STATE, plan_county
from tryggmote.demo.loading import SEED
from tryggmote.demo.names import invent_names
from tryggmote.demo.people import FEATURED
from tryggmote.demo.plan import County
from tryggmote.organisation.models import UnitKind
from tryggmote.organisation.roles import Role

COUNTY = plan_county(SEED)


def holders(county: County, role: Role) -> set[str]:
    return {person.key for person in county.people for held in person.roles if held.role == role}


def test_the_same_seed_gives_the_same_county() -> None:
    assert plan_county(SEED) == COUNTY


def test_another_seed_gives_other_people_in_the_same_places() -> None:
    other = plan_county(SEED + 1)
    assert [p.key for p in other.people] == [p.key for p in COUNTY.people]
    assert [p.name for p in other.people] != [p.name for p in COUNTY.people]


def test_there_are_about_120_people_in_three_offices_and_a_contact_centre() -> None:
    assert 110 <= len(COUNTY.people) <= 130
    kinds = Counter(unit.kind for unit in COUNTY.units)
    assert kinds[UnitKind.OFFICE] == 3
    assert kinds[UnitKind.CONTACT_CENTRE] == 1
    sizes = {
        office: sum(
            p.unit == office or p.unit.startswith(f"{office}-") for p in COUNTY.people if p.is_employed
        )
        for office in (FJORDVIK, GRANLIA, SKJAERGARD, CONTACT_CENTRE)
    }
    assert sizes[FJORDVIK] > sizes[GRANLIA] > sizes[SKJAERGARD]


def test_every_role_is_held_by_somebody() -> None:
    assert {role for role in Role if not holders(COUNTY, role)} == set()


def test_the_large_office_has_a_leader_from_each_employer() -> None:
    leaders = [
        held
        for person in COUNTY.people
        for held in person.roles
        if held.role == Role.OFFICE_LEADER and held.unit == FJORDVIK
    ]
    assert len(leaders) == 2
    assert len({held.employer for held in leaders} - {None}) == 2


def test_the_joint_office_belongs_to_two_municipalities() -> None:
    kind = {unit.code: unit.kind for unit in COUNTY.units}
    granlia = next(unit for unit in COUNTY.units if unit.code == GRANLIA)
    assert Counter(kind[parent] for parent in granlia.parents) == {
        UnitKind.COUNTY: 1,
        UnitKind.MUNICIPALITY: 2,
    }


def test_some_are_led_daily_by_the_other_employer() -> None:
    employer = {person.key: person.employer for person in COUNTY.people}
    across = [p.key for p in COUNTY.people if p.formal_leader and employer[p.leader or ""] != p.employer]
    assert len(across) >= 5
    assert any(employer[key] == STATE for key in across)
    assert any(employer[key] != STATE for key in across)


def test_everybody_is_planned_after_their_leaders_and_units_after_their_parents() -> None:
    seen: set[str] = set()
    for person in COUNTY.people:
        assert {person.leader, person.formal_leader} - {None} <= seen
        seen.add(person.key)
    units: set[str] = set()
    for unit in COUNTY.units:
        assert set(unit.parents) <= units
        units.add(unit.code)


def test_everybody_employed_in_an_office_belongs_to_a_safety_area() -> None:
    above = {unit.code for unit in COUNTY.units if unit.kind in {"directorate", "county", "municipality"}}
    assert [p.key for p in COUNTY.people if p.is_employed and p.unit not in above and p.area is None] == []


def test_the_people_shown_first_are_in_the_county() -> None:
    assert 8 <= len(FEATURED) <= 10
    assert set(FEATURED) <= {person.key for person in COUNTY.people}


@settings(max_examples=25)
@given(st.integers())
def test_nobody_shares_a_name_or_a_surname(seed: int) -> None:
    names = invent_names(130, random.Random(seed))
    assert len(set(names)) == 130
    assert len({name.split()[-1] for name in names}) == 130
