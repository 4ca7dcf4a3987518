"""How many have read the latest they have had time to read: what the rules of 1.1 and 2.3 build on."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.information.tests.helpers import published_by, read_by
from tryggmote.organisation.models import Person, Placement
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.organisation.workdays import add_workdays

pytestmark = pytest.mark.django_db
OLD_ENOUGH = timedelta(days=21)  # longer than five working days at any time of the year


@pytest.fixture
def office() -> Office:
    return make_office()


def readers(office: Office, asked_by: Person | None = None) -> tuple[int, int]:
    """Readers and audience of the office, as somebody who works there is answered."""
    with acting_as((asked_by or office.counsellor).id), connection.cursor() as cursor:
        cursor.execute("reset role")  # a part is for the rules alone, which run as their owner
        cursor.execute(
            "select readers, audience from evidence_part_information where unit_id = %s", [office.unit.id]
        )
        return cursor.fetchone()


def long_ago(*, days: int = 0) -> datetime:
    return timezone.now() - OLD_ENOUGH - timedelta(days=days)


def test_a_unit_that_was_told_nothing_lacks_no_reader(office: Office) -> None:
    assert readers(office) == (0, 0)


def test_those_who_have_read_the_latest_are_counted_whoever_asks(office: Office) -> None:
    item = published_by(office.office_leader, office.unit, at=long_ago())
    assert readers(office) == (1, 6)
    read_by(office.colleague, item)
    for person in (office.counsellor, office.colleague, office.county_director, office.directorate_member):
        assert readers(office, person) == (2, 6), person.name


def test_it_is_the_latest_that_counts(office: Office) -> None:
    first = published_by(office.office_leader, office.unit, at=long_ago(days=10))
    published_by(office.leader, office.unit, at=long_ago())
    read_by(office.colleague, first)
    assert readers(office) == (1, 6)


def test_what_is_new_is_not_asked_for_until_there_was_time_to_read_it(office: Office) -> None:
    published_by(office.office_leader, office.unit)
    assert readers(office) == (0, 0)


def test_five_working_days_are_counted_as_people_count_them(office: Office) -> None:
    """From just more than five working days ago it counts, from just less it does not."""
    now, moment = timezone.now(), timezone.now()
    while add_workdays(moment, 5) > now:
        moment -= timedelta(hours=1)
    published_by(office.office_leader, office.unit, at=moment + timedelta(hours=1))
    assert readers(office) == (0, 0)
    published_by(office.office_leader, office.unit, at=moment)
    assert readers(office) == (1, 6)


def test_newcomers_and_those_who_have_left_are_not_counted(office: Office) -> None:
    item = published_by(office.office_leader, office.unit, at=long_ago())
    read_by(office.counsellor, item)
    today = timezone.localdate()
    Placement.objects.filter(person=office.colleague).update(starts_on=today)
    Placement.objects.filter(person=office.formal_leader).update(ends_on=today - timedelta(days=1))
    assert readers(office) == (2, 4)


def test_what_the_county_told_is_not_the_offices_own(office: Office) -> None:
    published_by(office.county_director, office.county, at=long_ago())
    assert readers(office) == (0, 0)
