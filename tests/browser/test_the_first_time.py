"""The first time on "Now": a guide, read and put away by keyboard alone, and found again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import keyboard
from tests.browser.conftest import DESKTOP, NARROW, PHONE, Visitor, leaving, until

Arrive = Callable[..., Visitor]
COUNSELLOR = "Asgeir Kløvervoll"


def arrived(visitor: Arrive, name: str, **options: object) -> Visitor:
    guest = visitor(**options)
    guest.sign_in(name)
    guest.go("/")
    return guest


def test_a_guide_is_read_put_away_and_found_again_by_keyboard(visitor: Arrive) -> None:
    guest = arrived(visitor, COUNSELLOR, size=DESKTOP)
    guide = guest.page.get_by_role("region", name="Kom i gang")
    # Folded, as something is late.
    expect(guide.get_by_text("Du som møter brukere")).to_be_hidden()
    for fold in guide.locator("summary").all():
        keyboard.reach(guest.page, fold)
        guest.page.keyboard.press("Enter")
    expect(guide.get_by_text("Du som møter brukere")).to_be_visible()
    expect(guide).to_contain_text("Møtene dine ser bare du.")
    guest.look_at()
    keyboard.reach(guest.page, guide.get_by_role("button", name="Legg bort"))
    with leaving(guest.page):
        guest.page.keyboard.press("Enter")
    expect(guest.page.locator("main")).to_contain_text("Lagt bort.")
    expect(guide).to_have_count(0)
    again = arrived(visitor, COUNSELLOR, size=PHONE, dark=True)
    expect(again.page.get_by_role("region", name="Kom i gang")).to_have_count(0)
    again.go("/min-side/")
    with leaving(again.page):
        again.page.get_by_role("link", name="Les om det du gjør her").press("Enter")
    expect(again.page.locator("main")).to_contain_text("Du som møter brukere")
    again.look_at()


@pytest.mark.parametrize("name", ["Vera Fureli", "Helge Tiurmyr", "Tobias Morgenhaugen", "Julie Morgenstien"])
def test_each_guide_fits_a_narrow_screen_in_the_dark(visitor: Arrive, name: str) -> None:
    guest = arrived(visitor, name, size=NARROW, dark=True, language="nn")
    for fold in guest.page.locator(".tm-welcome summary").all():
        fold.click()
    expect(guest.page.get_by_role("button", name="Legg bort")).to_be_visible()
    guest.look_at()
    guest.go("/kom-i-gang/")
    guest.look_at()


def test_what_is_folded_or_unfolded_stays_so_when_news_comes(visitor: Arrive) -> None:
    page = arrived(visitor, "Vera Fureli").page
    folds = page.locator(".tm-welcome details")
    for fold in page.locator(".tm-welcome summary:visible").all():
        fold.click()
    as_left = folds.evaluate_all("folds => folds.map((fold) => fold.open)")
    assert as_left
    page.evaluate("document.addEventListener('htmx:after:settle', () => { window.isNew = true; })")
    page.evaluate("document.dispatchEvent(new CustomEvent('tm:notice'))")
    until(page, "window.isNew")
    assert folds.evaluate_all("folds => folds.map((fold) => fold.open)") == as_left
