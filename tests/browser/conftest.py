"""A browser, a running site, and people in front of it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.checks import inspect, invalid_pages
from tests.browser.shared_browser import SharedBrowser
from tests.browser.site import Site, running
from tests.machine import find_browser, find_headless_shell

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}  # WCAG 1.4.10: 400 % of 1280
DESKTOP = {"width": 1440, "height": 900}
PATIENCE = 60_000  # ms; waited only for what does not come: a slow machine is no failure
WAITING = "Object.keys(localStorage).filter((key) => key.startsWith('tm-unsent:'))"
WORKER = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller)"

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Everything running, with the fictional county; shared by the tests of a run."""
    with running(tmp_path_factory.mktemp("site")) as started:
        yield started


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of browsers."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def shared_browser(playwright: Playwright) -> Iterator[SharedBrowser]:
    """The one that these tests take turns with: without windows, which nobody sees here."""
    yield from _shared(playwright, find_headless_shell())


@pytest.fixture(scope="session")
def shared_whole_browser(playwright: Playwright) -> Iterator[SharedBrowser]:
    """The one for those who let the site send them notifications."""
    yield from _shared(playwright, find_browser())


def _shared(playwright: Playwright, path: str | None) -> Iterator[SharedBrowser]:
    assert path, "There is no Chromium or Chrome on this machine; `make test` fetches one."
    shared = SharedBrowser(playwright, path)
    yield shared
    shared.close()


@pytest.fixture
def browser(shared_browser: SharedBrowser) -> Iterator[Browser]:
    """A headless Chromium in which nobody has been."""
    yield shared_browser.get()
    shared_browser.clear()


@pytest.fixture
def whole_browser(shared_whole_browser: SharedBrowser) -> Iterator[Browser]:
    """The same, and it shows notifications."""
    yield shared_whole_browser.get()
    shared_whole_browser.clear()


@dataclass
class Visitor:
    """Somebody in front of a screen, and everything the browser complained about."""

    page: Page
    address: str
    language: str
    complaints: list[str] = field(default_factory=list)
    waits_for: set[Request] = field(default_factory=set)
    sent: list[tuple[str, str]] = field(default_factory=list)

    def says(self, bokmal: str) -> str:
        """A text of the product in this person's language."""
        with translation.override(self.language):
            return gettext(bokmal)

    def go(self, path: str) -> None:
        """Open an address of the site; one that does not come says what it still waits for."""
        try:
            self.page.goto(self.address + path)
        except PlaywrightTimeout as error:
            error.add_note(f"Still waited for: {[request.url for request in self.waits_for]}")
            raise

    def see(self, size: dict[str, int], *, dark: bool) -> None:
        """Have the same page in a window of another size and in another light."""
        self.page.set_viewport_size(size)  # type: ignore[arg-type]
        self.page.emulate_media(color_scheme="dark" if dark else "light")

    def sign_in(self, name: str) -> None:
        """Sign in as one of the fictional people, found by name, with the language of this screen."""
        self.go(f"/logg-inn/?{urlencode({'sok': name})}")
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_url(lambda url: "/logg-inn/" not in url)
        if self.page.locator("html").get_attribute("lang") != self.language:
            self._choose_language()

    def _choose_language(self) -> None:
        """The language is the person's own: another journey may have left them with another."""
        self.go("/min-side/")
        with leaving(self.page):
            self.page.locator(f"main button[name=language][value={self.language}]").click()

    def inspect(self) -> None:
        """Hold the page in front of the person, once it is whole, against what must hold for every page."""
        self.page.wait_for_load_state()
        inspect(self.page, self.language)

    def look_at(self) -> None:
        """The same, and when the test is over: what the server sent for it is valid HTML."""
        self.inspect()
        self.sent.append((self.page.url, self.page.request.get(self.page.url).text()))

    def answer_first(self, prefix: str) -> None:
        """Give the first answer to each question whose field begins with `prefix`."""
        fields = self.page.locator(f"[name^={prefix}]").all()
        for name in sorted({found.get_attribute("name") or "" for found in fields}):
            self.page.locator(f"input[name={name}]").first.check()

    def _asks(self, request: Request) -> None:
        self.waits_for.add(request)

    def _is_answered(self, request: Request) -> None:
        self.waits_for.discard(request)

    def _hears(self, message: ConsoleMessage) -> None:
        # Answers of 4xx are logged by the browser as errors too; those pages are asked for on purpose.
        # A browser for tests is a private window, where Chromium has no push.
        is_known = "Failed to load resource" in message.text or "Push API" in message.text
        if message.type == "error" and not is_known:
            self.complaints.append(message.text)


def until(page: Page, expression: str, *, doing: Callable[[], object] = lambda: None) -> None:
    """Wait for a promise of something true in the page, also when another page comes in its place meanwhile.

    `doing`: what is done before each look, for what may have to be done more than once.
    Playwright's `wait_for_function` does not wait for promises.
    """
    deadline = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < deadline:
        doing()
        if _comes_true(page, expression):
            return
    raise AssertionError(f"It never came true: {expression}")


_LOOK_FOR_TWO_SECONDS = """() => new Promise((resolve, reject) => {{
  let isOver = false;
  setTimeout(() => {{ isOver = true; resolve(false); }}, 2_000);
  const look = async () => (await ({expression})) ? resolve(true) : isOver || setTimeout(look, 50);
  look().catch(reject);
}})"""


def _comes_true(page: Page, expression: str) -> bool:
    """Whether it does within two seconds; not in a page that is left meanwhile."""
    try:
        return bool(page.evaluate(_LOOK_FOR_TWO_SECONDS.format(expression=expression)))
    except PlaywrightError as error:
        if "context was destroyed" not in error.message:
            raise
        return False


@contextmanager
def leaving(page: Page) -> Iterator[None]:
    """Inside is done what leads to another document; afterwards that has come.

    Playwright's `expect_navigation` is content with the address that htmx writes anew as a page opens.
    """
    page.evaluate("window.isLeft = true")
    yield
    until(page, "!window.isLeft")
    page.wait_for_load_state()


@pytest.fixture
def visitor(site: Site, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visitor]]:
    """Make visitors; afterwards nobody's browser may have complained (script errors, blocked content).

    And what they looked at was valid HTML.
    """
    made: list[Visitor] = []

    def arrive(
        *, language: str = "nb", size: dict[str, int] = PHONE, dark: bool = False, **options: Any
    ) -> Visitor:
        # Each is started when somebody needs it.
        browser = request.getfixturevalue("whole_browser" if "permissions" in options else "browser")
        page = _page(browser, size, dark, options)
        page.context.add_cookies([{"name": "tryggmote_language", "value": language, "url": site.address}])
        guest = Visitor(page, site.address, language)
        page.on("console", guest._hears)
        page.on("pageerror", lambda error: guest.complaints.append(str(error)))
        page.on("request", guest._asks)
        page.on("requestfinished", guest._is_answered)
        page.on("requestfailed", guest._is_answered)
        made.append(guest)
        return guest

    yield arrive
    assert [complaint for guest in made for complaint in guest.complaints] == []
    sent = enumerate(page for guest in made for page in guest.sent)
    assert invalid_pages({f"{address} ({number})": markup for number, (address, markup) in sent}) == {}


def _page(browser: Browser, size: dict[str, int], dark: bool, options: dict[str, Any]) -> Page:
    context = browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        color_scheme="dark" if dark else "light",
        has_touch=size["width"] < 600,
        locale="nb-NO",
        timezone_id="Europe/Oslo",
        **options,
    )
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
