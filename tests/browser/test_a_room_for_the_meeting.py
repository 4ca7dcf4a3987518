"""A leader registers a room and notes how it is; the check then says which room to choose (2.2, 3.1)."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import NARROW, Visitor

Arrive = Callable[..., Visitor]
LEADER = "Gaute Lønnehaugen"
COUNSELLOR = "Asgeir Kløvervoll"
ONE_EXIT = "Samtalerom ved mottaket"


def test_from_an_empty_building_to_a_room_that_suits_every_meeting(visitor: Arrive) -> None:
    leader = visitor(language="nn", size=NARROW, dark=True)
    leader.sign_in(LEADER)
    page, name = leader.page, "Torget 1"
    leader.go("/lokaler/nytt/")
    page.locator("select[name=unit]").select_option(label="Nav Fjordvik")
    page.get_by_label(leader.says("Hva kaller dere bygget?")).fill(name)
    page.get_by_role("button", name=leader.says("Lagre")).click()
    page.wait_for_url(re.compile(r"/lokaler/[0-9a-f-]+/sone/"))
    leader.look_at()
    page.get_by_label(leader.says("Hva kaller dere sonen?")).fill("Samtaler")
    page.locator("input[name=access][value=meeting]").check()
    page.get_by_role("button", name=leader.says("Lagre")).click()
    page.get_by_role("link", name=leader.says("Nytt rom")).click()
    leader.look_at()
    page.get_by_label(leader.says("Hva heter rommet?")).fill("Rom A")
    page.get_by_label(leader.says("Hvilken sone ligger det i?")).select_option(label="Samtaler")
    page.locator("input[name=kind][value=meeting_room]").check()
    page.locator("input[name=forms][value=planned]").check()
    page.get_by_role("button", name=leader.says("Lagre")).click()
    page.wait_for_url(re.compile(r"/rom/[0-9a-f-]+/notat/"))
    leader.look_at()
    leader.answer_first("f_")
    page.get_by_role("button", name=leader.says("Lagre")).click()
    expect(page.locator("main")).to_contain_text(leader.says("For alle møter"))
    leader.look_at()
    page.get_by_role("link", name=name).click()
    expect(page.locator("main tbody")).to_contain_text(leader.says("For alle møter"))
    leader.look_at()


def test_the_check_says_that_a_room_with_one_exit_does_not_suit_and_which_one_does(visitor: Arrive) -> None:
    counsellor = visitor()
    counsellor.sign_in(COUNSELLOR)
    page = counsellor.page
    counsellor.go("/sjekk/ny/planned/")
    counsellor.answer_first("q_")
    page.locator("input[name=q_signs][value=strong]").check()
    page.get_by_label(counsellor.says("Hvilket rom?")).select_option(label=ONE_EXIT)
    page.get_by_role("button", name=counsellor.says("Vis resultatet")).click()
    page.wait_for_url(re.compile(r"/sjekk/[0-9a-f-]{36}/"))
    main = page.locator("main")
    expect(main).to_contain_text(counsellor.says("%(room)s passer ikke til dette møtet") % {"room": ONE_EXIT})
    expect(main).to_contain_text("Rommet har én utgang.")
    counsellor.look_at()
    page.get_by_role("link", name="Møterom 1").click()
    expect(page.locator("main")).to_contain_text(counsellor.says("For alle møter"))
