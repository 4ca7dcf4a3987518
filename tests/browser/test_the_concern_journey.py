"""Worry without an event, and the safety representative's formal acts (AML §§ 6-2 and 6-3).

An employee writes on a phone and is content with the answer; the representative demands, stops and agrees.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, NARROW, Visitor, leaving
from tryggmote.ui.dates import oslo_today

EMPLOYEE = "Asgeir Kløvervoll"
LEADER = "Eirik Rypefjære"
OFFICE_LEADER = "Gaute Lønnehaugen"
REPRESENTATIVE = "Aksel Stjernevoll"
Arrive = Callable[..., Visitor]


def arrive(visitor: Arrive, name: str, **how: Any) -> Visitor:
    guest = visitor(**how)
    guest.sign_in(name)
    return guest


def press(guest: Visitor, label: str) -> None:
    with leaving(guest.page):
        guest.page.locator("main").get_by_role("button", name=guest.says(label), exact=True).last.click()


def follow(guest: Visitor, label: str) -> None:
    with leaving(guest.page):
        guest.page.locator("main").get_by_role("link", name=guest.says(label)).first.click()


def test_an_employee_is_answered_with_a_measure_and_is_content(visitor: Arrive) -> None:
    employee = arrive(visitor, EMPLOYEE, size=NARROW)
    employee.go("/hendelser/meld/")
    follow(employee, "Skriv en bekymring")
    press(employee, "Send bekymringen")  # with nothing filled in
    employee.inspect()
    employee.page.fill("main [name=text]", "Alarmen er vanskelig å nå når skranken er full.")
    employee.page.locator("[name=to][value=leader]").check()
    press(employee, "Send bekymringen")
    employee.look_at()
    address = employee.page.url.removeprefix(employee.address)

    leader = arrive(visitor, LEADER, size=DESKTOP)
    leader.go("/bekymringer/")
    leader.look_at()
    leader.go(address)
    leader.look_at()
    leader.page.locator("[name=outcome][value=measure]").check()
    leader.page.fill("main [name=text]", "Vi setter en alarm på begge sider.")
    press(leader, "Send svaret")
    leader.page.fill("main [name=title]", "Alarm på begge sider av skranken")
    leader.page.locator("main [name=kind]").select_option(index=1)
    leader.page.locator("main [name=owner]").select_option(index=1)
    leader.page.fill("main [name=due_on]", (oslo_today() + timedelta(days=14)).isoformat())
    press(leader, "Planlegg tiltaket")
    leader.go(address)
    expect(leader.page.locator("main")).to_contain_text("Alarm på begge sider av skranken")
    leader.look_at()

    employee.go(address)
    expect(employee.page.locator("main")).to_contain_text("Vi setter en alarm på begge sider.")
    employee.page.locator("[name=settles][value=ja]").check()
    press(employee, "Send")
    employee.look_at()
    expect(employee.page.locator("main")).to_contain_text(employee.says("Svaret holder"))


def test_a_representative_demands_and_stops_the_leader_answers_and_they_agree(visitor: Arrive) -> None:
    representative = arrive(visitor, REPRESENTATIVE, size=NARROW, dark=True)
    representative.go("/bekymringer/")
    with leaving(representative.page):
        representative.page.locator("main a[href*='/bekymringer/enhet/']").click()
    unit = representative.page.url.removeprefix(representative.address)
    representative.look_at()
    follow(representative, "Krev at noe blir gjort")
    representative.look_at()
    representative.page.fill("[name=danger]", "Alarmen høres ikke.")
    representative.page.fill("[name=wanted]", "Bytt den.")
    press(representative, "Send kravet")
    representative.look_at()
    demand = representative.page.url.removeprefix(representative.address)
    representative.go(f"{unit}stans/")
    representative.look_at()
    representative.page.fill("[name=work]", "Samtaler på rom 1")
    representative.page.fill("[name=place]", "Rom 1")
    representative.page.fill("[name=danger]", "Låsen har satt seg.")
    representative.page.fill("[name=not_averted]", "Låsesmeden kommer i morgen.")
    press(representative, "Stans arbeidet nå")
    representative.look_at()
    stop = representative.page.url.removeprefix(representative.address)

    leader = arrive(visitor, OFFICE_LEADER, size=DESKTOP)
    leader.go(demand)
    leader.page.fill("main [name=text]", "Den byttes i dag.")
    press(leader, "Send svaret")
    leader.look_at()
    leader.go(stop)
    leader.look_at()
    leader.page.locator("[name=deed][value=done]").check()
    leader.page.fill("main [name=text]", "Låsen er tatt av.")
    press(leader, "Noter det")

    representative.go("/")
    expect(representative.page.locator("main")).to_contain_text("Samtaler på rom 1")
    representative.look_at()
    representative.go(stop)
    representative.page.locator("[name=deed][value=agreed]").check()
    representative.page.fill("main [name=text]", "Jeg har prøvd døra.")
    press(representative, "Noter det")
    representative.look_at()
    expect(representative.page.locator("main")).to_contain_text(
        representative.says("Arbeidet er i gang igjen")
    )
    representative.go("/")
    expect(representative.page.locator("main")).not_to_contain_text("Samtaler på rom 1")
