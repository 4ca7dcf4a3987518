"""No network: one's own pages open as they were kept, what is made there arrives once, sign-out clears."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, PHONE, WAITING, WORKER, Visitor, leaving, until

COUNSELLOR = "Asgeir Kløvervoll"
COLLEAGUE = "Aksel Stjernevoll"
SAID = (
    "Lagret kl. {time}. Siden kunne ikke hentes nå. "
    "Det du sender herfra, venter på telefonen til nettet er tilbake."
)
Arrive = Callable[..., Visitor]
OWN = "tryggmote-own"
KEPT = (
    "address => caches.match(address, { cacheName: 'tryggmote-own', ignoreVary: true })"
    ".then((kept) => kept ? kept.text() : '')"
)
PAGES = ("/tiltakskort/violence/", "/i-dag/", "/sjekk/", "/hendelser/meld/", "/sjekk/ny/telephone/")


@pytest.fixture
def guest(visitor: Arrive) -> Visitor:
    """A counsellor whose phone has kept what it keeps."""
    return with_copies(visitor())


def with_copies(someone: Visitor, name: str = COUNSELLOR) -> Visitor:
    someone.sign_in(name)
    someone.go("/")
    until(someone.page, WORKER)
    for address in PAGES:
        until(someone.page, f"({KEPT})('{address}')")
    return someone


def without_network(someone: Visitor) -> None:
    someone.page.context.set_offline(True)


def with_network(someone: Visitor) -> None:
    someone.page.context.set_offline(False)


def heading(someone: Visitor) -> str:
    return someone.page.get_by_role("heading", level=1).inner_text()


def report(page: Page, words: str) -> None:
    """The three answers, and some words."""
    page.locator("input[name=natures]").first.check()
    page.locator("input[name=form][value=telephone]").check()
    page.locator("input[name=severity]").nth(1).check()
    page.locator("details", has=page.locator("textarea[name=what_happened]")).locator("summary").click()
    page.locator("textarea[name=what_happened]").fill(words)


def send(someone: Visitor, label: str) -> None:
    """Send, and wait until one more act is kept: the strip may have said so of another one."""
    before = waiting(someone.page)
    someone.page.get_by_role("button", name=someone.says(label)).click()
    until(someone.page, f"{WAITING}.length > {before}")
    expect(someone.page.locator("#tm-unsent")).to_contain_text(someone.says("Ikke sendt ennå."))


def waiting(page: Page) -> int:
    """How many acts wait on the phone to be sent."""
    return int(page.evaluate(f"{WAITING}.length"))


def checks_listed(someone: Visitor) -> int:
    someone.go("/sjekker/?form=telephone")
    return someone.page.locator("main tbody tr").count()


@pytest.mark.parametrize(("language", "size"), [("nb", PHONE), ("nn", NARROW), ("en", PHONE)])
def test_a_card_opens_without_network_and_says_when_it_was_kept(
    visitor: Arrive, language: str, size: dict[str, int]
) -> None:
    guest = with_copies(visitor(language=language, size=size))
    without_network(guest)
    guest.go("/tiltakskort/violence/")
    expect(guest.page.locator("a[href='tel:112']").first).to_be_visible()
    expect(guest.page.get_by_text("Naustet").first).to_be_visible()
    before, after = guest.says(SAID).split("{time}")
    expect(guest.page.locator("#tm-kept")).to_have_text(
        re.compile(rf"{re.escape(before)}\d\d\.\d\d{re.escape(after)}")
    )
    guest.inspect()


def test_the_first_page_leads_to_what_is_kept(guest: Visitor) -> None:
    without_network(guest)
    guest.go("/")
    assert heading(guest) == guest.says("Du er uten nett")
    guest.page.get_by_role("link", name=guest.says("Møter i dag")).click()
    assert heading(guest) == guest.says("Møter i dag")
    guest.go("/")
    guest.page.get_by_role("link", name=guest.says("Tiltakskort")).click()
    guest.page.get_by_role("link", name=guest.says("Trussel på telefon")).click()
    assert heading(guest) == "Trussel på telefon"


def test_a_check_and_a_report_made_without_network_arrive_once(guest: Visitor) -> None:
    before, words = checks_listed(guest), f"Ropte i telefonen. {uuid4()}"
    without_network(guest)
    guest.go("/sjekk/ny/telephone/")
    guest.answer_first("q_")
    send(guest, "Vis resultatet")
    guest.go("/hendelser/meld/")
    report(guest.page, words)
    send(guest, "Send melding")
    assert waiting(guest.page) == 2
    # Whatever page one goes on to says that something waits.
    guest.go("/tiltakskort/")
    expect(guest.page.locator("#tm-unsent")).to_contain_text(guest.says("Ikke sendt ennå."))
    with_network(guest)
    receipts = guest.page.locator("#tm-toasts a")
    expect(receipts).to_have_count(2)
    assert waiting(guest.page) == 0
    received = [link.get_attribute("href") or "" for link in receipts.all()]
    assert checks_listed(guest) == before + 1
    guest.go(next(address for address in received if "/mottatt/" in address).removesuffix("mottatt/"))
    expect(guest.page.get_by_text(words)).to_be_visible()


def test_two_reports_from_the_same_copy_are_two(guest: Visitor) -> None:
    without_network(guest)
    ids = []
    for number in (1, 2):
        guest.go("/hendelser/meld/")
        if number == 2:  # What waits is still a draft; a second report is another one.
            with leaving(guest.page):
                guest.page.locator("[data-discard-draft]").click()
        ids.append(guest.page.locator("main input[name=id]").input_value())
        report(guest.page, f"Hendelse {number}")
        send(guest, "Send melding")
    assert len(set(ids)) == 2
    assert waiting(guest.page) == 2
    guest.go("/tiltakskort/")
    with_network(guest)
    toasts = guest.page.locator("#tm-toasts a")
    expect(toasts).to_have_count(2)
    assert len({link.get_attribute("href") for link in toasts.all()}) == 2


def test_a_check_for_each_of_two_meetings_is_kept_apart(guest: Visitor) -> None:
    without_network(guest)
    for number in (1, 2):
        guest.go(f"/sjekk/ny/telephone/?meeting=01999999-9999-7999-8999-99999999999{number}")
        expect(guest.page.locator("[data-discard-draft]")).to_have_count(0)
        guest.answer_first("q_")
        send(guest, "Vis resultatet")
    assert waiting(guest.page) == 2


def test_a_report_from_an_old_copy_is_of_now(guest: Visitor) -> None:
    without_network(guest)
    guest.page.clock.set_fixed_time("2026-06-01T10:42:00Z")
    guest.page.evaluate(
        f"""async () => {{
          const cache = await caches.open('{OWN}');
          const kept = await cache.match('/hendelser/meld/', {{ ignoreVary: true }});
          await cache.put('/hendelser/meld/', new Response(await kept.text(), {{ headers: kept.headers }}));
        }}"""
    )
    guest.go("/hendelser/meld/")
    expect(guest.page.locator("input[name=happened_at]")).to_have_value("2026-06-01T12:42")


def test_the_end_of_the_session_is_noticed_and_what_was_written_waits(guest: Visitor) -> None:
    without_network(guest)
    guest.go("/hendelser/meld/")
    report(guest.page, "Etter at økten tok slutt.")
    send(guest, "Send melding")
    guest.page.context.clear_cookies(name="tryggmote_session")
    with_network(guest)
    guest.page.locator("#tm-unsent").get_by_role("link").click()
    guest.page.wait_for_url(re.compile("/logg-inn/"))
    nothing_is_kept(guest)
    guest.page.get_by_role("button", name=COUNSELLOR).first.click()
    guest.page.wait_for_url(re.compile(r"/hendelser/[0-9a-f-]{36}/mottatt/"))


def nothing_is_kept(someone: Visitor) -> None:
    until(someone.page, f"caches.has('{OWN}').then((has) => !has)")


def nothing_opens(someone: Visitor) -> None:
    without_network(someone)
    for address in (*PAGES, "/tiltakskort/", "/"):
        try:
            someone.go(address)
        except PlaywrightError:
            continue  # the browser's own page: nobody has come back to the sign-in page yet
        assert heading(someone) == someone.says("Du er uten nett"), address
        expect(someone.page.locator("[data-kept-places]")).to_be_hidden()
        for own in (COUNSELLOR, "Naustet"):
            assert own not in someone.page.content()
    with_network(someone)


def test_after_signing_out_nothing_about_anybody_can_be_opened(guest: Visitor) -> None:
    with leaving(guest.page):
        guest.page.locator("form[data-sign-out] button").first.evaluate("button => button.click()")
    nothing_is_kept(guest)
    nothing_opens(guest)


def test_whoever_signs_in_next_opens_nothing_of_the_one_before(guest: Visitor) -> None:
    guest.page.context.clear_cookies(name="tryggmote_session")
    guest.sign_in(COLLEAGUE)
    for address in PAGES:
        until(guest.page, f"({KEPT})('{address}').then((page) => page.includes('{COLLEAGUE}'))")
    without_network(guest)
    for address in PAGES:
        guest.go(address)
        assert COUNSELLOR not in guest.page.locator(".tm-header").inner_text()


def test_copies_older_than_a_session_are_thrown_away(guest: Visitor) -> None:
    guest.page.evaluate(
        f"""async () => {{
          const cache = await caches.open('{OWN}');
          for (const request of await cache.keys()) {{
            const kept = await cache.match(request, {{ ignoreVary: true }});
            const headers = new Headers(kept.headers);
            headers.set('X-Kept-At', Date.now() - 13 * 60 * 60 * 1000);
            await cache.put(request, new Response(await kept.text(), {{ headers }}));
          }}
        }}"""
    )
    nothing_opens(guest)
    nothing_is_kept(guest)


def test_the_phone_can_install_it(guest: Visitor) -> None:
    manifest = guest.page.request.get(f"{guest.address}/manifest.webmanifest").json()
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        answer = guest.page.request.get(guest.address + icon["src"])
        assert answer.headers["content-type"] == "image/png"
    for shortcut in manifest["shortcuts"]:
        assert guest.page.request.get(guest.address + shortcut["url"]).ok
