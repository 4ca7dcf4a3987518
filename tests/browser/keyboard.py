"""A keyboard and nothing else: where focus goes, whether it is seen, and whether one comes out again."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

MOST_STEPS = 400
_SCRIPT = Path(__file__).with_suffix(".js")
_DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass(frozen=True)
class Stop:
    """Where focus is, and whether a person sees that it is there (WCAG 2.4.7, 2.4.11)."""

    name: str
    is_new: bool
    is_marked: bool
    covered_by: str

    @property
    def is_named(self) -> bool:
        """Whether a screen reader has something to say there besides what kind of thing it is."""
        return len(self.name.split()) > 1


def walk(page: Page, key: str = "Tab") -> list[Stop]:
    """Press `key` from the beginning until everything has been met, and return the stops in order.

    Raises AssertionError when focus goes round among some of them and does not reach the rest: a trap.
    """
    _watch(page)
    page.evaluate("keyboardWalk.begin()")
    stops: list[Stop] = []
    for _ in range(MOST_STEPS):
        page.keyboard.press(key)
        stop = _here(page)
        if stop is None or not stop.is_new:
            break
        stops.append(stop)
    missed = page.evaluate("keyboardWalk.missed()")
    walked = [stop.name for stop in stops]
    assert not missed, f"{page.url}: not reached by {key}: {missed}; walked {walked}"
    return stops


def reach(page: Page, target: Locator, *, back: bool = False) -> None:
    """Press Tab until `target` is in focus, and in sight. Raises AssertionError when it is not."""
    _watch(page)
    for _ in range(MOST_STEPS):
        if target.evaluate("el => el === document.activeElement"):
            stop = _here(page)
            assert stop, page.url
            assert not stop.covered_by, f"{page.url}: {stop}"
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"{page.url}: Tab does not lead to {target}")


def _watch(page: Page) -> None:
    page.evaluate(_SCRIPT.read_text(encoding="utf-8"))


def _here(page: Page) -> Stop | None:
    """Where focus is now; None when it is nowhere."""
    # Once drawn, scrolling into view and what is drawn on focus have happened.
    found: dict[str, Any] | None = page.evaluate(f"{_DRAWN}.then(() => keyboardWalk.here())")
    return Stop(**found) if found else None
