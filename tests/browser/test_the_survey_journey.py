"""Two questions on reporting: answered on a phone by keyboard, skipped, read by the leader (ADR 0061)."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, NARROW, PHONE, Visitor, leaving

ANSWERS = "Asgeir Kløvervoll"
LEADER = "Gaute Lønnehaugen"
SKIPS = "Aksel Stjernevoll"
ADMINISTRATOR = "Julie Morgenstien"
LINE = "Vil du svare på to spørsmål om å melde?"
Arrive = Callable[..., Visitor]


def test_a_counsellor_answers_on_the_phone_and_is_not_asked_again(visitor: Arrive) -> None:
    guest = visitor(size=NARROW)
    guest.sign_in(ANSWERS)
    guest.go("/?alle")
    with leaving(guest.page):
        guest.page.get_by_role("link", name="Se spørsmålene").click()
    guest.look_at()
    with leaving(guest.page):
        guest.page.get_by_role("button", name="Send svarene").click()
    expect(guest.page.locator("main")).to_contain_text("Ble det meldt sist")
    guest.inspect()  # what is missing is said
    guest.page.locator("[name=reported]").first.focus()
    guest.page.keyboard.press("Space")
    guest.page.locator("[name=safe]").first.focus()
    guest.page.keyboard.press("Space")
    guest.page.keyboard.press("ArrowDown")
    expect(guest.page.locator("[name=safe][value='4']")).to_be_checked()
    guest.page.keyboard.press("Tab")
    expect(guest.page.get_by_role("button", name="Send svarene")).to_be_focused()
    with leaving(guest.page):
        guest.page.keyboard.press("Enter")
    expect(guest.page.locator("h1")).to_have_text("Takk for svaret")
    guest.look_at()
    guest.go("/?alle")
    expect(guest.page.get_by_text(LINE)).to_have_count(0)
    guest.go("/tall/to-sporsmal/")
    expect(guest.page.locator("main")).to_contain_text("Du er ferdig for denne gangen")
    guest.look_at()


def test_one_skips_it_and_the_leader_reads_what_the_office_answered(visitor: Arrive) -> None:
    skipper = visitor(size=PHONE, dark=True, language="nn")
    skipper.sign_in(SKIPS)
    skipper.go("/tall/to-sporsmal/")
    skipper.look_at()
    with leaving(skipper.page):
        skipper.page.get_by_role("button", name=skipper.says("Hopp over denne gangen")).click()
    expect(skipper.page.locator("main")).to_contain_text(skipper.says("Du er ferdig for denne gangen"))
    office = visitor(size=DESKTOP, language="en")
    office.sign_in(LEADER)
    office.go("/tall/meldekultur/")
    office.look_at()
    with leaving(office.page):
        office.page.get_by_role(
            "link", name=office.says("Se alle enhetene, og hva en leder kan gjøre")
        ).click()
    expect(office.page.locator("table").first).to_contain_text("Nav Fjordvik")
    office.look_at()
    office.see(NARROW, dark=True)
    office.inspect()


def test_those_who_meet_nobody_are_told_that_they_are_not_asked(visitor: Arrive) -> None:
    administrator = visitor()
    administrator.sign_in(ADMINISTRATOR)
    administrator.go("/tall/to-sporsmal/")
    expect(administrator.page.locator("main")).to_contain_text("for dem som møter brukere")
    administrator.look_at()
    administrator.go("/tall/meldekultur/svar/")
    expect(administrator.page.locator("main")).to_contain_text("Ingen svar å vise")
    administrator.look_at()
