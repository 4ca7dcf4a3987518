"""One person's training, sorted for reading: what stops them, what must be renewed, the rest."""

from collections.abc import Collection
from dataclasses import dataclass

from tryggmote.training.queries import Line
from tryggmote.training.vocabulary import COUNTS_TODAY, Standing


@dataclass(frozen=True)
class Progress:
    """`stops`: without these nobody meets clients; `waits`: to be done or renewed; `held`: in order."""

    stops: list[Line]
    waits: list[Line]
    held: list[Line]

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.stops) + len(self.waits) + len(self.held)

    @property
    def done(self) -> int:
        """How many count today, also those that must be renewed soon."""
        return sum(line.standing in COUNTS_TODAY for line in (*self.waits, *self.held))


def progress_of(lines: Collection[Line]) -> Progress:
    """The lines in the three groups, each in the order of the elements."""
    stops = [line for line in lines if line.is_gate and line.standing is Standing.MISSING]
    held = [line for line in lines if line.standing in (Standing.HELD, Standing.AWAY)]
    waits = [line for line in lines if line not in stops and line not in held]
    return Progress(stops, waits, held)
