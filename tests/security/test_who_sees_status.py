"""The oracle for how units have stood: what is kept shows nobody more than what is live.

From the product's description: the status of a workplace is seen by its employees and by leaders and
representatives above it on both lines, like its documents, and by the directorate; units that are alike are
compared by share alone.
"""

from datetime import timedelta
from random import Random

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.security.assessments import sees_documents_of
from tests.security.sight import visible_ids
from tests.security.test_who_sees_what import _tables_that_answer, a_world, expected, worlds
from tests.security.world import World, build
from tryggmote.access.context import acting_as
from tryggmote.compliance.alike import units_alike
from tryggmote.compliance.keeping import bring_up_to_date
from tryggmote.compliance.models import Standing
from tryggmote.organisation.models import Person, Placement, Unit, UnitKind, Workforce
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, make_office, make_unit

pytestmark = pytest.mark.django_db
WORKPLACES = {"office", "contact_centre", "special", "department", "team"}


def may_see_standing(world: World, person: Person, standing: Standing) -> bool:
    """Of a workplace that is there still and whose documents the person reads; the directorate sees all."""
    unit = standing.unit
    is_there = unit.ended_on is None or unit.ended_on >= timezone.localdate()
    sees_all = any(role.role == Role.DIRECTORATE for role in world.roles_of(person))
    is_there = is_there and unit.merged_into_id is None
    return unit.kind in WORKPLACES and is_there and (sees_all or sees_documents_of(world, person, unit.id))


def kept(world: World, random: Random) -> list[Standing]:
    """Open rows and ended ones of all kinds of units, some of which have ended."""
    now = timezone.now()
    for unit in world.units:
        if random.random() < 0.2:
            Unit.objects.filter(id=unit.id).update(ended_on=timezone.localdate() - timedelta(days=1))
        for until in (None, now):
            Standing.objects.create(
                unit=unit, rule="evidence_2_1", state="met", reason="all", rule_version="1",
                thresholds_version="1", since=now - timedelta(days=2), from_at=now - timedelta(days=1),
                until_at=until,
            )  # fmt: skip
    return list(Standing.objects.select_related("unit"))


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_the_standing_of_workplaces_whose_documents_they_read(random: Random) -> None:
    with a_world(random) as world:
        rows = kept(world, random)
        for person in world.people:
            wanted = {Standing: expected(rows, may_see_standing, world, person)}
            with acting_as(person.id):
                seen = visible_ids(wanted)
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])


@pytest.mark.parametrize("role", ["tryggmote_app", "tryggmote_wide", "tryggmote_all"])
def test_forgetting_who_asks_raises_on_it_too(role: str) -> None:
    kept(build(Random(1)), Random(1))
    assert _tables_that_answer(role, [Standing]) == []


def test_nobody_writes_how_a_unit_stands() -> None:
    office = make_office()
    bring_up_to_date()
    for person in (office.counsellor, office.office_leader, office.directorate_member, office.administrator):
        for statement in (
            "update compliance_standing set state = 'met'",
            "delete from compliance_standing",
            "select * from app.keep_standing(now())",
        ):
            with acting_as(person.id), pytest.raises(DatabaseError), transaction.atomic():
                connection.cursor().execute(statement)


def offices_beside(office: Office, number: int) -> list[Unit]:
    """Others of the same size in another county, where one sees nothing."""
    county = make_unit("Fylke Nord", UnitKind.COUNTY, parents=(office.directorate,))
    return [make_unit(f"Nav Nord {n}", parents=(county,)) for n in range(number)]


def compared(person: Person, unit: Unit) -> dict[str, int]:
    with acting_as(person.id):
        return {each.column.rule.name: each.n for each in units_alike(unit.id)}


def alike_in_size(units: list[Unit], office: Office) -> None:
    """As many people in each as in the office: the same ones, which is all that is counted."""
    for unit in units:
        workforce = Workforce.objects.create(unit=unit, employer=office.directorate)
        Placement.objects.create(
            person=office.counsellor, workforce=workforce, starts_on=timezone.localdate() - timedelta(days=9),
            ends_on=None, meets_clients=False, is_primary=False,
        )  # fmt: skip


@pytest.mark.parametrize(("others", "shows"), [(4, False), (5, True)])
def test_fewer_than_five_units_alike_are_not_compared_with(others: int, shows: bool) -> None:
    office = make_office()
    alike_in_size(offices_beside(office, others), office)
    bring_up_to_date()
    found = compared(office.office_leader, office.unit)
    assert bool(found) == shows
    assert set(found.values()) <= {others}


def test_those_one_sees_cannot_be_taken_away_to_find_the_last() -> None:
    """Ten alike, six of which a director sees: what is left would be four, and tells too much."""
    office = make_office()
    own = [make_unit(f"Nav Sør {n}", parents=(office.county,)) for n in range(6)]
    alike_in_size([*own, *offices_beside(office, 4)], office)
    bring_up_to_date()
    assert compared(office.county_director, office.unit) == {}
    assert compared(office.counsellor, office.unit) != {}
    assert compared(office.directorate_member, office.unit) != {}


def test_a_unit_out_of_sight_is_compared_with_nobody() -> None:
    office = make_office()
    others = offices_beside(office, 6)
    alike_in_size(others, office)
    bring_up_to_date()
    assert compared(office.office_leader, others[0]) == {}
