"""The page of figures: who sees which numbers of which units, and what it says beside them."""

from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tryggmote.organisation.models import Person, Unit, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import assign, make_person
from tryggmote.statistics import periods
from tryggmote.statistics.counting import count_figures
from tryggmote.statistics.pages import Page
from tryggmote.statistics.tests.county import LAST_YEAR, County, live, make_county, somebody
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
ON_EVERY_PAGE = ("django_session", "app.login", "set_config", "current_setting", "notices_notice")


@pytest.fixture
def county() -> County:
    made = make_county()
    live(made, Random(7), first=date(LAST_YEAR, 1, 1), last=date(LAST_YEAR, 12, 31), cases=200)
    count_figures()
    return made


def page(client_of: ClientOf, person: Person, unit: Unit, **asked: object) -> Page:
    answer = client_of(person).get(f"/tall/{unit.id}/", {"year": LAST_YEAR, **asked})
    assert answer.status_code == 200
    return answer.context["page"]


def numbers(found: Page, measure: str) -> list[int | None]:
    row = next(row for row in found.rows if row.measure.code == measure)
    return [*(half.n for half in row.halves), row.year.n]


def truth(county: County, unit: Unit, *measures: str) -> list[int]:
    spans = {half: periods.end_of_half(half) for half in periods.halves_of(LAST_YEAR)}
    counted = county.counted(spans)
    halves = [sum(counted[measure, "", unit.id, half] for measure in measures) for half in spans]
    return [*halves, sum(halves)]


def test_the_tables_say_why_small_numbers_stand_in_them(client_of: ClientOf, county: County) -> None:
    office = county.offices[0]
    leader = client_of(somebody(office, Role.OFFICE_LEADER)).get(f"/tall/{office.id}/", {"year": LAST_YEAR})
    assert "Små tall er hendelser du selv kan lese." in leader.content.decode()
    assert "× betyr at tallet er skjult" not in leader.content.decode()
    director = somebody(county.county, Role.COUNTY_DIRECTOR)
    above = client_of(director).get(f"/tall/{county.county.id}/", {"year": LAST_YEAR})
    assert "× betyr at tallet er skjult" in above.content.decode()
    assert "Små tall er hendelser du selv kan lese." not in above.content.decode()


def test_whoever_leads_everybody_sees_every_number(client_of: ClientOf, county: County) -> None:
    for unit in (county.offices[0], county.departments[county.offices[0].id][0]):
        found = page(client_of, somebody(unit, Role.OFFICE_LEADER), unit)
        assert numbers(found, "incidents") == truth(county, unit, "incidents")
        assert numbers(found, "calls") == truth(county, unit, "calls")
        assert numbers(found, "checks") == truth(county, unit, "checks_high", "checks_other")
        assert numbers(found, "measures_late") == truth(county, unit, "measures_late")


def test_a_county_director_sees_the_county_and_no_few_below(client_of: ClientOf, county: County) -> None:
    found = page(client_of, county.director, county.county)
    assert numbers(found, "incidents") == truth(county, county.county, "incidents")
    for row in found.below:
        real = truth(county, next(o for o in county.offices if o.id == row.unit.id), "incidents")
        for shown, n in zip(row.halves, real, strict=False):
            assert shown.n in (None, n)
            assert shown.n is not None or n > 0


def test_the_safety_representative_sees_incidents_in_full_and_not_checks(
    client_of: ClientOf, county: County
) -> None:
    unit = county.departments[county.offices[0].id][0]
    representative = somebody(unit, Role.SAFETY_REPRESENTATIVE)
    found = page(client_of, representative, unit)
    assert numbers(found, "incidents") == truth(county, unit, "incidents")
    assert numbers(found, "checks_high")[2] in (None, truth(county, unit, "checks_high")[2])


def test_an_employee_sees_the_own_unit_and_those_above_up_to_the_office(
    client_of: ClientOf, county: County
) -> None:
    office, other = county.offices[:2]
    department = county.departments[office.id][0]
    client = client_of(county.placements[department.id][0].person)
    for unit, status in (
        (department, 200), (office, 200), (county.departments[office.id][1], 404), (other, 404),
        (county.county, 404), (county.directorate, 404),
    ):  # fmt: skip
        assert client.get(f"/tall/{unit.id}/").status_code == status, unit.name


def test_administrators_and_guards_see_no_figures(client_of: ClientOf, county: County) -> None:
    for role in (Role.ADMINISTRATOR, Role.GUARD):
        client = client_of(somebody(county.directorate, role))
        assert client.get(f"/tall/{county.county.id}/").status_code == 404
        assert "Ingen tall å vise" in client.get("/tall/").content.decode()


def test_a_municipality_is_a_sum_only_for_those_who_see_no_county(
    client_of: ClientOf, county: County
) -> None:
    municipality = Unit.objects.get(kind=UnitKind.MUNICIPALITY)
    director = somebody(municipality, Role.MUNICIPAL_DIRECTOR)
    assert client_of(director).get(f"/tall/{municipality.id}/").status_code == 200
    assert client_of(county.national).get(f"/tall/{municipality.id}/").status_code == 404
    assign(director, Role.COMMITTEE_MEMBER, county.county)
    assert client_of(director).get(f"/tall/{municipality.id}/").status_code == 404


def test_how_soon_help_was_answered_is_told_with_the_number_of_calls(
    client_of: ClientOf, county: County
) -> None:
    found = page(client_of, county.director, county.county)
    assert numbers(found, "calls")[2] is not None
    assert found.answers is not None
    assert found.answers.sentence == (
        "De som tilkalte hjelp, fikk svar innen 60 sekunder i halvparten av tilfellene, "
        "og innen 5 minutter i ni av ti."
    )
    for below in (page(client_of, county.director, office) for office in county.offices):
        assert (below.answers is None) == (numbers(below, "calls")[2] is None)


def test_few_are_said_to_be_hidden_and_why(client_of: ClientOf, county: County) -> None:
    quiet = make_county(offices=1, departments=0, people=1)
    live(quiet, Random(3), first=date(LAST_YEAR, 2, 1), last=date(LAST_YEAR, 2, 1), cases=2)
    count_figures(date(LAST_YEAR, 1, 1))
    colleague = quiet.placements[quiet.offices[0].id][0].person
    found = page(client_of, colleague, quiet.offices[0])
    assert numbers(found, "training") == [None, 0, None]
    text = client_of(colleague).get(f"/tall/{quiet.offices[0].id}/", {"year": LAST_YEAR}).content.decode()
    assert "færre enn fem personer eller fem tilfeller" in text


def test_this_half_year_waits_for_those_who_may_not_read_it_all(client_of: ClientOf, county: County) -> None:
    today = oslo_today()
    live(county, Random(1), first=date(today.year, 1, 1), last=today, cases=100)
    count_figures(date(today.year, 1, 1))
    office = county.offices[0]
    employee = county.placements[county.departments[office.id][0].id][0].person
    halves = periods.halves_of(today.year)
    current = halves.index(periods.half_of(today))
    mine = page(client_of, somebody(office, Role.OFFICE_LEADER), office, year=today.year)
    theirs = page(client_of, employee, office, year=today.year)
    assert mine.rows[0].halves[current].n is not None
    assert theirs.rows[0].halves[current].waiting
    assert theirs.rows[0].year.waiting


def test_rates_say_their_interval_and_are_there_only_with_their_number(
    client_of: ClientOf, county: County
) -> None:
    found = page(client_of, county.director, county.county)
    row = found.rows[0]
    assert row.per_employees is not None
    assert found.employees == 72
    assert row.per_employees.value == pytest.approx(100 * (row.year.n or 0) / 72)
    assert row.per_employees.low < row.per_employees.value < row.per_employees.high
    assert all((below.rate is None) == (below.year.n is None) for below in found.below)


def test_units_below_stand_by_name_and_never_by_their_numbers(client_of: ClientOf, county: County) -> None:
    found = page(client_of, county.director, county.county)
    assert [row.unit.name for row in found.below] == ["Kontor 0", "Kontor 1", "Kontor 2"]


def test_the_page_says_what_is_counted_and_that_more_reports_are_good(
    client_of: ClientOf, county: County
) -> None:
    text = client_of(county.director).get(f"/tall/{county.county.id}/").content.decode()
    for said in (
        "Flere meldinger er ofte et godt tegn",
        "utgave 2026-2",
        "Øvelser, tester og det som ble sendt",
    ):
        assert said in text


@pytest.mark.parametrize("asked", [{"year": "1815"}, {"year": "nå"}, {"measure": "names"}, {"measure": "'"}])
def test_what_is_not_understood_is_this_year_and_incidents(
    client_of: ClientOf, county: County, asked: dict[str, str]
) -> None:
    found = client_of(county.director).get("/tall/", asked).context["page"]
    assert (found.year, found.measure.code) == (oslo_today().year, "incidents")


def test_a_page_asks_at_most_four_questions_whatever_the_size(client_of: ClientOf, county: County) -> None:
    for person, unit in ((county.national, county.directorate), (county.director, county.offices[0])):
        client = client_of(person)
        client.get(f"/tall/{unit.id}/")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/tall/{unit.id}/")
        asked = [query["sql"] for query in captured if query["sql"].lower().startswith("select")]
        assert len([sql for sql in asked if not any(name in sql for name in ON_EVERY_PAGE)]) <= 4


def test_a_number_no_unit_can_have_is_a_page_that_is_not_there(client_of: ClientOf, county: County) -> None:
    client = client_of(county.national)
    assert client.get(f"/tall/{10**40}/").status_code == 404
    assert client.get(f"/tall/{10**40}/fil/").status_code == 404


def test_somebody_who_works_nowhere_is_told_so(client_of: ClientOf, db: None) -> None:
    assert "Ingen tall å vise" in client_of(make_person("Ny Ansatt")).get("/tall/").content.decode()


def test_months_before_anything_was_counted_are_no_zeros(client_of: ClientOf) -> None:
    county = make_county(offices=1, departments=0)
    office, today = county.offices[0], oslo_today()
    began = periods.months_back(today, 14)[0]
    live(county, Random(2), first=began, last=today, cases=200)
    count_figures()
    trend = page(client_of, somebody(office, Role.OFFICE_LEADER), office).trend
    assert trend is not None
    assert trend.months == periods.months_back(today, 14)[1:-1]
