"""What every page must pass, whatever it shows."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
HTML_VALIDATE = ROOT / "node_modules/.bin/html-validate"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def accessibility_violations(page: Page) -> list[str]:
    """axe-core's findings for WCAG 2.0-2.2 A and AA, one line each."""
    size = page.viewport_size
    assert size is not None
    found = _seen_whole(page, size["width"], size["height"])
    page.set_viewport_size(size)
    return found


def _seen_whole(page: Page, width: int, least: int) -> list[str]:
    """On a screen as tall as the page: fixed bars cover nothing, as when one has scrolled to each thing.

    A page that grew meanwhile, by a line that came over its stream, is looked at anew.
    """
    height = max(least, _height(page))
    page.set_viewport_size({"width": width, "height": height})
    found = _violations(page)
    return _seen_whole(page, width, least) if found and _height(page) > height else found


def _height(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))


def _violations(page: Page) -> list[str]:
    # The page's own policy forbids inline script: axe comes through the debugger, not as part of the page.
    # Half a megabyte: once for a document that is looked at twice.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8") + "\n; null")
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
        ".then(r => r.violations)",
        WCAG,
    )
    return [
        f"{violation['id']}: {violation['help']} {[node['html'][:160] for node in violation['nodes'][:3]]}"
        for violation in found
    ]


def invalid_pages(pages: Mapping[str, str]) -> dict[str, list[str]]:
    """html-validate's findings for pages as the server sent them, by address, for those with findings.

    To start it takes half a second, so it is started once for many.
    """
    if not pages:
        return {}
    with TemporaryDirectory() as folder:
        files = {
            str(Path(folder) / f"{number}.html"): address for number, address in enumerate(pages, start=1)
        }
        for file, address in files.items():
            Path(file).write_text(pages[address], encoding="utf-8")
        results = _html_validate([*files])
    return {
        files[result["filePath"]]: [
            f"{message['line']}: {message['ruleId']} {message['message']}" for message in result["messages"]
        ]
        for result in results
        if result["messages"]
    }


def _html_validate(files: list[str]) -> list[dict[str, Any]]:
    environment = os.environ | {"PATH": f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"}
    configuration = ROOT / "tests/browser/html-validate.json"
    answer = subprocess.run(
        [HTML_VALIDATE, "--formatter", "json", "--config", configuration, *files],
        capture_output=True,
        text=True,
        env=environment,
        cwd=ROOT,
        check=False,
    )
    if answer.returncode not in (0, 1) or answer.stderr:
        raise AssertionError(f"html-validate did not run: {answer.stderr}")
    results: list[dict[str, Any]] = json.loads(answer.stdout)
    return results


def overflows(page: Page) -> bool:
    """Whether the page scrolls sideways (WCAG 1.4.10)."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def inspect(page: Page, language: str) -> None:
    """What must hold for every page, with where it was seen."""
    where = page.url
    assert not overflows(page), f"{where} scrolls sideways"
    violations = accessibility_violations(page)
    assert not violations, f"{where}: {violations}"
    assert page.locator("h1").count() == 1, where
    assert page.locator("html").get_attribute("lang") == language, where
