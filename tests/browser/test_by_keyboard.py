"""What comes after an incident, by keyboard alone (2.4; WCAG 2.1.1, 2.1.2, 2.4.7, 2.4.11)."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.browser import keyboard
from tests.browser.conftest import DESKTOP, PHONE, Visitor
from tryggmote.demo.county import plan_county
from tryggmote.demo.history.story import EXPOSED
from tryggmote.demo.loading import SEED

Arrive = Callable[..., Visitor]

LEADER = "Eirik Rypefjære"
OFFICE_LEADER = "Gaute Lønnehaugen"
INJURED = plan_county(SEED).person(EXPOSED).name
ID = "[0-9a-f-]{36}"
INCIDENT = f"/hendelser/{ID}/"
INJURY = f"/meldeplikt/skade/{ID}/"
MATTER = f"/anmeldelser/{ID}/"
FROM_INJURY = ("/meldeplikt/", INJURY, INCIDENT)
PAGES: dict[str, tuple[tuple[str, ...], ...]] = {
    LEADER: (
        ("/hendelser/",),
        ("/hendelser/", INCIDENT),
        ("/hendelser/tall/",),
        ("/hendelser/kodebok/",),
        ("/oppfolging/",),
        ("/oppfolging/", f"/oppfolging/{ID}/"),
        ("/meldeplikt/",),
        ("/meldeplikt/", INJURY),
        ("/meldeplikt/", INJURY, rf"/meldeplikt/hendelse/{ID}/skade/\?.*"),
        (*FROM_INJURY, f"{INCIDENT}beskriv/"),
        (*FROM_INJURY, f"/meldeplikt/hendelse/{ID}/varsel/"),
        (*FROM_INJURY, f"/bevis/hendelse/{ID}/"),
        ("/meldeplikt/eksport/",),
        ("/anmeldelser/",),
        ("/anmeldelser/", MATTER),
        ("/anmeldelser/", MATTER, f"{MATTER}grunnlag/"),
        ("/laering/",),
        ("/laering/", f"/laering/{ID}/"),
        ("/laering/ny/",),
        ("/laering/monstre/",),
    ),
    OFFICE_LEADER: (
        ("/overfor-bruker/",),
        ("/overfor-bruker/", f"/overfor-bruker/{ID}/"),
        ("/overfor-bruker/ny/",),
    ),
    INJURED: (
        ("/",),
        ("/meldeplikt/", INJURY),
        ("/oppfolging/", f"/oppfolging/{ID}/"),
        ("/laering/", f"/laering/{ID}/"),
    ),
}
"""By who sees them: a page, or where the first link like the next one leads, from page to page."""


@pytest.mark.parametrize(
    ("size", "dark", "key"),
    [(PHONE, False, "Tab"), (DESKTOP, True, "Shift+Tab")],
    ids=["forwards", "backwards"],
)
@pytest.mark.parametrize("person", list(PAGES))
def test_everything_is_reached_seen_and_left_again(
    visitor: Arrive, person: str, size: dict[str, int], dark: bool, key: str
) -> None:
    """Forwards on a phone in the light, backwards on a desktop in the dark: both ways, not all four."""
    guest = visitor(size=size, dark=dark)
    guest.sign_in(person)
    wrong: dict[str, list[str]] = {}
    for way in PAGES[person]:
        goes(guest, way)
        for stop in keyboard.walk(guest.page, key):
            if stop.covered_by or not (stop.is_marked and stop.is_named):
                wrong.setdefault(f"{key} {guest.page.url}", []).append(str(stop))
    assert not wrong, "\n".join(f"{where}: {stops}" for where, stops in wrong.items())


def goes(guest: Visitor, way: tuple[str, ...]) -> None:
    """Open the first address, and follow the first link on each page that looks like the next."""
    first, *then = way
    guest.go(first)
    for pattern in then:
        links = guest.page.eval_on_selector_all("main a", "all => all.map(a => a.getAttribute('href'))")
        found = next((link for link in links if re.fullmatch(pattern, link.partition("#")[0])), None)
        assert found, f"{guest.page.url}: no link like {pattern}"
        guest.go(found)


@pytest.mark.parametrize(
    ("markup", "finds"),
    [
        ("<a href='#'>En</a><style>a:focus { outline: none }</style>", "is_marked=False"),
        (
            "<style>div { position: fixed; inset: 0; background: #fff }</style><a href='#'>En</a><div></div>",
            "covered_by='div.'",
        ),
        ("<a href='#'><svg></svg></a>", "name='a '"),
    ],
)
def test_the_walk_sees_what_is_wrong(browser: Browser, markup: str, finds: str) -> None:
    page = browser.new_page()
    page.set_content(markup)
    assert finds in str(keyboard.walk(page))


def test_the_walk_finds_a_trap(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<button id=one>En</button><button>To</button>")
    page.evaluate("one.addEventListener('blur', () => setTimeout(() => one.focus()))")
    with pytest.raises(AssertionError, match="not reached by Tab"):
        keyboard.walk(page)
