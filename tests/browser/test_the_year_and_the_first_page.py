"""A leader moves a meeting in the annual cycle, refused first; each role's first page is fit to be seen."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, NARROW, PHONE, Visitor, leaving

LEADER = "Gaute Lønnehaugen"
MOVE = re.compile("^Flytt ?: Møte med verneombudet")
Arrive = Callable[..., Visitor]


def arrived(visitor: Arrive, name: str, **options: object) -> Visitor:
    guest = visitor(**options)
    guest.sign_in(name)
    return guest


def typed(days: int) -> str:
    return f"{timezone.localdate() + timedelta(days=days):%Y-%m-%d}T13:00"


def test_a_meeting_is_moved_by_keyboard_within_its_limit(visitor: Arrive) -> None:
    leader = arrived(visitor, LEADER, size=DESKTOP)
    wanted = timezone.localdate() + timedelta(days=12)
    leader.go(f"/arshjul/?year={(timezone.localdate() + timedelta(days=9)).year}")
    leader.look_at()
    with leaving(leader.page):
        leader.page.get_by_role("link", name=MOVE).press("Enter")
    leader.look_at()
    field = leader.page.locator("[name=starts_at]")
    field.fill(typed(400))
    with leaving(leader.page):
        leader.page.get_by_role("button", name="Flytt").press("Enter")
    expect(leader.page.locator("main")).to_contain_text("Velg en dag senest")
    leader.look_at()
    field.fill(typed(12))
    with leaving(leader.page):
        leader.page.get_by_role("button", name="Flytt").press("Enter")
    expect(leader.page.locator("main")).to_contain_text("er flyttet til")
    expect(leader.page.locator("main")).to_contain_text(f"{wanted.day}. ")


def test_the_year_fits_a_narrow_screen_in_the_dark(visitor: Arrive) -> None:
    leader = arrived(visitor, LEADER, size=NARROW, dark=True, language="nn")
    leader.go("/arshjul/?kind=meeting")
    leader.look_at()


@pytest.mark.parametrize(
    ("name", "panel"),
    [
        ("Mathea Sommermyr", "Alvorlig de siste 30 dagene"),
        ("Vera Fureli", "Hendelser uten svar"),
        ("Helge Tiurmyr", "Spørsmål til deg"),
        ("Tobias Morgenhaugen", "Anrop du har fått"),
        ("Julie Morgenstien", "Virker det vi sender?"),
        ("Thea Timiansund", "Det du ofte trenger"),
    ],
)
def test_a_role_sees_at_once_what_it_comes_for(visitor: Arrive, name: str, panel: str) -> None:
    guest = arrived(visitor, name, size=PHONE, dark=True, language="nn")
    guest.go("/")
    expect(guest.page.get_by_role("heading", name=guest.says(panel))).to_be_visible()
    guest.look_at()
