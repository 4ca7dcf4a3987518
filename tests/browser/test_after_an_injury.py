"""After an injury: notice, register and report, as those who do it and those who read it meet them.

AML §§ 5-1 and 5-2, folketrygdloven § 13-14 (2.4).
"""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import keyboard
from tests.browser.conftest import DESKTOP, NARROW, Visitor, leaving
from tests.browser.test_the_first_journey import reports
from tryggmote.demo.county import plan_county
from tryggmote.demo.loading import SEED

COUNSELLOR = "Asgeir Kløvervoll"
COLLEAGUE = plan_county(SEED).person("fjordvik-mottak-stat-2").name
LEADER = "Eirik Rypefjære"
SAFETY_REPRESENTATIVE = "Aksel Stjernevoll"
OCCUPATIONAL_HEALTH = plan_county(SEED).person("bht-stat").name
COMMITTEE_MEMBER = plan_county(SEED).person("hovedverneombud-stat").name

CASE_NUMBER = "AT-2026/77"
HEALTH = "Hodepine og søvnløse netter siden i går."
INJURY = re.compile(r"/meldeplikt/skade/[0-9a-f-]{36}/")

Arrive = Callable[..., Visitor]


def arrives(visitor: Arrive, name: str, **screen: object) -> Visitor:
    guest = visitor(**screen)
    guest.sign_in(name)
    return guest


def sends(page: Page, form: str) -> None:
    """Press the form's own button, which is not one of a folded part."""
    with leaving(page):
        page.locator(f"form[action$='{form}'] button[type=submit]").first.click()


def test_notice_is_given_step_by_step_and_the_safety_representative_has_a_copy(visitor: Arrive) -> None:
    screen = {"language": "nn", "size": NARROW, "dark": False}
    incident = reports(arrives(visitor, COUNSELLOR, **screen))
    leader = arrives(visitor, LEADER, **screen)
    notice = finds_the_notice(leader, incident)
    judges_that_it_counts(leader)
    calls_both(leader)
    confirms_in_writing(leader)

    representative = arrives(visitor, SAFETY_REPRESENTATIVE, **screen)
    representative.go("/varsler/")
    representative.inspect()
    expect(representative.page.get_by_text(representative.says("Kopi av varsel til Arbeidstilsynet")).first
           ).to_be_visible()  # fmt: skip
    reads_the_copy(representative, notice)

    injured = arrives(visitor, COUNSELLOR, **screen)
    reads_the_copy(injured, notice)


def finds_the_notice(leader: Visitor, incident: str) -> str:
    """From the incident's own page; returns the address of the notice."""
    leader.go(incident)
    leader.page.locator("main a[href$='/varsel/']").last.click()
    leader.page.wait_for_url("**/meldeplikt/hendelse/*/varsel/")
    leader.look_at()
    return re.sub(r"^https?://[^/]+", "", leader.page.url)


def judges_that_it_counts(leader: Visitor) -> None:
    """Nothing chosen is pointed out; then a head injury counts, and so would a psychological one."""
    page = leader.page
    sends(page, "/vurdering/")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    leader.look_at()
    expect(page.locator("input[value=lasting_psychological]")).to_have_count(1)
    page.locator("input[name=holds][value=lasting_physical]").check(force=True)
    page.locator("input[name=answer][value=yes]").check(force=True)
    sends(page, "/vurdering/")
    expect(page.get_by_text(leader.says("Ja, det skal varsles"))).to_be_visible()
    leader.look_at()


def calls_both(leader: Visitor) -> None:
    """The numbers can be called from here; one tap keeps the time, and the case number is added after."""
    page = leader.page
    dials = page.locator("#ring a.tm-dial[href^='tel:']")
    expect(dials).to_have_count(2)
    for left in (1, 0):
        with leaving(page):
            page.get_by_role("button", name=leader.says("Ringt nå")).first.click()
        expect(dials).to_have_count(left)
        leader.look_at()
    inspectorate = page.locator("[aria-labelledby=ring-inspectorate]")
    inspectorate.locator("summary").click()
    inspectorate.locator("input[name=reference]").fill(CASE_NUMBER)
    with leaving(page):
        inspectorate.locator("details button[type=submit]").click()
    expect(page.locator("#ring").get_by_text(CASE_NUMBER)).to_be_visible()


def confirms_in_writing(leader: Visitor) -> None:
    """The text says who was called when, and whoever sends it says so; the copy goes by itself."""
    page = leader.page
    text = page.locator("form[action$='/bekreftelse/'] textarea")
    assert CASE_NUMBER in text.input_value()
    assert text.input_value().count(LEADER) == 3  # called twice, and sent
    sends(page, "/bekreftelse/")
    expect(page.get_by_text(leader.says("Varslet og bekreftet"))).to_be_visible()
    leader.look_at()


def reads_the_copy(reader: Visitor, notice: str) -> None:
    """What was sent can be read; nothing can be done."""
    reader.go(notice)
    page = reader.page
    page.locator("details:not(:has(form)) > summary").filter(
        has_text=reader.says("Les bekreftelsen")
    ).click()  # fmt: skip
    expect(page.get_by_text(CASE_NUMBER).last).to_be_visible()
    expect(page.locator("main form")).to_have_count(0)
    reader.look_at()


def test_the_register_is_read_by_those_the_law_names_and_health_only_with_consent(visitor: Arrive) -> None:
    screen = {"language": "en", "size": NARROW, "dark": True}
    injured = arrives(visitor, COUNSELLOR, **screen)
    incident = reports(injured)
    leader = arrives(visitor, LEADER, **screen)
    injury = enters_the_injury(leader, incident)

    reads_the_line(leader, injury, health=False)
    readers = [
        arrives(visitor, name, **screen)
        for name in (SAFETY_REPRESENTATIVE, OCCUPATIONAL_HEALTH, COMMITTEE_MEMBER)
    ]
    for reader in readers:
        finds_it_in_the_register(reader, injury)
        reads_the_line(reader, injury, health=False)
    consents(injured, injury)
    for reader in (leader, *readers):
        reads_the_line(reader, injury, health=True)
    sees_who_has_read(injured, injury, (LEADER, OCCUPATIONAL_HEALTH, COMMITTEE_MEMBER))
    takes_it_back(injured, injury)
    for reader in (leader, *readers):
        reads_the_line(reader, injury, health=False)

    colleague = arrives(visitor, COLLEAGUE, **screen)
    colleague.go("/meldeplikt/")
    expect(colleague.page.locator(f"a[href='{injury}']")).to_have_count(0)
    answer = colleague.page.goto(colleague.address + injury)
    assert answer is not None
    assert answer.status == 404


def enters_the_injury(leader: Visitor, incident: str) -> str:
    """From the incident: who, what kind, how long away. Returns the line's address."""
    page = leader.page
    leader.go(incident)
    page.locator("main a[href^='/meldeplikt/'][href$='/skade/']").last.click()
    page.wait_for_url("**/skade/")
    leader.look_at()
    expect(page.locator("form[action$='/skade/'] textarea, form[action$='/skade/'] input[type=text]")
           ).to_have_count(0)  # fmt: skip
    page.locator("input[name=kinds][value=physical]").check(force=True)
    page.locator("input[name=kinds][value=psychological]").check(force=True)
    page.locator("input[name=absence][value=short]").check(force=True)
    sends(page, "/skade/")
    page.wait_for_url(INJURY)
    leader.look_at()
    return re.sub(r"^https?://[^/]+", "", page.url)


def finds_it_in_the_register(reader: Visitor, injury: str) -> None:
    reader.go("/meldeplikt/")
    reader.look_at()
    assert COUNSELLOR not in reader.page.locator("main").inner_text()
    reader.page.locator(f"main a[href='{injury}']").click()
    reader.page.wait_for_url(INJURY)


def reads_the_line(reader: Visitor, injury: str, *, health: bool) -> None:
    """The line is read; what is medical only while the injured consents, and nothing can be written to it."""
    reader.go(injury)
    expect(reader.page.get_by_text(COUNSELLOR).first).to_be_visible()
    expect(reader.page.get_by_text(HEALTH)).to_have_count(int(health))
    expect(reader.page.locator("form[action$='/samtykke/']")).to_have_count(0)
    is_leader = reader.page.locator("form[action$='/yrkesskade/']").count() > 0
    assert is_leader == (reader.page.locator("#yrkesskade").count() > 0)
    reader.look_at()


def consents(injured: Visitor, injury: str) -> None:
    """Without the consent nothing is kept, and what was typed still stands there."""
    page = injured.page
    injured.go(injury)
    injured.look_at()
    page.locator("details:has(form[action$='/samtykke/']) > summary").click()
    page.locator("form[action$='/samtykke/'] textarea").fill(HEALTH)
    sends(page, "/samtykke/")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.locator("form[action$='/samtykke/'] textarea")).to_have_value(HEALTH)
    injured.look_at()
    page.locator("input[name=agrees]").check(force=True)
    sends(page, "/samtykke/")
    expect(page.get_by_text(HEALTH).first).to_be_visible()
    injured.look_at()


def sees_who_has_read(injured: Visitor, injury: str, names: tuple[str, ...]) -> None:
    injured.go(injury)
    read_by = injured.page.locator("details").filter(has_text=injured.says("Hvem har lest dette?"))
    read_by.locator("summary").click()
    for name in names:
        expect(read_by.get_by_text(name)).to_be_visible()


def takes_it_back(injured: Visitor, injury: str) -> None:
    injured.go(injury)
    sends(injured.page, "/trekk-samtykke/")
    expect(injured.page.get_by_text(HEALTH)).to_have_count(0)
    injured.look_at()


def test_an_injury_is_entered_decided_and_reported_to_nav_by_keyboard_alone(visitor: Arrive) -> None:
    injured = arrives(visitor, COUNSELLOR)
    incident = reports(injured)
    leader = arrives(visitor, LEADER, size=DESKTOP)
    leader.go(incident)
    page = leader.page
    keys = page.keyboard

    presses(page, "main a[href^='/meldeplikt/'][href$='/skade/']")
    ticks(page, "input[name=kinds][value=physical]")
    presses(page, "form[action$='/skade/'] button[type=submit]")
    page.wait_for_url(INJURY)
    injury = re.sub(r"^https?://[^/]+|#.*$", "", page.url)

    presses(page, "form[action$='/yrkesskade/'] button[type=submit]")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    keyboard.reach(page, page.locator("[data-error-summary] a"))
    keys.press("Enter")
    expect(page.locator("input[name=answer][value=yes]")).to_be_focused()
    keys.press("Space")
    ticks(page, "input[name=holds][value=treatment]", back=True)
    presses(page, "form[action$='/yrkesskade/'] button[type=submit]")
    assert COUNSELLOR in page.locator("#report_text").input_value()

    keyboard.reach(page, page.locator("form[action$='/sendt/'] input[name=receipt]").first)
    keys.type("AR123456")
    presses(page, "form[action$='/sendt/'] button[type=submit]")
    expect(page.get_by_text("AR123456").first).to_be_visible()
    leader.look_at()

    injured.go("/varsler/")
    expect(injured.page.get_by_text("Yrkesskaden din er meldt til Nav").first).to_be_visible()
    injured.go(injury)
    expect(injured.page.locator("#yrkesskade").get_by_text("AR123456")).to_be_visible()
    injured.look_at()


def ticks(page: Page, box: str, *, back: bool = False) -> None:
    keyboard.reach(page, page.locator(box), back=back)
    page.keyboard.press("Space")
    expect(page.locator(box)).to_be_checked()


def presses(page: Page, target: str) -> None:
    keyboard.reach(page, page.locator(target).first)
    with leaving(page):
        page.keyboard.press("Enter")
