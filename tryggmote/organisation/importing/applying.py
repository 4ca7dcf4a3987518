"""Writing a difference to the database: set by set, never a query for a row."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

from tryggmote.organisation.closure import rebuild_closure
from tryggmote.organisation.importing.difference import Difference, TableDifference, changes_of
from tryggmote.organisation.importing.tables import (
    AREAS,
    LINKS,
    PEOPLE,
    PLACEMENTS,
    REFERS_TO,
    UNITS,
    Present,
    Table,
    Wanted,
)
from tryggmote.organisation.models import UnitParent, Workforce
from tryggmote.organisation.sorting import sort_key

ROWS_AT_A_TIME = 1000
NAMED = (UNITS, AREAS, PEOPLE)
SORTED_BY_NAME = (UNITS, PEOPLE)
Columns = dict[str, Any]
Row = TypeVar("Row")


def apply(found: Difference, present: Present, written: Callable[[int], None] = lambda rows: None) -> None:
    """Carry out a difference in the caller's transaction; `written` is told how many rows each time.

    Raises NotPossible when units would go round in a ring.
    """
    writer = _Writer(present, written)
    for table in found.tables:
        writer.write(table)
        if table.table is LINKS and (table.size or found.of(UNITS).added):
            rebuild_closure()


class _Writer:
    """Knows the database's number of everything that has a name."""

    def __init__(self, present: Present, written: Callable[[int], None]) -> None:
        self.written = written
        self.ids = {t.name: {row.key[0]: row.id for row in present[t.name]} for t in NAMED}
        self.workforces: dict[tuple[int, int], int] = {}

    def write(self, found: TableDifference) -> None:
        """First what ends, then what changes, then what is new."""
        if found.table is LINKS:
            UnitParent.objects.filter(id__in=[change.row.id for change in found.ended]).delete()
            self.written(len(found.ended))
        else:
            self._update(found)
        if found.table is PLACEMENTS:
            self._find_workforces(found.added)
        self._insert(found)

    def _update(self, found: TableDifference) -> None:
        """Rows that get the same values share a query; the rest go many at a time."""
        rows_of: dict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)
        for change in changes_of(found):
            rows_of[tuple(sorted(self._columns(found.table, change.values).items()))].append(change.row.id)
        different: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
        for columns, ids in rows_of.items():
            if len(ids) > 1:
                found.table.model._default_manager.filter(id__in=ids).update(**dict(columns))
                self.written(len(ids))
            else:
                names, values = zip(*columns, strict=True)
                different[names].append((ids[0], *values))
        for names, rows in different.items():
            for batch in _batches(rows):
                _update_each(found.table.model, names, batch)
                self.written(len(batch))

    def _insert(self, found: TableDifference) -> None:
        for wishes in _batches(found.added):
            rows = [found.table.model(**self._new_row(found.table, wish)) for wish in wishes]
            found.table.model._default_manager.bulk_create(rows)
            if found.table in NAMED:
                keys = (wish.key[0] for wish in wishes)
                self.ids[found.table.name].update(zip(keys, (row.pk for row in rows), strict=True))
            self.written(len(rows))

    def _new_row(self, table: Table, wish: Wanted) -> Columns:
        named = {**dict(zip(table.key, wish.key, strict=True)), **wish.values, **wish.at_first}
        columns = self._columns(table, named)
        if table is PLACEMENTS:
            unit, employer = columns.pop("unit_id"), columns.pop("employer_id")
            columns["workforce_id"] = self.workforces[unit, employer]
        return columns

    def _columns(self, table: Table, named: Mapping[str, Any]) -> Columns:
        columns: Columns = {}
        for name, value in named.items():
            if name in REFERS_TO:
                columns[f"{name}_id"] = None if value is None else self.ids[REFERS_TO[name].name][value]
            else:
                columns[name] = value
        if table in SORTED_BY_NAME and "name" in columns:
            columns["sort_key"] = sort_key(columns["name"])
        return columns

    def _find_workforces(self, placements: list[Wanted]) -> None:
        units = self.ids[UNITS.name]
        needed = {(units[unit], units[employer]) for _person, unit, employer in (p.key for p in placements)}
        known = {(w.unit_id, w.employer_id): w.id for w in Workforce.objects.all()}
        missing = [Workforce(unit_id=unit, employer_id=by) for unit, by in sorted(needed - known.keys())]
        Workforce.objects.bulk_create(missing)
        self.workforces = known | {(w.unit_id, w.employer_id): w.id for w in missing}


def _batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), ROWS_AT_A_TIME):
        yield rows[start : start + ROWS_AT_A_TIME]


def _update_each(model: type[Model], names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Give each row (id, values in the order of `names`) its own values, in one query.

    Django's `bulk_update` looks through the whole batch for each row and takes three times as long.
    """
    fields = [field for field in model._meta.concrete_fields if field.attname in ("id", *names)]
    order = {"id": 0} | {name: place for place, name in enumerate(names, start=1)}
    fields.sort(key=lambda field: order[field.attname])
    columns = [str(field.column) for field in fields]
    table = model._meta.db_table
    changes = ", ".join(f"{column} = new.{column}" for column in columns[1:])
    arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field in fields)
    # Only names of our own tables and columns stand in the text.
    query = (
        f"update {table} set {changes} from unnest({arrays}) as new({', '.join(columns)}) "  # noqa: S608
        f"where {table}.id = new.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [list(values) for values in zip(*rows, strict=True)])
