"""Somebody says that something is dangerous, a leader judges it, and the answer comes back (1.1, 2.1)."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, NARROW, PHONE, Visitor

COUNSELLOR = "Asgeir Kløvervoll"
LEADER = "Eirik Rypefjære"
DANGER = "Alarmknappen under skranken sitter løst og virker bare av og til."
ANSWER = "Takk. Knappen er festet og prøvd i dag."

Arrive = Callable[..., Visitor]


def test_a_hazard_is_raised_judged_and_answered(visitor: Arrive) -> None:
    counsellor = visitor(size=NARROW)
    counsellor.sign_in(COUNSELLOR)
    counsellor.go("/farer/meld/")
    page = counsellor.page
    page.get_by_label(counsellor.says("Hva er farlig?")).fill(DANGER)
    page.get_by_label(counsellor.says("Mottak"), exact=True).check()
    page.get_by_role("button", name=counsellor.says("Meld faren")).click()
    page.wait_for_url("**/farer/*-*/")
    counsellor.look_at()
    hazard = page.url.removeprefix(counsellor.address)

    leader = visitor(size=PHONE, dark=True)
    leader.sign_in(LEADER)
    judges(leader, hazard)

    counsellor.page.reload()
    expect(counsellor.page.get_by_text(ANSWER)).to_be_visible()
    counsellor.look_at()


def judges(leader: Visitor, hazard: str) -> None:
    """Look at each of the three ways, and say why it is not taken in."""
    page = leader.page
    leader.go("/farer/")
    # Others wait longer, so that it may stand on a later page of the list.
    leader.go(hazard)
    page.wait_for_url("**/farer/*-*/")
    leader.look_at()
    hazard = page.url
    for way in ("vurder/", "sla-sammen/", "ikke-ta-inn/"):
        page.goto(hazard + way)
        leader.look_at()
    page.goto(f"{hazard}vurder/")
    page.get_by_role("link", name="Samtaler og mottak").click()
    page.wait_for_url("**/vurder/*-*/")
    leader.look_at()
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    leader.look_at()

    page.goto(f"{hazard}ikke-ta-inn/")
    page.get_by_label(leader.says("Svar til den som meldte")).fill(ANSWER)
    page.get_by_role("button", name=leader.says("Send svaret")).click()
    page.wait_for_url(hazard)
    expect(page.get_by_text(ANSWER)).to_be_visible()
    leader.look_at()
