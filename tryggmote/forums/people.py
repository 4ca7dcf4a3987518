"""Who belongs in a forum: proposed by role and line, and those who can be added (1.3, AML §§ 6-2, 7-2)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from tryggmote.controls.queries import possible_owners
from tryggmote.forums.models import Meeting, Participant
from tryggmote.forums.rules import INVITED, side_of
from tryggmote.forums.vocabulary import MeetingKind, Side
from tryggmote.organisation.models import Employment, Person, RoleAssignment, Unit, UnitKind
from tryggmote.organisation.queries import current
from tryggmote.organisation.roles import Role
from tryggmote.organisation.standing import UnitPerson, deciders_of, representatives_of


@dataclass(frozen=True)
class Proposed:
    """Somebody who belongs in the forum, the roles they are there by, and the party they sit for."""

    person_id: int
    name: str
    roles: tuple[Role, ...]
    side: Side | None

    @property
    def role_words(self) -> str:
        """The roles in words."""
        return ", ".join(str(role.label) for role in self.roles)


def proposed_members(unit: Unit, kind: MeetingKind) -> list[Proposed]:
    """Who belongs in such a meeting of the unit, by name; three queries at most."""
    held: dict[tuple[int, str], set[Role]] = defaultdict(set)
    for person in _by_role(unit, kind):
        held[person.person_id, person.name].add(person.role)
    by_the_state = _employed_by_the_state(person_id for person_id, _name in held)
    return [
        Proposed(
            person_id=person_id,
            name=name,
            roles=tuple(sorted(roles)),
            side=side_of(kind, roles, is_state=person_id in by_the_state),
        )
        for (person_id, name), roles in held.items()
    ]


def _by_role(unit: Unit, kind: MeetingKind) -> list[UnitPerson]:
    if kind in (MeetingKind.SAFETY, MeetingKind.STAFF, MeetingKind.MANAGEMENT_REVIEW):
        return [*deciders_of(unit.id), *representatives_of(unit.id)]
    with connection.cursor() as cursor:
        cursor.execute(
            _HOLDERS,
            {"unit": unit.id, "roles": list(INVITED[kind]), "only_here": kind == MeetingKind.COMMITTEE},
        )
        return [
            UnitPerson(person_id, name, Role(role), None)
            for person_id, name, role, _sort_key in cursor.fetchall()
        ]


# Those nearest the unit of each role. The two owners of an office each have a director above it.
_HOLDERS = """
with held as (
  select r.person_id, p.name, p.sort_key, r.role, c.depth,
    min(c.depth) over (partition by r.role) as nearest
  from organisation_unitclosure c
  join organisation_roleassignment r on r.unit_id = c.ancestor_id and r.role = any (%(roles)s)
    and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
  join organisation_person p on p.id = r.person_id and coalesce(p.ended_on >= app.today(), true)
  where c.descendant_id = %(unit)s and (c.depth = 0 or not %(only_here)s)
)
select distinct person_id, name, role, sort_key from held where depth = nearest order by sort_key, person_id
"""


def _employed_by_the_state(person_ids: Iterable[int]) -> set[int]:
    employed = Employment.objects.filter(
        current(timezone.localdate()),
        person_id__in=list(person_ids),
        employer__kind=UnitKind.DIRECTORATE,
    )
    return set(employed.values_list("person_id", flat=True))


def people_to_add(unit: Unit) -> QuerySet[Person]:
    """Who else can be invited: those who work in the unit or hold a role there; above offices, the latter."""
    if unit.kind in (UnitKind.DIRECTORATE, UnitKind.COUNTY, UnitKind.MUNICIPALITY):
        holding = RoleAssignment.objects.filter(current(timezone.localdate()), unit=unit)
        holding = holding.exclude(role__in=[Role.ADMINISTRATOR, Role.GUARD])
        return Person.objects.filter(id__in=holding.values("person_id"), ended_on=None).order_by("sort_key")
    return possible_owners([unit.id])


def people_who_can_own(meeting: Meeting) -> QuerySet[Person]:
    """Who can be given what the meeting decides: those invited, and those who can be."""
    invited = Participant.objects.filter(meeting=meeting).values("person_id")
    around = people_to_add(meeting.unit).values("id")
    return Person.objects.filter(Q(id__in=invited) | Q(id__in=around)).order_by("sort_key")
