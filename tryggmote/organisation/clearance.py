"""May this person meet clients now? (4.1: nobody meets clients before being trained.)

Training is a capability to come; until it is here everybody is cleared, and the check already asks.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Clearance:
    """`why` is a sentence for the person; `until` the day on which today's clearance runs out."""

    cleared: bool
    why: str = ""
    until: date | None = None


def clearance(person_id: int) -> Clearance:
    """Whether the person is cleared to meet clients. Source: standard 4.1."""
    return Clearance(cleared=True)
