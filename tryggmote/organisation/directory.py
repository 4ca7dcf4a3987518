"""Who is who, as pages show it: a unit with its two lines and its people, and one person."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from tryggmote.organisation.models import (
    Employment,
    Person,
    Placement,
    RoleAssignment,
    SafetyArea,
    Unit,
    UnitClosure,
    UnitKind,
    UnitParent,
    Workforce,
)
from tryggmote.organisation.queries import current, safety_representatives_of
from tryggmote.organisation.roles import Role
from tryggmote.organisation.sorting import sort_key
from tryggmote.ui.dates import oslo_today

LEADING = (
    Role.OFFICE_LEADER,
    Role.LEADER,
    Role.COUNTY_DIRECTOR,
    Role.MUNICIPAL_DIRECTOR,
    Role.DIRECTORATE,
)
REPRESENTING = (Role.SAFETY_REPRESENTATIVE, Role.CHIEF_SAFETY_REPRESENTATIVE)
ORDER = tuple(dict.fromkeys((*LEADING, *REPRESENTING, *Role)))
# Held above the unit, and yet the ones to ask for those who work in it.
REACHING_DOWN = (Role.CHIEF_SAFETY_REPRESENTATIVE, Role.COUNTY_SECURITY_COORDINATOR)
# Whoever keeps the system is no part of how a workplace is led.
NOT_SHOWN = (Role.ADMINISTRATOR, Role.AUDITOR)


@dataclass(frozen=True)
class UnitRoles:
    """Who is what for a unit, the leaders first."""

    leaders: list[RoleAssignment]
    representatives: list[RoleAssignment]
    others: list[RoleAssignment]

    @property
    def is_dual(self) -> bool:
        """Whether each employer has an office leader of its own (to-delt ledelse)."""
        employers = {r.employer_id for r in self.leaders if r.role == Role.OFFICE_LEADER and r.employer_id}
        return len(employers) > 1


def lines_above(unit_id: int) -> list[list[Unit]]:
    """Every way down from the top to the unit, the unit itself left out; two queries. None for a top unit."""
    above = UnitClosure.objects.filter(descendant_id=unit_id).values("ancestor_id")
    units = Unit.objects.in_bulk(list(above.values_list("ancestor_id", flat=True)))
    parents: dict[int, list[int]] = {}
    for child, parent in UnitParent.objects.filter(child_id__in=above).values_list("child_id", "parent_id"):
        parents.setdefault(child, []).append(parent)
    ways = _ways_up(unit_id, parents)
    lines = [[units[unit] for unit in reversed(way) if unit in units] for way in ways if way]
    return sorted(lines, key=lambda line: (-len(line), line[0].sort_key))


def _ways_up(unit_id: int, parents: dict[int, list[int]]) -> list[list[int]]:
    ways = [[p, *way] for p in parents.get(unit_id, []) for way in _ways_up(p, parents)]
    return ways or [[]]


def parts_of(unit_id: int) -> list[Unit]:
    """Units right below, those that exist, in Norwegian order."""
    return list(Unit.objects.filter(parent_links__parent_id=unit_id, ended_on=None).order_by("sort_key"))


def roles_in(unit_id: int, day: date) -> UnitRoles:
    """Who holds which role here on `day`, with those above who serve this unit too; one query."""
    above = UnitClosure.objects.filter(descendant_id=unit_id).values("ancestor_id")
    held = list(
        RoleAssignment.objects.filter(current(day))
        .filter(Q(unit_id=unit_id) | Q(unit_id__in=above, role__in=REACHING_DOWN))
        .exclude(role__in=NOT_SHOWN)
        .select_related("person", "unit", "employer", "safety_area")
        .order_by("person__sort_key")
    )
    order = {role.value: number for number, role in enumerate(ORDER)}
    held.sort(key=lambda assignment: order[assignment.role])
    return UnitRoles(
        leaders=[r for r in held if r.role in LEADING],
        representatives=[r for r in held if r.role in REPRESENTING],
        others=[r for r in held if r.role not in (*LEADING, *REPRESENTING)],
    )


def safety_areas_of(unit_id: int) -> list[SafetyArea]:
    """The unit's safety areas by name."""
    return list(SafetyArea.objects.filter(unit_id=unit_id).select_related("employer").order_by("name"))


def workforces_of(unit_id: int) -> list[Workforce]:
    """The unit's employees by employer."""
    found = Workforce.objects.filter(unit_id=unit_id).select_related("employer")
    return list(found.order_by("employer__sort_key"))


def people_in(unit_id: int, day: date, search: str = "") -> QuerySet[Placement]:
    """Those who work in the unit or below it on `day`, in Norwegian order."""
    below = UnitClosure.objects.filter(ancestor_id=unit_id).values("descendant_id")
    found = Placement.objects.filter(
        current(day), workforce__unit_id__in=below, person__in=Person.objects.filter(_working(day))
    )
    if search:
        found = found.filter(person__sort_key__contains=sort_key(search))
    return found.select_related(
        "person", "daily_leader", "workforce__unit", "workforce__employer", "safety_area"
    ).order_by("person__sort_key", "id")


def units(*, search: str = "", county_id: int | None = None, kind: str = "") -> QuerySet[Unit]:
    """Units that exist, in Norwegian order, with what they lie under."""
    found = Unit.objects.filter(ended_on=None)
    if search:
        found = found.filter(sort_key__contains=sort_key(search))
    if county_id:
        below = UnitClosure.objects.filter(ancestor_id=county_id).values("descendant_id")
        found = found.filter(id__in=below)
    if kind:
        found = found.filter(kind=kind)
    return found.prefetch_related("parent_links__parent").order_by("sort_key")


def counties() -> QuerySet[Unit]:
    """The counties and regions, in Norwegian order."""
    return Unit.objects.filter(kind=UnitKind.COUNTY, ended_on=None).order_by("sort_key")


@dataclass(frozen=True)
class PersonFacts:
    """What a person is to the system on a day. A person may have no employment or no placement."""

    person: Person
    employment: Employment | None
    placements: list[Placement]
    roles: list[RoleAssignment]
    representatives: list[Person]

    @property
    def placement(self) -> Placement | None:
        """The main one."""
        return self.placements[0] if self.placements else None


def facts_of(person: Person, day: date) -> PersonFacts:
    """Everything that people see about who somebody is; four or five queries."""
    employments = Employment.objects.filter(current(day), person=person)
    placements = list(
        Placement.objects.filter(current(day), person=person)
        .select_related("daily_leader", "safety_area", "workforce__unit", "workforce__employer")
        .order_by("-is_primary", "id")
    )
    roles = RoleAssignment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), person=person)
    area = placements[0].safety_area if placements else None
    return PersonFacts(
        person=person,
        employment=employments.select_related("employer", "formal_leader").order_by("-starts_on").first(),
        placements=placements,
        roles=list(roles.select_related("unit", "employer", "safety_area").order_by("starts_on", "id")),
        representatives=_representatives(area.id) if area else [],
    )


def _representatives(area_id: int) -> list[Person]:
    return list(Person.objects.filter(id__in=safety_representatives_of(area_id)).order_by("sort_key"))


def _working(day: date) -> Q:
    return Q(ended_on=None) | Q(ended_on__gte=day)


@dataclass(frozen=True)
class Counts:
    """How many there are of what administrators keep."""

    units: int
    people: int
    roles: int


def counts() -> Counts:
    """Units that exist, people who work here, and roles held today; three queries."""
    today = oslo_today()
    return Counts(
        units=Unit.objects.filter(ended_on=None).count(),
        people=Person.objects.filter(_working(today)).count(),
        roles=RoleAssignment.objects.filter(current(today)).count(),
    )
