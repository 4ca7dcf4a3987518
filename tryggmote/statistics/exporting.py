"""All one sees on a page of figures, as a file: the same numbers, hidden alike, and what they mean."""

from collections.abc import Iterator, Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tryggmote.statistics.breakdown import Grid
from tryggmote.statistics.definition import definitions
from tryggmote.statistics.pages import Page, Trend
from tryggmote.statistics.rates import Rate
from tryggmote.statistics.showing import Shown
from tryggmote.ui.spreadsheets import Cell, FileKind, Lines, csv_of, xlsx_of


def file_of(page: Page, kind: FileKind) -> bytes:
    """The page as a file."""
    return in_file(sheets_of(page), kind)


def in_file(sheets: Mapping[str, Lines], kind: FileKind) -> bytes:
    """A workbook with a sheet for each table, or one list of all of them. A line begins with its name."""
    return csv_of(_one_list(sheets)) if kind is FileKind.CSV else xlsx_of(sheets)


def file_name(page: Page, kind: FileKind) -> str:
    """What the file is called: the unit and the year."""
    return f"{_('tall')}-{page.around.unit.id}-{page.year}.{kind}"


def sheets_of(page: Page) -> Mapping[str, Lines]:
    """The tables by their titles, what the words mean last."""
    sheets: dict[str, Lines] = {_("Året"): [_heads(_("Hva")), *_of_year(page)]}
    if page.below:
        sheets[_("Enhetene under")] = [_heads_below(), *_of_units(page)]
    if page.trend:
        sheets[_("Måned for måned")] = [_heads_of_months(page.trend), *_of_months(page.trend)]
    for number, grid in enumerate(page.grids, start=1):
        sheets[f"{number} {grid.title}"] = [[grid.corner, *grid.columns], *_of_grid(grid)]
    return sheets | {_("Hva tallene teller"): [[_("Ord"), _("Hva det betyr")], *_dictionary(page)]}


def _heads(first: str) -> list[Cell]:
    return [
        first, _("1. halvår"), _("2. halvår"), _("Året"), _("Per 100 ansatte"), _("fra"), _("til"),
        _("Per 1000 møter"), _("fra"), _("til"),
    ]  # fmt: skip


def _heads_below() -> list[Cell]:
    return [_("Enhet"), _("Ansatte"), *_heads("")[1:7]]


def _heads_of_months(trend: Trend) -> list[Cell]:
    value = [_("Per 100 ansatte")] if trend.chart.per else []
    limits = [_("Nedre grense"), _("Øvre grense")]
    return [_("Måned"), _("Antall"), _("Ansatte"), *value, *limits, _("Signal")]


def _of_year(page: Page) -> Iterator[list[Cell]]:
    for row in page.rows:
        numbers = [_number(shown) for shown in (*row.halves, row.year)]
        yield [str(row.measure.name), *numbers, *_rate(row.per_employees), *_rate(row.per_meetings)]


def _of_units(page: Page) -> Iterator[list[Cell]]:
    for row in page.below:
        numbers = [_number(shown) for shown in (*row.halves, row.year)]
        yield [row.unit.name, round(row.employees), *numbers, *_rate(row.rate)]


def _of_months(trend: Trend) -> Iterator[list[Cell]]:
    for row in trend.rows:
        point = row.point
        limits = [round(point.low, 2), round(point.high, 2)]
        value = [round(point.value, 2)] if trend.chart.per else []
        yield [date_format(row.month, "Y-m"), point.n, round(point.exposure), *value, *limits, row.reason]


def _of_grid(grid: Grid) -> Iterator[list[Cell]]:
    for row in grid.rows:
        yield [row.label, *(_number(cell.shown) for cell in row.cells)]


def _dictionary(page: Page) -> Iterator[list[Cell]]:
    book = definitions()
    yield [_("Enhet"), page.around.unit.name]
    yield [_("År"), str(page.year)]
    yield [_("Følg"), str(page.measure.name)]
    yield [_("Utgave"), book.version]
    if page.answers:
        yield [_("Svar"), page.answers.sentence]
    yield [_("Om tallene"), _("Tallene sier hvor mye som er meldt, ikke hvor mye som har skjedd.")]
    hidden = _(
        "Det er færre enn fem personer eller fem tilfeller bak tallet, eller det ville røpet et slikt."
    )
    yield [_("skjult"), hidden]
    yield [_("ikke klart"), _("Et halvår gjøres opp to uker etter at det er over, og endres ikke siden.")]
    yield [_("fra, til"), _("Et 95-prosents intervall: så mye kan tallet svinge tilfeldig.")]
    for measure in book.measures:
        without = f" {_('Teller ikke med:')} {measure.leaves_out}" if measure.leaves_out else ""
        yield [str(measure.name), f"{measure.counts}{without}"]


def _number(shown: Shown) -> Cell:
    if shown.n is not None:
        return shown.n
    return _("ikke klart") if shown.waiting else _("skjult")


def _rate(rate: Rate | None) -> list[Cell]:
    return [round(rate.value, 2), round(rate.low, 2), round(rate.high, 2)] if rate else ["", "", ""]


def _one_list(sheets: Mapping[str, Lines]) -> Iterator[list[Cell]]:
    """A line for each number: its table, its line and its column."""
    yield [_("Tabell"), _("Linje"), _("Kolonne"), _("Verdi")]
    for title, (heads, *lines) in sheets.items():
        for line in lines:
            for head, value in zip(heads[1:], line[1:], strict=True):
                yield [title, line[0], head, value]
