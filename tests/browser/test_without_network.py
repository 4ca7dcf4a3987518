"""No network: a page that cannot be fetched says what works, in the language its reader chose last."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, PHONE, WORKER, Visitor, until

COUNSELLOR = "Asgeir Kløvervoll"
KEPT = "caches.match('/', { cacheName: 'tryggmote-language' }).then((kept) => kept?.text())"


@pytest.mark.parametrize(("language", "size"), [("nb", PHONE), ("nn", NARROW), ("en", PHONE)])
def test_a_page_asked_for_without_network_says_what_works(
    visitor: Callable[..., Visitor], language: str, size: dict[str, int]
) -> None:
    guest = visitor(language=language, size=size)
    guest.sign_in(COUNSELLOR)
    until(guest.page, WORKER)
    until(guest.page, f"{KEPT}.then((kept) => kept === '{language}')")
    guest.page.context.set_offline(True)
    guest.go("/sjekker/")
    expect(guest.page.get_by_role("heading", level=1)).to_have_text(guest.says("Du er uten nett"))
    guest.inspect()
    guest.page.context.set_offline(False)
    guest.page.get_by_role("link", name=guest.says("Prøv igjen")).click()
    expect(guest.page).to_have_title(guest.says("Sjekker") + " – Tryggmøte")


def test_one_worker_serves_whoever_changes_language(visitor: Callable[..., Visitor]) -> None:
    # Two scripts in turn made Chromium lose about one in eighty pages asked for just after.
    guest = visitor(language="en")
    guest.sign_in(COUNSELLOR)
    until(guest.page, WORKER)
    scripts = {worker.url for worker in guest.page.context.service_workers}
    assert scripts == {f"{guest.address}/sw.js"}
