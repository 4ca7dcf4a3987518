"""A leader hands a task on by keyboard, a colleague gives it back on the phone; a leader is stood in for."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, NARROW, PHONE, Visitor, leaving

LEADER = "Gaute Lønnehaugen"
COLLEAGUE = "Asgeir Kløvervoll"
TASK = "Test sikkerhetsutstyr"
Arrive = Callable[..., Visitor]


def arrived(visitor: Arrive, name: str, **options: object) -> Visitor:
    guest = visitor(**options)
    guest.sign_in(name)
    return guest


def test_a_task_is_handed_on_by_keyboard_and_given_back_on_a_phone(visitor: Arrive) -> None:
    leader = arrived(visitor, LEADER, size=DESKTOP)
    leader.go("/gjoremal/")
    leader.look_at()
    box = leader.page.get_by_role("checkbox", name=TASK)
    box.focus()
    leader.page.keyboard.press("Space")
    expect(box).to_be_checked()
    with leaving(leader.page):
        leader.page.get_by_role("button", name="Gi det du har valgt, videre").press("Enter")
    leader.look_at()
    with leaving(leader.page):
        leader.page.get_by_role("button", name="Gi videre").click()
    expect(leader.page.locator("main")).to_contain_text("Velg hvem som skal gjøre det.")
    leader.page.locator("select[name=to]").select_option(label=COLLEAGUE)
    with leaving(leader.page):
        leader.page.get_by_role("button", name="Gi videre").click()
    expect(leader.page.locator("main")).to_contain_text(f"Gitt til {COLLEAGUE}")

    colleague = arrived(visitor, COLLEAGUE, size=NARROW, dark=True)
    colleague.go("/gjoremal/?state=received")
    colleague.look_at()
    expect(colleague.page.locator("main")).to_contain_text(f"Fra {LEADER}")
    with leaving(colleague.page):
        colleague.page.get_by_role("button", name="Gi tilbake").click()
    leader.go("/gjoremal/")
    expect(leader.page.get_by_role("checkbox", name=TASK)).to_be_visible()


def test_a_leader_chooses_who_stands_in_and_is_back(visitor: Arrive) -> None:
    leader = arrived(visitor, LEADER, size=PHONE, language="nn")
    leader.go("/gjoremal/stedfortreder/")
    leader.look_at()
    today = timezone.localdate()
    leader.page.locator("select[name=who]").select_option(label=COLLEAGUE)
    leader.page.locator("[name=first]").fill(today.isoformat())
    leader.page.locator("[name=last]").fill((today + timedelta(days=7)).isoformat())
    with leaving(leader.page):
        leader.page.get_by_role("button", name=leader.says("Velg stedfortreder")).click()
    leader.look_at()
    with leaving(leader.page):
        leader.page.get_by_role("button", name=leader.says("Avslutt")).click()
    expect(leader.page.locator("main")).to_contain_text(leader.says("Du har ansvaret alene igjen."))
