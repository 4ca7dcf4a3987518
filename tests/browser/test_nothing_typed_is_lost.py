"""Lost network, ended session, no script, no mouse: what somebody typed is still there, and arrives once."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import DESKTOP, Visitor, leaving, until

COUNSELLOR = "Asgeir Kløvervoll"
Arrive = Callable[..., Visitor]
WORDS = "Ropte og slo i bordet da vedtaket ble forklart."
RECEIVED = re.compile(r"/hendelser/[0-9a-f-]{36}/mottatt/")


def fill_in(page: Page) -> None:
    """The three answers, and some words."""
    page.locator("input[name=natures]").first.check()
    page.locator("input[name=form][value=telephone]").check()
    page.locator("input[name=severity]").nth(1).check()
    page.locator("details", has=page.locator("textarea[name=what_happened]")).locator("summary").click()
    page.locator("textarea[name=what_happened]").fill(WORDS)


def writing(visitor: Arrive) -> Visitor:
    """Somebody who has filled in a report and not sent it."""
    guest = visitor()
    guest.sign_in(COUNSELLOR)
    guest.go("/hendelser/meld/")
    fill_in(guest.page)
    return guest


def signed_in_anew_beside(guest: Visitor) -> Page:
    """Another tab of the same browser."""
    other = Visitor(guest.page.context.new_page(), guest.address, guest.language)
    other.sign_in(COUNSELLOR)
    return other.page


def send(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name=visitor.says("Send melding")).click()


def test_a_report_written_without_network_is_sent_when_it_is_back(visitor: Arrive) -> None:
    guest = writing(visitor)
    guest.page.context.set_offline(True)
    send(guest)
    expect(guest.page.locator("#tm-unsent")).to_contain_text(guest.says("Ikke sendt ennå."))
    expect(guest.page.locator("#tm-unsent")).to_be_in_viewport()
    expect(guest.page.locator("textarea[name=what_happened]")).to_have_value(WORDS)
    guest.page.context.set_offline(False)
    guest.page.wait_for_url(RECEIVED)
    incident = guest.page.url.removesuffix("mottatt/")
    guest.page.goto(incident)
    expect(guest.page.get_by_text(WORDS)).to_be_visible()


def test_a_report_survives_the_end_of_the_session(visitor: Arrive) -> None:
    guest = writing(visitor)
    guest.page.context.clear_cookies(name="tryggmote_session")
    send(guest)
    unsent = guest.page.locator("#tm-unsent")
    expect(unsent.get_by_role("link")).to_be_visible()
    unsent.get_by_role("link").click()
    guest.page.get_by_role("button", name=COUNSELLOR).first.click()
    # Signed in again, what waited is sent by itself.
    guest.page.wait_for_url(RECEIVED)


def test_a_page_left_half_way_offers_its_draft(visitor: Arrive) -> None:
    guest = writing(visitor)
    guest.go("/")
    guest.go("/hendelser/meld/")
    expect(guest.page.locator("textarea[name=what_happened]")).to_have_value(WORDS)


def test_a_report_survives_that_one_signed_in_anew_in_another_tab(visitor: Arrive) -> None:
    guest = writing(visitor)
    signed_in_anew_beside(guest).close()  # left open it may be the one that sends, see the next test
    send(guest)
    guest.page.locator("#tm-unsent").get_by_role("link", name=guest.says("Last siden på nytt")).click()
    guest.page.wait_for_url(RECEIVED)


def test_a_report_that_another_tab_sends_shows_its_receipt_where_it_was_written(visitor: Arrive) -> None:
    guest = writing(visitor)
    other = signed_in_anew_beside(guest)
    send(guest)
    until(
        guest.page,
        "location.pathname.endsWith('/mottatt/')",
        doing=lambda: other.evaluate("dispatchEvent(new Event('online'))"),
    )


def test_a_report_on_its_way_when_the_page_is_left_is_sent_by_the_next(visitor: Arrive) -> None:
    guest = writing(visitor)
    never_answered: list[Route] = []
    guest.page.route(
        "**/hendelser/meld/",
        lambda asked: asked.continue_() if never_answered else never_answered.append(asked),
    )
    with guest.page.expect_request("**/hendelser/meld/"):
        send(guest)
    guest.go("/")
    guest.page.locator("#tm-toasts").get_by_role("link").first.click()
    guest.page.wait_for_url(RECEIVED)
    guest.go("/hendelser/meld/")
    expect(guest.page.locator("textarea[name=what_happened]")).to_have_value("")


def test_a_refused_report_is_still_there_after_a_detour(visitor: Arrive) -> None:
    guest = writing(visitor)
    guest.page.locator("input[name=natures]").first.uncheck()
    send(guest)
    expect(guest.page.locator("[data-error-summary]")).to_be_visible()
    guest.go("/")
    guest.go("/hendelser/meld/")
    expect(guest.page.locator("textarea[name=what_happened]")).to_have_value(WORDS)


def test_a_phone_without_room_says_that_nothing_was_kept(visitor: Arrive) -> None:
    guest = visitor()
    guest.page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    guest.sign_in(COUNSELLOR)
    guest.go("/hendelser/meld/")
    fill_in(guest.page)
    guest.page.context.set_offline(True)
    send(guest)
    expect(guest.page.locator("#tm-unsent")).to_contain_text(
        guest.says("Ikke sendt ennå, og ikke tatt vare på. La siden stå åpen, og prøv å sende igjen.")
    )


def test_signing_out_asks_before_it_deletes_what_is_not_sent(visitor: Arrive) -> None:
    guest = writing(visitor)
    guest.page.context.set_offline(True)
    send(guest)
    expect(guest.page.locator("#tm-unsent")).not_to_be_empty()
    asked: list[str] = []
    guest.page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    guest.page.locator("form[data-sign-out] button").first.evaluate("button => button.click()")
    assert len(asked) == 1
    assert WORDS in guest.page.evaluate("JSON.stringify(localStorage)")


def test_signing_out_asks_about_what_is_on_its_way_and_leaves_nothing(visitor: Arrive) -> None:
    guest = writing(visitor)
    never_answered: list[Route] = []
    guest.page.route("**/hendelser/meld/", lambda asked: never_answered.append(asked))
    with guest.page.expect_request("**/hendelser/meld/"):
        send(guest)
    asked: list[str] = []
    guest.page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    with leaving(guest.page):
        guest.page.locator("form[data-sign-out] button").first.evaluate("button => button.click()")
    assert len(asked) == 1
    assert WORDS not in guest.page.evaluate("JSON.stringify(localStorage)")


def test_signing_out_in_one_tab_leaves_nothing_of_another(visitor: Arrive) -> None:
    guest = writing(visitor)
    other = guest.page.context.new_page()
    other.goto(guest.address)
    with leaving(other):
        other.locator("form[data-sign-out] button").first.evaluate("button => button.click()")
    guest.go("/uten-nett/nb/")
    assert WORDS not in guest.page.evaluate("JSON.stringify(localStorage)")


def test_signing_out_leaves_nothing_on_the_phone(visitor: Arrive) -> None:
    guest = writing(visitor)
    guest.go("/min-side/")
    with leaving(guest.page):
        guest.page.locator("form[action='/logg-ut/'] button").first.evaluate("button => button.click()")
    assert guest.page.evaluate("JSON.stringify(localStorage)").count(WORDS) == 0


def test_a_mistake_is_explained_and_everything_stays(visitor: Arrive) -> None:
    guest = visitor()
    guest.sign_in(COUNSELLOR)
    guest.go("/hendelser/meld/")
    guest.page.locator("details", has=guest.page.locator("textarea[name=what_happened]")).locator(
        "summary"
    ).click()
    guest.page.locator("textarea[name=what_happened]").fill(WORDS)
    send(guest)
    summary = guest.page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(3)
    expect(guest.page.locator("textarea[name=what_happened]")).to_have_value(WORDS)
    guest.inspect()


def test_reporting_works_without_javascript(visitor: Arrive) -> None:
    guest = visitor(java_script_enabled=False)
    guest.sign_in(COUNSELLOR)
    guest.go("/hendelser/meld/")
    guest.page.locator("input[name=natures]").first.check()
    guest.page.locator("input[name=form][value=telephone]").check()
    guest.page.locator("input[name=severity]").nth(1).check()
    guest.page.locator("main form button[type=submit]").last.click()
    guest.page.wait_for_url(RECEIVED)


def test_reporting_works_with_the_keyboard_alone(visitor: Arrive) -> None:
    guest = visitor(size=DESKTOP)
    guest.sign_in(COUNSELLOR)
    guest.go("/hendelser/meld/")
    page = guest.page
    page.keyboard.press("Tab")
    expect(page.locator(".tm-skip")).to_be_focused()
    page.keyboard.press("Enter")
    for name, key in (("natures", "Space"), ("form", "Space"), ("severity", "Space")):
        tab_to(page, f"input[name={name}]")
        page.keyboard.press(key)
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(RECEIVED)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something that fits has focus; 80 presses are more than any page needs."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached with Tab")


def test_stop_and_report_are_two_taps_from_every_page(visitor: Arrive) -> None:
    guest = visitor()
    guest.sign_in(COUNSELLOR)
    for path in ("/", "/standarden/", "/min-side/"):
        guest.go(path)
        guest.page.locator("[popovertarget=trygghet]:visible").first.click()
        sheet = guest.page.locator("#trygghet")
        for address in ("/stopp/", "/risiko/ny/", "/hendelser/meld/", "tel:112"):
            expect(sheet.locator(f"a[href^='{address}']").first).to_be_visible()
    guest.inspect()
