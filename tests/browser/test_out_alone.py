"""Out alone, as it is lived: the check, checking out, an answer without network, and back (AML § 4-1)."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, NARROW, PHONE, Visitor
from tests.browser.test_the_first_journey import answer_questions

COUNSELLOR = "Asgeir Kløvervoll"
LEADER = "Eirik Rypefjære"
ADDRESS = "Storgata 12"
OUTING = re.compile(r"/ute/[0-9a-f-]{36}/")
CHECK = re.compile(r"/sjekk/[0-9a-f-]{36}/")
Arrive = Callable[..., Visitor]


@pytest.mark.parametrize(
    ("language", "size", "dark"), [("nb", PHONE, False), ("nn", NARROW, True), ("en", DESKTOP, False)]
)
def test_a_home_visit_from_the_check_to_the_way_back(
    visitor: Arrive, language: str, size: dict[str, int], dark: bool
) -> None:
    counsellor = visitor(language=language, size=size, dark=dark)
    counsellor.sign_in(COUNSELLOR)
    checks_out(counsellor)
    outing = re.sub(r"^https?://[^/]+", "", counsellor.page.url)
    for path in (outing, "/", "/i-dag/", "/ute/"):
        counsellor.go(path)
        counsellor.inspect()
        expect(counsellor.page.get_by_role("button", name=counsellor.says("Jeg er tilbake"))).to_be_visible()

    leader = visitor(language=language, size=size, dark=dark)
    leader.sign_in(LEADER)
    leader.go("/ute/")
    leader.inspect()
    leader.page.locator(f"a[href='{outing}']").click()
    leader.page.wait_for_url(OUTING)
    expect(leader.page.get_by_text(ADDRESS)).to_be_visible()
    leader.inspect()

    comes_back(counsellor, outing)
    leader.go("/ute/")
    expect(leader.page.locator(f"a[href='{outing}']")).to_have_count(0)


def checks_out(visitor: Visitor) -> None:
    """The check, "go", and out: the check's page leads there, and knows the form."""
    page = visitor.page
    visitor.go("/sjekk/ny/home_visit/")
    answer_questions(page, worst=False)
    page.locator("form[data-check] button[type=submit]").last.click()
    page.wait_for_url(CHECK)
    page.locator("button[name=decision]").first.click()
    leave = page.locator("a[href^='/ute/ny/?check=']")
    expect(leave).to_be_visible()
    visitor.inspect()
    leave.click()
    page.wait_for_url("**/ute/ny/**")
    visitor.inspect()
    expect(page.locator("input[name=form][value=home_visit]")).to_be_checked()
    page.locator("input[name=place]").fill(ADDRESS)
    page.locator("select[name=contact]").select_option(label=LEADER)
    page.locator("form[data-draft^=outing] button[type=submit]").click()
    page.wait_for_url(OUTING)


def comes_back(visitor: Visitor, outing: str) -> None:
    """Back, and the check asks how it went."""
    visitor.go(outing)
    visitor.page.get_by_role("button", name=visitor.says("Jeg er tilbake")).click()
    visitor.page.wait_for_url(CHECK)
    visitor.inspect()
    visitor.page.locator("button[name=outcome][value=all_well]").click()
    visitor.page.wait_for_url("**/i-dag/")
    visitor.go(outing)
    visitor.inspect()
    expect(visitor.page.get_by_role("button", name=visitor.says("Jeg er tilbake"))).to_have_count(0)


def test_an_answer_without_network_is_sent_when_it_is_back_with_the_time_it_was_pressed(
    visitor: Arrive,
) -> None:
    counsellor = visitor()
    counsellor.sign_in(COUNSELLOR)
    checks_out(counsellor)
    outing = re.sub(r"^https?://[^/]+", "", counsellor.page.url)
    page = counsellor.page
    page.context.set_offline(True)
    page.get_by_role("button", name="Alt er bra, jeg trenger mer tid").click()
    expect(page.locator("#tm-unsent")).to_contain_text("Ikke sendt ennå.")
    waiting = page.evaluate("Object.entries(localStorage).find(([key]) => key.startsWith('tm-unsent:'))[1]")
    pressed = re.search(r'"pressed_at","([^"]+)"', waiting)
    assert pressed
    page.context.set_offline(False)
    expect(page.get_by_text("Fint. Den nye tiden er")).to_be_visible()
    page.locator("summary", has_text="Om turen").click()
    heard = page.locator("dt", has_text="Sist hørt fra").locator("xpath=..").locator("time")
    said = datetime.fromisoformat(str(heard.get_attribute("datetime")))
    assert abs((said - datetime.fromisoformat(pressed[1])).total_seconds()) < 1
    comes_back(counsellor, outing)
