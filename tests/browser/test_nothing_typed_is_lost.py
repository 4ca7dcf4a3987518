"""What a person writes survives lost network, an ended session and a closed page, and is sent once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visitor

COUNSELLOR = "Elin Vintersund"
RECEIVED = re.compile(r"/hendelser/[0-9a-f-]{36}/mottatt/")

Arrive = Callable[..., Visitor]


def start_report(elin: Visitor) -> Page:
    """Open the report and give the three answers it needs."""
    elin.go("/hendelser/meld/")
    page = elin.page
    for answer in ("Truende oppførsel", "Telefon", "Skremmende"):
        page.get_by_label(answer, exact=True).check()
    # Typing is kept a moment after it stops.
    page.wait_for_timeout(500)
    return page


def send(page: Page) -> None:
    page.get_by_role("button", name="Send melding").click()


def kept_on_the_device(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('tm-'))")
    return found


@pytest.fixture
def elin(visitor: Arrive) -> Visitor:
    person = visitor()
    person.sign_in(COUNSELLOR)
    return person


def context_of(visitor: Visitor) -> BrowserContext:
    return visitor.page.context


def test_a_page_that_was_closed_comes_back_as_a_draft_that_can_be_discarded(elin: Visitor) -> None:
    page = start_report(elin)
    elin.go("/")
    elin.go("/hendelser/meld/")
    expect(page.get_by_text("Utkast hentet fram")).to_be_visible()
    expect(page.get_by_label("Truende oppførsel")).to_be_checked()
    page.get_by_role("button", name="Forkast").click()
    expect(page.get_by_text("Utkast hentet fram")).to_be_hidden()
    expect(page.get_by_label("Truende oppførsel")).not_to_be_checked()
    assert kept_on_the_device(page) == []


def test_a_report_without_network_is_sent_when_the_network_is_back(elin: Visitor) -> None:
    page = start_report(elin)
    context_of(elin).set_offline(True)
    send(page)
    expect(page.get_by_text("Ikke sendt ennå. Ligger på telefonen")).to_be_visible()
    context_of(elin).set_offline(False)
    page.wait_for_url(RECEIVED)
    assert kept_on_the_device(page) == []


def test_a_report_that_waits_is_sent_from_another_page_without_tearing_anybody_away(elin: Visitor) -> None:
    page = start_report(elin)
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    context_of(elin).set_offline(True)
    send(page)
    expect(page.get_by_text("Ikke sendt ennå. Ligger på telefonen")).to_be_visible()
    elin.go("/standarden/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Du er uten nett")
    context_of(elin).set_offline(False)
    elin.go("/standarden/")
    link = page.get_by_role("link", name="Det du skrev uten nett, er sendt nå")
    expect(link).to_be_visible()
    assert page.url.endswith("/standarden/")
    link.click()
    page.wait_for_url(RECEIVED)


def test_a_report_after_the_session_ended_waits_for_sign_in(elin: Visitor) -> None:
    page = start_report(elin)
    context_of(elin).clear_cookies(name="tryggmote_session")
    send(page)
    page.get_by_role("status").get_by_role("link", name="Logg inn").click()
    page.wait_for_url("**/logg-inn/**")
    page.get_by_role("button", name=COUNSELLOR).first.click()
    page.wait_for_url(RECEIVED)
    assert kept_on_the_device(page) == []


def test_going_back_after_sending_gives_a_new_report(elin: Visitor) -> None:
    page = start_report(elin)
    send(page)
    page.wait_for_url(RECEIVED)
    first = page.url
    page.go_back()
    expect(page.get_by_label("Truende oppførsel")).not_to_be_checked()
    assert page.locator("input[name=id]").input_value() not in first


def test_what_is_wrong_is_shown_without_losing_the_answers(elin: Visitor) -> None:
    elin.go("/hendelser/meld/")
    page = elin.page
    page.get_by_label("Telefon", exact=True).check()
    send(page)
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(page.get_by_label("Telefon", exact=True)).to_be_checked()
    summary.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.name") == "natures"


def test_signing_out_leaves_nothing_on_the_device(elin: Visitor) -> None:
    page = start_report(elin)
    assert kept_on_the_device(page) != []
    elin.go("/mer/")
    page.locator("main").get_by_role("button", name="Logg ut").click()
    page.wait_for_url("**/logg-inn/**")
    assert kept_on_the_device(page) == []


def test_without_network_a_page_says_what_works(elin: Visitor) -> None:
    page = elin.page
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    context_of(elin).set_offline(True)
    elin.go("/i-dag/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Du er uten nett")
    expect(page.get_by_role("link", name="Ring 112")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_stop_and_report_are_two_taps_away_from_every_page(visitor: Arrive, size: dict[str, int]) -> None:
    elin = visitor(size=size)
    elin.sign_in(COUNSELLOR)
    elin.go("/standarden/")
    page = elin.page
    page.locator("[popovertarget=trygghet]:visible").first.click()
    sheet = page.get_by_role("dialog", name="Trygghet nå")
    expect(sheet).to_be_visible()
    for action in ("Stans møtet", "Meld hendelse", "Meld en risiko", "Ring 112"):
        expect(sheet.get_by_role("link", name=action)).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.locator("[popovertarget=trygghet]:visible").first.click()
    sheet.get_by_role("link", name="Stans møtet").click()
    page.wait_for_url("**/stopp/")


def test_the_menus_are_worked_with_the_keyboard(visitor: Arrive) -> None:
    elin = visitor(size=DESKTOP)
    elin.sign_in(COUNSELLOR)
    page = elin.page
    elin.go("/standarden/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til innholdet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    menu = page.locator("details[data-menu]").last
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("button", name="Nynorsk")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("button", name="Nynorsk")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
