"""A failing button changes what room and check say at once; a test without network arrives once (3.5)."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, NARROW, PHONE, WORKER, Visitor, until

Arrive = Callable[..., Visitor]
COUNSELLOR = "Asgeir Kløvervoll"
COLLEAGUE = "Aksel Stjernevoll"
LEADER = "Eirik Rypefjære"
BUTTON = "Alarmknapp under bordplaten"
CARRIED = "Bærbar alarm 3"
KEPT = "address => caches.match(address, { cacheName: 'tryggmote-own', ignoreVary: true }).then(Boolean)"


def opens(guest: Visitor, item: str) -> str:
    """Find an item in the register, and say where its page is."""
    guest.go(f"/utstyr/?q={item}")
    guest.page.get_by_role("link", name=item).first.click()
    expect(guest.page.get_by_role("heading", level=1)).to_have_text(item)
    guest.page.wait_for_load_state()
    return guest.page.url.removeprefix(guest.address)


def checks_a_tense_meeting(guest: Visitor, room: str) -> str:
    """A check of raised risk at a counter, and its address."""
    guest.go("/sjekk/ny/reception/")
    page = guest.page
    guest.answer_first("q_")
    page.locator("input[name=q_signs][value=some]").check()
    page.get_by_label(guest.says("Hvilket rom?")).select_option(label=room)
    page.get_by_role("button", name=guest.says("Vis resultatet")).click()
    page.wait_for_url(re.compile(r"/sjekk/[0-9a-f-]{36}/"))
    return page.url.removeprefix(guest.address)


def suits(guest: Visitor, room: str) -> str:
    return guest.says("%(room)s passer til møtet.") % {"room": room}


def test_a_failed_alarm_test_changes_what_room_and_check_say_at_once(visitor: Arrive) -> None:
    counsellor, colleague = visitor(size=PHONE), visitor(size=DESKTOP, dark=True)
    for guest, name in ((counsellor, COUNSELLOR), (colleague, COLLEAGUE)):
        guest.sign_in(name)
    opens(counsellor, BUTTON)
    counsellor.look_at()
    room = counsellor.page.locator("main a[href*='/lokaler/rom/']").get_attribute("href") or ""
    said = f"«{BUTTON}» virker ikke."
    colleague.go(room)
    name = colleague.page.get_by_role("heading", level=1).inner_text()
    expect(colleague.page.get_by_text(said)).to_have_count(0)
    check = checks_a_tense_meeting(colleague, name)
    expect(colleague.page.locator("main")).to_contain_text(suits(colleague, name))

    counsellor.page.get_by_role("link", name=counsellor.says("Test nå")).click()
    counsellor.look_at()
    counsellor.page.get_by_role("button", name="Reagerer ikke").click()
    expect(counsellor.page.get_by_text("Lederen har fått et tiltak.").first).to_be_visible()
    counsellor.look_at()

    colleague.page.reload()
    expect(colleague.page.locator("main")).to_contain_text(
        colleague.says("%(room)s passer ikke til dette møtet") % {"room": name}
    )
    expect(colleague.page.get_by_text(said)).to_be_visible()
    colleague.inspect()
    colleague.go(room)
    expect(colleague.page.get_by_text(said)).to_be_visible()
    colleague.inspect()

    counsellor.page.get_by_role("link", name=f"Få «{BUTTON}» til å virke").click()
    counsellor.page.get_by_role("link", name=counsellor.says("Utstyret og testene av det")).click()
    counsellor.page.get_by_role("link", name=counsellor.says("Test nå")).click()
    counsellor.page.get_by_role("button", name=counsellor.says("Det virker")).click()
    expect(counsellor.page.get_by_text(counsellor.says("Ført: Det virker."))).to_be_visible()
    colleague.page.reload()
    expect(colleague.page.get_by_text(said)).to_have_count(0)
    colleague.go(check)
    expect(colleague.page.locator("main")).to_contain_text(suits(colleague, name))


@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_test_without_network_arrives_once(visitor: Arrive, language: str) -> None:
    guest = visitor(size=NARROW, language=language)
    guest.sign_in(COUNSELLOR)
    item = opens(guest, CARRIED)
    code = guest.page.locator("dd").first.inner_text()
    before = guest.page.locator("li:has(.tm-muted time)").count()
    guest.go("/")
    until(guest.page, WORKER)
    until(guest.page, f"({KEPT})('/utstyr/t/')")

    guest.page.context.set_offline(True)
    guest.go("/")
    guest.page.get_by_role("link", name=guest.says("Test utstyr")).click()
    guest.page.wait_for_load_state()  # a page whose scripts have not come cannot keep anything
    guest.page.get_by_label(guest.says("Koden på etiketten")).fill(code)
    guest.page.get_by_role("button", name=guest.says("Det virker")).click()
    expect(guest.page.locator("#tm-unsent")).to_contain_text(guest.says("Ikke sendt ennå."))
    guest.inspect()

    guest.page.context.set_offline(False)
    guest.page.wait_for_url(f"**{item}")
    expect(guest.page.get_by_text(guest.says("Ført: Det virker."))).to_be_visible()
    assert guest.page.locator("li:has(.tm-muted time)").count() == before + 1
    guest.look_at()


def test_a_round_is_ticked_off_on_the_phone(visitor: Arrive) -> None:
    guest = visitor(size=NARROW, dark=True)
    guest.sign_in(LEADER)
    guest.go("/utstyr/runde/?type=emergency_exit")
    guest.page.get_by_label(guest.says("Virker"), exact=True).first.check()
    guest.page.get_by_role("button", name=guest.says("Før testene")).click()
    expect(guest.page.get_by_text("1 test er ført.")).to_be_visible()
    guest.look_at()
