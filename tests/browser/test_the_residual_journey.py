"""What cannot be done, from the leader's declaration to an employee's confirmation (3.0, 3.4).

The status follows what people do, and a measure that is cancelled leaves something for the leader to do.
Every page on the way is looked at by axe and for sideways scrolling, in three languages.
"""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, NARROW, PHONE, Visitor, leaving

LEADER = "Gaute Lønnehaugen"
REPRESENTATIVES = ("Aksel Stjernevoll", "Zahra Seljemyr")
EMPLOYEE = "Bodil Rognebakken"
LISTENING_IN = "Kollega lytter inn når du vinker med det røde arket"
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
        guest.page.locator("main").get_by_role("link", name=guest.says(label)).first.click()


def status_says(guest: Visitor, number: str, text: str) -> None:
    guest.go("/status/")
    row = guest.page.locator(f"#evidence_{number.replace('.', '_')}")
    expect(row).to_contain_text(guest.says(text))


def test_what_cannot_be_done_is_declared_heard_on_approved_and_confirmed(visitor: Arrive) -> None:
    leader = arrive(visitor, LEADER, size=DESKTOP)
    status_says(leader, "3.4", "Mangler")
    leader.go("/pakrevd/")
    leader.look_at()
    leader.page.locator("main").get_by_role("link", name="Tilkalle hjelp · Chat og skriftlig").first.click()
    leader.look_at()
    follow(leader, "Beskriv restrisikoen")
    press(leader, "Lagre utkastet")  # with nothing filled in
    leader.look_at()
    leader.page.fill("[name=why]", "Ingen ser chatten mens den pågår.")
    leader.page.fill("[name=instead]", "Vi avslutter chatten og ringer lederen.")
    leader.page.select_option("[name=likelihood]", "3")
    leader.page.select_option("[name=consequence]", "2")
    press(leader, "Lagre utkastet")
    leader.look_at()
    address = leader.page.url.removeprefix(leader.address).removesuffix("utkast/")

    for name, language in zip(REPRESENTATIVES, ("nn", "en"), strict=True):
        heard = arrive(visitor, name, size=NARROW, language=language, dark=True)
        heard.go(f"{address}utkast/")
        heard.look_at()
        heard.page.locator("[name=answer][value=agree]").check()
        press(heard, "Send")

    leader.page.reload()
    press(leader, "Godkjenn")
    leader.look_at()
    status_says(leader, "3.4", "Oppfylt")
    status_says(leader, "3.0", "Delvis")
    leader.go(address)
    known = leader.page.get_by_text(re.compile(r"\d+ av \d+ har lest og forstått"))
    before = int(known.inner_text().split()[0])

    employee = arrive(visitor, EMPLOYEE, size=PHONE, language="nn")
    employee.go("/")
    with leaving(employee.page):
        employee.page.get_by_role("link", name=employee.says("Les og bekreft")).first.click()
    employee.go(address)
    employee.look_at()
    press(employee, "Lest og forstått")
    expect(employee.page.get_by_text(employee.says("Du har lest og forstått."))).to_be_visible()
    employee.look_at()
    leader.go(address)
    expect(known).to_contain_text(f"{before + 1} av ")


def test_a_measure_that_is_cancelled_leaves_something_to_do(visitor: Arrive) -> None:
    leader = arrive(visitor, LEADER, size=PHONE, dark=True)
    leader.go("/tiltak/?form=telephone&kind=calling_help")
    leader.page.get_by_role("link", name=LISTENING_IN).first.click()
    leader.page.locator("form[action$='/avslutt/']").evaluate("form => form.closest('details').open = true")
    leader.page.fill("form[action$='/avslutt/'] [name=reason]", "Det røde arket er borte.")
    with leaving(leader.page):
        leader.page.locator("form[action$='/avslutt/'] button").click()
    leader.go("/?alle=1")
    duty = leader.page.get_by_text(re.compile(r"mangler: møter på telefon og skjerm"))
    expect(duty.first).to_be_visible()
    leader.go("/pakrevd/")
    expect(leader.page.get_by_text(leader.says("Det valgte gjelder ikke lenger")).last).to_be_visible()
    leader.look_at()
