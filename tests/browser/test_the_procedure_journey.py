"""An employee writes a procedure with a picture, the leader approves, a colleague reads and confirms (2.3).

And the leader plans a measure that its owner carries out and finds without effect; and the employers'
agreement is made. Every page on the way is looked at by axe and for sideways scrolling, in three languages.
"""

import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, PHONE, Visitor, leaving

AUTHOR = "Asgeir Kløvervoll"
COLLEAGUE = "Elin Vintersund"
LEADER = "Gaute Lønnehaugen"
LEADER_WITHOUT_AGREEMENT = "Nadia Kveldseng"
THEIR_COLLEAGUE = "Frode Lindbakken"
TITLE = "Alene i samtalerommet"
TO_SIGN = "form[action*='/signer/'] button"
TEXT = (
    "# Før\n\n1. Si fra til en kollega\n\n| Rom | Utganger |\n|---|---|\n| 3 | 2 |\n\n# Etter\n\n- Meld fra"
)
Arrive = Callable[..., Visitor]


def arrive(visitor: Arrive, name: str, **options: object) -> Visitor:
    guest = visitor(**options)
    guest.sign_in(name)
    return guest


def press(guest: Visitor, label: str) -> None:
    with leaving(guest.page):
        guest.page.locator("main").get_by_role("button", name=guest.says(label), exact=True).last.click()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    written = io.BytesIO()
    Image.new("RGB", (1200, 500), (220, 230, 240)).save(written, "PNG")
    path = tmp_path / "rom.png"
    path.write_bytes(written.getvalue())
    return path


def test_a_procedure_from_draft_to_read_and_understood(visitor: Arrive, picture: Path) -> None:
    author = arrive(visitor, AUTHOR, size=PHONE)
    author.go("/rutiner/ny/")
    page = author.page
    if page.locator("select[name=unit]").count():
        page.select_option("select[name=unit]", label="Nav Fjordvik")
    page.fill("[name=title]", TITLE)
    page.fill("[name=text]", TEXT)
    page.locator("summary", has_text="bilde").click()
    page.set_input_files("[name=picture]", picture)
    press(author, "Lagre utkastet")  # without words for the picture
    author.inspect()
    assert page.input_value("[name=text]") == TEXT
    page.set_input_files("[name=picture]", picture)
    page.fill("[name=picture_alt]", "Rommet sett ovenfra")
    press(author, "Lagre utkastet")
    expect(page.get_by_role("img", name="Rommet sett ovenfra")).to_be_visible()
    author.look_at()
    press(author, "Send til godkjenning")
    address = page.url.removesuffix("utkast/").removeprefix(author.address)

    leader = arrive(visitor, LEADER, size=NARROW, language="nn", dark=True)
    leader.go(f"{address}utkast/")
    press(leader, "Godkjenn rutinen")
    leader.look_at()
    for path in ("rediger/", "versjoner/", "lesere/"):
        leader.go(address + path)
        leader.look_at()

    colleague = arrive(visitor, COLLEAGUE, size=NARROW, language="en")
    colleague.go("/rutiner/")
    colleague.page.get_by_role("link", name=TITLE).click()
    colleague.look_at()
    press(colleague, "Lest og forstått")
    expect(colleague.page.get_by_text(colleague.says("Har du lest og forstått?"))).to_have_count(0)

    leader.go(f"{address}rediger/")
    leader.page.fill("[name=text]", TEXT.replace("Si fra til en kollega", "Ta med en kollega"))
    press(leader, "Lagre utkastet")
    leader.page.get_by_text(leader.says("Hva som er endret")).click()
    expect(leader.page.locator("ins").first).to_be_visible()
    leader.inspect()


def test_a_measure_that_did_not_work(visitor: Arrive) -> None:
    leader = arrive(visitor, LEADER, size=NARROW, language="en")
    leader.go("/tiltak/nytt/")
    page = leader.page
    if page.locator("select[name=unit]").count():
        page.select_option("select[name=unit]", label="Nav Fjordvik")
    page.fill("[name=title]", "To ansatte i mottaket")
    page.select_option("[name=kind]", "staffing")
    page.fill("[name=due_on]", (date.today() - timedelta(days=1)).isoformat())
    press(leader, "Planlegg tiltaket")
    leader.inspect()
    page.fill("[name=due_on]", (date.today() + timedelta(days=9)).isoformat())
    page.locator("[name=owner]").select_option(label=AUTHOR)
    press(leader, "Planlegg tiltaket")
    page.locator("main details summary").first.click()
    leader.look_at()
    address = page.url.removeprefix(leader.address)

    owner = arrive(visitor, AUTHOR, size=PHONE, language="nn", dark=True)
    owner.go(address)
    press(owner, "Tiltaket er innført")
    owner.look_at()
    press(owner, "Lagre vurderingen")
    owner.inspect()
    owner.page.get_by_label(owner.says("Nei"), exact=True).check()
    owner.page.fill("[name=words]", "Det skjedde igjen.")
    press(owner, "Lagre vurderingen")
    expect(owner.page.get_by_text(owner.says("Tiltaket har ingen kjent virkning"))).to_be_visible()
    owner.look_at()
    leader.go("/tiltak/?status=without_effect")
    leader.look_at()


def test_the_agreement_between_the_employers(visitor: Arrive) -> None:
    leader = arrive(visitor, LEADER_WITHOUT_AGREEMENT, size=NARROW, language="nn")
    leader.go("/samordning/")
    leader.inspect()
    leader.page.get_by_role("link", name=leader.says("Ny avtale")).click()
    leader.look_at()
    press(leader, "Lag avtalen")
    leader.inspect()
    leader.page.locator("[name=co_ordinator]").select_option(label=THEIR_COLLEAGUE)
    leader.page.fill("[name=text]", "Felles risikovurdering, og felles øvelser to ganger i året.")
    press(leader, "Lag avtalen")
    leader.look_at()
    while leader.page.locator(TO_SIGN).count():  # one leader for all three employers
        sign(leader)
    colleague = arrive(visitor, THEIR_COLLEAGUE, size=NARROW, dark=True)
    colleague.go("/samordning/")
    expect(colleague.page.get_by_text(colleague.says("Avtalen som gjelder"))).to_be_visible()
    colleague.look_at()


def sign(guest: Visitor) -> None:
    with leaving(guest.page):
        guest.page.locator(TO_SIGN).first.click()
