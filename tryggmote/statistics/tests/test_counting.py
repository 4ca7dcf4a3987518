"""A year of a county gives the figures one gets by counting what happened one by one."""

from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from django.db import connection

from tryggmote.access.context import acting_as
from tryggmote.controls.models import Measure
from tryggmote.encounters.models import Meeting, RiskReport
from tryggmote.incidents.models import Incident
from tryggmote.organisation.models import Placement
from tryggmote.organisation.tests.factories import LONG_AGO
from tryggmote.statistics import periods, queries
from tryggmote.statistics.counting import count_figures
from tryggmote.statistics.models import Count, Span
from tryggmote.statistics.tests.county import LAST_YEAR, County, forget_checks, live, make_county
from tryggmote.ui.dates import OSLO, oslo_today

pytestmark = pytest.mark.django_db
MEASURES = (
    "incidents", "worries", "natures", "forms", "hours", "triggers", "checks_high", "checks_other", "stops",
    "calls", "meetings", "training", "measures_on_time", "measures_late",
)  # fmt: skip
TODAY = oslo_today()


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), OSLO)


def in_a_year(seed: int) -> County:
    county = make_county()
    live(county, Random(seed), first=date(LAST_YEAR, 1, 1), last=date(LAST_YEAR, 12, 31), cases=150)
    return county


def wrong_figures(county: County, span: Span) -> list[str]:
    """Figures that differ from what was counted one by one."""
    halves = periods.halves_of(LAST_YEAR)
    firsts = halves if span == Span.HALF else [m for half in halves for m in periods.months_of(half)]
    end = periods.end_of_half if span == Span.HALF else periods.end_of_month
    units = [county.directorate, county.county, *county.workplaces]
    with acting_as(county.national.id):
        found = queries.numbers([u.id for u in units], span, MEASURES, firsts[0], firsts[-1])
    spans = {first: end(first) for first in firsts}
    counted = county.counted(spans)
    return [
        f"{measure} {code} {unit.name} {first}: {found_n}, not {n}"
        for unit in units
        for first in firsts
        for measure, code in {(h.measure, h.code) for h in county.happenings}
        if (n := counted[measure, code, unit.id, first])
        != (found_n := found.codes(unit.id, first, measure).get(code, queries.NONE).all.n)
    ]


def test_a_year_gives_the_figures_one_counts_oneself() -> None:
    county = in_a_year(1)
    count_figures()
    assert wrong_figures(county, Span.HALF) == []
    assert wrong_figures(county, Span.MONTH) == []


def test_counting_again_changes_nothing() -> None:
    in_a_year(2)
    count_figures()
    before = set(Count.objects.values_list("span", "starts_on", "unit", "measure", "code", "n", "people"))
    count_figures(date(LAST_YEAR, 5, 17))
    assert before == set(
        Count.objects.values_list("span", "starts_on", "unit", "measure", "code", "n", "people")
    )
    assert before


def test_figures_outlive_what_they_count() -> None:
    county = in_a_year(3)
    count_figures()
    forget_checks(before=TODAY)
    Incident.objects.all().delete()
    count_figures()
    assert wrong_figures(county, Span.HALF) == []


def test_what_was_counted_two_weeks_ago_stands_and_what_is_newer_is_counted_again() -> None:
    county = make_county(offices=1)
    for days_ago in (40, 2):
        day = TODAY - timedelta(days=days_ago)
        live(county, Random(days_ago), first=day, last=day, cases=5)
    count_figures()
    Incident.objects.all().delete()
    count_figures()
    days = set(Count.objects.filter(span=Span.DAY, measure="incidents").values_list("starts_on", flat=True))
    assert days == {TODAY - timedelta(days=40)}


def test_people_are_counted_once_over_the_half_year() -> None:
    county = make_county(offices=1, departments=0, people=1)
    live(county, Random(4), first=date(LAST_YEAR, 1, 1), last=date(LAST_YEAR, 6, 30), cases=40)
    count_figures()
    rows = Count.objects.filter(span=Span.HALF, measure="incidents")
    assert sum(row.n for row in rows) > 20
    assert all(row.people <= 2 for row in rows)


def test_a_placement_that_has_ended_is_no_employee_of_later_months() -> None:
    county = make_county(offices=1, departments=0, people=2)
    placement = county.placements[county.offices[0].id][0]
    placement.ends_on = date(LAST_YEAR, 5, 31)
    placement.save()
    count_figures()
    month = Count.objects.filter(measure="employees", unit=county.offices[0])
    at_work = {
        first: sum(row.n for row in month.filter(starts_on=first))
        for first in (date(LAST_YEAR, 5, 1), date(LAST_YEAR, 6, 1))
    }
    assert at_work == {date(LAST_YEAR, 5, 1): 4, date(LAST_YEAR, 6, 1): 3}


def test_nobody_reads_the_counts_themselves() -> None:
    county = in_a_year(5)
    count_figures()
    with acting_as(county.national.id), connection.cursor() as cursor:
        cursor.execute("select has_table_privilege('statistics_count', 'select')")
        assert cursor.fetchone() == (False,)


def people_behind(measure: str, half: date) -> int:
    rows = Count.objects.filter(span=Span.HALF, measure=measure, starts_on=half, code="")
    return sum(row.people for row in rows)


def test_who_moves_is_behind_a_number_once_at_the_last_place() -> None:
    county = make_county(offices=2, departments=0, people=1)
    first, second = (county.placements[office.id][0] for office in county.offices)
    moved_on = date(LAST_YEAR, 4, 1)
    Placement.objects.filter(id=first.id).update(ends_on=moved_on - timedelta(days=1))
    Placement.objects.create(
        person=first.person, workforce=second.workforce, safety_area=second.safety_area, starts_on=moved_on
    )
    for day, placement in ((date(LAST_YEAR, 2, 3), first), (date(LAST_YEAR, 5, 4), second)):
        at = noon(day)
        Incident.objects.create(
            reporter=first.person, workforce=placement.workforce, safety_area=placement.safety_area,
            natures=["blow_or_kick"], form="planned", happened_at=at, created_at=at, experienced_severity=3,
        )  # fmt: skip
        RiskReport.objects.create(
            stopped_work=True, reporter=first.person, workforce=placement.workforce, created_at=at
        )
        for person in {first.person, placement.person}:
            Meeting.objects.create(owner=person, workforce=placement.workforce, starts_at=at, form="planned")
    count_figures()
    half = date(LAST_YEAR, 1, 1)
    assert people_behind("incidents", half) == 1
    assert people_behind("stops", half) == 1
    assert people_behind("meetings", half) == 2
    (place,) = Count.objects.filter(span=Span.HALF, measure="incidents", starts_on=half, code="", people=1)
    assert place.unit == county.offices[1]
    assert Count.objects.filter(span=Span.HALF, measure="incidents", starts_on=half, code="").count() == 2


def test_who_has_two_places_is_one_employee() -> None:
    county = make_county(offices=2, departments=0, people=1)
    one, other = (county.placements[office.id][0] for office in county.offices)
    Placement.objects.create(
        person=one.person, workforce=other.workforce, starts_on=LONG_AGO, is_primary=False
    )
    count_figures()
    rows = Count.objects.filter(measure="employees", starts_on=date(LAST_YEAR, 6, 1))
    assert sum(row.n for row in rows) == 4


def test_measures_are_counted_as_they_stood_at_the_end_of_each_half_year() -> None:
    county = make_county(offices=1, departments=0, people=1)
    unit = county.offices[0]
    owner = county.placements[unit.id][0].person

    def measure(created: date, due: date, **ended: date) -> None:
        Measure.objects.create(
            unit=unit, title="Tiltak", kind="other", hierarchy="organise", owner=owner, created_by=owner,
            created_at=noon(created), due_on=due, **{name: noon(day) for name, day in ended.items()},
        )  # fmt: skip

    spring, june, summer = date(LAST_YEAR, 2, 1), date(LAST_YEAR, 6, 30), date(LAST_YEAR, 8, 1)
    measure(spring, june)
    measure(spring, june - timedelta(days=1))
    measure(spring, spring, established_at=summer, evaluated_at=summer + timedelta(days=9))
    measure(spring, spring, cancelled_at=june)
    measure(summer, summer)
    count_figures()
    found = {
        (row.measure, row.starts_on.month): row.n
        for row in Count.objects.filter(span=Span.HALF, starts_on__year=LAST_YEAR, unit=unit)
    }
    assert found == {
        ("measures_open", 1): 3, ("measures_overdue", 1): 2, ("measures_open", 7): 3,
        ("measures_overdue", 7): 3, ("measures_late", 7): 1, ("measures_evaluated", 7): 1,
    }  # fmt: skip
