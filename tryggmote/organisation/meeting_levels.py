"""How much a meeting asks for, in the order in which the check, rooms and advice compare it (2.2, 3.1)."""

from enum import StrEnum


class Level(StrEnum):
    """How much the situation asks for. In order: each is higher than the one before."""

    LOW = "low"
    RAISED = "raised"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """1, 2, 3: what is stored and compared."""
        return list(Level).index(self) + 1

    @classmethod
    def of_rank(cls, rank: int) -> "Level":
        """The level that is stored as `rank`."""
        return list(cls)[rank - 1]
