"""The premises are walked on a phone without network, sent once and signed by both (3.1)."""

import io
from collections.abc import Callable

from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WAITING, WORKER, Visitor, leaving, until

LEADER = "Gaute Lønnehaugen"
REPRESENTATIVE = "Aksel Stjernevoll"
WORDS = "Saks og kopper på skranken."
KEPT = "Runden er lagret på telefonen."
Arrive = Callable[..., Visitor]


def a_photograph() -> dict[str, object]:
    written = io.BytesIO()
    Image.new("RGB", (2400, 1200), "teal").save(written, format="JPEG")
    return {"name": "skranken.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def arrive_as(visitor: Arrive, name: str) -> Visitor:
    someone = visitor(size=PHONE)
    someone.sign_in(name)
    return someone


def press(someone: Visitor, label: str) -> None:
    with leaving(someone.page):
        someone.page.get_by_role("button", name=label, exact=True).click()


def answer(someone: Visitor, *, but: str = "") -> None:
    """Everything in the place is in order, but for one point."""
    page = someone.page
    for ok in page.locator("input[value=ok]").all():
        if ok.get_attribute("name") != f"p_{but}":
            ok.check()
    if but:
        page.locator(f"input[name=p_{but}][value=not_ok]").check()


def open_the_change(someone: Visitor) -> str:
    someone.go("/endringer/")
    with leaving(someone.page):
        someone.page.locator("main tbody th a").first.click()
    return someone.page.url.removeprefix(someone.address)


def test_the_rebuilt_reception_is_walked_without_network_and_closed_when_both_have_signed(
    visitor: Arrive,
) -> None:
    leader = arrive_as(visitor, LEADER)
    page = leader.page
    leader.go("/")
    until(page, WORKER)
    change = open_the_change(leader)

    press(leader, "Lukk endringen")
    expect(page.locator("main")).to_contain_text("kan ikke lukkes før leder og verneombud")
    leader.go(change)
    press(leader, "Gå vernerunde")
    review = page.url.removeprefix(leader.address)
    expect(page.locator("[data-keep-pages]")).to_contain_text(KEPT)
    leader.inspect()
    places = [link.get_attribute("href") or "" for link in page.locator("[data-place] p a").all()]
    assert len(places) == 2

    page.context.set_offline(True)
    for number, place in enumerate(places):
        leader.go(place)
        answer(leader, but="objects" if number == 0 else "")
        if number == 0:
            page.locator("textarea[name=w_objects]").fill(WORDS)
            page.locator("input[name=f_objects]").set_input_files(a_photograph())  # type: ignore[arg-type]
        page.get_by_role("button", name="Lagre", exact=True).click()
        until(page, f"{WAITING}.length > {number}")
        expect(page.locator("#tm-unsent")).to_contain_text("Ikke sendt ennå.")
    leader.go(review)
    expect(page.locator("[data-waits]:visible")).to_have_count(2)
    page.context.set_offline(False)
    expect(page.locator("#tm-toasts a")).to_have_count(2)

    leader.go(review)
    expect(page.get_by_text(WORDS)).to_have_count(1)
    photograph = page.locator(".tm-picture img")
    expect(photograph).to_have_count(1)
    assert photograph.get_attribute("width") == "2000"
    expect(page.get_by_text("Meldt som fare, ikke vurdert ennå")).to_have_count(1)
    leader.inspect()
    press(leader, "Signer i mitt navn")

    representative = arrive_as(visitor, REPRESENTATIVE)
    representative.go(review)
    press(representative, "Signer i mitt navn")
    expect(representative.page.locator("main")).to_contain_text("Signert av leder og verneombud")
    representative.inspect()

    leader.go(change)
    press(leader, "Lukk endringen")
    expect(page.locator("main")).to_contain_text("Lukket etter vernerunde")


def test_what_is_asked_about_a_fault_is_asked_only_then(visitor: Arrive) -> None:
    leader = arrive_as(visitor, LEADER)
    page = leader.page
    leader.go("/vernerunde/ny/")
    page.locator("select[name=building]").select_option(label="Rådhusgata 2")
    press(leader, "Begynn")
    leader.go(f"{page.url.removeprefix(leader.address)}bygget/")
    expect(page.locator("textarea[name=w_zones]")).to_be_hidden()
    page.locator("input[name=p_zones][value=not_ok]").check()
    expect(page.locator("textarea[name=w_zones]")).to_be_visible()
    expect(page.locator("input[name=t_zones]")).to_be_hidden()
    page.locator("input[name=b_zones][value=measure]").check()
    expect(page.locator("input[name=t_zones]")).to_be_visible()
    leader.inspect()
