"""A counsellor reads the unit's handbook on the phone, loses the network and finds what they need (3.6).

Then the leader changes a procedure, and the counsellor sees what has changed since they read.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, PHONE, WORKER, Visitor, leaving, until
from tests.browser.test_offline_copies import KEPT, without_network

COUNSELLOR = "Asgeir Kløvervoll"
LEADER = "Gaute Lønnehaugen"
PROCEDURE = "Uro i mottaket"
Arrive = Callable[..., Visitor]


def arrive(visitor: Arrive, name: str, **options: object) -> Visitor:
    guest = visitor(**options)
    guest.sign_in(name)
    return guest


def find(guest: Visitor, words: str) -> None:
    guest.page.get_by_label(guest.says("Finn i boken")).fill(words)


def test_the_book_is_found_in_without_network(visitor: Arrive) -> None:
    guest = arrive(visitor, COUNSELLOR, size=PHONE)
    guest.go("/handbok/")
    guest.inspect()
    until(guest.page, WORKER)
    for address in ("/handbok/", "/handbok/tekst/", "/tiltakskort/violence/"):
        until(guest.page, f"({KEPT})('{address}')")
    without_network(guest)
    guest.go("/handbok/")
    expect(guest.page.locator("#tm-kept")).to_be_visible()
    find(guest, "uro mottaket")
    expect(guest.page.get_by_role("link", name=PROCEDURE).last).to_be_visible()
    expect(guest.page.get_by_role("heading", name=guest.says("Hvem er hvem"))).to_be_hidden()
    guest.page.get_by_role("link", name=PROCEDURE).last.click()
    heading = guest.page.get_by_role("heading", name=PROCEDURE, exact=True)
    expect(heading).to_be_in_viewport()
    guest.go("/handbok/")
    find(guest, "våpen")
    guest.page.get_by_role("link", name="Vold som pågår").last.click()
    expect(guest.page.locator("a[href='tel:112']").first).to_be_visible()


def test_a_word_that_is_not_there_is_said_and_the_book_comes_back(visitor: Arrive) -> None:
    guest = arrive(visitor, COUNSELLOR, size=NARROW, dark=True)
    guest.go("/handbok/")
    find(guest, "xyzzy")
    expect(guest.page.get_by_text(guest.says("Ingen treff. Prøv et annet ord."))).to_be_visible()
    guest.inspect()
    find(guest, "")
    expect(guest.page.get_by_role("heading", name=guest.says("Hvem er hvem"))).to_be_visible()


@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_book_reads_well_in_every_language(visitor: Arrive, language: str) -> None:
    guest = arrive(visitor, COUNSELLOR, size=NARROW, language=language)
    for path in ("/handbok/", "/handbok/tekst/"):
        guest.go(path)
        guest.look_at()


def test_what_the_leader_changes_is_new_to_the_counsellor(visitor: Arrive) -> None:
    guest = arrive(visitor, COUNSELLOR, size=PHONE)
    guest.go("/handbok/")
    leader = arrive(visitor, LEADER)
    leader.go("/rutiner/")
    leader.page.get_by_role("link", name=PROCEDURE).first.click()
    leader.page.wait_for_url(re.compile("/rutiner/[0-9a-f-]{36}/"))
    address = leader.page.url.removeprefix(leader.address)
    leader.go(f"{address}rediger/")
    leader.page.fill("[name=text]", "Gå ut av mottaket sammen. Ring 112.")
    press(leader, "Lagre utkastet")
    leader.go(f"{address}utkast/")
    press(leader, "Godkjenn rutinen")
    # A page that was kept is shown where the new one takes more than eight seconds (sw.js).
    until(guest.page, "!document.documentElement.dataset.kept", doing=lambda: guest.go("/handbok/"))
    news = guest.page.get_by_role("region", name=guest.says("Endret siden du leste"))
    expect(news.get_by_role("link", name=PROCEDURE)).to_be_visible()
    guest.inspect()
    news.get_by_role("link", name=PROCEDURE).click()
    row = guest.page.locator("li:target")
    expect(row).to_contain_text("Gå ut av mottaket sammen.")
    row.get_by_role("link", name=PROCEDURE).click()
    expect(guest.page.get_by_text("Gå ut av mottaket sammen. Ring 112.")).to_be_visible()


def press(guest: Visitor, label: str) -> None:
    with leaving(guest.page):
        guest.page.locator("main").get_by_role("button", name=guest.says(label), exact=True).last.click()
