"""How a unit stands beside others like it, wherever they are: only shares, and of no fewer than five."""

from dataclasses import dataclass

from django.db import connection

from tryggmote.compliance.columns import Column, columns


@dataclass(frozen=True)
class Alike:
    """How many of the units alike meet a requirement; `n`: how many it is for."""

    column: Column
    met: int
    n: int


def units_alike(unit_id: int) -> list[Alike]:
    """For each requirement that is for at least five units of the same kind and size; one query.

    Empty for a unit out of sight. The database leaves out what is of fewer.
    """
    with connection.cursor() as cursor:
        cursor.execute("select rule, met, n from app.units_alike(%s)", [unit_id])
        found = {rule: (met, n) for rule, met, n in cursor.fetchall()}
    return [Alike(column, *found[column.rule.name]) for column in columns() if column.rule.name in found]
