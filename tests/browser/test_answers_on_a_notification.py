"""The phone asks whoever is out alone, and the answer is given on the notification itself (AML § 4-1, 3.3).

Nobody in a test can press what the system draws: the press is told to the service worker as by the browser.
That a push is shown at all is in `test_calling_for_help.py`.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Worker, expect

from tests.browser.conftest import WORKER, Visitor, until
from tests.browser.test_calling_for_help import ended_afterwards
from tests.browser.test_out_alone import COUNSELLOR, checks_out, comes_back

Arrive = Callable[..., Visitor]

# A made-up event may not be waited for, and may open no window: both are kept for the test to look at.
_PRESS = """async (action) => {
  const opened = [];
  self.clients.openWindow = async (address) => opened.push(address);
  const [notification] = await self.registration.getNotifications();
  const event = new NotificationEvent("notificationclick", { notification, action });
  let done;
  Object.defineProperty(event, "waitUntil", { value: (promise) => { done = promise; } });
  self.dispatchEvent(event);
  await done;
  return opened;
}"""
_SHOWN = "async () => (await self.registration.getNotifications()).map((one) => one.title)"


@contextmanager
def out_alone(visitor: Arrive) -> Iterator[tuple[Visitor, str]]:
    """Somebody is out, and has been reminded; afterwards they are back."""
    counsellor = visitor(permissions=["notifications"])
    counsellor.sign_in(COUNSELLOR)
    checks_out(counsellor)
    outing = urlsplit(counsellor.page.url).path
    until(counsellor.page, WORKER)
    try:
        yield counsellor, outing
    finally:
        comes_back(counsellor, outing)


def worker_of(visitor: Visitor) -> Worker:
    (worker,) = visitor.page.context.service_workers
    return worker


def pushed(visitor: Visitor, outing: str, **said: Any) -> None:
    """The reminder has come, as `assistance/notice_pushes.py` says it."""
    page = visitor.page
    reminder = {
        "title": "Er du tilbake?", "body": "Tiden du sa, er kommet.", "url": outing, "tag": outing,
        "person": int(page.locator("body").get_attribute("data-person") or 0), "waiting": "Ikke sendt ennå.",
        "acts": [
            {"action": "well", "title": "Alt er bra", "to": f"{outing}mer-tid/", "fields": {"minutes": "30"},
             "done": "Fint. Du har fått mer tid."},
            {"action": "help", "title": "Jeg trenger hjelp", "to": "/hjelp/", "fields": {},
             "done": "Hjelp er tilkalt."},
        ],
        **said,
    }  # fmt: skip
    worker_of(visitor).evaluate("(said) => notify(said)", reminder)


def press(visitor: Visitor, action: str) -> list[str]:
    """Press a button of the notification, or the notification itself (""); the pages that are opened."""
    opened: list[str] = worker_of(visitor).evaluate(_PRESS, action)
    return opened


def shown(visitor: Visitor) -> list[str]:
    titles: list[str] = worker_of(visitor).evaluate(_SHOWN)
    return titles


def time_left(visitor: Visitor, outing: str) -> str:
    visitor.go(outing)
    return visitor.page.get_by_text("Du er tilbake kl.").inner_text()


def test_all_is_well_is_said_without_opening_anything(visitor: Arrive) -> None:
    with out_alone(visitor) as (counsellor, outing):
        before = time_left(counsellor, outing)
        pushed(counsellor, outing)
        assert press(counsellor, "well") == []
        assert shown(counsellor) == ["Fint. Du har fått mer tid."]
        assert time_left(counsellor, outing) != before


def test_help_is_called_from_the_notification(visitor: Arrive) -> None:
    with out_alone(visitor) as (counsellor, outing), ended_afterwards(counsellor):
        pushed(counsellor, outing)
        assert press(counsellor, "help") == []
        assert shown(counsellor) == ["Hjelp er tilkalt."]
        (call,) = press(counsellor, "")  # pressing what was said opens the call
        counsellor.go(call)
        expect(counsellor.page.locator("main")).to_contain_text("Storgata 12")


def test_pressing_the_notification_itself_opens_the_outing(visitor: Arrive) -> None:
    with out_alone(visitor) as (counsellor, outing):
        pushed(counsellor, outing)
        assert press(counsellor, "") == [outing]


def test_without_network_it_waits_and_is_sent_once_with_the_time_it_was_pressed(visitor: Arrive) -> None:
    with out_alone(visitor) as (counsellor, outing):
        before = time_left(counsellor, outing)
        pushed(counsellor, outing)
        counsellor.page.context.set_offline(True)
        assert press(counsellor, "well") == []
        assert shown(counsellor) == ["Ikke sendt ennå."]
        with counsellor.page.expect_request(re.compile("/mer-tid/")) as sent:
            counsellor.page.context.set_offline(False)  # the open page takes it over
        expect(counsellor.page.get_by_text("Fint. Den nye tiden er")).to_be_visible()
        assert '"pressed_at"' in (sent.value.post_data or "")
        kept = "caches.open('tryggmote-unsent').then((kept) => kept.keys())"
        assert counsellor.page.evaluate(f"{kept}.then((keys) => keys.length)") == 0
        assert time_left(counsellor, outing) != before


def test_what_waits_is_sent_by_the_worker_itself_when_the_browser_says_that_the_network_is_back(
    visitor: Arrive,
) -> None:
    with out_alone(visitor) as (counsellor, outing):
        before = time_left(counsellor, outing)
        pushed(counsellor, outing)
        counsellor.page.goto("about:blank")  # an open page would send it
        counsellor.page.context.set_offline(True)
        press(counsellor, "well")
        counsellor.page.context.set_offline(False)
        worker_of(counsellor).evaluate("() => sendUnsent()")
        assert shown(counsellor) == ["Fint. Du har fått mer tid."]
        assert time_left(counsellor, outing) != before


@pytest.mark.parametrize("action", ["well", "help"])
def test_another_person_at_the_same_phone_answers_nothing_for_them(visitor: Arrive, action: str) -> None:
    with out_alone(visitor) as (counsellor, outing):
        before = time_left(counsellor, outing)
        pushed(counsellor, outing, person=1)
        assert press(counsellor, action) == [outing]
        assert time_left(counsellor, outing) == before
