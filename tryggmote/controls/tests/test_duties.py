"""What measures ask of people on "Now": before, on and after the day (2.3)."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.controls import rules, services
from tryggmote.controls.duties import KINDS
from tryggmote.controls.models import Measure
from tryggmote.controls.tests.helpers import days_from_now, established_by, evaluated_by, noon, planned_by
from tryggmote.controls.vocabulary import Effect
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.organisation.models import Person, Placement
from tryggmote.organisation.tests.factories import LONG_AGO, Office, make_office
from tryggmote.organisation.workdays import OSLO

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def duties_of(person: Person) -> list[Duty]:
    return owed_by(person, *KINDS)


def planned(office: Office, due_on: date, owner: Person | None = None) -> Measure:
    """Planned long enough ago for any date."""
    return planned_by(
        office.office_leader,
        office.unit,
        owner or office.counsellor,
        at=datetime(2020, 1, 1, tzinfo=OSLO),
        due_on=due_on,
    )


@pytest.mark.parametrize(
    ("days", "urgency", "says"),
    [
        (30, Urgency.LATER, "Fristen er"),
        (3, Urgency.SOON, "Fristen er"),
        (0, Urgency.TODAY, "Fristen er i dag"),
        (-1, Urgency.TODAY, "Fristen var i går"),
    ],
)
def test_the_owner_is_asked_before_on_and_after_the_day(
    office: Office, days: int, urgency: Urgency, says: str
) -> None:
    measure = planned(office, days_from_now(days))
    (duty,) = duties_of(office.counsellor)
    assert measure.title in duty.title
    assert says in duty.why
    assert office.unit.name in duty.why
    assert duty.urgency == urgency
    assert duty.url == measure.get_absolute_url()
    assert duty.due is not None
    assert (duty.due < timezone.now()) is (days < 0)
    assert duty.requirement == "2.3"


def test_colleagues_are_asked_for_nothing(office: Office) -> None:
    planned(office, days_from_now(-30))
    assert duties_of(office.colleague) == duties_of(office.safety_representative) == []


def test_the_owner_is_asked_for_the_effect_after_three_months_and_not_before(office: Office) -> None:
    measure = planned(office, days_from_now(0))
    established_by(office.counsellor, measure)
    assert duties_of(office.counsellor) == []
    Measure.objects.filter(id=measure.id).update(established_at=noon(days_from_now(-100)))
    (duty,) = duties_of(office.counsellor)
    assert duty.kind == "measure_evaluation"
    evaluated_by(office.counsellor, measure)
    assert duties_of(office.counsellor) == []


def test_a_measure_without_effect_asks_for_something_better_at_once(office: Office) -> None:
    measure = planned(office, days_from_now(0))
    established_by(office.counsellor, measure)
    evaluated_by(office.counsellor, measure, Effect.NOT_REDUCED)
    (duty,) = duties_of(office.counsellor)
    assert "virker bedre" in duty.title
    with acting_as(office.office_leader.id) as leader:
        seen = Measure.objects.get(id=measure.id)
        services.cancel(by=leader, measure=seen, act_id=new_id(), reason="Erstattet.")
    assert duties_of(office.counsellor) == []


def test_the_leader_is_asked_after_one_working_day_and_not_about_their_own(office: Office) -> None:
    late, own = planned(office, days_from_now(-8)), planned(office, days_from_now(-8), office.office_leader)
    found = {duty.url: duty.kind for duty in duties_of(office.office_leader)}
    assert found == {late.get_absolute_url(): "measure_overdue", own.get_absolute_url(): "measure_planned"}
    planned(office, days_from_now(0))
    assert len(duties_of(office.office_leader)) == 2


def test_the_leader_is_asked_when_nobody_has_looked_for_the_effect_in_time(office: Office) -> None:
    measure = planned(office, days_from_now(-300))
    established_by(office.counsellor, measure)
    Measure.objects.filter(id=measure.id).update(established_at=noon(days_from_now(-170)))
    assert duties_of(office.office_leader) == []
    Measure.objects.filter(id=measure.id).update(established_at=noon(days_from_now(-200)))
    (duty,) = duties_of(office.office_leader)
    assert "Få vurdert" in duty.title
    assert office.counsellor.name in duty.why


@pytest.mark.parametrize("way", ["left", "moved"])
def test_when_the_owner_has_left_or_moved_the_leader_is_asked_to_hand_over(office: Office, way: str) -> None:
    measure = planned(office, days_from_now(20))
    assert duties_of(office.office_leader) == []
    if way == "left":
        Person.objects.filter(id=office.counsellor.id).update(ended_on=LONG_AGO)
    else:
        Placement.objects.filter(person=office.counsellor).update(ends_on=days_from_now(-1))
    (duty,) = duties_of(office.office_leader)
    assert duty.kind == "measure_without_owner"
    assert office.counsellor.name in duty.why
    with acting_as(office.office_leader.id) as leader:
        services.hand_over(by=leader, measure=measure, act_id=new_id(), to_owner_id=office.colleague.id)
    assert duties_of(office.office_leader) == []
    assert len(duties_of(office.colleague)) == 1


def test_many_measures_cost_no_more_than_one(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    planned(office, days_from_now(-8))
    with CaptureQueriesContext(connection) as of_one:
        assert len(duties_of(office.office_leader)) == 1
    for days in range(10, 40):
        planned(office, days_from_now(-days), office.office_leader if days % 2 else office.counsellor)
    with django_assert_num_queries(len(of_one)):
        assert len(duties_of(office.office_leader)) == 31


def test_evaluation_is_due_at_the_end_of_its_last_day(office: Office) -> None:
    measure = planned(office, days_from_now(0))
    established_by(office.counsellor, measure)
    long_ago = timezone.now() - timedelta(days=400)
    Measure.objects.filter(id=measure.id).update(established_at=long_ago)
    (duty,) = duties_of(office.counsellor)
    assert duty.due is not None
    assert duty.due < timezone.now()


def test_many_measures_that_ask_nothing_yet_hide_none_that_does(office: Office) -> None:
    for _ in range(20):
        established_by(office.counsellor, planned(office, days_from_now(-30)))
    late = planned(office, days_from_now(-10))
    assert [duty.url for duty in duties_of(office.counsellor)] == [late.get_absolute_url()]
    assert [duty.url for duty in duties_of(office.office_leader)] == [late.get_absolute_url()]


def test_the_leader_is_asked_from_the_day_the_rule_says(office: Office) -> None:
    due = [days_from_now(-days) for days in range(12)]
    late = {planned(office, day).get_absolute_url(): day for day in due}
    asked_about = [late[duty.url] for duty in duties_of(office.office_leader)]
    assert asked_about == sorted(day for day in due if rules.leader_reminded_on(day) <= timezone.localdate())


def test_the_effect_is_asked_for_from_the_day_the_rule_says(office: Office) -> None:
    measures = [planned(office, days_from_now(0)) for _ in range(12)]
    for days, measure in enumerate(measures):
        established_by(office.counsellor, measure)
        Measure.objects.filter(id=measure.id).update(established_at=noon(days_from_now(-86 - days)))
        measure.refresh_from_db()
    today = timezone.localdate()
    asked_for = {
        m.get_absolute_url() for m in measures if (rules.ask_for_evaluation_from(m) or today) <= today
    }
    assert {duty.url for duty in duties_of(office.counsellor)} == asked_for
    assert 0 < len(asked_for) < len(measures)
