"""Signs of silence are an invitation to those who can talk about it: counts, no names, no order."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.duties.simulation import be_on, simulated_days
from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.assistance.models import Call
from tryggmote.encounters.models import RiskReport
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Person, Placement, Unit
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.statistics import periods
from tryggmote.statistics.counting import count_figures
from tryggmote.statistics.culture import Talk, talks
from tryggmote.statistics.rules import SETTLED_AFTER_DAYS, is_settled
from tryggmote.statistics.tests.county import live, make_county, somebody
from tryggmote.ui.dates import OSLO, oslo_today

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
NOW = timezone.now()


@pytest.fixture
def office() -> Office:
    return make_office()


def called(
    person: Person,
    *,
    days_ago: int = 20,
    on: date | None = None,
    purpose: str = "real",
    outcome: str = "real",
) -> None:
    workforce = Placement.objects.get(person=person).workforce
    at = datetime.combine(on, time(12), OSLO) if on else NOW - timedelta(days=days_ago)
    Call.objects.create(
        id=new_id(), caller=person, workforce=workforce, unit=workforce.unit, purpose=purpose, raised_at=at,
        ended_at=at, ended_by=person, outcome=outcome,
    )  # fmt: skip


def stopped(person: Person, *, days_ago: int = 20) -> None:
    workforce = Placement.objects.get(person=person).workforce
    RiskReport.objects.create(
        stopped_work=True, reporter=person, workforce=workforce, created_at=NOW - timedelta(days=days_ago)
    )


def seen_by(person: Person) -> list[Talk]:
    with acting_as(person.id):
        return talks()


def test_the_leader_is_told_of_help_and_stops_without_a_report(office: Office) -> None:
    called(office.counsellor)
    stopped(office.counsellor)
    stopped(office.colleague)
    (talk,) = seen_by(office.office_leader)
    assert talk.unit == office.unit.name
    assert talk.signs == [
        "Hjelp ble tilkalt 1 gang uten at noe er meldt.",
        "2 møter ble stanset uten at noe er meldt.",
    ]


def test_a_report_within_a_week_is_no_sign(office: Office) -> None:
    called(office.counsellor)
    reported_by(office.counsellor, at=NOW - timedelta(days=14))
    assert seen_by(office.office_leader) == []


@pytest.mark.parametrize(
    "made",
    [{"days_ago": 3}, {"days_ago": 100}, {"purpose": "drill", "outcome": "done"}, {"outcome": "mistake"}],
)
def test_what_is_new_old_or_not_in_earnest_is_no_sign(office: Office, made: dict[str, object]) -> None:
    called(office.counsellor, **made)  # type: ignore[arg-type]
    assert seen_by(office.office_leader) == []


def settled_half() -> date:
    """The last half-year that others are shown figures of."""
    half = periods.half_of(oslo_today())
    while not is_settled(periods.end_of_half(half), oslo_today()):
        half = periods.half_of(half - timedelta(days=1))
    return half


def test_others_are_told_of_nothing_that_few_are_behind(office: Office) -> None:
    half = settled_half()
    for _ in range(6):
        called(office.counsellor, on=half)
    for person in (office.safety_representative, office.county_director, office.directorate_member):
        assert seen_by(person) == [], person.name
    others = (office.colleague, office.leader, office.safety_representative, office.formal_leader)
    for person in (*others, office.office_leader):
        called(person, on=periods.end_of_half(half))
    (talk,) = seen_by(office.county_director)
    (sign,) = talk.signs
    assert "halvår" in sign
    assert "fem ganger eller flere" in sign


def test_others_who_ask_every_day_are_told_the_same_until_a_half_year_is_settled(office: Office) -> None:
    people = (office.counsellor, office.colleague, office.leader, office.formal_leader, office.office_leader)
    half = settled_half()
    next_half = periods.half_of(periods.end_of_half(half) + timedelta(days=1))
    changes_on = periods.end_of_half(next_half) + timedelta(days=SETTLED_AFTER_DAYS + 1)
    for number, person in enumerate(people):
        called(person, on=half + timedelta(days=30 * number))
        called(person, on=next_half + timedelta(days=20 * number))
    with simulated_days():
        told = {}
        for days in range((changes_on - half).days + 2):
            be_on(half + timedelta(days=days))
            told[half + timedelta(days=days)] = str(seen_by(office.county_director))
    days = sorted(told)
    changed = [day for before, day in pairwise(days) if told[day] != told[before]]
    settles_on = periods.end_of_half(half) + timedelta(days=SETTLED_AFTER_DAYS + 1)
    assert changed == [settles_on, changes_on]


def test_colleagues_and_administrators_are_shown_no_signs(office: Office) -> None:
    called(office.counsellor)
    for person in (office.colleague, office.administrator):
        assert seen_by(person) == [], person.name


def test_a_unit_where_nothing_is_reported_is_told_what_is_usual() -> None:
    county = make_county(offices=3, departments=0, people=10)
    quiet: Unit = county.offices[2]
    placements, county.placements[quiet.id] = county.placements[quiet.id], []
    county.offices.remove(quiet)
    today = oslo_today()
    first = (today.replace(day=1) - timedelta(days=150)).replace(day=1)

    live(county, Random(1), first=first, last=today.replace(day=1) - timedelta(days=1), cases=60)
    half = settled_half()
    live(county, Random(2), first=half, last=periods.end_of_half(half), cases=60)
    count_figures()
    assert len(placements) == 20
    for person, begins in (
        (somebody(quiet, Role.OFFICE_LEADER), "Ingenting er meldt på et halvt år."),
        (county.national, "Ingenting ble meldt i "),
    ):
        (talk,) = [talk for talk in seen_by(person) if talk.unit == quiet.name]
        assert talk.signs[0].startswith(begins)
        assert re.search(r"rundt \d\d meldinger", talk.signs[0])
    assert seen_by(somebody(quiet, Role.COMMITTEE_MEMBER)) == []


def test_the_page_invites_and_names_nobody(client_of: ClientOf, office: Office) -> None:
    called(office.counsellor)
    text = client_of(office.office_leader).get("/tall/meldekultur/").content.decode()
    assert "Snakk om det på neste personalmøte" in text
    assert office.counsellor.name not in text
    with connection.cursor() as cursor:
        cursor.execute("select has_function_privilege('tryggmote_job', 'app.signs_of_silence()', 'execute')")
        assert cursor.fetchone() == (False,)
