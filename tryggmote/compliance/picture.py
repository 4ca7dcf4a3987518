"""The picture of requirements and units as it is drawn: heads one can sort by, and cells one can open."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from tryggmote.compliance.columns import Column
from tryggmote.compliance.rollup import Cell, Order, Row

BY_NAME = "navn"
ON_A_PHONE = 5
"""Requirements of each row; its own page has them all."""
_TURNED = "-"


@dataclass(frozen=True)
class Side:
    """A head one can sort by. `sorted_now`: as `aria-sort` says it, or ""; `asks`: what its link asks for."""

    sorted_now: str
    asks: str


@dataclass(frozen=True)
class Head:
    """A requirement above the picture, with how all units together stand."""

    column: Column
    side: Side
    total: Cell


@dataclass(frozen=True)
class DrawnCell:
    """One cell, and where it leads: to the unit's own page, or to the units of the group.

    `is_weakest`: among the few of the row that a phone has room for.
    """

    column: Column
    cell: Cell
    url: str
    is_weakest: bool


@dataclass(frozen=True)
class DrawnRow:
    """One unit or group, and where it leads."""

    row: Row
    url: str
    cells: list[DrawnCell]


def order_asked(asked: str, columns: Sequence[Column]) -> Order:
    """The order that `?sort=` asks for: a rule, "navn", or either turned with "-"; else the weakest first."""
    by = asked.removeprefix(_TURNED)
    is_turned = asked.startswith(_TURNED)
    if by == BY_NAME:
        return Order(by_name=True, is_turned=is_turned)
    if by in {column.rule.name for column in columns}:
        return Order(rule=by, is_turned=is_turned)
    return Order()


def heads(columns: Sequence[Column], order: Order, total: dict[str, Cell]) -> list[Head]:
    """One for each requirement."""
    return [
        Head(
            column,
            _side(column.rule.name, is_chosen=order.rule == column.rule.name, order=order),
            total.get(column.rule.name, Cell()),
        )
        for column in columns
    ]


def name_side(order: Order) -> Side:
    """The head above the names."""
    return _side(BY_NAME, is_chosen=order.by_name, order=order)


def _side(name: str, *, is_chosen: bool, order: Order) -> Side:
    if not is_chosen:
        return Side("", name)
    return Side("descending", name) if order.is_turned else Side("ascending", _TURNED + name)


def drawn(rows: Sequence[Row], columns: Sequence[Column]) -> list[DrawnRow]:
    """The rows with a cell for each requirement."""
    return [_row(row, columns) for row in rows]


def _row(row: Row, columns: Sequence[Column]) -> DrawnRow:
    page = reverse("compliance:overview") if row.is_group else reverse("compliance:of_unit", args=[row.id])
    cells = {column.rule.name: row.cells.get(column.rule.name, Cell()) for column in columns}
    weakest = sorted(
        (rule for rule in cells if not cells[rule].is_calm), key=lambda rule: _strength(cells[rule])
    )
    return DrawnRow(
        row,
        f"{page}?under={row.id}" if row.is_group else page,
        [
            DrawnCell(
                column,
                cells[column.rule.name],
                f"{column.url}?under={row.id}" if row.is_group else f"{page}#{column.rule.name}",
                column.rule.name in weakest[:ON_A_PHONE],
            )
            for column in columns
        ],
    )


def _strength(cell: Cell) -> tuple[float, float]:
    """By the share met, and then by the share of what is partly met too."""
    return cell.met / cell.counted, (cell.met + cell.partly) / cell.counted
