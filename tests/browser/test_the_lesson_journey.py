"""What a leader does after a follow-up: others' reports beside the incident, and what was learned."""

from collections.abc import Callable

from tests.browser.conftest import DESKTOP, Visitor

Arrive = Callable[..., Visitor]
LEADER = "Eirik Rypefjære"


def test_a_leader_sees_reports_side_by_side_and_shares_a_lesson(visitor: Arrive) -> None:
    guest = visitor(size=DESKTOP, dark=True)
    guest.sign_in(LEADER)
    page = guest.page
    guest.go("/hendelser/")
    page.locator("tbody th a").first.click()
    alone = page.get_by_role("link", name="Gjelder en annen melding det samme?")
    alone.or_(page.get_by_role("link", name="Se dem side om side")).first.click()
    page.wait_for_url("**/samme/")
    guest.inspect()

    guest.go("/laering/ny/")
    page.get_by_label("Lærdommen i én setning").fill("Sitt nærmest døra")
    page.get_by_label("Hva skjedde, i generelle ord?").fill("En samtale ble truende.")
    page.get_by_label("Hva lærte vi?").fill("Den som sitter nærmest døra, kommer seg ut.")
    page.get_by_role("button", name="Lagre og se over").click()
    page.wait_for_url("**/del/")
    guest.inspect()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Del med enheten").click()
    page.get_by_text("Lærdommen er delt.").wait_for()
    guest.inspect()
