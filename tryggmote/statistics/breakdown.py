"""When and how incidents happened: tables of cells, shaded by how many there are (2.4).

Others than those who may read every incident see them only for the uppermost unit they see, so that no
table can be taken from another; and there the cells are the parts of a number like any other
(`rules.parts_shown`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.incidents.codebook import codebook
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.statistics.queries import Number, Numbers
from tryggmote.statistics.rules import FEWEST, Cell, parts_shown
from tryggmote.statistics.showing import Shown, total

SHADES = 4
Text = str | Promise
Key = tuple[str, str]

WEEKDAYS: Sequence[tuple[str, Text]] = (
    ("1", gettext_lazy("mandag")),
    ("2", gettext_lazy("tirsdag")),
    ("3", gettext_lazy("onsdag")),
    ("4", gettext_lazy("torsdag")),
    ("5", gettext_lazy("fredag")),
    ("weekend", gettext_lazy("helg")),
)
HOURS: Sequence[tuple[str, Text]] = (
    ("9", gettext_lazy("før 9")),
    ("11", gettext_lazy("9–11")),
    ("13", gettext_lazy("11–13")),
    ("15", gettext_lazy("13–15")),
    ("24", gettext_lazy("etter 15")),
)
"""The classes of hours by where they end."""


@dataclass(frozen=True)
class Shaded:
    """A cell. `shade`: 0 (none) to 4 (the most there is in the table)."""

    shown: Shown
    shade: int


@dataclass(frozen=True)
class Row:
    label: str
    cells: Sequence[Shaded]


@dataclass(frozen=True)
class Grid:
    """A table with a name of its own. `corner`: what its rows are."""

    title: str
    corner: str
    columns: Sequence[str]
    rows: Sequence[Row]

    @property
    def hides_some(self) -> bool:
        return any(shown.n is None for shown in self._all_shown())

    @property
    def shows_few(self) -> bool:
        """Whether small numbers stand in it: of incidents the reader may open."""
        return any(0 < (shown.n or 0) < FEWEST for shown in self._all_shown())

    def _all_shown(self) -> Iterator[Shown]:
        return (cell.shown for row in self.rows for cell in row.cells)


def grids_of(found: Numbers, unit_id: int, halves: Sequence[date], *, is_own: bool) -> list[Grid]:
    """The tables of these half-years together; those with nothing in them are left out.

    `is_own`: the reader may read every incident that is counted.
    """

    def cells(measure: str, key: Callable[[str], Key]) -> dict[Key, Shown]:
        by_half = [
            _shown(_grouped(found.codes(unit_id, half, measure), key), is_own=is_own) for half in halves
        ]
        nothing = Shown(0)
        keys = {key for shown in by_half for key in shown}
        return {key: total(shown.get(key, nothing) for shown in by_half) for key in keys}

    words = {code.code: str(code.word) for code in codebook().triggers}
    natures = {code.code: str(code.word) for code in codebook().natures}
    forms = {form.value: str(form.label) for form in MeetingForm}
    days, hours = dict(WEEKDAYS), dict(HOURS)
    natures_found = cells("natures", lambda code: (code, ""))
    hours_found, triggers_found = cells("hours", _day_and_hours), cells("triggers", _trigger_and_form)
    made = [
        _grid(_("Hva det var"), _("Hva"), natures_found, natures, {"": _("Antall")}),
        _grid(_("Når på dagen og i uken"), _("Dag"), hours_found, days, hours, is_whole=True),
        _grid(_("Hva som utløste det, i hver møteform"), _("Utløser"), triggers_found, words, forms),
    ]
    return [grid for grid in made if grid]


def _day_and_hours(code: str) -> Key:
    weekday, hour = map(int, code.split("-"))
    ends = next(ends for ends, _word in HOURS if hour < int(ends))
    return (str(weekday) if weekday <= 5 else "weekend"), ends


def _trigger_and_form(code: str) -> Key:
    form, _slash, trigger = code.partition("/")
    return trigger, form


def _grouped(codes: Mapping[str, Number], key: Callable[[str], Key]) -> dict[Key, Number]:
    groups: dict[Key, list[Number]] = defaultdict(list)
    for code, number in codes.items():
        groups[key(code)].append(number)
    return {group: sum(found[1:], found[0]) for group, found in groups.items()}


def _shown(cells: Mapping[Key, Number], *, is_own: bool) -> dict[Key, Shown]:
    others = {"/".join(key): [number.others] for key, number in cells.items()}
    whole = sum((cell for (cell,) in others.values()), Cell())
    seen = parts_shown([whole], others)
    return {
        key: Shown(number.all.n if is_own or "/".join(key) in seen else None) for key, number in cells.items()
    }


def _grid(
    title: str,
    corner: str,
    cells: Mapping[Key, Shown],
    rows: Mapping[str, Text],
    columns: Mapping[str, Text],
    *,
    is_whole: bool = False,
) -> Grid | None:
    """`is_whole`: rows and columns with nothing in them are drawn too."""
    if not cells:
        return None
    used_rows = [code for code in rows if is_whole or any(row == code for row, _column in cells)]
    used_columns = [code for code in columns if is_whole or any(column == code for _row, column in cells)]
    most = max((shown.n or 0 for shown in cells.values()), default=0)

    def shaded(row: str, column: str) -> Shaded:
        shown = cells.get((row, column), Shown(0))
        return Shaded(shown, -(-SHADES * (shown.n or 0) // most) if most else 0)

    return Grid(
        title,
        corner,
        [str(columns[code]) for code in used_columns],
        [Row(str(rows[row]), [shaded(row, column) for column in used_columns]) for row in used_rows],
    )
