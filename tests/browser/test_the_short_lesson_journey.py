"""A short lesson: held in a meeting by keyboard on one screen, and read alone on a phone (4.1)."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, NARROW, Visitor, leaving

HOLDER = "Gaute Lønnehaugen"
READER = "Asgeir Kløvervoll"
Arrive = Callable[..., Visitor]


def test_a_lesson_is_held_step_by_step_and_those_who_were_there_are_ticked(visitor: Arrive) -> None:
    holder = visitor(size=DESKTOP, dark=True)
    holder.sign_in(HOLDER)
    holder.go("/korte-okter/")
    with leaving(holder.page):
        holder.page.get_by_role("link", name="Hold den i møtet").click()
    holder.look_at()
    step, place = holder.page.locator("[data-step]:visible"), holder.page.locator("[data-place]")
    expect(step).to_have_count(1)
    expect(place).to_contain_text("1 av")
    total = int(str(place.text_content()).split()[-1])
    for number in range(2, total):
        holder.page.keyboard.press("ArrowRight")
        expect(place).to_have_text(f"{number} av {total}")
        expect(step.locator("h2")).to_be_focused()
    holder.page.get_by_role("button", name="Neste").click()
    expect(holder.page.get_by_role("button", name="Neste")).to_be_hidden()
    holder.inspect()
    with leaving(holder.page):  # with nobody ticked
        holder.page.get_by_role("button", name="Lagre hvem som var her").click()
    expect(place).to_have_text(f"{total} av {total}")
    for box in holder.page.locator("[name=people]").all()[:3]:
        box.check()
    with leaving(holder.page):
        holder.page.get_by_role("button", name="Lagre hvem som var her").click()
    expect(holder.page.locator("main")).to_contain_text("3 var der")
    holder.inspect()


def test_a_counsellor_reads_one_on_the_phone_and_sees_why(visitor: Arrive) -> None:
    reader = visitor(size=NARROW)
    reader.sign_in(READER)
    reader.go("/korte-okter/a_refusal/")
    reader.page.locator("[name=question_0][value='0']").check()
    with leaving(reader.page):
        reader.page.get_by_role("button", name="Se hvorfor").click()
    expect(reader.page.locator("main")).to_contain_text("Ikke helt")
    reader.inspect()
    reader.go("/min-side/")
    expect(reader.page.locator("main")).to_contain_text("lest alene")
