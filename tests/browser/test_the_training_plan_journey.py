"""The year's plan with the safety representative, a session with the code on the wall, what it gives (4.1).

Every page on the way is looked at by axe and for sideways scrolling, in three languages.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from playwright.sync_api import Locator, expect

from tests.browser.conftest import DESKTOP, NARROW, PHONE, WORKER, Visitor, leaving, until
from tryggmote.ui.dates import OSLO

LEADER = "Gaute Lønnehaugen"
REPRESENTATIVES = ("Aksel Stjernevoll", "Zahra Seljemyr")
NEWCOMER = "Odd Eikevang"
RISK = "Se risikoen i tide"
RISK_IN_NYNORSK = "Sjå risikoen i tide"
RETRIED_WITHIN = 45_000  # ms; what did not come through at once is tried again (send.js)
Arrive = Callable[..., Visitor]


def arrive(visitor: Arrive, name: str, **options: object) -> Visitor:
    guest = visitor(**options)
    guest.sign_in(name)
    guest.choose_language()
    return guest


def press(guest: Visitor, label: str) -> None:
    with leaving(guest.page):
        guest.page.locator("main").get_by_role("button", name=guest.says(label), exact=True).last.click()


def soon() -> datetime:
    """Within the hour in which the code is taken already, and over the same day."""
    begins = datetime.now(OSLO) + timedelta(minutes=20)
    ends = begins + timedelta(minutes=5)
    return begins if ends.date() == begins.date() else ends.replace(hour=0, minute=0)


def approve_the_plan(leader: Visitor, visitor: Arrive) -> None:
    """Proposed by the system, heard by the representatives, approved by the leader."""
    leader.go("/opplaering/plan/")
    leader.look_at()
    press(leader, "Lag et utkast")
    leader.look_at()
    address = leader.page.url.removeprefix(leader.address)
    for name, language in zip(REPRESENTATIVES, ("nn", "en"), strict=True):
        heard = arrive(visitor, name, size=NARROW, language=language, dark=True)
        heard.go(address)
        heard.look_at()
        heard.page.locator("[name=answer][value=agree]").check()
        press(heard, "Send")
    leader.page.reload()
    press(leader, "Godkjenn planen")
    leader.look_at()
    expect(leader.page.locator("main")).to_contain_text(leader.says("Godkjent"))


def set_up_a_session(leader: Visitor) -> str:
    """From the plan: about risk, in twenty minutes."""
    begins = soon()
    with leaving(leader.page):
        leader.page.get_by_role("link", name=f"Sett opp en økt: {RISK}").first.click()
    leader.look_at()
    press(leader, "Sett opp økten")  # with nothing filled in
    leader.look_at()
    leader.page.fill("[name=day]", f"{begins:%Y-%m-%d}")
    leader.page.fill("[name=starts]", f"{begins:%H:%M}")
    leader.page.fill("[name=ends]", f"{begins + timedelta(minutes=5):%H:%M}")
    leader.page.fill("[name=place]", "Møterom 2")
    press(leader, "Sett opp økten")
    leader.look_at()
    return leader.page.url.removeprefix(leader.address)


def code_on_the_wall(leader: Visitor, session: str) -> str:
    leader.go(f"{session}oppslag/")
    leader.look_at()
    return leader.page.locator(".tm-wall__code").inner_text()


def test_a_plan_a_session_and_somebody_who_has_learnt(visitor: Arrive) -> None:
    leader = arrive(visitor, LEADER, size=DESKTOP)
    approve_the_plan(leader, visitor)
    session = set_up_a_session(leader)
    code = code_on_the_wall(leader, session)

    newcomer = arrive(visitor, NEWCOMER, size=PHONE, language="nn")
    newcomer.go("/opplaering/")
    newcomer.look_at()
    expect(risk(newcomer)).to_contain_text(newcomer.says("Mangler"))
    with leaving(newcomer.page):
        newcomer.page.locator(f"form[action='{session}meld-pa/'] button").first.click()
    expect(newcomer.page.locator("main")).to_contain_text(newcomer.says("Du har plass"))
    newcomer.look_at()

    newcomer.go(f"{session}her/?kode={code}")
    newcomer.look_at()
    until(newcomer.page, WORKER)
    newcomer.page.context.set_offline(True)
    newcomer.page.locator("main").get_by_role("button", name=newcomer.says("Jeg er her")).click()
    expect(newcomer.page.locator("#tm-unsent")).to_be_visible()
    newcomer.page.context.set_offline(False)
    newcomer.page.wait_for_url(f"**{session}", timeout=RETRIED_WITHIN)
    expect(newcomer.page.locator("main")).to_contain_text(newcomer.says("Du var her"))
    newcomer.look_at()

    newcomer.go("/opplaering/")
    expect(risk(newcomer)).to_contain_text(newcomer.says("I orden"))
    leader.go(session)
    leader.look_at()
    leader.go("/opplaering/plan/")
    expect(leader.page.locator("main li", has_text=RISK).first).to_contain_text(leader.says("Gjennomført"))


def risk(guest: Visitor) -> Locator:
    """How the person stands in what the session was about, on their own page."""
    return guest.page.locator("main li", has_text=RISK_IN_NYNORSK).first
