"""The event stream with the real program, the real server and the real database."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from psycopg import AsyncConnection, OperationalError

from tryggmote.access import job_connection
from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.assistance import store
from tryggmote.assistance.feeds import NoticeFeed
from tryggmote.assistance.store import Told
from tryggmote.assistance.tests.conftest import Browser, RunningProgram
from tryggmote.assistance.tests.test_calls_on_screens import drop_the_programs_connections
from tryggmote.notices import services
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

BrowserOf = Callable[[Person], Browser]


@pytest.fixture
def office(transactional_db: None) -> Office:
    return make_office()


@pytest.fixture
def tell(office: Office, kind: str) -> Callable[[Person], str]:
    """Tell somebody something and say which notice it became."""

    def told(person: Person) -> str:
        with acting_as(office.counsellor.id):
            services.tell(
                person_ids=[person.id],
                kind=kind,
                subject_id=new_id(),
                url="/hendelser/",
                context={"place": "Lillevik"},
            )
        return str(Notice.objects.filter(person=person).latest("created_at", "id").id)

    return told


def test_a_notice_reaches_the_open_page_of_the_one_it_is_told_to(
    office: Office, browser_of: BrowserOf, tell: Callable[[Person], str]
) -> None:
    browser = browser_of(office.leader)
    assert browser.open() == 200
    assert browser.unseen == 0
    notice_id = tell(office.leader)
    browser.read_until("notice")
    assert browser.notices == [
        {
            "id": notice_id,
            "title": "Nytt på Lillevik",
            "url": reverse("notices:open", args=[notice_id]),
            "unseen": 1,
        }
    ]


def test_nobody_hears_what_another_is_told(
    office: Office, browser_of: BrowserOf, tell: Callable[[Person], str]
) -> None:
    leader, representative = browser_of(office.leader), browser_of(office.safety_representative)
    leader.open()
    representative.open()
    tell(office.leader)
    own = tell(office.safety_representative)
    representative.read_until("notice")
    assert representative.heard() == [own]


def test_every_open_page_of_a_person_hears(
    office: Office, browser_of: BrowserOf, tell: Callable[[Person], str]
) -> None:
    browsers = [browser_of(office.leader) for _ in range(3)]
    for browser in browsers:
        browser.open()
    notice_id = tell(office.leader)
    for browser in browsers:
        browser.read_until("notice")
        assert browser.heard() == [notice_id]


def test_nothing_is_lost_when_the_database_drops_the_listener(
    office: Office, browser_of: BrowserOf, tell: Callable[[Person], str]
) -> None:
    browser = browser_of(office.leader)
    browser.open()
    told = []
    for number in range(30):
        if number % 10 == 5:
            drop_the_programs_connections()
        told.append(tell(office.leader))
    browser.read_until("notice", count=30)
    assert browser.heard() == told


@pytest.fixture
def told_to_all(office: Office, kind: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Tell several people at once, more than are read at once, and say which notices it became, in order."""
    monkeypatch.setattr(store, "AT_ONCE", 2)
    people = [
        office.leader,
        office.counsellor,
        office.colleague,
        office.safety_representative,
        office.auditor,
    ]

    def told() -> list[str]:
        with acting_as(office.counsellor.id):
            services.tell(
                person_ids=[person.id for person in people],
                kind=kind,
                subject_id=new_id(),
                url="/hendelser/",
                context={"place": "Lillevik"},
            )
        newest = Notice.objects.order_by("-created_at")[: len(people)]
        return sorted(str(notice.id) for notice in newest)

    return told


@dataclass
class Reader:
    """The program's reading, on a new connection each time."""

    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.feed = NoticeFeed(lambda told: self.heard.append(str(told.id)))
        self.read()

    def read(self) -> None:
        asyncio.run(self._read())

    async def _read(self) -> None:
        async with await AsyncConnection.connect(**job_connection.parameters(), autocommit=True) as db:
            await self.feed.read(db, None)


def test_when_everybody_is_told_at_once_each_notice_is_heard_once(
    told_to_all: Callable[[], list[str]],
) -> None:
    reader = Reader()
    first = told_to_all()
    reader.read()
    assert reader.heard == first
    second = told_to_all()
    reader.read()
    assert reader.heard == first + second


@pytest.mark.parametrize("batches_read", [0, 1, 2])
def test_a_reading_that_the_database_breaks_off_begins_again_where_it_began(
    told_to_all: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch, batches_read: int
) -> None:
    reader, told, told_since = Reader(), told_to_all(), store.told_since

    async def lose_the_database(db: AsyncConnection[Any], position: int) -> AsyncIterator[list[Told]]:
        batches = told_since(db, position)
        for _ in range(batches_read):
            yield await anext(batches)
        await db.close()
        yield await anext(batches)

    monkeypatch.setattr(store, "told_since", lose_the_database)
    with pytest.raises(OperationalError):
        reader.read()
    monkeypatch.setattr(store, "told_since", told_since)
    assert reader.heard == told[: 2 * batches_read]
    reader.read()
    assert reader.heard == told


def test_a_notice_of_a_transaction_that_took_longer_than_its_neighbour_is_heard(
    office: Office, browser_of: BrowserOf, tell: Callable[[Person], str]
) -> None:
    browser = browser_of(office.leader)
    browser.open()
    has_told, may_end = Barrier(2), Barrier(2)
    slow: list[str] = []

    def tell_slowly() -> None:
        with transaction.atomic():
            slow.append(tell(office.leader))
            has_told.wait()
            may_end.wait()
        connection.close()

    thread = Thread(target=tell_slowly)
    thread.start()
    has_told.wait()
    quick = tell(office.leader)
    browser.read_until("notice")
    may_end.wait()
    thread.join()
    browser.read_until("notice")
    assert browser.heard() == [quick, *slow]


def test_what_was_told_while_the_browser_was_away_comes_when_it_is_back(
    office: Office, browser_of: BrowserOf, tell: Callable[[Person], str]
) -> None:
    browser = browser_of(office.leader)
    browser.open()
    browser.response.close()
    missed = [tell(office.leader), tell(office.leader)]
    assert browser.open() == 200
    assert browser.heard() == missed
    assert browser.unseen == 2


def test_what_was_seen_meanwhile_does_not_come_again(
    office: Office, browser_of: BrowserOf, tell: Callable[[Person], str]
) -> None:
    browser, another_page = browser_of(office.leader), browser_of(office.leader)
    browser.open()
    another_page.open()
    browser.response.close()
    tell(office.leader)
    another_page.read_until("notice", count=1)  # the program has told it, before it was seen
    with acting_as(office.leader.id):
        services.mark_all_seen()
    browser.open()
    assert browser.heard() == []


def test_a_stranger_an_expired_session_and_a_person_who_left_are_refused(
    office: Office, browser_of: BrowserOf, program: RunningProgram
) -> None:
    assert Browser(program.port, cookie="").open() == 401
    assert Browser(program.port, cookie="invented").open() == 401

    expired = browser_of(office.leader)
    Session.objects.filter(session_key=expired.cookie).update(expire_date=timezone.now())
    assert expired.open() == 401

    tampered = browser_of(office.leader)
    Session.objects.filter(session_key=tampered.cookie).update(session_data="forged:1:x")
    assert tampered.open() == 401

    left = browser_of(office.leader)
    Person.objects.filter(id=office.leader.id).update(ended_on="2020-01-01")
    assert left.open() == 401


def test_a_stream_that_is_open_ends_when_its_session_ends_or_the_person_leaves(
    office: Office, browser_of: BrowserOf
) -> None:
    people = {"stays": office.counsellor, "leaves": office.leader, "signs out": office.colleague}
    cookies = {what: browser_of(person).cookie for what, person in people.items()}
    Person.objects.filter(id=office.leader.id).update(ended_on="2020-01-01")
    Session.objects.get(session_key=cookies["signs out"]).delete()

    async def ended() -> set[str]:
        async with await AsyncConnection.connect(**job_connection.parameters()) as db:
            return await store.ended_sessions(db, {cookies[what]: people[what].id for what in people})

    assert asyncio.run(ended()) == {cookies["leaves"], cookies["signs out"]}


def test_only_pages_of_our_own_may_listen(office: Office, browser_of: BrowserOf) -> None:
    browser = browser_of(office.leader)
    browser.origin = "https://evil.example.invalid"
    assert browser.open() == 403

    browser.origin = "http://127.0.0.1:8000"
    assert browser.open() == 200
    assert browser.response.getheader("Access-Control-Allow-Origin") == "http://127.0.0.1:8000"
    assert browser.response.getheader("Access-Control-Allow-Credentials") == "true"


def test_a_heart_beats_so_that_a_page_knows_the_stream_lives(office: Office, browser_of: BrowserOf) -> None:
    browser = browser_of(office.leader)
    browser.open()
    browser.read_until("heartbeat")


def test_it_stops_at_once_although_streams_are_open(
    office: Office, browser_of: BrowserOf, program: RunningProgram
) -> None:
    browser = browser_of(office.leader)
    browser.open()
    assert program.health() == (200, {"listening": True, "streams": 1})
    program.process.terminate()
    assert program.process.wait(timeout=60) is not None
    with pytest.raises(ConnectionError):
        browser.read_until("notice")
