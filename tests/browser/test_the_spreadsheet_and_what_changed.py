"""A leader takes suggestions and a spreadsheet into an assessment, and sees what has changed (2.1)."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, NARROW, Visitor, leaving
from tryggmote.risk.tests.test_foreign_spreadsheet import TYPICAL, workbook

LEADER = "Gaute Lønnehaugen"
APPROVED = "Telefon, video og chat"
Arrive = Callable[..., Visitor]


def presses(page: Page, name: str) -> None:
    """Press a button and wait for what comes."""
    with leaving(page):
        page.get_by_role("button", name=name, exact=True).click()


def test_suggestions_and_a_spreadsheet_go_into_a_draft_and_the_difference_can_be_read(
    visitor: Arrive, tmp_path: Path
) -> None:
    leader = visitor(size=NARROW)
    leader.sign_in(LEADER)
    draft = opens_again(leader)
    takes_a_suggestion(leader, draft)
    takes_in(leader, draft, foreign(tmp_path))
    takes_in_our_own(leader, draft)

    leader.go(f"{draft}sammenlign/1/2/")
    expect(leader.page.get_by_text("Verneombudet mener chat mangler.")).to_be_visible()
    for hazard in ("Bruker truer i mottak", "Kniv i samtale"):
        expect(leader.page.get_by_text(hazard)).to_be_visible()
    leader.look_at()
    leader.page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    leader.look_at()


def opens_again(leader: Visitor) -> str:
    """The approved assessment gets a draft; says where it is."""
    leader.go("/risikovurdering/")
    href = leader.page.get_by_role("link", name=APPROVED).first.get_attribute("href")
    assert href
    leader.go(f"{href}apne/")
    leader.page.get_by_label("En merknad").check()
    leader.page.get_by_label("Fortell kort").fill("Verneombudet mener chat mangler.")
    presses(leader.page, "Åpne igjen")
    return href


def takes_a_suggestion(leader: Visitor, draft: str) -> None:
    """From the library to a scenario with ideas for measures."""
    page = leader.page
    leader.go(f"{draft}forslag/")
    leader.look_at()
    with leaving(page):
        page.get_by_role("link", name="Bruk forslaget").first.click()
    page.locator("[name=inherent_likelihood]").select_option("3")
    page.locator("[name=inherent_consequence]").select_option("3")
    presses(page, "Lagre")
    expect(page.get_by_role("heading", name="Ideer til tiltak")).to_be_visible()
    leader.look_at()


def foreign(folder: Path) -> Path:
    """A spreadsheet as an office may have it."""
    file = folder / "vår analyse.xlsx"
    file.write_bytes(workbook(("Forside", [["Nav"]]), ("Analyse", TYPICAL)))
    return file


def takes_in(leader: Visitor, draft: str, file: Path) -> None:
    """Columns chosen, seen first, and then taken in."""
    page = leader.page
    leader.go(f"{draft}regneark/")
    leader.look_at()
    page.get_by_label("Regneark (XLSX)").set_input_files(file)
    presses(page, "Vis hva som blir tatt inn")
    expect(page.get_by_label("Uønsket hendelse")).to_have_value("hazard")
    leader.look_at()
    presses(page, "Vis hva som blir tatt inn")
    expect(page.get_by_text("Linje 4 i filen")).to_be_visible()
    leader.look_at()
    presses(page, "Ta inn 2 linjer")
    expect(page.get_by_text("2 linjer er tatt inn")).to_be_visible()


def takes_in_our_own(leader: Visitor, draft: str) -> None:
    """What was just downloaded says nothing new."""
    page = leader.page
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned som regneark").click()
    leader.go(f"{draft}regneark/")
    page.get_by_label("Regneark (XLSX)").set_input_files(download.value.path())
    presses(page, "Vis hva som blir tatt inn")
    expect(page.get_by_text("Velg et regneark av typen XLSX").first).to_be_visible()
    look_at_refusal(leader)
    named = download.value.path().with_suffix(".xlsx")
    download.value.path().rename(named)
    page.get_by_label("Regneark (XLSX)").set_input_files(named)
    presses(page, "Vis hva som blir tatt inn")
    expect(page.get_by_text("Ingenting nytt i filen")).to_be_visible()
    leader.look_at()


def look_at_refusal(leader: Visitor) -> None:
    """The page of a refused form is not one to be asked for again."""
    leader.inspect()
