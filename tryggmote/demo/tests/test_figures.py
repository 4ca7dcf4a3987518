"""The figures of the demo have something to show: charts of both kinds, each with a signal."""

import pytest

from tryggmote.access.context import acting_as
from tryggmote.demo.county import CONTACT_CENTRE
from tryggmote.demo.population import EXTERNAL_ID
from tryggmote.demo.tests.conftest import ANCHOR
from tryggmote.organisation.models import Person, Unit
from tryggmote.statistics import queries
from tryggmote.statistics.charts import Chart
from tryggmote.statistics.pages import page_of

pytestmark = pytest.mark.django_db


def chart_seen_by_the_leader_of(code: str) -> Chart:
    leader = Person.objects.get(external_id=EXTERNAL_ID.format(key=f"{CONTACT_CENTRE}-leder"))
    unit = Unit.objects.get(code=code)
    with acting_as(leader.id):
        around = queries.around(unit.id)
        assert around is not None
        trend = page_of(around, year=ANCHOR.year, measure="incidents", today=ANCHOR).trend
    assert trend is not None
    assert len(trend.months) > 20
    return trend.chart


@pytest.mark.parametrize(("code", "per"), [(CONTACT_CENTRE, 100), (f"{CONTACT_CENTRE}-chat", 0)])
def test_a_chart_has_a_signal_and_limits_that_follow_how_many_worked_there(
    county: None, code: str, per: int
) -> None:
    chart = chart_seen_by_the_leader_of(code)
    assert chart.per == per
    assert chart.latest is not None
    assert (len({point.high for point in chart.points}) > 1) == bool(per)
