"""Where things stand in the wheel: a year clockwise from the top, as numbers for an SVG. No database."""

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import asin, cos, pi, sin

from tryggmote.cycle.registry import Event
from tryggmote.cycle.vocabulary import State

SIZE = 400
RIM = 196
MONTHS_INSIDE = 168
LANES = (152, 133, 114, 95, 76)
"""Radii on which marks stand, the outermost first; the next one inwards takes what would cover another."""
MARK_WIDTH = 18
_MIDDLE = SIZE / 2


@dataclass(frozen=True)
class Point:
    """A point of the picture."""

    x: float
    y: float


@dataclass(frozen=True)
class Slice:
    """One month of the ring: where its first day's line runs, and where its name stands."""

    first: date
    inner: Point
    outer: Point
    name: Point


@dataclass(frozen=True)
class Mark:
    """An event where it stands."""

    event: Event
    state: State
    at: Point


@dataclass(frozen=True)
class Wheel:
    """A year as a picture. `now`: the ends of the line of today; None in another year."""

    slices: list[Slice]
    marks: list[Mark]
    now: tuple[Point, Point] | None


def wheel_of(events: Iterable[Event], *, year: int, today: date) -> Wheel:
    """The picture of a year with these events of it."""
    now = (_point(_turn(today), LANES[-1] - MARK_WIDTH), _point(_turn(today), RIM))
    return Wheel(
        slices=[_slice(date(year, month, 1)) for month in range(1, 13)],
        marks=_placed(events, today),
        now=now if today.year == year else None,
    )


def _slice(first: date) -> Slice:
    begins = _turn(first)
    return Slice(
        first=first,
        inner=_point(begins, LANES[-1] - MARK_WIDTH),
        outer=_point(begins, RIM),
        name=_point(begins + 1 / 24, (RIM + MONTHS_INSIDE) / 2),
    )


def _placed(events: Iterable[Event], today: date) -> list[Mark]:
    """Each event on the outermost lane where it covers none; where all are full, the lanes take turns."""
    taken: dict[int, list[float]] = {radius: [] for radius in LANES}
    marks = []
    for number, event in enumerate(sorted(events, key=lambda event: event.on)):
        turn = _turn(event.on)
        free = (radius for radius in LANES if all(_apart(turn, other, radius) for other in taken[radius]))
        radius = next(free, LANES[number % len(LANES)])
        taken[radius].append(turn)
        marks.append(Mark(event, event.state(today), _point(turn, radius)))
    return marks


def _apart(turn: float, other: float, radius: int) -> bool:
    distance = abs(turn - other)
    return min(distance, 1 - distance) >= asin(MARK_WIDTH / 2 / radius) / pi


def _turn(day: date) -> float:
    """How far round the year has come at the day, from 0 to 1."""
    return (day.timetuple().tm_yday - 1) / (366 if isleap(day.year) else 365)


def _point(turn: float, radius: float) -> Point:
    angle = 2 * pi * turn
    return Point(round(_MIDDLE + radius * sin(angle), 1), round(_MIDDLE - radius * cos(angle), 1))
