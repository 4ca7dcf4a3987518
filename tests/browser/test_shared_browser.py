"""The browser that tests take turns with: nothing is left in it, and one that hangs holds nobody up."""

import os
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright

from tests.browser import shared_browser
from tests.browser.shared_browser import SharedBrowser
from tests.machine import find_browser


@pytest.fixture
def shared(playwright: Playwright) -> Iterator[SharedBrowser]:
    made = SharedBrowser(playwright, find_browser() or "")
    yield made
    made.close()


def test_what_one_test_opened_is_closed_before_the_next(shared: SharedBrowser) -> None:
    first = shared.get()
    first.new_page()
    shared.clear()
    assert shared.get() is first
    assert first.contexts == []


def test_one_that_does_not_answer_is_killed_and_another_comes(
    shared: SharedBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_browser, "CLOSING_TIMEOUT_S", 0.1)
    shared.get().new_page()
    os.kill(shared.process, signal.SIGSTOP)
    shared.clear()
    page = shared.get().new_page()
    page.set_content("<h1>Her</h1>")
    assert page.inner_text("h1") == "Her"
