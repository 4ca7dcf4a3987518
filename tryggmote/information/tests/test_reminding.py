"""Leaders remind those who have not read: in the unit they lead, once a day (2.3)."""

from datetime import timedelta

import pytest

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.information.models import Item, Reminder
from tryggmote.information.services import remind
from tryggmote.information.tests.helpers import published_by, read_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def reminded_by(person: Person, item: Item, **given: object) -> int:
    with acting_as(person.id) as by:
        return remind(by=by, item=Item.objects.get(id=item.id), **{"reminder_id": new_id(), **given})  # type: ignore[arg-type]


def test_only_those_who_have_not_read_are_reminded(office: Office) -> None:
    item = published_by(office.office_leader, office.unit)
    read_by(office.counsellor, item)
    assert reminded_by(office.office_leader, item) == 4
    told = set(Notice.objects.values_list("person_id", flat=True))
    assert told == {
        office.colleague.id, office.leader.id, office.formal_leader.id, office.safety_representative.id
    }  # fmt: skip


def test_reading_takes_the_reminder_off_the_bell(office: Office) -> None:
    item = published_by(office.office_leader, office.unit)
    reminded_by(office.office_leader, item)
    read_by(office.colleague, item)
    assert not Notice.objects.filter(person=office.colleague, seen_at=None).exists()


def test_others_than_leaders_of_the_unit_cannot(office: Office) -> None:
    item = published_by(office.office_leader, office.unit)
    for person in (office.safety_representative, office.counsellor, office.county_director):
        with pytest.raises(NotAllowed):
            reminded_by(person, item)
    assert not Reminder.objects.exists()


def test_the_same_form_sent_twice_reminds_once(office: Office) -> None:
    item, reminder_id = published_by(office.office_leader, office.unit), new_id()
    for _sent in range(2):
        assert reminded_by(office.office_leader, item, reminder_id=reminder_id) == 5
    assert Notice.objects.filter(person=office.colleague).count() == 1


def test_once_a_day_whoever_does_it(office: Office) -> None:
    item = published_by(office.office_leader, office.unit)
    reminded_by(office.office_leader, item)
    with pytest.raises(NotPossible):
        reminded_by(office.office_leader, item)


def test_the_next_day_those_who_did_not_look_are_reminded_again(office: Office) -> None:
    item = published_by(office.office_leader, office.unit)
    reminded_by(office.office_leader, item)
    yesterday = Reminder.objects.get()
    Reminder.objects.update(on=yesterday.on - timedelta(days=1))
    reminded_by(office.office_leader, item)
    assert Notice.objects.filter(person=office.colleague, kind="information_reminder").count() == 2
