"""Every page there is, as those see it who may: valid, accessible, within 320 px, light and dark."""

from collections.abc import Callable
from itertools import groupby
from operator import itemgetter

import pytest
from playwright.sync_api import Locator

from tests.browser.checks import overflows
from tests.browser.conftest import DESKTOP, NARROW, Visitor
from tests.pages import BY_PERSON, COUNSELLOR

Arrive = Callable[..., Visitor]
MISSING = "/hendelser/01999999-9999-7999-8999-999999999999/"


def test_the_sign_in_page_passes_for_strangers(visitor: Arrive) -> None:
    for language in ("nb", "nn", "en"):
        stranger = visitor(size=NARROW, language=language)
        stranger.go("/logg-inn/")
        stranger.inspect()


@pytest.mark.parametrize("person", sorted({person for person, _ in BY_PERSON}))
def test_pages_are_valid_accessible_and_never_scroll_sideways(visitor: Arrive, person: str) -> None:
    """Each is opened once and looked at twice: narrow and light, wide and dark.

    Not every width in every light. Pages that open wide and dark stand in the journeys.
    """
    guest = visitor(size=NARROW)
    guest.sign_in(person)
    for path in [path for who, path in BY_PERSON if who == person]:
        guest.see(NARROW, dark=False)
        answer = guest.page.goto(guest.address + path)
        assert answer is not None
        assert answer.status == 200, path
        guest.look_at()
        guest.see(DESKTOP, dark=True)
        guest.inspect()


@pytest.mark.parametrize("language", ["nn", "en"])
def test_no_page_scrolls_sideways_in_another_language(visitor: Arrive, language: str) -> None:
    guest = visitor(size=NARROW, language=language)
    for person, paths in groupby(sorted(BY_PERSON), key=itemgetter(0)):
        guest.sign_in(person)
        for _, path in paths:
            guest.go(path)
            assert not overflows(guest.page), path
            assert guest.page.locator("html").get_attribute("lang") == language, path


def test_what_is_printed_can_be_read(visitor: Arrive) -> None:
    guest = visitor(size=DESKTOP)
    guest.sign_in(COUNSELLOR)
    guest.go("/hendelser/meld/")
    guest.page.emulate_media(media="print")
    choices = guest.page.locator(".tm-choices > :first-child")
    assert choices.count() >= 5
    for choice in choices.all():
        for part in choice.locator("input, label").all():
            assert is_drawn(part, within=choice), choice.inner_text()


def is_drawn(part: Locator, *, within: Locator) -> bool:
    """Whether the paper is another without this part."""
    paper = within.screenshot()
    part.evaluate("part => part.style.visibility = 'hidden'")
    return within.screenshot() != paper


def test_an_incident_that_is_not_there_looks_like_one_that_is_not_mine(visitor: Arrive) -> None:
    guest = visitor()
    guest.sign_in(COUNSELLOR)
    answer = guest.page.goto(guest.address + MISSING)
    assert answer is not None
    assert answer.status == 404
    guest.inspect()


def test_what_i_may_not_do_says_who_can(visitor: Arrive) -> None:
    guest = visitor()
    guest.sign_in(COUNSELLOR)
    answer = guest.page.goto(guest.address + "/administrasjon/import/")
    assert answer is not None
    assert answer.status == 403
    guest.inspect()
    assert "administrator" in guest.page.locator("main").inner_text().lower()
