"""A counsellor finds what they need without taking a hand off the keyboard, and on a phone."""

from collections.abc import Callable
from urllib.parse import unquote

from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Visitor, leaving, until

COUNSELLOR = "Asgeir Kløvervoll"
PROCEDURE = "Uro i mottaket"
Arrive = Callable[..., Visitor]


def arrive(visitor: Arrive, **options: object) -> Visitor:
    guest = visitor(**options)
    guest.sign_in(COUNSELLOR)
    return guest


def test_a_procedure_is_found_and_opened_with_the_keyboard_alone(visitor: Arrive) -> None:
    guest = arrive(visitor, size=DESKTOP)
    page = guest.page
    guest.go("/")
    page.keyboard.press("/")
    page.keyboard.type("mottak")
    with leaving(page):
        page.keyboard.press("Enter")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.insert_text("uro i mottak")
    first = page.locator("[data-hit]").first
    until(page, "new URLSearchParams(location.search).get('q') === 'uro i mottak'")
    expect(page.locator("[data-search-said]")).to_contain_text(guest.says("treff"))
    guest.look_at()
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.get_by_role("link", name=PROCEDURE).first.focus()
    with leaving(page):
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=PROCEDURE, exact=True)).to_be_visible()
    with leaving(page):
        page.go_back()
    assert "uro i mottak" in unquote(page.url).replace("+", " ")
    expect(page.get_by_role("link", name=PROCEDURE).first).to_be_visible()


def test_the_key_can_be_switched_off(visitor: Arrive) -> None:
    guest = arrive(visitor, size=DESKTOP)
    guest.go("/sok/")
    guest.page.get_by_label(guest.says("Tasten / går til søkefeltet")).uncheck()
    guest.go("/tiltak/")
    guest.page.keyboard.press("/")
    expect(guest.page.locator("#header-search")).not_to_be_focused()


def test_it_works_without_script(visitor: Arrive) -> None:
    guest = visitor(size=DESKTOP, java_script_enabled=False)
    guest.sign_in(COUNSELLOR)
    guest.go("/")
    guest.page.locator("#header-search").fill("uro i mottaket")
    guest.page.locator("#header-search").press("Enter")
    expect(guest.page.get_by_role("link", name=PROCEDURE).first).to_be_visible()


def test_hits_guesses_and_nothing_read_well_on_a_phone(visitor: Arrive) -> None:
    guest = arrive(visitor, language="en", size=PHONE, dark=False)
    guest.go("/mer/")
    with leaving(guest.page):
        guest.page.locator("main").get_by_role("link", name=guest.says("Søk")).click()
    guest.look_at()
    for path in ("?q=alarm", "?q=alrmknapp", "?q=xyzzyx", "?q=alarm&gruppe=measure"):
        guest.go(f"/sok/{path}")
        guest.look_at()
