"""A counsellor prepares a measure towards a client, the leader reads and decides; nobody else finds it.

Every page on the way is looked at by axe and for sideways scrolling.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.browser.conftest import NARROW, Visitor, leaving

COUNSELLOR = "Asgeir Kløvervoll"
LEADER = "Gaute Lønnehaugen"
NOT_CONCERNED = (
    "Elin Vintersund", "Eirik Rypefjære", "Aksel Stjernevoll", "Mathea Sommermyr", "Julie Morgenstien",
)  # fmt: skip
MILDER = ("conversation", "warning", "fixed_contact")
Arrive = Callable[..., Visitor]


def arrive(visitor: Arrive, name: str, **options: object) -> Visitor:
    guest = visitor(**options)
    guest.sign_in(name)
    return guest


def press(guest: Visitor, label: str) -> None:
    with leaving(guest.page):
        guest.page.locator("main").get_by_role("button", name=guest.says(label), exact=True).last.click()


def follow(guest: Visitor, label: str) -> None:
    with leaving(guest.page):
        guest.page.locator("main").get_by_role("link", name=guest.says(label), exact=True).first.click()


def choose(guest: Visitor, name: str, value: str) -> None:
    guest.page.locator(f"input[name={name}][value={value}]").check()


def test_a_measure_from_draft_to_decided(visitor: Arrive) -> None:
    counsellor = arrive(visitor, COUNSELLOR, language="nn", size=NARROW, dark=False)
    case = write_the_case(counsellor)
    warn_and_hear(counsellor, case)
    follow(counsellor, "Be lederen avgjøre")
    counsellor.look_at()
    press(counsellor, "Be lederen avgjøre")

    leader = arrive(visitor, LEADER, language="nn", size=NARROW, dark=False)
    leader.go(case)
    leader.look_at()
    follow(leader, "Les og avgjør")
    leader.look_at()
    press(leader, "Avgjør saken")  # without having said what
    leader.inspect()
    choose(leader, "outcome", "imposed")
    leader.page.fill("[name=text]", "Det er nødvendig nå.")
    press(leader, "Avgjør saken")
    leader.look_at()
    follow(leader, "Se og last ned brevet")
    leader.look_at()
    expect(leader.page.locator("main article")).to_contain_text("____")

    counsellor.go(f"{case}steg/sendt/")
    counsellor.look_at()
    choose(counsellor, "how", "letter")
    press(counsellor, "Lagre")
    expect(counsellor.page.locator("main")).to_contain_text(counsellor.says("Gjelder nå"))
    with counsellor.page.expect_download() as fetched:
        counsellor.page.get_by_role("button", name=counsellor.says("Last ned til arkivet")).click()
    assert fetched.value.suggested_filename.endswith(".zip")


def write_the_case(counsellor: Visitor) -> str:
    """From "new case" to a text that is complete; the address of the case."""
    page = counsellor.page
    counsellor.go("/overfor-bruker/")
    counsellor.look_at()
    follow(counsellor, "Ny sak")
    page.fill("[name=case_reference]", "010190 12345")
    press(counsellor, "Begynn")  # a national identity number
    counsellor.inspect()
    page.fill("[name=case_reference]", "SAK-2026-118")
    press(counsellor, "Begynn")
    counsellor.look_at()
    case = re.sub(r"https?://[^/]+|grunnlag/$", "", page.url)
    choose(counsellor, "code", "TOAN")
    page.fill("[name=facts]", "2. november i mottaket: slo i skranken og ropte.")
    press(counsellor, "Lagre")
    counsellor.look_at()  # half done: what is missing is said
    counsellor.go(f"{case}grunnlag/")
    page.fill("[name=prevents]", "At noen blir skadet.")
    page.fill("[name=place]", "Samtaler på kontoret")
    press(counsellor, "Lagre")
    follow(counsellor, "Skriv vurderingen")
    counsellor.look_at()
    for rung in MILDER:
        choose(counsellor, f"answer_{rung}", "tried")
        page.fill(f"[name=why_{rung}]", "Det hjalp ikke.")
    page.fill("[name=proportionality]", "Brukeren får all hjelp som før.")
    page.fill("[name=services]", "Som før.")
    page.fill("[name=from_on]", date.today().isoformat())
    page.fill("[name=to_on]", (date.today() + timedelta(days=90)).isoformat())
    press(counsellor, "Lagre")  # longer than twelve weeks
    counsellor.inspect()
    page.fill("[name=to_on]", (date.today() + timedelta(days=27)).isoformat())
    press(counsellor, "Lagre")
    return case


def warn_and_hear(counsellor: Visitor, case: str) -> None:
    follow(counsellor, "Se og last ned brevet")
    counsellor.look_at()
    follow(counsellor, "Skriv inn at brukeren er varslet")
    counsellor.look_at()
    choose(counsellor, "how", "letter")
    press(counsellor, "Lagre varselet")
    counsellor.look_at()
    counsellor.go(f"{case}steg/unntak/")
    counsellor.look_at()
    counsellor.go(f"{case}saksbehandlere/")
    counsellor.look_at()
    counsellor.go(f"{case}steg/svar/")
    counsellor.page.fill("[name=on]", date.today().isoformat())
    choose(counsellor, "how", "phone")
    counsellor.page.fill("[name=text]", "Sier at det var en dårlig dag.")
    press(counsellor, "Lagre svaret")


def test_a_case_is_not_there_for_those_it_does_not_concern(visitor: Arrive) -> None:
    counsellor = arrive(visitor, COUNSELLOR)
    case = write_the_case(counsellor)
    for name in NOT_CONCERNED:
        guest = arrive(visitor, name)
        answer = guest.page.goto(guest.address + case)
        assert answer is not None
        assert answer.status == 404, name
        guest.go("/overfor-bruker/")
        assert guest.page.locator(f"a[href='{case}']").count() == 0, name
