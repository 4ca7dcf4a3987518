"""An administrator makes one unit a part of another, a director splits one, and both take it back (ADR 0032).

Every page on the way is looked at by axe and for sideways scrolling, in three languages.
"""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Visitor, leaving

ADMINISTRATOR = "Julie Morgenstien"
DIRECTOR = "Mathea Sommermyr"
GOES = "Kontaktsenteret, chat og skriv til oss"
TAKES_OVER = "Kontaktsenteret, telefon"
ALARM = "Bærbar alarm med posisjon til alle som skal ut"
Arrive = Callable[..., Visitor]


def unit_page(guest: Visitor, name: str) -> None:
    guest.go(f"/enheter/?q={name}")
    with leaving(guest.page):
        guest.page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def press(guest: Visitor, label: str) -> None:
    with leaving(guest.page):
        guest.page.locator("main").get_by_role("button", name=guest.says(label), exact=True).click()


def begin(guest: Visitor, receiver: str, scope: str) -> None:
    """Choose who takes over, and how much."""
    with leaving(guest.page):
        guest.page.get_by_role("link", name=guest.says("Slå sammen eller del enheten")).click()
    guest.look_at()
    press(guest, "Se hva som flyttes")  # with nothing filled in
    guest.look_at()
    guest.page.select_option("[name=to]", label=receiver)
    guest.page.locator(f"[name=scope][value={scope}]").check()
    guest.page.fill("[name=why]", "Vi organiserer oss på nytt.")


def taken_back(guest: Visitor) -> None:
    guest.page.locator("main summary", has_text=guest.says("Angre")).click()
    guest.page.fill("[name=why]", "Det ble ikke noe av.")
    press(guest, "Flytt det tilbake")
    expect(
        guest.page.get_by_text(guest.says("Det er angret. Det som ble flyttet, er tilbake."))
    ).to_be_visible()
    guest.look_at()


def test_an_administrator_merges_two_units_and_takes_it_back(visitor: Arrive) -> None:
    admin = visitor(size=DESKTOP)
    admin.sign_in(ADMINISTRATOR)
    unit_page(admin, GOES)
    begin(admin, TAKES_OVER, "all")
    press(admin, "Se hva som flyttes")
    admin.inspect()
    expect(admin.page.get_by_text(f"{GOES} blir en del av {TAKES_OVER} fra i dag")).to_be_visible()
    press(admin, "Slå sammen enhetene")
    admin.look_at()
    done = admin.page.url.removeprefix(admin.address)
    admin.go(f"/enheter/?q={GOES}")
    expect(admin.page.locator("main").get_by_role("link", name=GOES, exact=True)).to_have_count(0)
    unit_page(admin, TAKES_OVER)
    expect(admin.page.get_by_role("link", name=f"{GOES} ble en del av {TAKES_OVER}")).to_be_visible()
    admin.look_at()
    admin.go(done)
    taken_back(admin)
    unit_page(admin, GOES)
    expect(admin.page.get_by_text(f"Tilbake fra {TAKES_OVER} til {GOES}")).to_be_visible()


def test_a_director_gives_a_part_of_an_office_what_it_needs(visitor: Arrive) -> None:
    director = visitor(size=PHONE, language="nn", dark=True)
    director.sign_in(DIRECTOR)
    unit_page(director, "Nav Fjordvik")
    begin(director, "Nav Fjordvik, ungdom", "some")
    director.page.locator("main summary", has_text=director.says("Tiltak")).click()
    director.page.get_by_label(ALARM).check()
    press(director, "Se hva som flyttes")
    director.inspect()
    press(director, "Endre")
    expect(director.page.get_by_label(ALARM)).to_be_checked()
    press(director, "Se hva som flyttes")
    press(director, "Flytt det")
    director.look_at()
    taken_back(director)
