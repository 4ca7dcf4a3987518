"""A partnership meeting from invitation to published minutes, and a committee's review (1.3, AML § 7-2)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visitor, leaving, until
from tryggmote.demo.county import plan_county
from tryggmote.demo.loading import SEED

_COUNTY = plan_county(SEED)
LEADER = "Gaute Lønnehaugen"
COUNTY_DIRECTOR = "Mathea Sommermyr"
MUNICIPAL_DIRECTOR = next(
    person.name
    for person in _COUNTY.people
    if any(role.role == "municipal_director" and role.unit == "fjordvik-kommune" for role in person.roles)
)
MEMBER = _COUNTY.person("hovedverneombud-stat").name
WORDS = "Eierne er fornøyd med arbeidet."
Arrive = Callable[..., Visitor]


def arrive_as(visitor: Arrive, name: str, **options: object) -> Visitor:
    someone = visitor(**options)
    someone.sign_in(name)
    return someone


def press(someone: Visitor, label: str) -> None:
    with leaving(someone.page):
        someone.page.get_by_role("button", name=label, exact=True).click()


def an_hour_ago() -> str:
    return (datetime.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")


def test_the_owners_meet_decide_and_both_approve(visitor: Arrive) -> None:
    leader = arrive_as(visitor, LEADER)
    page = leader.page
    leader.go("/forum/ny/")
    leader.look_at()
    page.locator("select[name=slag]").select_option("partnership")
    page.locator("select[name=enhet]").select_option(label="Nav Fjordvik")
    press(leader, "Gå videre")
    expect(page.locator("main")).to_contain_text(MUNICIPAL_DIRECTOR)
    page.locator("input[name=starts_at]").fill(an_hour_ago())
    leader.look_at()
    press(leader, "Kall inn til møtet")
    meeting = page.url.removeprefix(leader.address)
    leader.look_at()

    with leaving(page):
        page.get_by_role("link", name="Lag sakspapirer").click()
    press(leader, "Lag sakspapirer")
    expect(page.get_by_role("link", name="Åpne sakspapirene")).to_be_visible()

    leader.go(f"{meeting}referat/")
    fields = page.locator("textarea[name=minutes]")
    for number in range(fields.count()):
        fields.nth(number).fill(WORDS)
        expect(page.locator(f"#lagret-{number + 1}")).to_contain_text("Lagret kl.")
    leader.look_at()
    leader.go(f"{meeting}referat/1/vedtak/")
    page.locator("input[name=words]").fill("Kommunen bestiller ny dør")
    page.locator("select[name=owner]").select_option(label=MUNICIPAL_DIRECTOR)
    page.locator("input[name=due_on]").fill((datetime.now() + timedelta(days=30)).strftime("%Y-%m-%d"))
    leader.look_at()
    press(leader, "Skriv ned vedtaket")
    expect(page.locator("textarea[name=minutes]").first).to_have_value(WORDS)
    for box in page.locator("input[name=present]").all():
        box.check()
    press(leader, "Lagre fremmøtet")
    press(leader, "Send til godkjenning")

    for name in (COUNTY_DIRECTOR, MUNICIPAL_DIRECTOR):
        owner = arrive_as(visitor, name, size=PHONE)
        owner.go("/?alle")
        expect(owner.page.locator("main")).to_contain_text("Godkjenn referatet fra møtet")
        owner.go(meeting)
        expect(owner.page.locator("main")).to_contain_text(WORDS)
        owner.look_at()
        press(owner, "Godkjenn referatet")
    leader.go(meeting)
    press(leader, "Publiser referatet")
    expect(page.locator("main")).to_contain_text("Publisert")
    leader.look_at()


def test_a_committee_member_reviews_a_quarter_without_reading_anybodys_words(visitor: Arrive) -> None:
    member = arrive_as(visitor, MEMBER, size=PHONE)
    page = member.page
    member.go("/forum/")
    member.look_at()
    with leaving(page):
        page.get_by_role("link", name="Møte i AMU eller HMS-utvalg").last.click()  # the one that was held
    expect(page.locator("main")).to_contain_text("hendelser er meldt i perioden")
    page.get_by_text("Se hendelsene, uten tekst og navn").click()
    until(page, "document.querySelectorAll('main details[open] tbody tr').length > 4")
    expect(page.locator("main")).to_contain_text("Årsrapporten er vedtatt.")
    member.look_at()
    member.go("/hendelser/")
    expect(page.locator("main")).not_to_contain_text("hjernerystelse")
