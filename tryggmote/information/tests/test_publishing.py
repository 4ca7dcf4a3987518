"""Putting something in the feed: who writes it, who is told at once, what is refused (2.3)."""

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.ids import new_id
from tryggmote.information.models import Item, Reading
from tryggmote.information.services import publish
from tryggmote.information.tests.helpers import KIND, published_by
from tryggmote.notices.models import Delivery, Notice
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def test_it_says_what_it_is_in_the_words_of_its_kind(office: Office) -> None:
    item = published_by(office.leader, office.unit, title="Ny låsrutine")
    assert (item.title, item.body, item.icon) == ("Nytt: Ny låsrutine", "Noe er endret.", "NewspaperIcon")
    assert item.by_id == office.leader.id


def test_ordinary_news_tell_nobody_at_once(office: Office) -> None:
    published_by(office.leader, office.unit)
    assert not Notice.objects.exists()


def test_important_news_tell_everybody_but_whoever_published_them(office: Office) -> None:
    item = published_by(office.leader, office.unit, is_important=True)
    told = set(Notice.objects.values_list("person_id", flat=True))
    assert told == {
        office.counsellor.id, office.colleague.id, office.formal_leader.id, office.office_leader.id,
        office.safety_representative.id,
    }  # fmt: skip
    notice = Notice.objects.filter(person=office.counsellor).get()
    assert notice.url == item.reading_url
    assert Delivery.objects.count() == len(told)


def test_the_notice_says_that_something_waits_and_not_what(office: Office) -> None:
    published_by(office.leader, office.unit, title="Kniv i resepsjonen", is_important=True)
    notice = Notice.objects.filter(person=office.counsellor).get()
    assert "Kniv" not in f"{notice.title} {notice.body}"
    assert "Nav Lillevik" in notice.body


def test_whoever_publishes_has_read_it(office: Office) -> None:
    item = published_by(office.leader, office.unit)
    assert list(Reading.objects.values_list("item_id", "person_id")) == [(item.id, office.leader.id)]


def test_the_system_can_publish_too(office: Office) -> None:
    with acting_as_job():
        item = publish(
            unit_id=office.unit.id,
            kind=KIND,
            subject_id=new_id(),
            url="/",
            context={"title": "x"},
            by_id=None,
        )
    assert not Reading.objects.filter(item=item).exists()


def test_a_kind_nobody_knows_and_a_missing_word_are_refused(office: Office) -> None:
    with acting_as(office.leader.id):
        for kind, context in (("unknown", {"title": "x"}), (KIND, {})):
            with pytest.raises(KeyError):
                publish(
                    unit_id=office.unit.id,
                    kind=kind,
                    subject_id=new_id(),
                    url="/",
                    context=context,
                    by_id=None,
                )
    assert not Item.objects.exists()


def test_nobody_can_write_in_the_feed_without_an_act_or_take_something_out(office: Office) -> None:
    item = published_by(office.leader, office.unit)
    with acting_as(office.leader.id):
        with pytest.raises(DatabaseError), transaction.atomic():
            Item.objects.create(unit=office.unit, kind=KIND, subject_id=new_id(), url="/", by=office.leader)
        with pytest.raises(DatabaseError), transaction.atomic():
            Item.objects.filter(id=item.id).update(url="/annet/")
        with pytest.raises(DatabaseError), transaction.atomic():
            Item.objects.filter(id=item.id).delete()
