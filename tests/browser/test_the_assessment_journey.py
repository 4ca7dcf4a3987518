"""From an office that has not assessed what it does to one that has (1.1, 2.1, 2.3), in a real browser.

The contact centre has assessed its telephone and not its video and chat. Its leader assesses those: the
eight factors, a scenario that is red, a measure, the safety representative's remark, approval; then the
measure is in place and evaluated, an employee reads the news, and the requirement's status has turned. Every
page on the way is looked at by axe and for sideways scrolling.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, NARROW, PHONE, Visitor, leaving

LEADER = "Håkon Hasselhaugen"
SAFETY_REPRESENTATIVE = "Emil Morgenvoll"
EMPLOYEE = "Nils Bekkesund"
TITLE = "Video og chat"
HAZARD = "Noen truer med å oppsøke oss etter en videosamtale"
MEASURE = "Navn og bakgrunn skjules i video"
REMARK = "Vi må også øve på å avslutte samtalen."

Arrive = Callable[..., Visitor]


def arrive(visitor: Arrive, name: str, **options: object) -> Visitor:
    guest = visitor(**options)
    guest.sign_in(name)
    return guest


def sends(page: Page, form: str = "main form[method=post]") -> None:
    """Press the form's main button and wait for what comes."""
    with leaving(page):
        page.locator(f"{form} .aksel-button[data-variant=primary]").last.click()


def test_an_office_assesses_what_it_has_not_assessed_and_its_status_turns(visitor: Arrive) -> None:
    leader = arrive(visitor, LEADER, size=PHONE)
    assert status_of_2_1(leader) == leader.says("Delvis")
    address = begins(leader)
    judges_every_factor(leader, address)
    describes_a_red_risk(leader, address)
    invites(leader, address)

    representative = arrive(visitor, SAFETY_REPRESENTATIVE, size=PHONE)
    says_what_they_think(representative, address)

    leader.go(f"{address}godkjenn/")
    leader.inspect()
    sends(leader.page)
    leader.inspect()
    expect(leader.page.get_by_text(REMARK).first).to_be_visible()

    measure_is_in_place_and_works(leader)
    employee = arrive(visitor, EMPLOYEE, size=NARROW)
    reads_the_news(employee, address)
    assert status_of_2_1(leader) == leader.says("Oppfylt")


def status_of_2_1(visitor: Visitor) -> str:
    visitor.go("/status/")
    visitor.inspect()
    return visitor.page.locator("#evidence_2_1 .tm-row__state").inner_text().strip()


def begins(visitor: Visitor) -> str:
    """Begin the assessment; returns its path."""
    page = visitor.page
    visitor.go("/risikovurdering/")
    visitor.inspect()
    visitor.go("/risikovurdering/ny/?form=video&form=written")
    visitor.inspect()
    page.locator("input[name=title]").fill(TITLE)
    sends(page)
    visitor.inspect()
    return re.sub(r"^https?://[^/]+", "", page.url)


def judges_every_factor(visitor: Visitor, address: str) -> None:
    page = visitor.page
    visitor.go(f"{address}faktor/1/")
    for factor in range(1, 9):
        page.wait_for_url(f"**/faktor/{factor}/")
        if factor in (1, 7):
            visitor.inspect()
        page.locator("textarea[name=text]").fill(f"Faktor {factor} er vurdert.")
        sends(page)
    page.wait_for_url("**/faktor/0/")
    page.locator("textarea[name=text]").fill("Samlet er risikoen størst på kveldstid.")
    sends(page)
    page.wait_for_url(f"**{address}")


def describes_a_red_risk(visitor: Visitor, address: str) -> None:
    """A scenario is red, so it needs a measure before it can be accepted."""
    page = visitor.page
    visitor.go(f"{address}forslag/")
    visitor.inspect()
    visitor.go(f"{address}situasjon/ny/")
    visitor.inspect()
    page.locator("input[name=hazard]").fill(HAZARD)
    score(page, "inherent", 4, 4)
    score(page, "current", 4, 4)
    # Shown as soon as it is chosen, with a word and not only a colour.
    expect(page.locator("[data-part=current] .tm-area--red")).to_be_visible()
    sends(page, "main form[data-draft^=scenario]")
    visitor.inspect()

    page.locator("a[href*='opphav=scenario']").click()
    page.wait_for_url("**/tiltak/nytt/**")
    visitor.inspect()
    page.locator("input[name=title]").fill(MEASURE)
    page.locator("select[name=kind]").select_option("equipment")
    page.locator("input[name=due_on]").fill((date.today() + timedelta(days=10)).isoformat())
    choose_first_owner(page)
    sends(page)
    visitor.inspect()

    visitor.go(address)
    page.get_by_role("link", name=HAZARD).first.click()
    page.wait_for_url("**/situasjon/**")
    score(page, "residual", 2, 4)
    sends(page, "main form[data-draft^=scenario]")


def score(page: Page, part: str, likelihood: int, consequence: int) -> None:
    page.locator(f"select[name={part}_likelihood]").select_option(str(likelihood))
    page.locator(f"select[name={part}_consequence]").select_option(str(consequence))


def choose_first_owner(page: Page) -> None:
    owner = page.locator("select[name=owner]")
    if owner.count() and not owner.input_value():
        owner.select_option(index=1)


def invites(visitor: Visitor, address: str) -> None:
    page = visitor.page
    visitor.go(f"{address}medvirkning/")
    visitor.inspect()
    page.locator("select[name=person]").select_option(label=EMPLOYEE)
    with leaving(page):
        page.locator("form[action$='/inviter/'] button[type=submit]").last.click()
    with leaving(page):
        page.locator("form[action$='/spor/'] button[type=submit]").click()
    visitor.inspect()


def says_what_they_think(visitor: Visitor, address: str) -> None:
    """Asked on Now; reads the draft; remarks."""
    page = visitor.page
    visitor.go("/?alle")
    expect(page.get_by_text(TITLE).first).to_be_visible()
    visitor.go(address)
    visitor.inspect()
    visitor.go(f"{address}medvirkning/")
    visitor.inspect()
    page.locator("input[name=answer][value=remark]").check()
    page.locator("textarea[name=words]").fill(REMARK)
    with leaving(page):
        page.locator("form[action$='/svar/'] button[type=submit]").click()
    expect(page.get_by_text(REMARK).first).to_be_visible()


def measure_is_in_place_and_works(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("/tiltak/")
    visitor.inspect()
    page.get_by_role("link", name=MEASURE).first.click()
    page.wait_for_url("**/tiltak/**")
    with leaving(page):
        page.locator("form[action$='/innfor/'] button[type=submit]").last.click()
    visitor.inspect()
    evaluation = page.locator("form[action$='/vurder/']")
    evaluation.locator("input[name=effect][value=reduced]").check()
    evaluation.locator("textarea[name=words]").fill("Ingen er blitt gjenkjent siden.")
    with leaving(page):
        evaluation.locator("button[type=submit]").last.click()
    visitor.inspect()


def reads_the_news(visitor: Visitor, address: str) -> None:
    page = visitor.page
    visitor.go("/informasjon/")
    visitor.inspect()
    expect(page.get_by_text(TITLE).first).to_be_visible()
    visitor.go(address)
    visitor.inspect()
    expect(page.get_by_text(HAZARD).first).to_be_visible()
    # An approved assessment is to be read, not worked on.
    expect(page.locator("textarea")).to_have_count(0)


def test_the_matrix_is_read_and_used_without_a_mouse(visitor: Arrive) -> None:
    leader = arrive(visitor, "Gaute Lønnehaugen", size=DESKTOP)
    leader.go("/risikovurdering/")
    leader.page.locator("table a").first.click()
    leader.page.wait_for_url("**/risikovurdering/**")
    matrix = leader.page.locator(".tm-matrix").first
    # A screen reader is told row, column, the area in words, and which scenario lies there.
    assert matrix.locator("thead th[scope=col]").count() == 5
    assert matrix.locator("tbody th[scope=row]").count() == 5
    cell = matrix.locator("td:has(a)").first
    assert re.search(r"\w", cell.locator(".aksel-sr-only").first.inner_text())
    link = matrix.locator("a").first
    link.focus()
    expect(link).to_be_focused()
    leader.page.keyboard.press("Enter")
    leader.page.wait_for_url(re.compile("/situasjon/"))


@pytest.mark.parametrize(("language", "size", "dark"), [("nn", NARROW, True), ("en", DESKTOP, True)])
def test_the_pages_of_assessments_pass_in_other_languages_and_lights(
    visitor: Arrive, language: str, size: dict[str, int], dark: bool
) -> None:
    leader = arrive(visitor, "Gaute Lønnehaugen", language=language, size=size, dark=dark)
    leader.go("/risikovurdering/")
    addresses = leader.page.locator("main table a").evaluate_all(
        "links => links.map(a => a.getAttribute('href'))"
    )
    draft, approved = addresses[0], addresses[1]
    for path in (
        "/risikovurdering/", "/risikovurdering/ny/", "/risikovurdering/kartlegging/",
        draft, f"{draft}faktor/1/", f"{draft}situasjon/ny/", f"{draft}medvirkning/", f"{draft}godkjenn/",
        f"{draft}forslag/", approved, f"{approved}apne/", "/farer/", "/farer/meld/",
        "/tiltak/", "/tiltak/nytt/",
        "/informasjon/", "/status/",
    ):  # fmt: skip
        leader.go(path)
        leader.look_at()
