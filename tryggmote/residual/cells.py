"""The matrix of what must be in place: each element in each form of a unit, and what fills it (3.2-3.4).

Whether something counts is said once, in `evidence.sql`, and read from there.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import UnitClosure
from tryggmote.residual import elements
from tryggmote.residual.elements import Element, RequiredForms
from tryggmote.residual.models import Filling, Record
from tryggmote.residual.things import Thing, in_force_for, thing_of


class State(TextChoices):
    """How one cell stands."""

    FILLED = "filled", _("På plass")
    RESIDUAL = "residual", _("Restrisiko")
    EMPTY = "empty", _("Mangler")

    @property
    def variant(self) -> str:
        """How it is coloured, as `ui`'s tag names it."""
        return {State.FILLED: "success", State.RESIDUAL: "info", State.EMPTY: "warning"}[self]


@dataclass(frozen=True)
class Filled:
    """Something chosen for a cell. `counts`: it is in force today for this form."""

    filling: Filling
    thing: Thing
    counts: bool


@dataclass
class Cell:
    """One element in one meeting form. `record`: what is said of it as residual risk, approved or not."""

    unit_id: int
    required: RequiredForms
    element: Element
    form: MeetingForm
    state: State
    filled: list[Filled] = field(default_factory=list)
    record: Record | None = None

    @property
    def url(self) -> str:
        """Where it is decided what fills it."""
        return reverse("residual:cell", args=[self.unit_id, self.element.code, self.form.value])

    @property
    def counting(self) -> list[Filled]:
        """What fills it today."""
        return [each for each in self.filled if each.counts]


@dataclass(frozen=True)
class Row:
    """An element with its cells, one for each meeting form the unit uses."""

    element: Element
    cells: list[Cell]


@dataclass(frozen=True)
class Column:
    """A meeting form with what must be in place in it, as it is read on a phone."""

    form: MeetingForm
    cells: list[Cell]

    @property
    def done(self) -> int:
        """How many are in place or described as residual risk."""
        return _done(self.cells)

    @property
    def is_lacking(self) -> bool:
        """Whether something is missing."""
        return self.done < len(self.cells)


@dataclass(frozen=True)
class Table:
    """A requirement with the unit's meeting forms across and the elements down."""

    required: RequiredForms
    forms: list[MeetingForm]
    rows: list[Row]

    @property
    def cells(self) -> list[Cell]:
        """All of them."""
        return [cell for row in self.rows for cell in row.cells]

    @property
    def done(self) -> int:
        """How many are in place or described as residual risk."""
        return _done(self.cells)

    @property
    def by_form(self) -> list[Column]:
        """The same form by form."""
        return [
            Column(form, [row.cells[place] for row in self.rows]) for place, form in enumerate(self.forms)
        ]


def _done(cells: Collection[Cell]) -> int:
    return sum(cell.state is not State.EMPTY for cell in cells)


Cells = dict[tuple[str, str], Cell]


def tables_of(unit_id: int) -> list[Table]:
    """The matrix of a unit, one table for each requirement it has meeting forms of; five queries.

    Empty for a unit that nothing is measured of, or that one may not see.
    """
    found = cells_of(unit_id)
    return [
        table for required in elements.elements().requirements if (table := _table(required, found)).forms
    ]


def _table(required: RequiredForms, found: Cells) -> Table:
    forms = [form for form in required.forms if (required.elements[0].code, form.value) in found]
    rows = [Row(each, [found[each.code, form.value] for form in forms]) for each in required.elements]
    return Table(required, forms, rows)


_STATES = "select element, form, is_filled, is_residual from evidence_cells where unit_id = %s"
_COUNTING = "select filling_id from evidence_fillings where unit_id = %s"


def cells_of(unit_id: int) -> Cells:
    """Every cell of a unit's matrix by element and meeting form; five queries."""
    with connection.cursor() as cursor:
        cursor.execute(_STATES, [unit_id])
        states = {(element, form): _state(*judged) for element, form, *judged in cursor.fetchall()}
        cursor.execute(_COUNTING, [unit_id])
        counting = {filling_id for (filling_id,) in cursor.fetchall()}
    found = {
        (element.code, form.value): Cell(unit_id, required, element, form, states[element.code, form.value])
        for required, element, form in elements.cells()
        if (element.code, form.value) in states
    }
    above = _depths(unit_id)
    for filling in _fillings_of(above):
        if cell := found.get((filling.element, filling.form)):
            cell.filled.append(Filled(filling, thing_of(filling), filling.id in counting))
    # The nearest record stands: the unit's own comes last.
    for record in sorted(_records_of(above), key=lambda record: -above[record.unit_id]):
        if cell := found.get((record.element, record.form)):
            cell.record = record
    return found


def _state(is_filled: bool, is_residual: bool) -> State:
    if is_filled:
        return State.FILLED
    return State.RESIDUAL if is_residual else State.EMPTY


def _depths(unit_id: int) -> dict[int, int]:
    """The unit and those above it, with how far above each is."""
    return dict(UnitClosure.objects.filter(descendant_id=unit_id).values_list("ancestor_id", "depth"))


def _fillings_of(unit_ids: Collection[int]) -> list[Filling]:
    found = Filling.objects.filter(unit_id__in=unit_ids, ended_at=None).order_by("at", "id")
    return list(found.select_related("measure", "procedure", "unit"))


def _records_of(unit_ids: Collection[int]) -> list[Record]:
    return list(Record.objects.filter(unit_id__in=unit_ids, withdrawn_at=None).exclude(element=""))


def to_choose_from(cell: Cell) -> list[Thing]:
    """What is in force in the unit for this form and not chosen yet, what is likely first."""
    chosen = {each.thing.key for each in cell.filled}
    found = in_force_for(
        cell.element, cell.form.value, unit_id=cell.unit_id, above=list(_depths(cell.unit_id))
    )
    return [thing for thing in found if thing.key not in chosen]


def others_like(cell: Cell, found: Cells) -> list[Cell]:
    """The same element in the other meeting forms of the requirement that the unit uses."""
    return [
        other
        for form in cell.required.forms
        if form is not cell.form and (other := found.get((cell.element.code, form.value)))
    ]
