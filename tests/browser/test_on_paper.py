"""What people print: all of it is on the sheet, with when and from where, and nothing to press."""

from collections.abc import Callable

from tests.browser.conftest import Visitor

Arrive = Callable[..., Visitor]
LEADER, DIRECTOR = "Gaute Lønnehaugen", "Mathea Sommermyr"
# px of A4 within our margins
UPRIGHT = {"width": 680, "height": 1000}
TURNED = {"width": 1030, "height": 700}
PRINTED = (
    "/status/", "/tall/", "/arshjul/", "/utstyr/", "/tiltak/", "/handbok/", "/pakrevd/", "/samordning/",
    "/opplaering/plan/", "/risikovurdering/", "/restrisiko/", "/standarden/",
)  # fmt: skip
LEADING_TO = ("/risikovurdering/", "/rutiner/", "/restrisiko/", "/forum/", "/ovelser/")
TO_PRESS = (
    "button, input:not([type=hidden]), select, textarea, .aksel-button:not([href^='tel:']), .tm-across,"
    " .tm-header, .tm-footer, .tm-tabs"
)
SEEN = """chosen => [...document.querySelectorAll(chosen)]
    .filter(element => element.checkVisibility()).map(element => element.outerHTML.slice(0, 90))"""


def on_paper(guest: Visitor, size: dict[str, int]) -> str:
    """What is wrong with the page as it comes on a sheet of this size; "" for nothing."""
    guest.page.set_viewport_size(size)  # type: ignore[arg-type]
    guest.page.emulate_media(media="print")
    wrong = guest.page.evaluate(SEEN, TO_PRESS)
    width = guest.page.evaluate("document.documentElement.scrollWidth")
    if width > size["width"]:
        wrong.append(f"{width} px wide")
    if not guest.page.locator(".tm-printed").is_visible():
        wrong.append("does not say when it was printed")
    guest.page.emulate_media(media="screen")
    return f"{guest.page.url}: {wrong}" if wrong else ""


def test_what_a_leader_prints_is_whole_and_has_nothing_to_press(visitor: Arrive) -> None:
    leader = visitor(size=UPRIGHT)
    leader.sign_in(LEADER)
    wrong = []
    for path in PRINTED:
        leader.go(path)
        wrong.append(on_paper(leader, UPRIGHT))
    for path in LEADING_TO:
        leader.go(path)
        one = leader.page.locator(f"main a[href^='{path}0']").first.get_attribute("href")
        leader.go(one or "")
        wrong.append(on_paper(leader, UPRIGHT))
    assert not [each for each in wrong if each]


def test_tables_of_many_columns_are_whole_on_a_turned_sheet(visitor: Arrive) -> None:
    wrong = []
    for name, path in ((DIRECTOR, "/status/oversikt/"), (LEADER, "/opplaering/enhet/")):
        guest = visitor(size=TURNED)
        guest.sign_in(name)
        guest.go(path)
        wrong.append(on_paper(guest, TURNED))
        guest.page.emulate_media(media="print")
        frame = guest.page.locator(".tm-picture__frame").last
        if frame.evaluate("el => el.scrollWidth > el.clientWidth"):
            wrong.append(f"{path}: cut off")
    assert not [each for each in wrong if each]
