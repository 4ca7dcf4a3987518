"""Drills and tests of calling for help in the fictional offices: all over, and worth a look (3.5)."""

import pytest
from django.db import connection

from tryggmote.access.context import acting_as
from tryggmote.assistance import queries
from tryggmote.assistance.models import Call, CallEvent
from tryggmote.demo.history.clock import at
from tryggmote.demo.tests.conftest import ANCHOR
from tryggmote.equipment.models import Item
from tryggmote.organisation.models import Person, Unit
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db


def test_nothing_is_open_and_nobody_is_rung(county: None) -> None:
    assert Call.objects.count() > 15
    assert not Call.objects.filter(ended_at=None).exists()
    assert not Call.objects.filter(ended_at__gt=at(ANCHOR, 0)).exists()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name like 'assistance.%%'")
        assert cursor.fetchone() == (0,)


def test_each_has_its_steps_in_order(county: None) -> None:
    for call in Call.objects.all():
        steps = list(CallEvent.objects.filter(call=call).order_by("number").values_list("at", "kind"))
        assert steps == sorted(steps, key=lambda step: step[0])
        assert (steps[0][1], steps[-1][1]) == ("raised", "ended")


@pytest.mark.parametrize("code", ["fjordvik-mottak", "fjordvik"])
def test_the_reception_and_its_office_see_its_places_and_how_it_got_faster(county: None, code: str) -> None:
    unit = Unit.objects.get(code=code)
    with acting_as(Person.objects.get(external_id="demo:fjordvik-mottak-leder").id):
        drills, places = queries.response_times(unit.id), queries.places_tested(unit.id)
    assert (drills.drills, drills.median_s, drills.slowest_s) == (3, 24, 47)
    assert len(places) == 4
    assert all(place.worked for place in places)


@pytest.mark.parametrize(
    ("unit", "leader", "state", "reason"),
    [
        ("fjordvik-mottak", "fjordvik-mottak-leder", "partly", "failing"),
        ("granlia-arbeid", "granlia-arbeid-leder", "missing", "nothing_registered"),
        ("skjaergard", "skjaergard-nav-leder", "met", "tested"),
    ],
)
def test_3_5_says_what_is_known(county: None, unit: str, leader: str, state: str, reason: str) -> None:
    # As on the county's own day, whatever day it is.
    Item.objects.filter(unit__code="skjaergard").update(passed_on=oslo_today())
    asking = Person.objects.get(external_id=f"demo:{leader}")
    with acting_as(asking.id), connection.cursor() as cursor:
        cursor.execute(
            "select state, reason from evidence_3_5 where unit_id = %s", [Unit.objects.get(code=unit).id]
        )
        assert cursor.fetchone() == (state, reason)
