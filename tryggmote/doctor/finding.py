"""What the doctor tells: one thing about the set-up, why it matters, and what to do about it."""

from dataclasses import dataclass
from enum import Enum


class Weight(Enum):
    """How much a finding matters."""

    WELL = "well"
    ADVICE = "advice"  # works, but somebody should know
    FAULT = "fault"  # does not work, or is not safe


@dataclass(frozen=True)
class Finding:
    """`what` is so; `why` it matters and what to `do` are empty when all is well."""

    weight: Weight
    what: str
    why: str = ""
    do: str = ""


def well(what: str) -> Finding:
    """All is well."""
    return Finding(Weight.WELL, what)


def advice(what: str, *, why: str, do: str) -> Finding:
    """It works, but this ought to be known."""
    return Finding(Weight.ADVICE, what, why, do)


def fault(what: str, *, why: str, do: str) -> Finding:
    """It does not work, or it is not safe."""
    return Finding(Weight.FAULT, what, why, do)
