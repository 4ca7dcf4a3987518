"""Who is asking: tells the database, so that its policies decide what is seen.

The database keeps the person and the keys they hold in transaction-local settings (`app.login` in
`functions.sql`). Forgetting to sign in raises; it never shows an empty page.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Self

from django.db import connection, transaction

APP_ROLE = "tryggmote_app"
JOB_ROLE = "tryggmote_job"


@dataclass(frozen=True)
class PlacementInfo:
    """Where a person works now. `workforce_id`: the employees of one employer in one unit."""

    unit_id: int
    unit_name: str
    workforce_id: int
    employer_id: int
    safety_area_id: int | None
    meets_clients: bool
    meeting_forms: tuple[str, ...]


@dataclass(frozen=True)
class UnitInfo:
    """A unit the person works in, leads or represents."""

    id: int
    name: str


@dataclass(frozen=True)
class SignedInPerson:
    """The person who is asking, and what they hold today.

    `led`, `overseen`: workforces led directly, and seen from above. `team`: people led daily or formally.
    `areas`: safety areas represented. All are the same lists as the policies use.
    """

    id: int
    name: str
    language: str
    theme: str
    roles: frozenset[str]
    placements: tuple[PlacementInfo, ...]
    units: tuple[UnitInfo, ...]
    led: tuple[int, ...]
    team: tuple[int, ...]
    areas: tuple[int, ...]
    overseen: tuple[int, ...]
    chosen_unit_id: int | None = None

    @classmethod
    def from_database(cls, value: dict[str, Any]) -> Self:
        """From the JSON that `app.login` returns."""
        return cls(
            id=value["id"],
            name=value["name"],
            language=value["language"],
            theme=value["theme"],
            roles=frozenset(_words(value["roles"])),
            placements=tuple(
                PlacementInfo(**{**placement, "meeting_forms": tuple(placement["meeting_forms"])})
                for placement in value["placements"]
            ),
            units=tuple(UnitInfo(**unit) for unit in value["units"]),
            led=_keys(value["led"]),
            team=_keys(value["team"]),
            areas=_keys(value["areas"]),
            overseen=_keys(value["overseen"]),
        )

    def has_role(self, *roles: str) -> bool:
        """True when the person holds at least one of `roles` today."""
        return not self.roles.isdisjoint(roles)

    def oversees(self, workforce_id: int) -> bool:
        """True for directors above these employees; the directorate stands above everybody."""
        return workforce_id in self.overseen or self.has_role("directorate")

    @property
    def is_leader(self) -> bool:
        """True for those who lead people or a unit directly, whatever the role is called."""
        return bool(self.led or self.team)

    @property
    def meets_clients(self) -> bool:
        """True for those who meet clients at one of the places they work."""
        return any(placement.meets_clients for placement in self.placements)

    @property
    def placement(self) -> PlacementInfo | None:
        """Where the person works: in the chosen unit if they work there, else their first placement."""
        in_chosen = [p for p in self.placements if p.unit_id == self.chosen_unit_id]
        return next(iter(in_chosen or self.placements), None)

    @property
    def unit(self) -> UnitInfo | None:
        """The unit whose pages are shown: the chosen one, else the unit of the placement, else the first."""
        chosen = next((u for u in self.units if u.id == self.chosen_unit_id), None)
        if chosen or not self.units:
            return chosen
        placed = self.placement
        return next((u for u in self.units if placed and u.id == placed.unit_id), self.units[0])

    def choosing(self, unit_id: int | None) -> Self:
        """The same person looking at `unit_id`; a unit that is not theirs is ignored."""
        known = {unit.id for unit in self.units}
        return replace(self, chosen_unit_id=unit_id if unit_id in known else None)


def _words(array: str) -> list[str]:
    """The members of PostgreSQL's text of an array, `{a,b}`; ours hold no commas and no quotes."""
    return [word for word in array.strip("{}").split(",") if word]


def _keys(array: str) -> tuple[int, ...]:
    return tuple(int(word) for word in _words(array))


class UnknownPerson(Exception):
    """Nobody with this id works here (any more)."""


@contextmanager
def acting_as(person_id: int) -> Iterator[SignedInPerson]:
    """Run the block in one transaction as this person; the database shows what they may see.

    Inside another context it is restored afterwards. Raises UnknownPerson for one who has left.
    """
    with _context() as cursor:
        cursor.execute("select app.login(%s)", [person_id])
        found = cursor.fetchone()[0]
        if found is None:
            raise UnknownPerson(person_id)
        yield SignedInPerson.from_database(json.loads(found) if isinstance(found, str) else found)


@contextmanager
def acting_as_job() -> Iterator[None]:
    """Run the block in one transaction as a system job, which has policies of its own."""
    with _context() as cursor:
        cursor.execute("select app.login_job()")
        yield


@contextmanager
def _context() -> Iterator[Any]:
    is_nested = connection.in_atomic_block
    with connection.cursor() as cursor:
        before = _settings(cursor) if is_nested else None
        try:
            with transaction.atomic():
                yield cursor
        finally:
            # At the end of a transaction PostgreSQL forgets by itself; inside one, only a rolled-back
            # savepoint does. A broken outer transaction cannot be spoken to and ends soon anyway.
            if before is not None and not connection.needs_rollback:
                _restore(cursor, before)


_REMEMBERED = (
    "role",
    "app.person_id",
    "app.roles",
    "app.led",
    "app.team",
    "app.areas",
    "app.overseen",
    "app.member_units",
)


def _settings(cursor: Any) -> list[str]:
    columns = ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in _REMEMBERED)
    cursor.execute(f"select {columns}")
    return list(cursor.fetchone())


def _restore(cursor: Any, values: list[str]) -> None:
    columns = ", ".join(f"set_config('{name}', %s, true)" for name in _REMEMBERED)
    cursor.execute(f"select {columns}", values)
