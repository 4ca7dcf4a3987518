"""Rows of what is kept, with the words of their rules, as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from tryggmote.compliance.columns import Column
from tryggmote.compliance.history import Point
from tryggmote.compliance.models import Standing
from tryggmote.compliance.states import State


@dataclass(frozen=True)
class Line:
    """How one unit stands, or stood, on one requirement."""

    standing: Standing
    column: Column

    @property
    def state(self) -> State:
        """With its word and its shape."""
        return State(self.standing.state)

    @property
    def why(self) -> str:
        """The reason in a sentence."""
        return self.column.rule.says(self.standing.reason, self.standing.figures or {})


@dataclass(frozen=True)
class Change:
    """What a unit's standing on one requirement went over to, and from what."""

    after: Line
    before: Line

    @property
    def is_same_state(self) -> bool:
        """Whether only the reason is another."""
        return self.after.state == self.before.state


def change_of(standing: Standing, column: Column) -> Change:
    """The change that this row began with. `standing`: with its `before`."""
    assert standing.before, "a first row is no change"
    return Change(Line(standing, column), Line(standing.before, column))


HIGH, WIDE, GAP = 100, 28, 8


@dataclass(frozen=True)
class Bar:
    """One month of a trend as it is drawn; the whole height is all of those counted."""

    point: Point
    x: int
    height: int

    @property
    def y(self) -> int:
        """From the top."""
        return HIGH - self.height


@dataclass(frozen=True)
class Trend:
    """The share met, month by month."""

    bars: list[Bar]

    @property
    def width(self) -> int:
        """Of the whole drawing."""
        return len(self.bars) * (WIDE + GAP)

    @property
    def is_one(self) -> bool:
        """Whether there is nothing to compare with yet."""
        return len(self.bars) < 2


def drawn(points: Sequence[Point]) -> Trend:
    """A bar for each month, from the left."""
    return Trend(
        [
            Bar(point, at * (WIDE + GAP), round(HIGH * (point.cell.share or 0)))
            for at, point in enumerate(points)
        ]
    )
