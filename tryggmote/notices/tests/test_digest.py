"""The digest: one e-mail a morning with what is unseen, grouped, and neither none nor two."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.notices import digests, outbox, services
from tryggmote.notices.models import Delivery, Digest, Notice
from tryggmote.notices.tests.conftest import PostOffice
from tryggmote.notices.tests.stories import tell
from tryggmote.notices.vocabulary import Channel
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.organisation.workdays import OSLO

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 26, 14, tzinfo=OSLO)
FRIDAY = datetime(2026, 11, 27, 7, 30, tzinfo=OSLO)
MONDAY = datetime(2026, 11, 30, 7, 30, tzinfo=OSLO)
Clock = Callable[[datetime], None]


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set the clock of the product. It is Thursday afternoon."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_to(THURSDAY)
    return set_to


def morning(clock: Clock, moment: datetime = FRIDAY) -> None:
    """The worker gathers and sends."""
    clock(moment)
    digests.gather()
    outbox.send_waiting(Channel.EMAIL)


def test_what_came_since_is_one_email_in_the_morning_in_the_persons_language(
    office: Office, post_office: PostOffice, clock: Clock
) -> None:
    Person.objects.filter(id=office.leader.id).update(language="en")
    for _ in range(3):
        tell(office.leader, kind="tests.later")
    morning(clock)
    (message,) = post_office.received
    assert message["Subject"] == "Tryggmøte: 3 new notices"
    text = message.get_content()
    assert "Meetings, stops and being out alone" in text
    assert text.count("Rolig på Lillevik") == 3
    assert "/varsler/valg/" in text


def test_nobody_gets_a_second_one_that_day_however_often_the_worker_looks(
    office: Office, post_office: PostOffice, clock: Clock
) -> None:
    tell(office.leader, kind="tests.later")
    morning(clock)
    tell(office.leader, kind="tests.later")
    morning(clock, FRIDAY + timedelta(hours=3))
    assert len(post_office.received) == 1
    morning(clock, MONDAY)
    assert len(post_office.received) == 2
    assert Digest.objects.filter(person=office.leader).count() == 2


def test_what_comes_after_half_past_seven_waits_though_there_was_nothing_that_morning(
    office: Office, post_office: PostOffice, clock: Clock
) -> None:
    morning(clock)
    tell(office.leader, kind="tests.later")
    morning(clock, FRIDAY + timedelta(hours=1))
    assert post_office.received == []


def test_what_is_seen_before_the_morning_is_not_in_it(
    office: Office, post_office: PostOffice, clock: Clock
) -> None:
    seen = new_id()
    tell(office.leader, kind="tests.later", subject_id=seen)
    tell(office.leader, kind="tests.later")
    with acting_as(office.leader.id):
        services.mark_seen_about(subject_id=seen)
    morning(clock)
    assert post_office.received[0]["Subject"] == "Tryggmøte: 1 nytt varsel"


def test_whoever_has_seen_all_before_it_leaves_gets_none(
    office: Office, post_office: PostOffice, clock: Clock
) -> None:
    tell(office.leader, kind="tests.later")
    clock(FRIDAY)
    digests.gather()
    with acting_as(office.leader.id):
        services.mark_all_seen()
    morning(clock)
    assert post_office.received == []
    assert Delivery.objects.get().status == Delivery.Status.SEEN


@pytest.mark.parametrize(
    "moment",
    [
        FRIDAY - timedelta(minutes=1),
        datetime(2026, 11, 28, 9, tzinfo=OSLO),  # a Saturday
        datetime(2026, 12, 25, 9, tzinfo=OSLO),
    ],
)
def test_there_is_none_before_half_past_seven_nor_on_days_off(moment: datetime) -> None:
    assert digests.due_by(moment) is None


@pytest.mark.parametrize("day", [datetime(2026, 3, 30), datetime(2026, 10, 26)])
def test_half_past_seven_is_by_the_clock_on_the_wall_after_it_was_changed(day: datetime) -> None:
    early = day.replace(hour=7, minute=29, tzinfo=OSLO)
    assert digests.due_by(early) is None
    due = digests.due_by(early + timedelta(minutes=1))
    assert due is not None
    assert (due.hour, due.minute) == (7, 30)


def test_a_worker_that_dies_before_it_is_written_down_makes_none_and_the_next_makes_it(
    office: Office, post_office: PostOffice, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(office.leader, kind="tests.later")
    clock(FRIDAY)
    with monkeypatch.context() as patched:
        patched.setattr(digests, "_may_be_news_for_units", _dies)
        with pytest.raises(KeyboardInterrupt):
            digests.gather()
    assert not Digest.objects.exists()
    assert Notice.objects.get().digest is None
    morning(clock)
    assert len(post_office.received) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one(clock: Clock) -> None:
    office = make_office()
    tell(office.leader, kind="tests.later")
    clock(FRIDAY)

    def gather(_: int) -> list[str]:
        try:
            return digests.gather()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        made = list(workers.map(gather, range(4)))
    assert sorted(made) == [[], [], [], [Channel.EMAIL]]
    assert Digest.objects.count() == Delivery.objects.count() == 1


def test_those_who_are_told_by_themselves_come_before_the_digests(
    office: Office, post_office: PostOffice, clock: Clock
) -> None:
    tell(office.leader, kind="tests.later")
    clock(FRIDAY)
    digests.gather()
    tell(office.counsellor, kind="tests.met")
    morning(clock)
    assert [message["To"] for message in post_office.received] == [
        office.counsellor.email,
        office.leader.email,
    ]


def test_gathering_for_hundreds_costs_no_more_queries_than_for_one(
    office: Office, clock: Clock, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    many = Person.objects.bulk_create(
        Person(external_id=f"X{n}", name=f"Nr. {n}", sort_key=str(n), email="x@example.invalid")
        for n in range(200)
    )
    tell(*many, kind="tests.later")
    clock(FRIDAY)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        digests.gather()
    assert Digest.objects.count() == Delivery.objects.count() == 200


def _dies(*_: object) -> bool:
    raise KeyboardInterrupt
