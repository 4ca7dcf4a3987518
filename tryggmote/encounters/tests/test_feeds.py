"""Fetching a calendar never leads into our own network, and keeps the plan up to date (requirement 2.2)."""

import threading
import time
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.encounters import feeds, jobs, planning, syncing
from tryggmote.encounters.calendars import LARGEST_FILE
from tryggmote.encounters.feeds import FeedTrouble
from tryggmote.encounters.models import CalendarFeed, Meeting

Trouble = CalendarFeed.Trouble


@pytest.mark.parametrize(
    "address",
    [
        "http://example.invalid/a.ics",
        "ftp://example.invalid/a.ics",
        "file:///etc/passwd",
        "https://127.0.0.1/a.ics",
        "https://localhost/a.ics",
        "https://[::1]/a.ics",
        "https://[::ffff:127.0.0.1]/a.ics",
        "https://10.0.0.5/a.ics",
        "https://192.168.1.1/a.ics",
        "https://169.254.169.254/latest/meta-data",
        "https://0.0.0.0/a.ics",
        "https://[::127.0.0.1]/a.ics",
        "https://[64:ff9b::7f00:1]/a.ics",
        "https://[2002:7f00:1::]/a.ics",
        "https://2130706433/a.ics",
        "https://0x7f.1/a.ics",
        "https://224.0.0.1/a.ics",
        "https://8.8.8.8:99999/a.ics",
        "https://[bad/a.ics",
        "https://8.8.8.8/a\r\nHost: evil",
        "https:///a.ics",
        "",
    ],
)
def test_an_address_that_does_not_lead_out_is_refused(address):
    with pytest.raises(FeedTrouble) as refused:
        feeds.judge(address)
    assert refused.value.trouble is Trouble.NOT_PUBLIC


def test_a_public_address_is_accepted():
    feeds.judge("https://8.8.8.8/a.ics")


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    found = [(2, 1, 6, "", ("8.8.8.8", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(feeds.socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(FeedTrouble):
        feeds.judge("https://calendar.example/a.ics")


def test_webcal_is_https_by_another_name():
    assert feeds.tidy(" webcal://example.invalid/a.ics ") == "https://example.invalid/a.ics"


class Calendar(BaseHTTPRequestHandler):
    """A calendar server that answers with what the test has put in `answer`."""

    answer: tuple[int, dict[str, str], bytes] = (200, {}, b"")

    def do_GET(self):
        status, headers, body = self.answer
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def calendar(settings):
    """A calendar server on this machine, which only tests may fetch from."""
    settings.ALLOW_LOCAL_FEEDS = True
    server = ThreadingHTTPServer(("127.0.0.1", 0), Calendar)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Calendar.address = f"http://127.0.0.1:{server.server_port}/a.ics"
    yield Calendar
    server.shutdown()
    server.server_close()


def ics(*starts, place="Samtalerom 3"):
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:{start:%Y%m%dT%H%M%SZ}\r\n"
        f"SUMMARY:Ola Nordmann\r\nLOCATION:{place}\r\nEND:VEVENT\r\n"
        for n, start in enumerate(starts)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n".encode()


def test_a_redirect_into_our_own_network_is_not_followed(calendar, settings):
    calendar.answer = (302, {"Location": "https://169.254.169.254/"}, b"")
    real = feeds._target

    def judged_after_the_first(address):
        settings.ALLOW_LOCAL_FEEDS = address == calendar.address
        return real(address)

    feeds._target = judged_after_the_first
    try:
        with pytest.raises(FeedTrouble) as refused:
            feeds.fetch(calendar.address)
    finally:
        feeds._target = real
    assert refused.value.trouble is Trouble.NOT_PUBLIC


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        ((403, {}, b""), Trouble.REFUSED),
        ((500, {}, b""), Trouble.NO_ANSWER),
        ((200, {}, b"x" * (LARGEST_FILE + 1)), Trouble.TOO_LARGE),
        ((302, {"Location": "/a.ics"}, b""), Trouble.NO_ANSWER),
        ((302, {"Location": "https://[::1"}, b""), Trouble.NO_ANSWER),
    ],
)
def test_what_went_wrong_is_known(calendar, answer, trouble):
    calendar.answer = answer
    with pytest.raises(FeedTrouble) as failed:
        feeds.fetch(calendar.address)
    assert failed.value.trouble is trouble


def test_a_server_that_drips_is_hung_up_on(calendar, monkeypatch):
    monkeypatch.setattr(feeds, "LONGEST_FETCH_S", 0.3)
    monkeypatch.setattr(Calendar, "do_GET", drip)
    with pytest.raises(FeedTrouble) as failed:
        feeds.fetch(calendar.address)
    assert failed.value.trouble is Trouble.NO_ANSWER


def drip(handler):
    handler.send_response(200)
    handler.end_headers()
    with suppress(OSError):
        for _ in range(50):
            handler.wfile.write(b"B")
            time.sleep(0.1)


def test_a_name_with_norwegian_letters_is_asked_for_as_the_network_spells_it(monkeypatch):
    found = [(2, 1, 6, "", ("8.8.8.8", 443))]
    monkeypatch.setattr(feeds.socket, "getaddrinfo", lambda *_, **__: found)
    assert feeds._target("https://blåbær.example/a.ics").host == "xn--blbr-roah.example"


@pytest.fixture
def feed(office, calendar):
    return CalendarFeed.objects.create(owner=office.counsellor, address=calendar.address)


def refresh(feed):
    syncing.refresh(owner_id=feed.owner_id, feed_id=feed.id)
    feed.refresh_from_db()


def test_a_feed_fills_the_plan_and_never_a_title(feed, calendar):
    soon = timezone.now() + timedelta(hours=2)
    calendar.answer = (200, {}, ics(soon))
    refresh(feed)
    meeting = Meeting.objects.get()
    assert (meeting.owner_id, meeting.place, meeting.title) == (feed.owner_id, "Samtalerom 3", "")
    assert feed.fetched_at
    assert feed.trouble == ""


def test_a_moved_meeting_is_moved_and_keeps_the_form_its_owner_chose(feed, calendar):
    soon = timezone.now().replace(microsecond=0) + timedelta(hours=2)
    calendar.answer = (200, {}, ics(soon))
    refresh(feed)
    Meeting.objects.update(form="group")
    calendar.answer = (200, {}, ics(soon + timedelta(hours=1), place="Samtalerom 4"))
    refresh(feed)
    meeting = Meeting.objects.get()
    assert meeting.starts_at == soon + timedelta(hours=1)
    assert (meeting.place, meeting.form) == ("Samtalerom 4", "group")


def test_a_cancelled_meeting_goes_unless_it_was_checked(feed, calendar, office, checked):
    soon = timezone.now() + timedelta(hours=2)
    calendar.answer = (200, {}, ics(soon, soon + timedelta(hours=1)))
    refresh(feed)
    kept = Meeting.objects.order_by("starts_at").first()
    checked(office.counsellor, draft={"meeting_id": kept.id})
    calendar.answer = (200, {}, ics())
    refresh(feed)
    assert Meeting.objects.get() == kept


def test_a_calendar_that_fails_leaves_the_plan_as_it_was_and_says_why(feed, calendar):
    calendar.answer = (200, {}, ics(timezone.now() + timedelta(hours=2)))
    refresh(feed)
    calendar.answer = (200, {}, b"<html>Sign in</html>")
    refresh(feed)
    assert feed.trouble == Trouble.NOT_A_CALENDAR
    assert Meeting.objects.count() == 1


def test_a_calendar_that_is_gone_is_not_fetched(feed):
    feed.delete()
    syncing.refresh(owner_id=feed.owner_id, feed_id=new_id())


def test_the_calendar_of_somebody_who_left_is_left_alone(feed, office):
    office.counsellor.ended_on = timezone.now().date() - timedelta(days=1)
    office.counsellor.save()
    jobs.refresh_calendar(feed_id=str(feed.id), owner_id=office.counsellor.id)
    feed.refresh_from_db()
    assert feed.fetched_at is None


def test_unsubscribing_takes_the_meetings_to_come_with_it(feed, calendar, office):
    calendar.answer = (200, {}, ics(timezone.now() + timedelta(hours=2)))
    refresh(feed)
    with acting_as(office.counsellor.id):
        planning.unsubscribe(feed=feed)
    assert not Meeting.objects.exists()
    assert not CalendarFeed.objects.exists()
