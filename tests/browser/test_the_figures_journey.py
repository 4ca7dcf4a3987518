"""A leader reads the figures: as a picture and a table, of other years and units, and as a file."""

import csv
from collections.abc import Callable
from io import StringIO

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, NARROW, PHONE, Visitor, leaving
from tryggmote.ui.dates import oslo_today

Arrive = Callable[..., Visitor]
LEADS_A_CONTACT_CENTRE = "Håkon Hasselhaugen"
LEADS_A_DEPARTMENT = "Eirik Rypefjære"
FIGURES = "/tall/"


def arrive(visitor: Arrive, name: str, **options: object) -> Visitor:
    guest = visitor(**options)
    guest.sign_in(name)
    guest.go(FIGURES)
    return guest


def test_the_picture_says_what_the_sentence_and_the_table_say(visitor: Arrive) -> None:
    guest = arrive(visitor, LEADS_A_CONTACT_CENTRE, size=DESKTOP)
    page = guest.page
    # Checks are many, and fewer in July: whatever the day the demo is made, some month is a signal.
    guest.go(f"{FIGURES}?measure=checks")
    trend = page.get_by_role(
        "region", name=guest.says("%(measure)s måned for måned") % {"measure": "Sjekker før møter"}
    )
    sentence = trend.locator("strong").first.inner_text()
    expect(trend.get_by_role("img", name=sentence)).to_be_visible()
    trend.locator("summary").first.focus()
    page.keyboard.press("Enter")
    rows = trend.locator("tbody tr")
    marks = trend.locator("svg circle, svg rect")
    assert rows.count() == marks.count() >= 12
    reasons = [text for text in rows.locator("td:last-child").all_inner_texts() if text != "–"]
    assert len(reasons) == trend.locator("svg rect").count() >= 1
    guest.look_at()


def test_by_keyboard_one_follows_another_measure_in_another_year_and_unit(visitor: Arrive) -> None:
    guest = arrive(visitor, LEADS_A_CONTACT_CENTRE, size=DESKTOP)
    page = guest.page
    page.locator("select[name=year]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.locator("select[name=measure]")).to_be_focused()
    page.locator("select[name=measure]").select_option("checks")
    page.keyboard.press("Tab")
    with leaving(page):
        page.keyboard.press("Enter")
    expect(page.locator("#trend")).to_contain_text("Sjekker før møter")
    year = page.locator("#year").inner_text()
    page.locator("section[aria-labelledby=below] th a").first.focus()
    with leaving(page):
        page.keyboard.press("Enter")
    expect(page.locator("#year")).to_have_text(year)
    expect(page.locator("#trend")).to_contain_text("Sjekker før møter")
    guest.look_at()
    with leaving(page):
        page.get_by_role("navigation", name=guest.says("Enhetene over")).get_by_role("link").last.click()
    expect(page.locator("#below")).to_contain_text("Sjekker før møter")


def test_what_is_hidden_is_explained_and_hidden_in_the_file_too(visitor: Arrive) -> None:
    guest = arrive(visitor, LEADS_A_DEPARTMENT, size=DESKTOP)
    page = guest.page
    table = page.locator("section[aria-labelledby=year] tbody tr")
    cell = 'td[data-label="1. halvår"]'
    hidden = table.filter(has=page.locator(cell, has_text="skjult"))
    if not hidden.count():
        # In spring this half-year is not settled yet.
        guest.go(f"{FIGURES}?year={oslo_today().year - 1}")
    expect(page.locator("section[aria-labelledby=year]")).to_contain_text("færre enn fem personer")
    seen = {row.locator("th").inner_text(): row.locator(cell).inner_text() for row in table.all()}
    assert "skjult" in seen.values()
    with page.expect_download() as download:
        page.get_by_role("link", name=guest.says("Last ned som CSV")).click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    lines = list(csv.reader(StringIO(text), delimiter=";"))
    in_file = {line: n for table, line, column, n in lines if (table, column) == ("Året", "1. halvår")}
    assert in_file == seen
    assert any(line == "skjult" for table, line, *_ in lines if table == "Hva tallene teller")


def test_how_measures_stand_is_compared_and_has_no_months(visitor: Arrive) -> None:
    guest = arrive(visitor, LEADS_A_CONTACT_CENTRE, size=DESKTOP)
    guest.go(f"{FIGURES}?measure=measures_overdue")
    expect(guest.page.locator("#below")).to_contain_text("Åpne tiltak over fristen")
    expect(guest.page.locator("#trend")).to_have_count(0)
    guest.look_at()


@pytest.mark.parametrize(("size", "dark"), [(PHONE, True), (NARROW, False), (DESKTOP, True)])
def test_the_figures_are_sound_in_every_size(visitor: Arrive, size: object, dark: bool) -> None:
    guest = arrive(visitor, LEADS_A_CONTACT_CENTRE, size=size, dark=dark)
    for summary in guest.page.locator("main section summary").all():
        summary.click()
    guest.look_at()
    guest.go(f"{FIGURES}meldekultur/")
    guest.look_at()
