"""Who sees what a unit was told, and who sees who has read (1.1)."""

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.information.models import Item, Reading, Reminder
from tryggmote.information.tests.helpers import published_by, read_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def seen_by(person: Person) -> set[object]:
    with acting_as(person.id):
        return set(Item.objects.values_list("id", flat=True))


def readers_seen_by(person: Person) -> set[int]:
    with acting_as(person.id):
        return set(Reading.objects.values_list("person_id", flat=True))


def test_everybody_in_the_unit_and_those_above_it_see_the_feed(office: Office) -> None:
    item = published_by(office.leader, office.unit)
    for person in (
        office.counsellor, office.colleague, office.safety_representative, office.county_director,
        office.municipal_director, office.chief_safety_representative, office.directorate_member,
    ):  # fmt: skip
        assert seen_by(person) == {item.id}, person.name


def test_other_offices_and_administrators_do_not(office: Office) -> None:
    published_by(office.leader, office.unit)
    other = make_office("Nav Storevik")
    for person in (other.counsellor, other.leader, other.county_director, office.administrator):
        assert seen_by(person) == set(), person.name


def test_who_has_read_is_seen_by_leaders_and_safety_representatives_and_by_oneself(office: Office) -> None:
    item = published_by(office.office_leader, office.unit)
    read_by(office.counsellor, item)
    everybody = {office.office_leader.id, office.counsellor.id}
    assert readers_seen_by(office.office_leader) == everybody
    assert readers_seen_by(office.safety_representative) == everybody
    assert readers_seen_by(office.counsellor) == {office.counsellor.id}
    assert readers_seen_by(office.colleague) == set()
    assert readers_seen_by(office.county_director) == set()
    assert readers_seen_by(office.directorate_member) == set()


def test_one_can_only_say_for_oneself_that_one_has_read(office: Office) -> None:
    item = published_by(office.leader, office.unit)
    with acting_as(office.office_leader.id), pytest.raises(DatabaseError), transaction.atomic():
        Reading.objects.create(item=item, person=office.counsellor)


def test_one_cannot_read_what_one_does_not_see(office: Office) -> None:
    item = published_by(office.leader, office.unit)
    other = make_office("Nav Storevik")
    with acting_as(other.counsellor.id), pytest.raises(DatabaseError), transaction.atomic():
        Reading.objects.create(item=item, person=other.counsellor)


def test_nobody_takes_a_reading_back(office: Office) -> None:
    item = published_by(office.leader, office.unit)
    read_by(office.counsellor, item)
    with acting_as(office.counsellor.id), pytest.raises(DatabaseError), transaction.atomic():
        Reading.objects.all().delete()


def test_the_database_lets_only_leaders_remind(office: Office) -> None:
    item = published_by(office.leader, office.unit)
    for person in (office.counsellor, office.safety_representative, office.county_director):
        with acting_as(person.id), pytest.raises(DatabaseError), transaction.atomic():
            Reminder.objects.create(item=item, by=person, on=timezone.localdate())
