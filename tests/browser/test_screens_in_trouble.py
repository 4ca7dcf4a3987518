"""The screens of a call when things go wrong. States come as the stream tells them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import DESKTOP, Visitor
from tests.browser.test_calling_for_help import (
    COUNSELLOR,
    LEADER,
    at_work,
    calls,
    ended_afterwards,
    screen,
)

Arrive = Callable[..., Visitor]
TITLE = "#tm-call-title"


AHEAD = 1_000_000
"""Steps of calls are numbered; those of the demo's calls are behind these."""


def state(number: int, name: str = "Vera", **more: Any) -> dict[str, Any]:
    """What a screen is told of a call (`app.state_of_call`)."""
    told = {"told": 3, "reached": 1, "pushed": 0, "cannot": [], "coming": [], "age_s": 1, "ring": 1}
    what = {"purpose": "real", "kind": "", "silent": False, "form": "", "place": "Rom 3", "unit": "U"}
    end = {"acknowledged": False, "ended_at": None, "outcome": ""}
    who = {
        "id": f"00000000-0000-4000-8000-{name.encode().hex():0>12.12}",
        "caller": {"id": 999_999, "name": name},
    }
    return {**told, **what, **end, **who, "number": AHEAD + number, **more}


def tells(page: Page, kind: str, detail: Any) -> None:
    page.evaluate(
        "([kind, detail]) => document.dispatchEvent(new CustomEvent(`tm:${kind}`, { detail }))",
        [kind, detail],
    )


def sounds(page: Page) -> bool:
    return bool(page.locator("#tm-call").evaluate("box => box.hasAttribute('data-sounding')"))


@pytest.fixture
def colleague(visitor: Arrive) -> Visitor:
    person = at_work(visitor, LEADER, size=DESKTOP)
    opens(person.page, person.address + "/")
    return person


def opens(page: Page, address: str) -> None:
    """Open a page, and wait until what it asks about calls as it opens has come."""
    with page.expect_response(lambda answer: "/alarm/open" in answer.url):
        page.goto(address)
    page.locator("body[data-holds-stream]").wait_for(state="attached")


def opens_beside(page: Page, address: str) -> None:
    """The same for a tab that listens through another."""
    with page.expect_response(lambda answer: "/alarm/open" in answer.url):
        page.goto(address)


def test_an_older_answer_does_not_take_a_newer_call_away(colleague: Visitor) -> None:
    tells(colleague.page, "call", state(8))
    tells(colleague.page, "calls", {"calls": [], "number": AHEAD + 7})
    expect(screen(colleague)).to_be_visible()


def test_the_real_thing_is_shown_before_a_drill(colleague: Visitor) -> None:
    tells(colleague.page, "call", state(8, "Øving", purpose="drill"))
    tells(colleague.page, "call", state(9, "Ekte"))
    expect(colleague.page.locator(TITLE)).to_contain_text("Ekte")


def test_a_second_call_is_seen_and_heard_when_somebody_comes_to_the_first(colleague: Visitor) -> None:
    tells(colleague.page, "call", state(8, "Første"))
    tells(colleague.page, "call", state(9, "Første", acknowledged=True, coming=[{"id": 1, "name": "Kari"}]))
    tells(colleague.page, "call", state(10, "Andre"))
    assert sounds(colleague.page)
    expect(colleague.page.locator(TITLE)).to_contain_text("Andre")


def test_one_who_has_said_no_in_one_tab_is_not_rung_in_another_nor_on_the_next_page(
    visitor: Arrive, colleague: Visitor
) -> None:
    other = colleague.page.context.new_page()
    opens_beside(other, colleague.page.url)
    caller = at_work(visitor, COUNSELLOR, size=DESKTOP)
    with ended_afterwards(caller):
        calls(caller)
        expect(screen(colleague)).to_be_visible()
        other.bring_to_front()
        other.locator("[data-act=cannot]").click()
        expect(screen(colleague)).to_be_hidden()
        assert not sounds(colleague.page)
        opens_beside(other, f"{colleague.address}/hendelser/")
        expect(screen(other)).to_be_hidden()


def test_what_is_over_does_not_fill_the_next_page(visitor: Arrive, colleague: Visitor) -> None:
    caller = at_work(visitor, COUNSELLOR, size=DESKTOP)
    with ended_afterwards(caller):
        calls(caller)
        expect(caller.page.locator("[data-act=page]")).to_be_visible()  # the call was taken
        caller.page.locator("[data-act=mistake]").click()
        expect(screen(caller)).to_be_hidden()
    another = colleague.page.context.new_page()
    opens_beside(another, f"{colleague.address}/hendelser/")
    assert not screen(another).is_visible()


def test_one_press_of_the_shortcut_calls_nobody_however_new_the_page_is(visitor: Arrive) -> None:
    caller = at_work(visitor, COUNSELLOR, size=DESKTOP)
    with ended_afterwards(caller):
        caller.page.reload(wait_until="domcontentloaded")
        caller.page.keyboard.press("F8")
        answer = caller.page.request.get(f"{caller.address}/hjelp/apne/")
        assert answer.json()["calls"] == []


def test_silent_is_not_said_to_be_sent_before_it_is(visitor: Arrive) -> None:
    caller = at_work(visitor, COUNSELLOR, "/hjelp/", size=DESKTOP)
    caller.page.context.clear_cookies()
    silent = caller.page.locator("[data-silent]")
    silent.click()
    silent.click()
    expect(silent).to_contain_text(caller.says("Ikke sendt. Ring 112"))


def test_a_page_with_an_old_token_goes_on_until_the_alarm_program_is_back(visitor: Arrive) -> None:
    caller = at_work(visitor, COUNSELLOR, size=DESKTOP)
    token = caller.page.locator("input[name=csrfmiddlewaretoken]").first
    token.evaluate("field => { field.value = 'x'.repeat(64); }")
    with ended_afterwards(at_work(visitor, COUNSELLOR, size=DESKTOP)):
        caller.page.route("**/alarm/raise", lambda asked: asked.abort())
        calls(caller)
        expect(screen(caller)).to_contain_text("Ikke sendt ennå")
        caller.page.unroute("**/alarm/raise")
        expect(screen(caller)).to_contain_text("Vist på skjermen")


def test_that_a_call_was_shown_is_said_again_when_the_program_was_busy(
    visitor: Arrive, colleague: Visitor
) -> None:
    refused: list[str] = []

    def busy_once(asked: Route) -> None:
        if refused:
            asked.continue_()
        else:
            refused.append(asked.request.url)
            asked.fulfill(status=503)

    colleague.page.route("**/alarm/shown", busy_once)
    caller = at_work(visitor, COUNSELLOR, size=DESKTOP)
    with ended_afterwards(caller):
        calls(caller)
        expect(screen(caller)).to_contain_text(re.compile(r"Vist på skjermen.*\b1\b"))
    assert refused


def test_somebody_elses_page_is_not_taken_for_an_answer(visitor: Arrive) -> None:
    """A proxy that blocks answers 200 with a page of its own."""
    caller = at_work(visitor, COUNSELLOR, size=DESKTOP)
    with ended_afterwards(caller):
        for address in ("**/alarm/raise", "**/hjelp/"):
            caller.page.route(
                address,
                lambda asked: (
                    asked.fulfill(status=200, content_type="text/html", body="<h1>Blokkert</h1>")
                    if asked.request.method == "POST"
                    else asked.continue_()
                ),
            )
        calls(caller)
        expect(screen(caller)).to_contain_text("Ikke sendt ennå")
        caller.page.unroute_all()
        expect(screen(caller)).to_contain_text("Vist på skjermen")


def test_by_mistake_stays_by_mistake_while_it_waits(visitor: Arrive) -> None:
    caller = at_work(visitor, COUNSELLOR, size=DESKTOP)
    caller.page.context.set_offline(True)
    calls(caller)
    expect(screen(caller)).to_contain_text("Ikke sendt ennå")
    caller.page.locator("[data-act=mistake]").click()
    for _attempt in range(3):
        caller.page.wait_for_event("requestfailed")
        expect(screen(caller)).to_be_hidden()
    caller.page.evaluate("localStorage.clear()")


def test_two_calls_made_without_network_are_both_kept_for_the_next_page(visitor: Arrive) -> None:
    caller = at_work(visitor, COUNSELLOR, size=DESKTOP)
    caller.page.context.set_offline(True)
    for _ in range(2):
        caller.page.keyboard.press("F8")
    calls(caller)
    kept = caller.page.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('tm-calling'))"
        ".map((key) => localStorage[key])"
    )
    caller.page.evaluate("localStorage.clear()")
    assert sum(text.count('"silent"') for text in kept) == 2
