"""A control chart as a picture: where lines and points stand in an SVG (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tryggmote.statistics.charts import Chart

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 14, 34
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
    """All of the chart as numbers. `low`, `high`: the limits as the points of a line."""

    marks: Sequence[Mark]
    mean_y: float
    path: str
    low: str
    high: str
    lines: Sequence[Line]


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
    return Picture(
        marks,
        y(chart.mean),
        " ".join(f"{mark.x},{mark.y}" for mark in marks),
        steps([point.low for point in chart.points]),
        steps([point.high for point in chart.points]),
        [Line(y(number), number) for number in range(0, int(top) + 1, step)],
    )
