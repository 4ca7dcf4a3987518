"""Status of § 23A-5: offered to all in two working days, nothing late; the same day when it is serious."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.context import acting_as
from tryggmote.access.tests.worlds import in_random_worlds, noon, undone
from tryggmote.followup.evidence import RULE
from tryggmote.followup.models import Plan, Step
from tryggmote.followup.tests.helpers import acts, does, offered_by, plan_for
from tryggmote.followup.vocabulary import PlanActKind, StepActKind
from tryggmote.incidents.models import AssessedLevel, Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.organisation.workdays import add_workdays

pytestmark = pytest.mark.django_db
LONG_SINCE = timezone.now() - timedelta(days=20)


@pytest.fixture
def office() -> Office:
    return make_office()


def status_of(office: Office) -> tuple[str, str, dict[str, int]]:
    with acting_as(office.office_leader.id), connection.cursor() as cursor:
        cursor.execute(
            "select state, reason, figures from evidence_23a_5 where unit_id = %s", [office.unit.id]
        )
        state, reason, figures = cursor.fetchone()
    figures = json.loads(figures) if isinstance(figures, str) else figures
    assert RULE.says(reason, figures)
    return state, reason, figures


def test_where_nobody_was_exposed_there_is_nothing_to_measure(office: Office) -> None:
    reported_by(office.counsellor, about="worry")
    Incident.objects.update(exposed=None)
    assert status_of(office)[:2] == ("not_applicable", "nothing_happened")


def test_an_offer_in_time_meets_it(office: Office) -> None:
    plan_for(office.counsellor, office.leader)
    assert status_of(office)[:2] == ("met", "followed_up")


def test_somebody_without_an_offer_after_two_working_days_is_missing(office: Office) -> None:
    reported_by(office.counsellor, at=LONG_SINCE)
    assert status_of(office)[:2] == ("missing", "not_offered")
    plan_for(office.colleague, office.leader)
    assert status_of(office)[:2] == ("partly", "not_offered")


def test_an_incident_of_today_is_not_late_yet(office: Office) -> None:
    reported_by(office.counsellor)
    assert status_of(office)[1] == "followed_up"


def test_a_witness_who_reported_is_counted_too(office: Office) -> None:
    incident = reported_by(office.counsellor, at=LONG_SINCE, about="witness")
    Incident.objects.filter(id=incident.id).update(exposed=None)
    assert status_of(office)[:2] == ("missing", "not_offered")


def test_a_late_offer_is_told(office: Office) -> None:
    incident = reported_by(office.counsellor, at=LONG_SINCE)
    plan = offered_by(office.leader, incident, office.counsellor)
    does(office.counsellor, plan, PlanActKind.CLOSED)
    assert status_of(office)[:2] == ("partly", "offered_late")


def test_a_plan_that_is_late_is_told_and_one_that_was_declined_is_not(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader)
    Plan.objects.update(next_due_at=timezone.now() - timedelta(hours=1))
    assert status_of(office)[:2] == ("partly", "overdue")
    for step in Step.objects.filter(plan=plan):
        acts(office.counsellor, plan, step, StepActKind.DECLINED)
    assert status_of(office)[:2] == ("met", "followed_up")


def test_the_same_day_is_counted_for_serious_incidents(office: Office) -> None:
    plan_for(office.counsellor, office.leader, level=3)
    incident = reported_by(office.colleague, at=timezone.now() - timedelta(days=1))
    AssessedLevel.objects.create(incident=incident, by=office.leader, level=4)
    offered_by(office.leader, incident, office.colleague)
    plan_for(office.safety_representative, office.leader, level=1)
    figures = status_of(office)[2]
    assert (figures["serious"], figures["same_day"]) == (2, 1)


def test_an_offer_at_the_minute_is_in_time_and_a_minute_later_is_not(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader)
    Incident.objects.update(created_at=LONG_SINCE)
    of_it = Plan.objects.filter(id=plan.id)
    of_it.update(created_at=add_workdays(LONG_SINCE, 2))
    assert status_of(office)[:2] == ("met", "followed_up")
    of_it.update(created_at=add_workdays(LONG_SINCE, 2) + timedelta(minutes=1))
    assert status_of(office)[:2] == ("partly", "offered_late")


@dataclass(frozen=True)
class Exposed:
    """Somebody who reported so many days ago, offered follow-up so many hours later, or not."""

    days_ago: int
    offered_after_hours: int | None
    has_something_late: bool

    @property
    def at(self) -> datetime:
        return noon(self.days_ago)

    @property
    def offered_at(self) -> datetime | None:
        hours = self.offered_after_hours
        offered_at = None if hours is None else self.at + timedelta(hours=hours)
        return offered_at if offered_at and offered_at < timezone.now() else None

    def happens(self, office: Office) -> None:
        incident = reported_by(office.counsellor, at=self.at)
        if self.offered_at:
            plan = offered_by(office.leader, incident, office.counsellor)
            Plan.objects.filter(id=plan.id).update(
                created_at=self.offered_at,
                next_due_at=timezone.now() + timedelta(hours=-1 if self.has_something_late else 1),
            )

    @property
    def is_followed_up(self) -> bool:
        """Offered within two working days, or there is still time; and nothing agreed is late."""
        limit = add_workdays(self.at, 2)
        if self.offered_at is None:
            return limit >= timezone.now()
        return self.offered_at <= limit and not self.has_something_late


EXPOSED = st.builds(
    Exposed,
    days_ago=st.integers(1, 12),
    offered_after_hours=st.none() | st.integers(0, 40) | st.integers(0, 150),
    has_something_late=st.sampled_from([False, False, False, True]),
)


@in_random_worlds
@given(st.lists(EXPOSED, max_size=3))
def test_the_rule_says_what_its_sentence_says(office: Office, exposed: list[Exposed]) -> None:
    """Every exposed is offered follow-up within two working days, and no step that was agreed is late."""
    if not exposed:
        expected = "not_applicable"
    elif all(each.is_followed_up for each in exposed):
        expected = "met"
    else:
        expected = "partly" if any(each.offered_at for each in exposed) else "missing"
    with undone():
        for each in exposed:
            each.happens(office)
        assert status_of(office)[0] == expected
