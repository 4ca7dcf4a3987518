"""Which database tables an import keeps, named by what people call things instead of by numbers.

A row is known by its key: codes of units and areas, employee numbers of people. So what a file wants and
what the database holds can be compared as plain values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.models import (
    Employment,
    Person,
    Placement,
    RoleAssignment,
    SafetyArea,
    Unit,
    UnitParent,
)

Key = tuple[str | None, ...]


@dataclass(frozen=True)
class Held:
    """A row in the database."""

    id: int
    key: Key
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Wanted:
    """A row as the file has it. `values` holds only the columns that the file has.

    `at_first` is used when the row is new, and afterwards left to the people it concerns.
    """

    key: Key
    values: Mapping[str, Any]
    at_first: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Table:
    """`key` and `values` map a name to where the ORM finds it. `kept`: the rows that a file is about."""

    name: str
    label: str | Promise
    model: type[Model]
    key: Mapping[str, str]
    values: Mapping[str, str]
    kept: Q = field(default_factory=Q)

    def held(self) -> list[Held]:
        """All rows of the table; one query."""
        paths = [*self.key.values(), *self.values.values()]
        width = len(self.key)
        return [
            Held(row_id, tuple(cells[:width]), dict(zip(self.values, cells[width:], strict=True)))
            for row_id, *cells in self.model._default_manager.filter(self.kept).values_list("id", *paths)
        ]


UNITS = Table(
    "units",
    _("Enheter"),
    Unit,
    {"code": "code"},
    {"name": "name", "kind": "kind", "ended_on": "ended_on"},
)
LINKS = Table(
    "links", _("Hva som ligger under hva"), UnitParent, {"child": "child__code", "parent": "parent__code"}, {}
)
AREAS = Table(
    "areas",
    _("Verneområder"),
    SafetyArea,
    {"code": "code"},
    {"name": "name", "unit": "unit__code", "employer": "employer__code"},
)
PEOPLE = Table(
    "people",
    _("Personer"),
    Person,
    {"external_id": "external_id"},
    {"name": "name", "email": "email", "phone": "phone", "ended_on": "ended_on"},
)
EMPLOYMENTS = Table(
    "employments",
    _("Ansettelser"),
    Employment,
    {"person": "person__external_id", "employer": "employer__code"},
    {"formal_leader": "formal_leader__external_id", "starts_on": "starts_on", "ends_on": "ends_on"},
)
PLACEMENTS = Table(
    "placements",
    _("Arbeidssteder"),
    Placement,
    {
        "person": "person__external_id",
        "unit": "workforce__unit__code",
        "employer": "workforce__employer__code",
    },
    {
        "daily_leader": "daily_leader__external_id",
        "safety_area": "safety_area__code",
        "title": "title",
        "meets_clients": "meets_clients",
        "is_primary": "is_primary",
        "starts_on": "starts_on",
        "ends_on": "ends_on",
    },
)
ROLES = Table(
    "roles",
    _("Roller"),
    RoleAssignment,
    {
        "person": "person__external_id",
        "role": "role",
        "unit": "unit__code",
        "employer": "employer__code",
        "safety_area": "safety_area__code",
    },
    {"starts_on": "starts_on", "ends_on": "ends_on"},
    kept=Q(stands_in_for=None),
)
# In this order each row can refer to rows that are there already.
TABLES = (UNITS, LINKS, AREAS, PEOPLE, EMPLOYMENTS, PLACEMENTS, ROLES)
DATED = (EMPLOYMENTS, PLACEMENTS, ROLES)
REFERS_TO = {
    "child": UNITS,
    "parent": UNITS,
    "unit": UNITS,
    "employer": UNITS,
    "safety_area": AREAS,
    "person": PEOPLE,
    "formal_leader": PEOPLE,
    "daily_leader": PEOPLE,
}

Present = dict[str, list[Held]]
# A table that the file says nothing about is not in the dictionary.
Wishes = dict[str, list[Wanted]]


def present() -> Present:
    """What the database holds now, by table name; one query a table."""
    return {table.name: table.held() for table in TABLES}
