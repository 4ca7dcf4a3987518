"""After a report: the leader is led through what must be done, and others see what they should (2.4)."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitor
from tests.browser.test_the_first_journey import LEADER, reports

COUNSELLOR = "Asgeir Kløvervoll"
SAFETY_REPRESENTATIVE = "Aksel Stjernevoll"
Arrive = Callable[..., Visitor]


def test_the_leader_is_led_from_step_to_step(visitor: Arrive) -> None:
    counsellor = visitor(language="nb", size=PHONE, dark=True)
    counsellor.sign_in(COUNSELLOR)
    incident = reports(counsellor)

    leader = visitor(language="nb", size=PHONE, dark=True)
    leader.sign_in(LEADER)
    leader.go(incident)
    judges_it_serious(leader)
    page = leader.page
    expect(page.locator("#talk")).to_be_visible()
    is_done(page, "talk")
    declines_with_a_reason(page, "occupational_health")
    leader.inspect()
    describes(leader, incident)
    leader.go("/hendelser/tall/")
    leader.inspect()
    expect(page.locator(".tm-figures__group").first).to_be_visible()

    representative = visitor(language="nb", size=PHONE, dark=True)
    representative.sign_in(SAFETY_REPRESENTATIVE)
    representative.go(incident)
    representative.inspect()
    expect(representative.page.locator("#handling")).to_have_count(0)
    expect(representative.page.locator("form[action*='/steg/']")).to_have_count(0)


def judges_it_serious(visitor: Visitor) -> None:
    visitor.page.locator("#niva input[type=radio]").nth(3).check()
    visitor.page.locator("#niva button[type=submit]").click()
    expect(visitor.page.locator("#niva")).to_have_count(0)
    visitor.inspect()


def opened(page: Page, step: str) -> None:
    """The step's form in sight: it is so already when the step is the next one."""
    page.wait_for_load_state()
    summary = page.locator(f"#{step} > summary")
    if summary.count():
        summary.click()


def is_done(page: Page, step: str) -> None:
    opened(page, step)
    page.locator(f"#{step} button[value=done]").click()
    expect(page.locator(f"#{step}")).to_have_count(0)


def declines_with_a_reason(page: Page, step: str) -> None:
    """Without a reason the page says so, at the field."""
    opened(page, step)
    page.locator(f"#{step} button[value=declined]").click()
    expect(page.locator(f"#{step} textarea[aria-invalid=true]")).to_be_visible()
    page.locator(f"#{step} textarea").fill("Avtalt med den det gjelder.")
    page.locator(f"#{step} button[value=declined]").click()
    expect(page.locator(f"#{step}")).to_have_count(0)
    expect(page.get_by_text("Avtalt med den det gjelder.").first).to_be_visible()


def describes(visitor: Visitor, incident: str) -> None:
    page = visitor.page
    visitor.go(f"{incident}beskriv/")
    visitor.inspect()
    folded = page.locator("details:has(input[name=triggers])")
    folded.locator("summary").click()
    waiting = folded.locator("input[value=waiting]").get_attribute("id")
    folded.locator(f"label[for={waiting}]").click()
    page.locator("form[action$='/beskriv/'] button[type=submit]").click()
    page.wait_for_url(re.compile(rf"{incident}$"))
    expect(page.locator("a[href$='/kodebok/2026-1/']")).to_be_visible()
    visitor.inspect()
