"""What information puts on "Now": each important thing, the rest together, until it is read (2.3)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tryggmote.access.tests.worlds import noon
from tryggmote.duties.registry import Duty
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.information.duties import KINDS
from tryggmote.information.rules import read_important_by
from tryggmote.information.tests.helpers import published_by, read_by
from tryggmote.organisation.models import Person, Placement
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
NumQueries = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture
def office() -> Office:
    return make_office()


def duties(person: Person) -> list[Duty]:
    return owed_by(person, *KINDS)


def test_an_important_thing_is_a_duty_of_its_own_until_it_is_read(office: Office) -> None:
    item = published_by(office.leader, office.unit, is_important=True)
    (duty,) = duties(office.counsellor)
    assert duty.title == "Les: Nytt: Ny låsrutine"
    assert duty.url == item.reading_url
    assert duty.due == read_important_by(item.at)
    assert duty.requirement == "2.3"
    read_by(office.counsellor, item)
    assert duties(office.counsellor) == []


def test_the_rest_is_one_duty_due_a_week_after_the_oldest(office: Office) -> None:
    now = timezone.now()
    oldest = published_by(office.leader, office.unit, at=now - timedelta(days=3))
    published_by(office.leader, office.unit)
    published_by(office.county_director, office.county)
    (duty,) = duties(office.counsellor)
    assert duty.title == "Les nytt fra enheten (3)"
    assert duty.due == oldest.at + timedelta(days=7)


def test_whoever_published_it_has_nothing_to_read(office: Office) -> None:
    published_by(office.leader, office.unit, is_important=True)
    assert duties(office.leader) == []


def test_directors_and_auditors_who_may_read_it_owe_nothing(office: Office) -> None:
    published_by(office.leader, office.unit, is_important=True)
    for person in (office.county_director, office.directorate_member, office.auditor):
        assert duties(person) == [], person.name


def test_a_newcomer_does_not_owe_what_was_told_before_they_came(office: Office) -> None:
    published_by(office.leader, office.unit, is_important=True, at=timezone.now() - timedelta(days=2))
    Placement.objects.filter(person=office.counsellor).update(starts_on=timezone.localdate())
    assert duties(office.counsellor) == []
    published_by(office.leader, office.unit, is_important=True)
    assert len(duties(office.counsellor)) == 1


@pytest.mark.parametrize(("is_important", "days"), [(True, 365), (False, 90)])
def test_what_is_old_is_asked_for_no_more(office: Office, is_important: bool, days: int) -> None:
    item = published_by(office.leader, office.unit, is_important=is_important, at=noon(days - 1))
    assert len(duties(office.counsellor)) == 1
    type(item).objects.update(at=noon(days + 1))
    assert duties(office.counsellor) == []


def test_much_unread_costs_no_more_than_little(office: Office, django_assert_num_queries: NumQueries) -> None:
    with CaptureQueriesContext(connection) as of_nothing:
        assert duties(office.counsellor) == []
    for _number in range(4):
        published_by(office.leader, office.unit)
        published_by(office.leader, office.unit, is_important=True)
    with django_assert_num_queries(len(of_nothing)):
        assert len(duties(office.counsellor)) == 5
