"""`make pictures`: the pictures in the README and the user guide, taken of the running demo anew.

Everybody in them is fictional. A page that looks different now is seen in the diff.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.site import running
from tests.machine import get_browser

FOLDER = Path(__file__).parents[1] / "docs" / "bilder"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
COLOURS = 128  # enough for flat surfaces and text, a third of the size
COUNSELLOR, LEADER, DIRECTOR = "Asgeir Kløvervoll", "Gaute Lønnehaugen", "Mathea Sommermyr"


@dataclass(frozen=True)
class Picture:
    """What one person has in front of them. `name`: of the file, without its ending."""

    name: str
    person: str
    path: str
    size: dict[str, int]
    dark: bool = False


PICTURES = (
    Picture("naa", COUNSELLOR, "/", PHONE),
    Picture("naa-leder", LEADER, "/", DESKTOP),
    Picture("status", LEADER, "/status/", DESKTOP),
    Picture("oversikt", DIRECTOR, "/status/oversikt/", DESKTOP),
    Picture("tall", LEADER, "/tall/", DESKTOP),
    Picture("aarshjul", LEADER, "/arshjul/", DESKTOP),
    Picture("haandbok", COUNSELLOR, "/handbok/", PHONE, dark=True),
)


def main() -> None:
    """Take all of them. Raises: RuntimeError when there is no browser."""
    path = get_browser()
    if not path:
        raise RuntimeError("There is no Chromium or Chrome on this machine.")
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as var, running(Path(var)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for picture in PICTURES:
            (FOLDER / f"{picture.name}.png").write_bytes(_small(_taken(browser, site.address, picture)))
            print(picture.name, flush=True)
        browser.close()


def _taken(browser: Browser, address: str, picture: Picture) -> bytes:
    context = browser.new_context(
        viewport=picture.size,  # type: ignore[arg-type]
        color_scheme="dark" if picture.dark else "light",
        locale="nb-NO",
        timezone_id="Europe/Oslo",
    )
    page = context.new_page()
    page.goto(f"{address}/logg-inn/?{urlencode({'sok': picture.person})}")
    page.get_by_role("button", name=picture.person).first.click()
    page.wait_for_url(lambda url: "/logg-inn/" not in url)
    _no_beginner(page)
    answer = page.goto(address + picture.path)
    if answer is None or not answer.ok:
        raise RuntimeError(f"{picture.path} cannot be opened by {picture.person}.")
    page.evaluate("document.fonts.ready.then(() => true)")
    taken = page.screenshot()
    context.close()
    return taken


def _no_beginner(page: Page) -> None:
    """Put the guide away: the pictures are of every day."""
    guide = page.locator(".tm-welcome")
    if guide.count():
        guide.locator("form").evaluate("form => form.requestSubmit()")
        guide.wait_for(state="detached")


def _small(png: bytes) -> bytes:
    made = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS).save(made, "PNG", optimize=True)
    return made.getvalue()


if __name__ == "__main__":
    main()
