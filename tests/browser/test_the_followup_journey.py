"""Follow-up as it is lived: the leader offers, the person chooses and has the last word (§ 23A-5)."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, Visitor
from tests.browser.test_the_first_journey import reports

Arrive = Callable[..., Visitor]
COUNSELLOR = "Asgeir Kløvervoll"
LEADER = "Eirik Rypefjære"
PLAN = re.compile(r"/oppfolging/[0-9a-f-]{36}/")


def test_from_the_report_to_the_persons_own_last_word(visitor: Arrive) -> None:
    counsellor = visitor(language="en", size=DESKTOP, dark=False)
    counsellor.sign_in(COUNSELLOR)
    incident = reports(counsellor)

    leader = visitor(language="en", size=DESKTOP, dark=False)
    leader.sign_in(LEADER)
    leader.go(incident)
    leader.page.locator("a[href^='/oppfolging/hendelse/']").last.click()
    leader.page.wait_for_url("**/oppfolging/hendelse/**")
    leader.inspect()
    sends(leader.page, "form[action$='/tilby/']")
    expect(leader.page.locator("form[action$='/tilby/']")).to_have_count(0)

    counsellor.go(incident)
    counsellor.page.locator("main a[href^='/oppfolging/']").first.click()
    counsellor.page.wait_for_url(PLAN)
    counsellor.inspect()
    plan = re.sub(r"^https?://[^/]+", "", counsellor.page.url)
    page = counsellor.page
    page.locator("button[name=kind][value=accepted]").first.click()
    expect(page.locator("section[aria-labelledby=avtalt]")).to_be_visible()
    counsellor.inspect()

    leader.go(plan)
    leader.inspect()
    expect(leader.page.locator("button[value=accepted], form[action$='/avslutt/']")).to_have_count(0)
    leader.page.locator("section[aria-labelledby=avtalt] button[value=done]").click()

    counsellor.go(plan)
    page.locator("details:has(form[action$='/avslutt/']) > summary").click()
    sends(page, "form[action$='/avslutt/']")
    expect(page.locator("form[action$='/apne/']")).to_have_count(1)
    counsellor.inspect()
    for guest in (counsellor, leader):
        guest.go("/oppfolging/")
        guest.inspect()


def sends(page: Page, form: str) -> None:
    page.locator(f"{form} button[type=submit], {form} button:not([type])").first.click()
    page.wait_for_load_state("load")
