"""An exercise from plan to measure (4.1): planned, run on a phone, observed, evaluated, and something done.

Every page on the way is looked at by axe and for sideways scrolling. What is shown survives a reload.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Visitor, leaving, until
from tryggmote.ui.dates import OSLO

LEADER = "Eirik Rypefjære"
COUNSELLOR = "Asgeir Kløvervoll"
REPRESENTATIVE = "Aksel Stjernevoll"
FOUND = "Alarmen høres ikke på bakrommet."
LEARNED = "Vi hører alarmen for sent."
Arrive = Callable[..., Visitor]


def arrive(visitor: Arrive, name: str, **options: object) -> Visitor:
    someone = visitor(**options)
    someone.sign_in(name)
    return someone


def press(someone: Visitor, label: str) -> None:
    with leaving(someone.page):
        someone.page.locator("main").get_by_role("button", name=label, exact=True).click()


def follow(someone: Visitor, label: str) -> None:
    with leaving(someone.page):
        someone.page.locator("main").get_by_role("link", name=label).first.click()


def tick(someone: Visitor, field: str, *names: str) -> None:
    for name in names:
        named = someone.page.get_by_label(name, exact=True)
        someone.page.locator(f"input[name={field}]").and_(named).check()


def planned(leader: Visitor) -> str:
    """Where the exercise is found, once it is decided."""
    page = leader.page
    leader.go("/ovelser/bibliotek/?form=reception")
    follow(leader, "Trussel i mottaket")
    leader.inspect()
    follow(leader, "Planlegg øvelsen")
    page.locator("input[name=starts_at]").fill(
        (datetime.now(OSLO) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    )
    page.locator("input[name=way][value=practical]").check()
    leader.inspect()
    press(leader, "Velg hvem som er med")
    tick(leader, "takes_part", COUNSELLOR)
    page.get_by_text("Velg observatører").click()
    tick(leader, "observes", REPRESENTATIVE)
    leader.inspect()
    press(leader, "Lagre")
    leader.inspect()
    press(leader, "Bestem og inviter")
    return page.url.removeprefix(leader.address)


def test_an_exercise_from_plan_to_measure(visitor: Arrive) -> None:
    leader = arrive(visitor, LEADER, size=DESKTOP)
    page = leader.page
    exercise = planned(leader)

    counsellor = arrive(visitor, COUNSELLOR, size=PHONE, dark=True)
    counsellor.go("/varsler/")
    expect(counsellor.page.locator("main")).to_contain_text("Du er med på en øvelse")
    counsellor.go(f"{exercise}kjor/")
    expect(counsellor.page.locator("main")).to_contain_text("Siden følger med")
    counsellor.inspect()

    leader.go(f"{exercise}kjor/")
    press(leader, "Start øvelsen")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Gi første innspill")).to_be_focused()
    with leaving(page):
        page.keyboard.press("Enter")  # the first inject, by keyboard alone
    inject = "lener seg over skranken"
    expect(page.locator("#naa")).to_contain_text(inject)
    until(page, "/^\\d\\d:\\d\\d$/.test(document.querySelector('[data-since]').textContent)")
    leader.go(f"{exercise}kjor/")
    expect(page.locator("#naa")).to_contain_text(inject)
    expect(counsellor.page.locator("#naa")).to_contain_text(inject)
    leader.inspect()
    counsellor.inspect()

    observer = arrive(visitor, REPRESENTATIVE, size=PHONE)
    observer.go(f"{exercise}kjor/")
    observer.page.locator("textarea[name=words]").fill(FOUND)
    observer.page.locator("input[name=is_finding]").check()
    observer.inspect()
    press(observer, "Noter")

    leader.go(f"{exercise}kjor/")
    press(leader, "Send øvelsesanrop")
    page.get_by_text("Øvelsen er gjennomført", exact=True).click()
    press(leader, "Avslutt")
    leader.go(f"{exercise}kjor/")
    expect(page.locator("main")).to_contain_text("Øvelsesanrop")
    tick(leader, "there", COUNSELLOR, REPRESENTATIVE)
    press(leader, "Øvelsen er ferdig")
    leader.inspect()

    counsellor.page.wait_for_url(f"**{exercise}")  # the screen goes on by itself when it is over
    counsellor.go(f"{exercise}evaluer/")
    counsellor.inspect()
    for name, answer in {"understood": "yes", "knew_how": "no", "safer": "yes", "change": "premises"}.items():
        counsellor.page.locator(f"input[name={name}][value={answer}]").check()
    press(counsellor, "Send svaret")
    expect(counsellor.page.locator("main")).to_contain_text("Bare du ser dette")
    counsellor.inspect()

    leader.go(exercise)
    expect(page.locator("main")).to_contain_text("1 av 2 har svart")
    follow(leader, "Bestem: Alarmen høres")
    page.locator("input[name=becomes][value=measure]").check()
    page.locator("input[name=title]").fill("Sirene på bakrommet")
    leader.inspect()
    press(leader, "Bestem")
    for yes in page.locator("input[type=radio][value=yes]").all():
        yes.check()
    press(leader, "Lagre målene")
    page.locator("textarea[name=words]").last.fill(LEARNED)
    press(leader, "Avslutt og del rapporten")
    leader.inspect()

    outside = arrive(visitor, "Gaute Lønnehaugen", size=PHONE)
    outside.go(f"{exercise}rapport/")
    report = outside.page.locator("main")
    for words in (LEARNED, FOUND, "Tiltak: Sirene på bakrommet", "Øvelsesanrop"):
        expect(report).to_contain_text(words)
    expect(report).not_to_contain_text(COUNSELLOR)
    outside.inspect()
