"""Control charts: whether a number over time has changed, or only swings as numbers do (pure).

A c-chart where as many were exposed each month, else a u-chart: the number for each of those exposed, with
limits that follow how many they were (Montgomery, Introduction to Statistical Quality Control, ch. 7.3).
Signals are those of Western Electric (Statistical Quality Control Handbook, 1956): a point beyond three
standard deviations, and two of three beyond two on the same side; and eight in a row on one side of the
mean (their zone rule 4; Nelson 1984 takes nine).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

FEWEST_POINTS = 12
"""Fewer say too little about what is usual."""
EVEN_WITHIN = 0.25
"""How far from their mean exposures may lie to be taken as even (as for p- and u-charts in Montgomery)."""
IN_A_ROW = 8
RECENT = 6
"""Among so many of the last points a signal is still something to look into."""


class Signal(StrEnum):
    """What makes a point worth a look."""

    BEYOND = "beyond"
    TWO_OF_THREE = "two_of_three"
    RUN = "run"


@dataclass(frozen=True)
class Point:
    """What was counted of how many exposed. `value` is on the scale of the chart, and so are the limits."""

    n: int
    exposure: float
    value: float
    low: float
    high: float
    is_above: bool
    signal: Signal | None = None


@dataclass(frozen=True)
class Chart:
    """The points in order, and their mean. `per`: what a value is for each of; 0 for the count itself
    (c-chart).
    """

    points: Sequence[Point]
    mean: float
    per: int

    @property
    def latest(self) -> tuple[Signal, int] | None:
        """The last signal and where it is; None when the numbers lately swing as expected."""
        found = [(point.signal, place) for place, point in enumerate(self.points) if point.signal]
        return found[-1] if found and found[-1][1] >= len(self.points) - RECENT else None

    @property
    def has_signals(self) -> bool:
        """Whether there is one at all, also long ago."""
        return any(point.signal for point in self.points)

    def run_began(self, place: int) -> int:
        """Where the points on the same side of the mean as this one began, without a break."""
        is_above = self.points[place].is_above
        while place and self._side(place - 1) == (1 if is_above else -1):
            place -= 1
        return place

    def _side(self, place: int) -> int:
        value = self.points[place].value
        return (value > self.mean) - (value < self.mean)


def chart_of(counts: Sequence[int], exposures: Sequence[float], *, per: int = 100) -> Chart | None:
    """A chart of so many counts; None when they are too few to say what is usual, or nothing was counted."""
    if len(counts) < FEWEST_POINTS or not any(counts):
        return None
    if _are_even(exposures):
        mean = sum(counts) / len(counts)
        return _chart([(n, 1.0) for n in counts], exposures, mean, 0)
    if min(exposures) <= 0:
        return None
    mean = sum(counts) / sum(exposures) * per
    return _chart(
        [(n, exposure / per) for n, exposure in zip(counts, exposures, strict=True)], exposures, mean, per
    )


def _are_even(exposures: Sequence[float]) -> bool:
    mean = sum(exposures) / len(exposures)
    return all(abs(exposure - mean) <= EVEN_WITHIN * mean for exposure in exposures)


def _chart(pairs: Sequence[tuple[int, float]], exposures: Sequence[float], mean: float, per: int) -> Chart:
    deviations = [sqrt(mean / size) for _, size in pairs]
    scores = [(n / size - mean) / sigma for (n, size), sigma in zip(pairs, deviations, strict=True)]
    points = [
        Point(
            n=n,
            exposure=exposure,
            value=n / size,
            low=max(0.0, mean - 3 * sigma),
            high=mean + 3 * sigma,
            is_above=score > 0,
            signal=signal_at(scores, place),
        )
        for place, ((n, size), exposure, sigma, score) in enumerate(
            zip(pairs, exposures, deviations, scores, strict=True)
        )
    ]
    return Chart(points, mean, per)


def signal_at(scores: Sequence[float], place: int) -> Signal | None:
    """Why the point is worth a look, the strongest reason first. `scores`: deviations from the mean in
    sigmas.
    """
    here = scores[place]
    if abs(here) > 3:
        return Signal.BEYOND
    last_three = scores[max(0, place - 2) : place + 1]
    if abs(here) > 2 and sum(score * here > 0 and abs(score) > 2 for score in last_three) >= 2:
        return Signal.TWO_OF_THREE
    last = scores[max(0, place - IN_A_ROW + 1) : place + 1]
    if len(last) == IN_A_ROW and (all(score > 0 for score in last) or all(score < 0 for score in last)):
        return Signal.RUN
    return None
