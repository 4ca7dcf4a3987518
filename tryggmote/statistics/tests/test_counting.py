"""A year of a county gives the figures one gets by counting what happened one by one."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection

from tryggmote.access.context import acting_as
from tryggmote.incidents.models import Incident
from tryggmote.statistics import periods, queries
from tryggmote.statistics.counting import count_figures
from tryggmote.statistics.models import Count, Span
from tryggmote.statistics.tests.county import County, forget_checks, live, make_county
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
MEASURES = (
    "incidents", "worries", "natures", "forms", "hours", "triggers", "checks_high", "checks_other", "stops",
    "calls", "meetings", "training", "measures_on_time", "measures_late",
)  # fmt: skip
TODAY = oslo_today()
LAST_YEAR = TODAY.year - 1


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
