"""The weekly digest: one notice a person, on Monday morning, never twice (§ 23A-3)."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tryggmote.access.context import acting_as
from tryggmote.information import jobs
from tryggmote.information.digest import send_digest
from tryggmote.information.models import Digest
from tryggmote.information.services import mark_digests_seen
from tryggmote.information.tests.helpers import published_by, read_by
from tryggmote.notices.models import Delivery, Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.ui.dates import OSLO

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 7, tzinfo=OSLO)


@pytest.fixture
def office() -> Office:
    return make_office()


def digests(person: Person) -> list[str]:
    told = Notice.objects.filter(person=person, kind="information_digest").order_by("created_at")
    return [str(notice.context["number"]) for notice in told]


def test_each_person_gets_one_with_the_number_of_unread(office: Office) -> None:
    published_by(office.leader, office.unit)
    second = published_by(office.leader, office.unit)
    read_by(office.colleague, second)
    assert send_digest(now=MONDAY) == 5
    assert digests(office.counsellor) == ["2"]
    assert digests(office.colleague) == ["1"]
    assert digests(office.leader) == []
    assert Delivery.objects.count() == 5


def test_important_things_are_not_told_again(office: Office) -> None:
    published_by(office.leader, office.unit, is_important=True)
    assert send_digest(now=MONDAY) == 0


def test_nothing_is_sent_before_seven_in_oslo_on_monday_in_winter_and_summer(office: Office) -> None:
    published_by(office.leader, office.unit)
    assert send_digest(now=MONDAY - timedelta(minutes=1)) == 0
    assert send_digest(now=datetime(2026, 6, 22, 6, 59, tzinfo=OSLO)) == 0
    assert not Digest.objects.exists()
    assert send_digest(now=MONDAY) > 0


def test_running_it_again_the_same_week_tells_nobody_twice(office: Office) -> None:
    published_by(office.leader, office.unit)
    send_digest(now=MONDAY)
    published_by(office.leader, office.unit)
    assert send_digest(now=MONDAY + timedelta(hours=1)) == 0
    assert send_digest(now=MONDAY + timedelta(days=6, hours=16)) == 0
    assert digests(office.counsellor) == ["1"]


def test_the_next_week_it_comes_again_until_it_is_read(office: Office) -> None:
    item = published_by(office.leader, office.unit)
    send_digest(now=MONDAY)
    send_digest(now=MONDAY + timedelta(days=7))
    assert digests(office.counsellor) == ["1", "1"]
    read_by(office.counsellor, item)
    send_digest(now=MONDAY + timedelta(days=14))
    assert digests(office.counsellor) == ["1", "1"]


def test_a_monday_on_which_the_worker_was_down_is_made_up_for(office: Office) -> None:
    published_by(office.leader, office.unit)
    assert send_digest(now=MONDAY + timedelta(days=2)) == 5


def test_opening_the_feed_takes_it_off_the_bell(office: Office) -> None:
    published_by(office.leader, office.unit)
    send_digest(now=MONDAY)
    with acting_as(office.counsellor.id):
        mark_digests_seen()
    assert not Notice.objects.filter(person=office.counsellor, seen_at=None).exists()
    assert Notice.objects.filter(person=office.colleague, seen_at=None).exists()


def test_many_people_cost_no_more_queries_than_few(office: Office) -> None:
    published_by(office.leader, office.unit)
    with CaptureQueriesContext(connection) as for_one_office:
        send_digest(now=MONDAY)
    for name in ("Nav Storevik", "Nav Sørvik"):
        other = make_office(name)
        published_by(other.leader, other.unit)
    with CaptureQueriesContext(connection) as for_three:
        assert send_digest(now=MONDAY + timedelta(days=7)) == 15
    assert len(for_three) == len(for_one_office)


def test_a_monday_that_was_missed_is_made_up_for_on_the_other_weekdays() -> None:
    (periodic,) = (
        one
        for one in jobs.app.periodic_registry.periodic_tasks.values()
        if one.task.name == "information.send_digest"
    )
    assert periodic.cron.endswith("* * 1-5")
