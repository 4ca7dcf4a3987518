"""Reading: from the feed, or by opening the document by whatever way (1.1)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.information.models import Reading
from tryggmote.information.services import mark_read_about
from tryggmote.information.tests.helpers import opened_by, published_by, read_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
NumQueries = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture
def office() -> Office:
    return make_office()


def read_items(person: Person) -> set[object]:
    return set(Reading.objects.filter(person=person).values_list("item_id", flat=True))


def test_the_first_time_counts(office: Office) -> None:
    item = published_by(office.leader, office.unit)
    read_by(office.counsellor, item)
    first = Reading.objects.get(person=office.counsellor).at
    read_by(office.counsellor, item)
    assert Reading.objects.get(person=office.counsellor).at == first


def test_opening_the_document_reads_all_that_tells_of_it(office: Office) -> None:
    subject = new_id()
    planned = published_by(office.leader, office.unit, subject_id=subject)
    established = published_by(office.leader, office.unit, subject_id=subject)
    published_by(office.leader, office.unit)
    opened_by(office.counsellor, subject)
    assert read_items(office.counsellor) == {planned.id, established.id}


def test_opening_reads_only_what_one_sees(office: Office) -> None:
    subject = new_id()
    published_by(office.leader, office.unit, subject_id=subject)
    other = make_office("Nav Storevik")
    opened_by(other.counsellor, subject)
    assert read_items(other.counsellor) == set()


def test_what_is_read_is_gone_from_the_bell(office: Office) -> None:
    subject = new_id()
    published_by(office.leader, office.unit, subject_id=subject, is_important=True)
    unseen = Notice.objects.filter(person=office.counsellor, seen_at=None)
    assert unseen.count() == 1
    opened_by(office.counsellor, subject)
    assert unseen.count() == 0
    assert Notice.objects.filter(person=office.colleague, seen_at=None).count() == 1


def test_opening_a_document_with_nothing_new_costs_one_query(
    office: Office, django_assert_num_queries: NumQueries
) -> None:
    subject = new_id()
    published_by(office.leader, office.unit, subject_id=subject)
    opened_by(office.counsellor, subject)
    with acting_as(office.counsellor.id) as by, django_assert_num_queries(3):  # a savepoint, its end, and it
        mark_read_about(by=by, subject_id=subject)
