"""Choosing how to be told, and a number of one's own, on a phone; the administrator sees the outbox."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, NARROW, PHONE, Visitor, leaving
from tests.browser.site import Site, running
from tests.platform.installation import eventually
from tryggmote.notices.tests.gateways import Gateway, listening

Arrive = Callable[..., Visitor]
COUNSELLOR = "Asgeir Kløvervoll"
ADMINISTRATOR = "Julie Morgenstien"
NUMBER = "+4798765432"


@pytest.fixture(scope="module")
def gateway() -> Iterator[Gateway]:
    """Where text messages go."""
    with listening() as found:
        yield found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, gateway: Gateway) -> Iterator[Site]:
    """A site of its own: most have no gateway."""
    with running(tmp_path_factory.mktemp("site"), {"NOTICES_TEXT": gateway.address}) as started:
        yield started


def test_an_employee_chooses_and_confirms_a_number(visitor: Arrive, gateway: Gateway) -> None:
    guest = visitor(size=PHONE)
    guest.sign_in(COUNSELLOR)
    guest.go("/min-side/")
    page = guest.page
    page.get_by_role("link", name=guest.says("Velg hvordan du får varsler")).click()
    ways = page.locator("input[name=training_channels]").first
    expect(ways).to_be_hidden()
    page.locator("select[name=training_pace]").select_option("at_once")
    expect(ways).to_be_visible()
    guest.look_at()
    guest.see(NARROW, dark=True)
    guest.inspect()

    page.locator("input[name=training_channels][value=email]").uncheck()
    with leaving(page):
        page.get_by_role("button", name=guest.says("Lagre valgene")).click()
    expect(page.locator("main")).to_contain_text(
        guest.says("Velg minst én måte, eller velg «Bare i Tryggmøte» over.")
    )
    guest.inspect()
    page.locator("input[name=training_channels][value=text]").check()
    with leaving(page):
        page.get_by_role("button", name=guest.says("Lagre valgene")).click()
    expect(page.locator("select[name=training_pace]")).to_have_value("at_once")
    confirms_a_number(guest, gateway)


def confirms_a_number(guest: Visitor, gateway: Gateway) -> None:
    guest.go("/varsler/nummer/")
    page = guest.page
    guest.look_at()
    page.get_by_label(guest.says("Mobilnummer")).fill("987 65 432")
    with leaving(page):
        page.get_by_role("button", name=guest.says("Send meg en kode")).click()
    guest.look_at()
    page.get_by_label(guest.says("Koden du fikk")).fill(eventually(lambda: code_in(gateway), within_s=120))
    with leaving(page):
        page.get_by_role("button", name=guest.says("Bekreft nummeret")).click()
    expect(page.locator("main")).to_contain_text(NUMBER)
    guest.look_at()


def code_in(gateway: Gateway) -> str | None:
    """Read on the phone, when the worker has sent it."""
    codes = [
        found for number, said in gateway.taken for found in re.findall(r"\d{6}", said) if number == NUMBER
    ]
    return codes[-1] if codes else None


def test_the_administrator_sees_each_channel(visitor: Arrive) -> None:
    guest = visitor(size=DESKTOP)
    guest.sign_in(ADMINISTRATOR)
    guest.go("/varsler/utsending/")
    guest.look_at()
    guest.see(NARROW, dark=True)
    guest.inspect()
