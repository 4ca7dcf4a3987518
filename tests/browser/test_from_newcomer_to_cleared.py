"""A newcomer learns what the year's plan says, and is cleared; the picture that leaders read (4.1).

One newcomer in two journeys, in this order: a session of the plan gives the first of what they lack, and the
leader records the rest. Every page on the way is looked at by axe and for sideways scrolling, in three
languages.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import DESKTOP, NARROW, PHONE, WORKER, Visitor, leaving, until
from tryggmote.demo.county import plan_county
from tryggmote.demo.history.training import NEWCOMER
from tryggmote.demo.loading import SEED
from tryggmote.ui.dates import OSLO

LEADER = "Gaute Lønnehaugen"
REPRESENTATIVES = ("Aksel Stjernevoll", "Zahra Seljemyr")
NAME = plan_county(SEED).person(NEWCOMER).name
RISK = "Se risikoen i tide"
RISK_IN_NYNORSK = "Sjå risikoen i tide"
CHECK = "/sjekk/ny/planned/"
Arrive = Callable[..., Visitor]


def arrive(visitor: Arrive, name: str, **options: object) -> Visitor:
    guest = visitor(**options)
    guest.sign_in(name)
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

    newcomer = arrive(visitor, NAME, size=PHONE, language="nn")
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
    newcomer.page.wait_for_url(f"**{session}")
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


def test_a_newcomer_is_stopped_trained_and_cleared(visitor: Arrive) -> None:
    newcomer = visitor(size=PHONE)
    newcomer.sign_in(NAME)
    newcomer.go(CHECK)
    main = newcomer.page.locator("main")
    expect(main).to_contain_text(newcomer.says("Du er ikke klar til å møte brukere ennå"))
    newcomer.look_at()
    main.get_by_role("link", name=newcomer.says("Se hva som gjenstår")).click()
    expect(main).to_contain_text(newcomer.says("Før møte med brukere"))
    newcomer.look_at()

    leader = visitor(size=NARROW, dark=True)
    leader.sign_in(LEADER)
    leader.go("/opplaering/enhet/?stand=missing")
    leader.look_at()
    page = leader.page
    page.locator("main").get_by_role("link", name=NAME, exact=True).click()
    expect(page.locator("h1")).to_have_text(NAME)
    leader.look_at()
    for box in page.locator("input[name=done]").all():
        box.check()
    with leaving(page):
        page.get_by_role("button", name=leader.says("Registrer"), exact=True).click()
    expect(page.locator("body")).to_contain_text(leader.says("Opplæringen er registrert."))
    leader.look_at()

    newcomer.go("/opplaering/")
    expect(main).to_contain_text(newcomer.says("Du er klar til å møte brukere"))
    newcomer.go(CHECK)
    expect(main).not_to_contain_text(newcomer.says("Du er ikke klar til å møte brukere ennå"))


@pytest.mark.parametrize(("language", "size", "dark"), [("nn", NARROW, False), ("en", DESKTOP, True)])
def test_the_picture_of_many_is_read_by_keyboard_and_on_a_phone(
    visitor: Arrive, language: str, size: dict[str, int], dark: bool
) -> None:
    leader = visitor(language=language, size=size, dark=dark)
    leader.sign_in(LEADER)
    leader.go("/opplaering/enhet/")
    leader.look_at()
    page = leader.page
    picture = page.locator("table.tm-picture")
    columns = picture.locator("thead th[scope=col]").count()
    first = picture.locator("tbody tr").first
    assert first.locator("th[scope=row]").count() == 1
    assert first.locator("td").count() == columns - 1
    if size is DESKTOP:  # wider than the screen: it scrolls by the arrow keys, and the names stay
        frame = page.locator(".tm-picture__frame")
        frame.focus()
        page.keyboard.press("ArrowRight")
        until(page, "document.querySelector('.tm-picture__frame').scrollLeft > 0")
        box, name = frame.bounding_box(), first.locator("th").bounding_box()
        assert box
        assert name
        assert abs(name["x"] - box["x"]) < 4
    leader.go("/opplaering/enhet/")
    page.get_by_role("link", name=leader.says("Det som kreves")).click()
    expect(page.locator("h1")).to_have_text(leader.says("Opplæringen som kreves"))
    leader.look_at()
