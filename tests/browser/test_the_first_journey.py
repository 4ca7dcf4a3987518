"""The whole journey, as newcomers take it: a check, a high one the leader answers, a report that is answered.

In three languages, at three widths, light and dark, each once and not in every combination. Every page on the
way is looked at by axe and for sideways scrolling.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, NARROW, PHONE, Visitor
from tests.browser.site import Site

COUNSELLOR = "Asgeir Kløvervoll"
LEADER = "Eirik Rypefjære"

Arrive = Callable[..., Visitor]


def answer_questions(page: Page, *, worst: bool) -> int:
    """Answer every question of the check with its first or last choice; returns how many taps it took."""
    groups = page.locator("form[data-check] fieldset").filter(has=page.locator("input[type=radio]"))
    count = groups.count()
    for index in range(count):
        choices = groups.nth(index).locator("label")
        (choices.last if worst else choices.first).click()
    return count


@pytest.mark.parametrize(
    ("language", "size", "dark"),
    [("nb", PHONE, False), ("nn", DESKTOP, True), ("en", NARROW, False)],
)
def test_a_newcomer_checks_a_meeting_reports_and_is_answered(
    visitor: Arrive, language: str, size: dict[str, int], dark: bool
) -> None:
    counsellor = visitor(language=language, size=size, dark=dark)
    counsellor.go("/logg-inn/")
    counsellor.inspect()
    counsellor.sign_in(COUNSELLOR)
    counsellor.go("/")
    counsellor.inspect()
    takes_the_check(counsellor)
    incident = reports(counsellor)

    leader = visitor(language=language, size=size, dark=dark)
    leader.sign_in(LEADER)
    answers(leader, incident)

    counsellor.go(incident)
    expect(counsellor.page.get_by_text(ANSWER).first).to_be_visible()
    expect(counsellor.page.get_by_text(LEADER).first).to_be_visible()
    counsellor.inspect()


ANSWER = "Takk for at du sa fra. Vi snakkes i dag."


def takes_the_check(visitor: Visitor) -> None:
    """Today, the form of the meeting, the questions, the result, the decision: at most nine taps."""
    page = visitor.page
    visitor.go("/i-dag/")
    visitor.inspect()
    visitor.go("/sjekk/")
    visitor.inspect()
    page.locator("a[href*='/sjekk/ny/planned/']").click()
    page.wait_for_url("**/sjekk/ny/planned/**")
    visitor.inspect()
    taps = 1 + answer_questions(page, worst=False)
    page.locator("form[data-check] button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/sjekk/[0-9a-f-]{36}/"))
    visitor.inspect()
    page.locator("button[name=decision]").first.click()
    taps += 2
    assert 5 <= taps <= 9
    expect(page.locator("button[name=outcome]").first).to_be_visible()
    visitor.inspect()
    page.locator("button[name=outcome][value=all_well]").click()
    expect(page.locator("button[name=outcome]")).to_have_count(0)


def reports(visitor: Visitor) -> str:
    """Three answers and send; returns the path of the incident."""
    page = visitor.page
    visitor.go("/hendelser/meld/")
    visitor.inspect()
    page.locator("input[name=natures]").first.check()
    page.locator("input[name=form][value=telephone]").check()
    page.locator("input[name=severity]").nth(2).check()
    page.get_by_role("button", name=visitor.says("Send melding")).click()
    page.wait_for_url("**/mottatt/")
    visitor.inspect()
    expect(page.get_by_text(LEADER).first).to_be_visible()
    path = re.sub(r"^https?://[^/]+|mottatt/$", "", page.url)
    visitor.go(path)
    visitor.inspect()
    visitor.go("/hendelser/")
    visitor.inspect()
    expect(page.locator(f"a[href='{path}']").first).to_be_visible()
    return path


def answers(visitor: Visitor, incident: str) -> None:
    """The leader finds it on Now, reads, sets a level as the page asks for first, and answers."""
    page = visitor.page
    visitor.go("/")
    visitor.inspect()
    visitor.go(incident)
    visitor.inspect()
    page.locator("#niva input[type=radio]").nth(2).check()
    page.locator("#niva button[type=submit]").click()
    expect(page.locator("#niva")).to_have_count(0)
    visitor.inspect()
    page.locator("#svar summary").click()
    page.locator("#svar textarea").fill(ANSWER)
    page.locator("#svar button[type=submit]").click()
    expect(page.locator("#svar")).to_have_count(0)
    visitor.inspect()


def test_a_high_check_reaches_the_leader_at_once_and_the_answer_comes_back(visitor: Arrive) -> None:
    leader = visitor(size=DESKTOP)
    leader.sign_in(LEADER)
    leader.go("/standarden/")
    counsellor = visitor()
    counsellor.sign_in(COUNSELLOR)
    counsellor.go("/sjekk/ny/planned/")
    answer_questions(counsellor.page, worst=True)
    counsellor.page.locator("form[data-check] button[type=submit]").last.click()
    counsellor.page.wait_for_url(re.compile(r"/sjekk/[0-9a-f-]{36}/"))
    counsellor.inspect()

    # Without touching anything, the leader's screen says so; the toast leads to the check.
    toast = leader.page.locator("a[href^='/varsler/']").filter(has_text=COUNSELLOR)
    expect(toast.first).to_be_visible()
    leader.page.goto(leader.address + str(toast.first.get_attribute("href")))
    expect(leader.page.locator("h1")).to_contain_text(COUNSELLOR)
    leader.inspect()
    leader.page.locator("form[action$='/svar/'] label").first.click()
    leader.page.locator("form[action$='/svar/'] button[type=submit]").first.click()
    leader.page.wait_for_load_state()

    # The employee's page asks by itself and shows the answer.
    expect(counsellor.page.get_by_text(LEADER).first).to_be_visible()


def test_leader_and_safety_representative_get_mail_that_leads_to_the_report(
    visitor: Arrive, site: Site
) -> None:
    counsellor = visitor()
    counsellor.sign_in(COUNSELLOR)
    before = site.mailbox.number
    reports(counsellor)
    mails = site.mailbox.wait_for(2, after=before)
    assert len({mail["To"] for mail in mails}) >= 2
    for mail in mails:
        text = mail.get_payload(decode=True).decode()
        assert "/varsler/" in text
        assert COUNSELLOR not in text
