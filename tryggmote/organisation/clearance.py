"""May this person meet clients now? (4.1: nobody meets clients before being trained.)

The seam between those who ask (the check) and the one who knows (`training`, which registers itself).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Clearance:
    """`why` is a sentence for the person; `until` the last day of today's clearance, None for no day.

    `next_url` leads to what to do about it, "" for nothing.
    """

    cleared: bool
    why: str = ""
    until: date | None = None
    next_url: str = ""


Judge = Callable[[int, str], Clearance]
_judges: list[Judge] = []


def register(judge: Judge) -> None:
    """Ask `judge` from now on, with a person's id and a meeting form ("" for all they use)."""
    _judges[:] = [judge]


def clearance(person_id: int, form: str = "") -> Clearance:
    """Whether the person is cleared to meet clients, in this meeting form. Source: standard 4.1.

    Without a judge everybody is: a product without training stops nobody.
    """
    return _judges[0](person_id, form) if _judges else Clearance(cleared=True)
