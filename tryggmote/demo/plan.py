"""What a plan of an organisation is made of. People and units are known by keys, not by numbers."""

from dataclasses import dataclass, field

from tryggmote.organisation.models import UnitKind
from tryggmote.organisation.roles import Role


@dataclass(frozen=True)
class PlannedUnit:
    """A unit below its parents, both named by code. `forms`: the meeting forms it uses."""

    code: str
    name: str
    kind: UnitKind
    parents: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlannedArea:
    """A safety area of a unit; with an employer it covers that line only."""

    code: str
    name: str
    unit: str
    employer: str | None = None


@dataclass(frozen=True)
class PlannedRole:
    """A role in a unit; with an employer it is held on that line only."""

    role: Role
    unit: str
    employer: str | None = None
    area: str | None = None


@dataclass(frozen=True)
class PlannedPerson:
    """Somebody, known by `key`. Without an employer they work for others: a guard, an auditor.

    `formal_leader` is named only where it is another than the daily leader.
    """

    key: str
    unit: str
    employer: str | None = None
    title: str = ""
    leader: str | None = None
    formal_leader: str | None = None
    area: str | None = None
    meets_clients: bool = True
    roles: tuple[PlannedRole, ...] = ()
    language: str = "nb"
    name: str = ""

    @property
    def is_employed(self) -> bool:
        return self.employer is not None


@dataclass(frozen=True)
class Department:
    """A department, who leads it, and how many each employer has there.

    `formal_leaders`: for an employer whose people are led formally by another than the department's leader.
    """

    code: str
    name: str
    leader_employer: str
    staff: dict[str, int]
    forms: tuple[str, ...]
    titles: tuple[str, ...] = ("Veileder",)
    formal_leaders: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class County:
    """The whole plan. Parents come before their children, leaders before those they lead."""

    units: tuple[PlannedUnit, ...]
    areas: tuple[PlannedArea, ...]
    people: tuple[PlannedPerson, ...]

    def person(self, key: str) -> PlannedPerson:
        """The person known by `key`. Raises StopIteration when there is none."""
        return next(person for person in self.people if person.key == key)
