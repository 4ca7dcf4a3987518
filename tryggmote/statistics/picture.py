"""A control chart as a picture: where lines and points stand in an SVG (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tryggmote.statistics.charts import Chart

WIDTH, HEIGHT = 720, 320
LEFT, RIGHT, TOP, BOTTOM = 62, 36, 14, 44
"""Room for four digits and for a month at the edge, in the large letters of a phone."""
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True)
class Mark:
    """A month of the chart. `label`: whether its name is written beneath it."""

    month: date
    n: int
    x: float
    y: float
    is_signal: bool
    label: bool


@dataclass(frozen=True)
class Line:
    """A horizontal line with the number it stands for."""

    y: float
    number: int


@dataclass(frozen=True)
class Picture:
    """All of the chart as numbers. `low`, `high`: the limits as the points of a line; no low one where
    nothing at all would be within it.
    """

    marks: Sequence[Mark]
    mean_y: float
    path: str
    low: str
    high: str
    lines: Sequence[Line]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT

    @property
    def numbers_x(self) -> int:
        """Where the numbers of the lines end."""
        return self.left - 8

    @property
    def months_y(self) -> int:
        """Where the names of the months stand."""
        return self.height - 14


def picture_of(chart: Chart, months: Sequence[date]) -> Picture:
    """The chart with its months from left to right."""
    top = max(max(point.value, point.high) for point in chart.points)
    step = next((step for step in STEPS if top / step <= 5), STEPS[-1])
    top = step * -(-top // step)
    width = (WIDTH - LEFT - RIGHT) / len(months)

    def x(place: float) -> float:
        return round(LEFT + (place + 0.5) * width, 1)

    def y(value: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top), 1)

    def steps(values: Sequence[float]) -> str:
        return " ".join(
            f"{x(place - 0.5)},{y(value)} {x(place + 0.5)},{y(value)}" for place, value in enumerate(values)
        )

    marks = [
        Mark(month, point.n, x(place), y(point.value), point.signal is not None, month.month in (1, 4, 7, 10))
        for place, (month, point) in enumerate(zip(months, chart.points, strict=True))
    ]
    lows = [point.low for point in chart.points]
    return Picture(
        marks,
        y(chart.mean),
        " ".join(f"{mark.x},{mark.y}" for mark in marks),
        steps(lows) if any(lows) else "",
        steps([point.high for point in chart.points]),
        [Line(y(number), number) for number in range(0, int(top) + 1, step)],
    )
