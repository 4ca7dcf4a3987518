"""A question to an expert, from the safety representative who asks to the assessment it was used in (1.2)."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, NARROW, Visitor, leaving
from tryggmote.ui.dates import oslo_today

REPRESENTATIVE = "Aksel Stjernevoll"
LEADER = "Gaute Lønnehaugen"
Arrive = Callable[..., Visitor]


def press(guest: Visitor, label: str) -> None:
    with leaving(guest.page):
        guest.page.locator("main").get_by_role("button", name=guest.says(label), exact=True).last.click()


def test_a_representative_asks_and_the_leader_records_the_answer_and_its_use(visitor: Arrive) -> None:
    representative = visitor(size=NARROW, dark=True)
    representative.sign_in(REPRESENTATIVE)
    representative.go("/fagfolk/")
    with leaving(representative.page):
        representative.page.locator("main").get_by_role("link", name="Spør fagfolk").first.click()
    press(representative, "Send spørsmålet")  # with nothing filled in
    representative.inspect()
    representative.page.locator("[name=kind][value=police]").check()
    representative.page.fill("[name=question]", "Hvem ringer vi når bommen er stengt?")
    representative.page.fill("[name=wanted_by]", (oslo_today() + timedelta(days=7)).isoformat())
    press(representative, "Send spørsmålet")
    representative.look_at()
    expect(representative.page.locator("main")).to_contain_text("Venter på svar")
    address = representative.page.url.removeprefix(representative.address)

    leader = visitor(size=DESKTOP)
    leader.sign_in(LEADER)
    leader.go(address)
    leader.look_at()
    leader.page.fill("[name=answered_on]", oslo_today().isoformat())
    leader.page.fill("[name=text]", "Ring 02800, så åpner de.")
    press(leader, "Lagre svaret")
    leader.page.locator("[name=assessment]").select_option(index=1)
    press(leader, "Knytt til vurderingen")
    leader.look_at()

    representative.go(address)
    expect(representative.page.locator("main")).to_contain_text("Ring 02800, så åpner de.")
    expect(representative.page.locator("main")).to_contain_text("Besvart")
