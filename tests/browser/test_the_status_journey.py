"""A county director finds the weakest office by keyboard alone, and on a phone what it lacks (roll-up)."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import keyboard
from tests.browser.conftest import DESKTOP, NARROW, PHONE, Visitor, leaving

Arrive = Callable[..., Visitor]
DIRECTOR = "Mathea Sommermyr"
OVERVIEW = "/status/oversikt/"


def arrive(visitor: Arrive, **options: object) -> Visitor:
    guest = visitor(**options)
    guest.sign_in(DIRECTOR)
    return guest


def test_the_picture_is_one_stop_and_arrows_go_from_cell_to_cell(visitor: Arrive) -> None:
    guest = arrive(visitor, size=DESKTOP)
    page = guest.page
    guest.go(OVERVIEW)
    table = page.locator("table[data-picture]")
    expect(table.locator("a[tabindex='0']")).to_have_count(1)
    table.locator("thead a").first.focus()
    page.keyboard.press("ArrowDown")
    weakest = table.locator("tbody tr").first
    expect(weakest.locator("th a")).to_be_focused()
    page.keyboard.press("End")
    last = weakest.locator("td").last.locator("a")
    expect(last).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    first = weakest.locator(".tm-heat__cell a").first
    expect(first).to_be_focused()
    expect(table.locator("a[tabindex='0']")).to_have_count(1)
    leads_to = first.get_attribute("href")
    with leaving(page):
        page.keyboard.press("Enter")
    assert page.url.endswith(str(leads_to))
    guest.look_at()


@pytest.mark.parametrize(("size", "dark"), [(PHONE, False), (NARROW, True), (DESKTOP, True)])
def test_the_pages_across_units_are_sound_in_every_size(visitor: Arrive, size: object, dark: bool) -> None:
    guest = arrive(visitor, size=size, dark=dark)
    for path in (
        OVERVIEW,
        f"{OVERVIEW}?kind=municipality",
        "/status/krav/trygge-brukermoter/2.3/",
        "/status/endringer/",
        "/status/gar-ut/",
        "/status/star-stille/",
    ):
        guest.go(path)
        guest.look_at()


def test_on_a_phone_each_unit_shows_the_weakest_few(visitor: Arrive) -> None:
    guest = arrive(visitor, size=PHONE)
    guest.go(OVERVIEW)
    for row in guest.page.locator("table[data-picture] tbody tr").all():
        cells = row.locator(".tm-heat__cell:visible").all()
        assert len(cells) <= 5
        cells.sort(key=lambda cell: (cell.bounding_box() or {"y": 0})["y"])
        seen = ["Mangler" not in cell.inner_text() for cell in cells]
        assert seen == sorted(seen), "what is missing comes first"


def test_each_cell_is_heard_with_its_unit_and_its_requirement(visitor: Arrive) -> None:
    guest = arrive(visitor, size=DESKTOP)
    guest.go(OVERVIEW)
    table = guest.page.get_by_role("table", name="Enhetene og kravene")
    expect(table.get_by_role("columnheader", name=re.compile("^1.1 Arbeidet er organisert"))).to_have_count(1)
    row = table.get_by_role("row", name=re.compile("^Nav Granlia"))
    expect(row.get_by_role("rowheader")).to_have_text("Nav Granlia")
    states = [cell.inner_text().strip() for cell in row.get_by_role("cell").all()[1:]]
    assert states
    assert set(states) <= {"Mangler", "Delvis", "Oppfylt", "Gjelder ikke", "Ikke målt"}
    assert len(states) == table.get_by_role("columnheader").count() - 2


def test_on_a_phone_each_cell_says_its_requirement_and_what_has_focus_is_seen(visitor: Arrive) -> None:
    guest = arrive(visitor, size=PHONE)
    guest.go(OVERVIEW)
    table = guest.page.get_by_role("table", name="Enhetene og kravene")
    weakest = table.get_by_role("row").nth(1)
    heard = [cell.aria_snapshot() for cell in weakest.get_by_role("cell").all()[1:]]
    assert heard
    assert all(re.search(r"\d.*(Mangler|Delvis)", each) for each in heard)
    keyboard.reach(guest.page, weakest.get_by_role("rowheader").get_by_role("link"))
    for key in ("ArrowRight", "ArrowDown", "ArrowUp", "End", "ArrowUp"):
        guest.page.keyboard.press(key)
        expect(table.locator("a:focus")).to_be_in_viewport()
        assert table.locator("tbody a:focus, tfoot a:focus").count() == 1
