"""The page of figures of a unit, put together: at most four queries whatever the size of the unit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tryggmote.statistics import periods, queries, rates
from tryggmote.statistics.breakdown import Grid, grids_of
from tryggmote.statistics.charts import Chart, Point, chart_of
from tryggmote.statistics.definition import Measure, definitions
from tryggmote.statistics.models import Span
from tryggmote.statistics.picture import Picture, picture_of
from tryggmote.statistics.queries import Around, Seen
from tryggmote.statistics.showing import BY_MONTH, MADE_OF, STATES, Figures, Shown
from tryggmote.statistics.words import reason_of, sentence_of, within

ROWS = (
    "incidents", "worries", "stops", "calls", "checks", "checks_high", "training",
    "measures", "measures_late", "measures_evaluated", "measures_open", "measures_overdue",
)  # fmt: skip
"""The measures of the table, in order."""
COUNTED = (
    *(part for measure in ROWS for part in MADE_OF.get(measure, (measure,)) if measure != "checks_high"),
    "meetings",
    "answers",
    "employees",
)  # fmt: skip
BROKEN_DOWN = ("natures", "hours", "triggers")
CHART_MONTHS = 24
PER_EMPLOYEES, PER_MEETINGS = 100, 1000


def by_month(measure: str) -> list[str]:
    """What is read month by month: what is shown so from above, what is followed, and who was at work."""
    followed = (*sorted(BY_MONTH), measure)
    return ["employees", *dict.fromkeys(part for code in followed for part in MADE_OF.get(code, (code,)))]


@dataclass(frozen=True)
class Row:
    """A measure over a year: its halves, the year, and rates of the year, which stand with their n."""

    measure: Measure
    halves: Sequence[Shown]
    year: Shown
    per_employees: rates.Rate | None
    per_meetings: rates.Rate | None


@dataclass(frozen=True)
class Answers:
    """Within how many seconds half of those who called for help, and nine of ten, had an answer."""

    half: int
    most: int

    @property
    def sentence(self) -> str:
        return _(
            "De som tilkalte hjelp, fikk svar innen %(half)s i halvparten av tilfellene, "
            "og innen %(most)s i ni av ti."
        ) % {"half": within(self.half), "most": within(self.most)}


@dataclass(frozen=True)
class Below:
    """A unit below, with the chosen measure over the year."""

    unit: Seen
    halves: Sequence[Shown]
    year: Shown
    employees: float
    rate: rates.Rate | None


@dataclass(frozen=True)
class Month:
    """A month of a chart."""

    month: date
    point: Point

    @property
    def reason(self) -> str:
        """Why it is a signal, in a few words; nothing when it is none."""
        return reason_of(self.point)


@dataclass(frozen=True)
class Trend:
    """A measure by month as a control chart, with what it says."""

    chart: Chart
    months: Sequence[date]

    @property
    def sentence(self) -> str:
        return sentence_of(self.chart, self.months)

    @property
    def picture(self) -> Picture:
        return picture_of(self.chart, self.months)

    @property
    def rows(self) -> list[Month]:
        """The same as a table, the newest first."""
        return [Month(m, p) for m, p in zip(self.months, self.chart.points, strict=True)][::-1]


@dataclass(frozen=True)
class Page:
    """What a reader sees of a unit's figures. `trend`: None when its months are not shown or too few."""

    around: Around
    year: int
    measure: Measure
    halves: tuple[date, date]
    rows: Sequence[Row]
    below: Sequence[Below]
    employees: float
    meetings: Shown
    answers: Answers | None
    trend: Trend | None
    grids: Sequence[Grid]

    @property
    def way(self) -> list[Seen]:
        """The units above it whose figures one sees, from the top."""
        return [self.around.units[unit_id] for unit_id in self.around.tree.path[:-1]]

    @property
    def has_months(self) -> bool:
        """Whether the measure happens, so that one can ask how often: not for how things stand."""
        return self.measure.code not in STATES

    @property
    def hides_few(self) -> bool:
        """Whether a number is left out because few are behind it."""
        rows: list[Row | Below] = [*self.rows, *self.below]
        found = [shown for row in rows for shown in (*row.halves, row.year)]
        return any(shown.is_few for shown in found)

    @property
    def tables_hide_some(self) -> bool:
        return any(grid.hides_some for grid in self.grids)

    @property
    def tables_show_few(self) -> bool:
        return any(grid.shows_few for grid in self.grids)

    @property
    def waits(self) -> bool:
        """Whether a number waits for its period to be settled."""
        return any(shown.waiting for row in self.rows for shown in row.halves)


def page_of(around: Around, *, year: int, measure: str, today: date) -> Page:
    """The figures of a unit for a year, with `measure` followed by month and by unit below."""
    halves = periods.halves_of(year)
    chart = periods.months_back(periods.months_back(today, 2)[0], CHART_MONTHS)
    first_month = min(halves[0], periods.half_of(periods.months_back(chart[0], 2)[0]))
    figures = Figures(
        around,
        queries.numbers(around.tree.units, Span.HALF, COUNTED, halves[0], halves[1]),
        queries.numbers(
            around.tree.units, Span.MONTH, by_month(measure), first_month, max(today, date(year, 12, 31))
        ),
        today,
    )
    unit = around.unit.id
    year_months = [month for half in halves for month in periods.months_of(half)]
    employees, meetings = figures.employees(unit, year_months), figures.year(unit, "meetings", year)

    def row(code: str) -> Row:
        found = figures.year(unit, code, year)
        return Row(
            definitions().measure(code),
            [figures.half(unit, code, half) for half in halves],
            found,
            _rate(code, found, employees, PER_EMPLOYEES),
            _rate(code, found, meetings.n or 0, PER_MEETINGS),
        )

    def below(seen: Seen) -> Below:
        found, at_work = figures.year(seen.id, measure, year), figures.employees(seen.id, year_months)
        return Below(
            seen,
            [figures.half(seen.id, measure, half) for half in halves],
            found,
            at_work,
            _rate(measure, found, at_work, PER_EMPLOYEES),
        )

    return Page(
        around=around,
        year=year,
        measure=definitions().measure(measure),
        halves=halves,
        rows=[row(code) for code in ROWS],
        below=[below(seen) for seen in around.below],
        employees=employees,
        meetings=meetings,
        answers=_answers(figures, unit, year),
        trend=_trend(figures, unit, measure, chart),
        grids=_grids(figures, around, halves),
    )


def _answers(figures: Figures, unit: int, year: int) -> Answers | None:
    """None where the number of calls is not shown, or nobody called and had an answer."""
    if not figures.year(unit, "calls", year).n:
        return None
    seconds: Counter[int] = Counter()
    for half in periods.halves_of(year):
        answered = figures.codes(unit, "answers", half)
        seconds.update({int(limit): n for limit, n in answered.items() if limit})
    middle, most = rates.percentile(seconds, 0.5), rates.percentile(seconds, 0.9)
    return Answers(middle, most) if middle and most else None


def _trend(figures: Figures, unit: int, measure: str, months: Sequence[date]) -> Trend | None:
    """The chart of the months that are counted there and are settled for the reader."""
    at_work = {month: figures.employees(unit, [month]) for month in months}
    shown = {m: figures.month(unit, measure, m) for m in months if figures.is_counted(unit, m)}
    months = [month for month, number in shown.items() if not number.waiting]
    counts = [n for month in months if (n := shown[month].n) is not None]
    if len(counts) < len(months):
        return None
    chart = chart_of(counts, [at_work[month] for month in months], per=PER_EMPLOYEES)
    return Trend(chart, months) if chart else None


def _grids(figures: Figures, around: Around, halves: Sequence[date]) -> list[Grid]:
    """The tables of the half-years whose incidents are shown; for others than those who read all, at the
    top alone.
    """
    unit = around.unit
    shown = [half for half in halves if figures.half(unit.id, "incidents", half).n is not None]
    is_own = all(figures.is_own(unit.id, "incidents", half) for half in shown)
    if not shown or not (is_own or len(around.tree.path) == 1):
        return []
    found = queries.numbers([unit.id], Span.HALF, BROKEN_DOWN, shown[0], shown[-1])
    return grids_of(found, unit.id, shown, is_own=is_own)


def _rate(measure: str, found: Shown, exposure: float, per: int) -> rates.Rate | None:
    """None for what is not shown, and for how things stand: that is no number of cases."""
    return None if found.n is None or measure in STATES else rates.rate_of(found.n, exposure, per)
