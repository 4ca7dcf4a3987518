"""What is read of training (4.1-4.3, 1.2). The database decides whose; nothing here asks who is looking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from tryggmote.organisation.models import Person
from tryggmote.training import elements
from tryggmote.training.models import (
    Absence,
    Completion,
    CountsKept,
    LocalElement,
    Override,
    Renewal,
    RiskLink,
)
from tryggmote.training.names import names_of
from tryggmote.training.vocabulary import COUNTS_TODAY, WORST_FIRST, Kind, Standing
from tryggmote.ui.dates import oslo_today


@dataclass(frozen=True)
class Line:
    """How one person stands in one element. `until`: the last day it is in order, None for no day.

    `renew_by`: by when it must be gone through again, because the risk it prepares for has changed.
    """

    element: str
    name: str
    about: str
    kind: Kind
    standing: Standing
    is_gate: bool
    done_on: date | None
    until: date | None
    renew_by: date | None


_LINES = """
select distinct on (place, element) element, kind, standing, is_gate, done_on, until, renew_by
from evidence_training where person_id = %s
order by place, element, array_position(%s::text[], standing), until
"""


def lines_of(person_id: int) -> list[Line]:
    """All that one person owes, each element once, in the order of the elements; at most three queries."""
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [person_id, [*map(str, WORST_FIRST)]])
        rows = cursor.fetchall()
    names, abouts = names_of(row[0] for row in rows), _abouts(row[0] for row in rows)
    return [
        Line(element, names[element], abouts[element], Kind(kind), Standing(standing), *rest)
        for element, kind, standing, *rest in rows
    ]


def _abouts(codes: Iterable[str]) -> dict[str, str]:
    found = {code: elements.find(code) for code in codes}
    own = [code for code, element in found.items() if element is None]
    texts = {str(each.id): each.about for each in LocalElement.objects.filter(id__in=own)} if own else {}
    return {code: str(element.about) if element else texts.get(code, "") for code, element in found.items()}


def completions_of(person_id: int) -> QuerySet[Completion]:
    """What a person has done and that was not withdrawn, the latest first."""
    found = Completion.objects.filter(person_id=person_id, withdrawn_at=None)
    return found.select_related("by").order_by("-done_on", "-at", "id")


def exceptions_of(person_id: int) -> tuple[list[Override], list[Absence]]:
    """The exceptions and the leave that hold today or later; two queries."""
    today = oslo_today()
    overrides = Override.objects.filter(person_id=person_id, withdrawn_at=None, until__gte=today)
    leave = Absence.objects.filter(person_id=person_id, withdrawn_at=None).exclude(ends_on__lt=today)
    return list(overrides.select_related("by").order_by("until")), list(leave.order_by("starts_on"))


def renewals_in(unit_id: int) -> QuerySet[Renewal]:
    """What must be gone through again in a unit because a risk has changed, and was not waived."""
    return Renewal.objects.filter(unit_id=unit_id, waived_at=None).order_by("-since", "element")


def local_elements_in(unit_id: int) -> QuerySet[LocalElement]:
    """What the unit itself asks for, by name."""
    return LocalElement.objects.filter(unit_id=unit_id, ended_at=None).order_by("title", "id")


def is_led_by_me(person_id: int) -> bool:
    """Whether the one who asks leads this person today; the same as the policies say."""
    with connection.cursor() as cursor:
        cursor.execute("select %s = any (app.people_led())", [person_id])
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True)
class Column:
    """One element above the picture."""

    element: str
    name: str


@dataclass(frozen=True)
class Cell:
    """How one person stands in one element; None for one it is not for."""

    column: Column
    standing: Standing | None
    until: date | None

    @property
    def is_calm(self) -> bool:
        """Whether nobody needs to do anything about it; not shown on a phone."""
        return self.standing in (None, Standing.HELD, Standing.AWAY)


@dataclass(frozen=True)
class Row:
    """One person in the picture, a cell for each column."""

    person_id: int
    name: str
    cells: list[Cell]

    @property
    def owed(self) -> int:
        """How many elements are for this person."""
        return sum(cell.standing is not None for cell in self.cells)

    @property
    def held(self) -> int:
        """How many of them count today, also those that run out soon."""
        return sum(cell.standing in COUNTS_TODAY for cell in self.cells)


_PEOPLE = """
select t.person_id from evidence_training t
join organisation_unitclosure c on c.descendant_id = t.unit_id and c.ancestor_id = %s
where t.person_id <> app.me() and coalesce(t.standing = nullif(%s, ''), true)
"""


def people_in(unit_id: int, *, standing: str = "") -> QuerySet[Person]:
    """Those one leads in the unit or below it who owe some training, by name; narrowed to a standing."""
    narrowed = RawSQL(_PEOPLE, [unit_id, standing])  # noqa: S611
    return Person.objects.filter(id__in=narrowed).order_by("sort_key", "id")


CELLS = """
select distinct on (t.person_id, t.element) t.person_id, t.element, t.place, t.standing, t.until
from evidence_training t
join organisation_unitclosure c on c.descendant_id = t.unit_id and c.ancestor_id = %s
where t.person_id = any (%s)
order by t.person_id, t.element, array_position(%s::text[], t.standing), t.until
"""


def rows_of(unit_id: int, people: list[Person]) -> tuple[list[Column], list[Row]]:
    """The picture of these people: what any of them owes, and how each stands; at most two queries."""
    with connection.cursor() as cursor:
        cursor.execute(CELLS, [unit_id, [person.id for person in people], [*map(str, WORST_FIRST)]])
        found = cursor.fetchall()
    places = {element: place for _person, element, place, _standing, _until in found}
    names = names_of(sorted(places, key=lambda element: (places[element], element)))
    columns = [Column(element, name) for element, name in names.items()]
    stands = {(person, element): (Standing(standing), until) for person, element, _, standing, until in found}
    return columns, [_row(person, columns, stands) for person in people]


def _row(
    person: Person, columns: list[Column], stands: dict[tuple[int, str], tuple[Standing, date | None]]
) -> Row:
    cells = [Cell(column, *stands.get((person.id, column.element), (None, None))) for column in columns]
    return Row(person.id, person.name, cells)


@dataclass(frozen=True)
class Count:
    """One element in a unit and those below it: how many owe it, hold it, hold it soon no more, lack it."""

    element: str
    name: str
    people: int
    held: int
    soon: int
    new: int
    missing: int


_COUNTS = """
select t.element, t.place, sum(t.n) filter (where t.standing <> 'away'),
  sum(t.n) filter (where t.standing in ('held', 'running_out', 'late')),
  sum(t.n) filter (where t.standing in ('running_out', 'late')),
  sum(t.n) filter (where t.standing = 'new'), sum(t.n) filter (where t.standing = 'missing')
from {counts} t
join organisation_unitclosure c on c.descendant_id = t.unit_id and c.ancestor_id = %s
group by t.element, t.place order by t.place, t.element
"""
LIVE_COUNTS = _COUNTS.format(counts="evidence_training_counts")
KEPT_COUNTS = _COUNTS.format(counts="training_keptcount")


def counts_in(unit_id: int) -> list[Count]:
    """How many stand where in the unit and below it, as far as one leads, represents or oversees it."""
    return _counts(LIVE_COUNTS, unit_id)


def kept_counts_in(unit_id: int) -> list[Count]:
    """The same as last worked out (`keeping.py`): for a county and more, which takes long to count."""
    return _counts(KEPT_COUNTS, unit_id)


def counts_kept_at() -> datetime | None:
    """When that was; None before the first time."""
    return CountsKept.objects.values_list("at", flat=True).first()


def _counts(question: str, unit_id: int) -> list[Count]:
    with connection.cursor() as cursor:
        cursor.execute(question, [unit_id])
        rows = cursor.fetchall()
    names = names_of(row[0] for row in rows)
    return [
        Count(element, names[element], *(int(number or 0) for number in numbers))
        for element, _place, *numbers in rows
    ]


@dataclass(frozen=True)
class LinkedElement:
    """An element asked of those who meet clients in a unit, and whether it links to a risk there (4.2)."""

    element: str
    name: str
    about: str
    is_linked: bool


def linked_elements(unit_id: int) -> list[LinkedElement]:
    """What the unit asks of those who meet clients, and whether each prepares for one of its risks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select element, is_linked from evidence_linked where unit_id = %s order by place, element",
            [unit_id],
        )
        rows = cursor.fetchall()
    names, abouts = names_of(code for code, _linked in rows), _abouts(code for code, _linked in rows)
    return [LinkedElement(code, names[code], abouts[code], linked) for code, linked in rows]


def links_in(unit_id: int) -> list[tuple[RiskLink, str, str]]:
    """The links the unit's leaders have made: each with the element's name and the hazard; three queries."""
    links = list(RiskLink.objects.filter(unit_id=unit_id, ended_at=None).order_by("at"))
    hazards = {row.lineage: row.hazard for row in risks_in(unit_id)}
    names = names_of(link.element for link in links)
    return [(link, names[link.element], hazards.get(str(link.lineage), "")) for link in links]


@dataclass(frozen=True)
class Risk:
    """A scenario of an assessment in force for the unit, through all its versions."""

    lineage: str
    hazard: str


def risks_in(unit_id: int) -> list[Risk]:
    """All scenarios of the assessments in force for the unit, those above acceptance first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select lineage::text, hazard from evidence_scenarios "
            "where unit_id = %s order by rank desc nulls last, hazard, lineage",
            [unit_id],
        )
        return [Risk(*row) for row in cursor.fetchall()]


def uncovered_risks(unit_id: int) -> list[Risk]:
    """Those above acceptance that no training prepares for (4.2)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select lineage::text, hazard from evidence_prepared "
            "where unit_id = %s and not is_prepared order by hazard, lineage",
            [unit_id],
        )
        return [Risk(*row) for row in cursor.fetchall()]
