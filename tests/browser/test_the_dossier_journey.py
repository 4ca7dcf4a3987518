"""A leader has a dossier made, and an inspector comes in to it by link and code, until the door is shut."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visitor, leaving
from tests.browser.site import Site

Arrive = Callable[..., Visitor]
LEADER = "Gaute Lønnehaugen"
INSPECTOR = "ine@tilsyn.example"


def press(someone: Visitor, label: str) -> None:
    with leaving(someone.page):
        someone.page.get_by_role("button", name=someone.says(label), exact=True).click()


def test_a_dossier_is_made_and_an_inspector_is_let_in_to_it(visitor: Arrive, site: Site) -> None:
    leader = visitor(language="en")
    leader.sign_in(LEADER)
    page = leader.page
    leader.go("/mapper/")
    leader.look_at()
    press(leader, "Lag mappen")
    # Nobody loads the page anew: it says by itself when the dossier is there.
    expect(page.get_by_role("link", name=leader.says("Hent PDF"))).to_be_visible()
    leader.look_at()
    with leaving(page):
        page.get_by_role("link", name=leader.says("Slipp inn noen")).click()
    leader.look_at()
    page.locator("input[name=name]").fill("Ine Inspektør")
    page.locator("input[name=email]").fill(INSPECTOR)
    before = site.mailbox.number
    press(leader, "Send lenken")
    dossier = page.url.removeprefix(leader.address)

    letter = site.mailbox.letter_to(INSPECTOR, after=before).get_payload(decode=True).decode()
    link = urlsplit(re.search(r"http\S+/innsyn/\S+", letter)[0])
    inspector = visitor(size=PHONE, language="en")
    inspector.go(link.path)
    assert inspector.page.url.endswith("/innsyn/"), "the address on the screen holds no secret"
    inspector.look_at()
    before = site.mailbox.number
    press(inspector, "Send meg en kode")
    inspector.look_at()
    code = site.mailbox.letter_to(INSPECTOR, after=before).get_payload(decode=True).decode()
    inspector.page.locator("input[name=code]").fill(re.search(r"\b\d{6}\b", code)[0])
    press(inspector, "Åpne")
    expect(inspector.page.locator("main")).to_contain_text("Nav Fjordvik")
    inspector.look_at()
    with inspector.page.expect_download() as download:
        inspector.page.get_by_role("link", name=inspector.says("Hent PDF")).click()
    assert download.value.path().read_bytes().startswith(b"%PDF")

    leader.go(dossier)
    expect(page.locator("main")).to_contain_text(leader.says("PDF-en"))
    press(leader, "Steng")
    leader.look_at()
    inspector.go("/innsyn/")
    expect(inspector.page.locator("h1")).to_have_text(inspector.says("Lenken virker ikke"))
