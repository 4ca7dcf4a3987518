"""A new employee from day one to cleared (4.1), and the competence picture as leaders read it.

The newcomer is stopped kindly, the leader finds them among those who lack something and records what was
done, and the check says nothing more.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, NARROW, PHONE, Visitor, leaving, until
from tryggmote.demo.county import plan_county
from tryggmote.demo.history.training import NEWCOMER
from tryggmote.demo.loading import SEED

Arrive = Callable[..., Visitor]
LEADER = "Gaute Lønnehaugen"
NAME = plan_county(SEED).person(NEWCOMER).name
CHECK = "/sjekk/ny/planned/"


def test_a_newcomer_is_stopped_trained_and_cleared(visitor: Arrive) -> None:
    newcomer = visitor(size=PHONE)
    newcomer.sign_in(NAME)
    newcomer.choose_language()
    newcomer.go(CHECK)
    main = newcomer.page.locator("main")
    expect(main).to_contain_text(newcomer.says("Du er ikke klar til å møte brukere ennå"))
    newcomer.look_at()
    main.get_by_role("link", name=newcomer.says("Se hva som gjenstår")).click()
    expect(main).to_contain_text(newcomer.says("Før møte med brukere"))
    newcomer.look_at()

    leader = visitor(size=NARROW, dark=True)
    leader.sign_in(LEADER)
    leader.choose_language()
    leader.go("/opplaering/enhet/?stand=missing")
    leader.look_at()
    page = leader.page
    page.locator("main").get_by_role("link", name=NAME, exact=True).click()
    expect(page.locator("h1")).to_have_text(NAME)
    leader.look_at()
    for box in page.locator("input[name=done]").all():
        box.check()
    with leaving(page):
        page.get_by_role("button", name=leader.says("Registrer"), exact=True).click()
    expect(page.locator("body")).to_contain_text(leader.says("Opplæringen er registrert."))
    leader.look_at()

    newcomer.go("/opplaering/")
    expect(main).to_contain_text(newcomer.says("Du er klar til å møte brukere"))
    newcomer.go(CHECK)
    expect(main).not_to_contain_text(newcomer.says("Du er ikke klar til å møte brukere ennå"))


@pytest.mark.parametrize(
    ("language", "size", "dark"), [("nn", NARROW, False), ("en", DESKTOP, True), ("nb", DESKTOP, False)]
)
def test_the_picture_of_many_is_read_by_keyboard_and_on_a_phone(
    visitor: Arrive, language: str, size: dict[str, int], dark: bool
) -> None:
    leader = visitor(language=language, size=size, dark=dark)
    leader.sign_in(LEADER)
    leader.choose_language()
    leader.go("/opplaering/enhet/")
    leader.look_at()
    page = leader.page
    picture = page.locator("table.tm-picture")
    columns = picture.locator("thead th[scope=col]").count()
    first = picture.locator("tbody tr").first
    assert first.locator("th[scope=row]").count() == 1
    assert first.locator("td").count() == columns - 1
    if size is DESKTOP:  # wider than the screen: it scrolls by the arrow keys, and the names stay
        frame = page.locator(".tm-picture__frame")
        frame.focus()
        page.keyboard.press("ArrowRight")
        until(page, "document.querySelector('.tm-picture__frame').scrollLeft > 0")
        box, name = frame.bounding_box(), first.locator("th").bounding_box()
        assert box
        assert name
        assert abs(name["x"] - box["x"]) < 4
    leader.go("/opplaering/enhet/")
    page.get_by_role("link", name=leader.says("Det som kreves")).click()
    expect(page.locator("h1")).to_have_text(leader.says("Opplæringen som kreves"))
    leader.look_at()
