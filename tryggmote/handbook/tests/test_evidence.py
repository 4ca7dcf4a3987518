"""What is measured of the handbook (3.6)."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.context import acting_as
from tryggmote.access.tests.worlds import (
    counts,
    days_ago_near,
    in_random_worlds,
    last_days_ago,
    noon,
    undone,
)
from tryggmote.compliance.registry import rules as registered
from tryggmote.controls.models import Measure
from tryggmote.controls.tests.helpers import a_frame, in_force
from tryggmote.handbook.models import Opening
from tryggmote.handbook.tests.helpers import established, opened_by, opened_then
from tryggmote.organisation.models import Person, Placement, Unit, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, employ, make_office, make_person, make_unit
from tryggmote.ui.dates import oslo_midnight, oslo_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """An office with one measure and ten employees who have been there long."""
    office = make_office()
    established(office.office_leader, office.unit)
    here = Placement.objects.filter(workforce__unit=office.unit).count()
    for number in range(10 - here):
        employ(make_person(f"Kollega {number}"), unit=office.unit, employer=office.directorate)
    return office


def row(person: Person, unit: Unit) -> dict[str, Any]:
    with acting_as(person.id), connection.cursor() as cursor:
        cursor.execute("select * from evidence_3_6 where unit_id = %s", [unit.id])
        names = [column.name for column in cursor.description]
        (found,) = cursor.fetchall()
    return dict(zip(names, found, strict=True))


def stands(office: Office, unit: Unit | None = None) -> tuple[str, str]:
    found = row(office.office_leader, unit or office.unit)
    rule, figures = registered()["evidence_3_6"], json.loads(found["figures"])
    assert "%(" not in rule.says(found["reason"], figures)
    next_act = rule.next_act(found["reason"], figures, found["unit_id"])
    assert (next_act is None) is (found["state"] in ("met", "not_applicable"))
    return found["state"], found["reason"]


def employees(unit: Unit) -> list[Person]:
    placed = Placement.objects.filter(workforce__unit=unit).values("person_id").distinct()
    return list(Person.objects.filter(id__in=placed).order_by("id"))


def test_a_book_nobody_has_opened_is_missing(office: Office) -> None:
    assert stands(office) == ("missing", "nobody_opened")


def test_nine_of_ten_is_enough_and_eight_is_not(office: Office) -> None:
    ten = employees(office.unit)
    assert len(ten) == 10
    for person in ten[:8]:
        opened_by(person, office.unit)
    assert stands(office) == ("partly", "not_opened")
    opened_by(ten[8], office.unit)
    assert stands(office) == ("met", "opened")


def test_an_opening_counts_the_whole_last_day_of_the_year_and_not_the_day_after(office: Office) -> None:
    last_day = oslo_midnight(oslo_today() - timedelta(days=last_days_ago(months=12)))
    for person in employees(office.unit):
        opened_then(person, office.unit, last_day)
    assert stands(office) == ("met", "opened")
    assert row(office.office_leader, office.unit)["runs_out_on"] == oslo_today()
    for person in employees(office.unit):
        opened_then(person, office.unit, last_day - timedelta(minutes=1))
    assert stands(office) == ("missing", "nobody_opened")


def test_it_runs_out_when_too_few_would_be_left(office: Office) -> None:
    """With ten who have opened it, one may lapse; the second earliest is whose year matters."""
    today = timezone.now()
    for number, person in enumerate(employees(office.unit)):
        opened_then(person, office.unit, today - timedelta(days=300 - number))
    expected = (today - timedelta(days=299)).date() + relativedelta(months=12)
    found: date = row(office.office_leader, office.unit)["runs_out_on"]
    assert abs((found - expected).days) <= 1


def test_an_office_where_nothing_is_established_has_nothing_to_read() -> None:
    office = make_office()
    opened_by(office.counsellor, office.unit)
    assert stands(office) == ("missing", "empty")
    in_force(office.office_leader, office.unit, frame=a_frame())
    assert stands(office)[1] != "empty"


def test_the_book_of_a_team_counts_for_the_office_and_not_the_other_way(office: Office) -> None:
    team = make_unit("Team mottak", UnitKind.TEAM, parents=(office.unit,))
    newcomer = make_person("Tone Team")
    employ(newcomer, unit=team, employer=office.directorate)
    opened_by(newcomer, office.unit)
    assert stands(office, team) == ("missing", "nobody_opened")
    Opening.objects.all().delete()
    opened_by(newcomer, team)
    assert stands(office, team) == ("met", "opened")
    assert stands(office) == ("partly", "not_opened")


def test_a_newcomer_has_two_weeks(office: Office) -> None:
    for person in employees(office.unit)[:9]:
        opened_by(person, office.unit)
    for number in range(5):
        employ(make_person(f"Ny {number}"), unit=office.unit, employer=office.directorate)
    new = Placement.objects.filter(person__name__startswith="Ny ")
    new.update(starts_on=timezone.localdate() - timedelta(days=13))
    assert stands(office) == ("met", "opened")
    new.update(starts_on=timezone.localdate() - timedelta(days=14))
    assert stands(office) == ("partly", "not_opened")


def test_those_who_have_left_and_those_who_only_hold_a_role_are_not_counted(office: Office) -> None:
    for person in employees(office.unit):
        opened_by(person, office.unit)
    assign(make_person("Utenfra"), Role.UNION_REPRESENTATIVE, office.unit)
    gone = make_person("Sluttet")
    employ(gone, unit=office.unit, employer=office.directorate)
    Person.objects.filter(id=gone.id).update(ended_on=timezone.localdate() - timedelta(days=1))
    assert json.loads(row(office.office_leader, office.unit)["figures"])["audience"] == 10


def test_a_unit_where_nobody_works_is_not_measured(office: Office) -> None:
    empty = make_unit("Tomt team", UnitKind.TEAM, parents=(office.unit,))
    assert stands(office, empty) == ("not_applicable", "nobody_here")


def test_the_figures_are_the_same_whoever_asks(office: Office) -> None:
    for person in employees(office.unit)[:4]:
        opened_by(person, office.unit)
    asking = (office.counsellor, office.office_leader, office.county_director, office.directorate_member)
    assert len({row(person, office.unit)["figures"] for person in asking}) == 1


@in_random_worlds
@given(
    something_is_established=st.sampled_from([True, True, True, False]),
    lately=st.integers(0, 1) | st.integers(8, 10),
    others=st.lists(st.none() | days_ago_near(last_days_ago(months=12)), min_size=1, max_size=2),
)
def test_the_rule_says_what_its_sentence_says(
    office: Office, something_is_established: bool, lately: int, others: list[int | None]
) -> None:
    """ "Contains every established measure; >= 90 % of them have opened it in the last 12 months"."""
    openings = [10] * lately + others
    in_time = [days for days in openings if days is not None and counts(days, months=12)]
    if not something_is_established or not in_time:
        expected = "missing"
    else:
        expected = "met" if 10 * len(in_time) >= 9 * len(openings) else "partly"
    with undone():
        if not something_is_established:
            Measure.objects.update(established_at=None)
        Placement.objects.filter(workforce__unit=office.unit).update(ends_on=date(2025, 1, 1))
        for number, days in enumerate(openings):
            person = make_person(f"Ansatt {number}")
            employ(person, unit=office.unit, employer=office.directorate)
            if days is not None:
                opened_then(person, office.unit, noon(days))
        assert stands(office)[0] == expected
