"""Who sees which check and report, said once more in Python: what the policies are compared with.

The source is the table "Who sees what" and nothing else; no SQL is shared with the product.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from tryggmote.encounters.models import Check, Meeting, RiskReport
from tryggmote.organisation.models import (
    Employment,
    Person,
    Placement,
    RoleAssignment,
    SafetyArea,
    UnitClosure,
    Workforce,
)
from tryggmote.organisation.roles import Role

HIGH = 3


class World:
    """All rows, read by the owner of the tables."""

    def __init__(self, day: date) -> None:
        self.placements = [p for p in Placement.objects.all() if _holds(p, day)]
        self.employments = [e for e in Employment.objects.all() if _holds(e, day)]
        self.roles = [r for r in RoleAssignment.objects.all() if _holds(r, day)]
        self.workforces = list(Workforce.objects.all())
        self.areas = list(SafetyArea.objects.all())
        self.below = {(c.ancestor_id, c.descendant_id) for c in UnitClosure.objects.all()}
        self.checks = list(Check.objects.all())
        self.meetings = list(Meeting.objects.all())
        self.risks = list(RiskReport.objects.all())

    def team_of(self, person: Person) -> set[int]:
        """Those whom the person leads daily or formally."""
        return {p.person_id for p in self.placements if p.daily_leader_id == person.id} | {
            e.person_id for e in self.employments if e.formal_leader_id == person.id
        }

    def led_by(self, person: Person) -> set[int]:
        """Workforces whose leader the person is."""
        held = self._held(person, Role.LEADER, Role.OFFICE_LEADER)
        return {
            w.id
            for w in self.workforces
            for role in held
            if (role.unit_id, w.unit_id) in self.below and role.employer_id in (None, w.employer_id)
        }

    def areas_of(self, person: Person) -> set[int]:
        """Safety areas the person represents."""
        named = {r.safety_area_id for r in self._held(person, Role.SAFETY_REPRESENTATIVE) if r.safety_area_id}
        wide = [
            r
            for r in self._held(person, Role.SAFETY_REPRESENTATIVE, Role.CHIEF_SAFETY_REPRESENTATIVE)
            if r.role == Role.CHIEF_SAFETY_REPRESENTATIVE or not r.safety_area_id
        ]
        return named | {
            a.id
            for a in self.areas
            for r in wide
            if (r.unit_id, a.unit_id) in self.below
            and (r.employer_id is None or a.employer_id is None or r.employer_id == a.employer_id)
        }

    def _held(self, person: Person, *roles: Role) -> list[RoleAssignment]:
        return [r for r in self.roles if r.person_id == person.id and r.role in roles]


def visible_checks(person: Person, world: World) -> set[UUID]:
    """Those in the meeting; the leaders of the employee and the unit; the VO of the area when it is high."""
    team, led, areas = world.team_of(person), world.led_by(person), world.areas_of(person)
    return _ids(
        check
        for check in world.checks
        if person.id in check.participant_ids
        or check.employee_id in team
        or check.workforce_id in led
        or (check.level == HIGH and check.safety_area_id in areas)
    )


def visible_meetings(person: Person, world: World) -> set[UUID]:
    """One's own."""
    return _ids(meeting for meeting in world.meetings if meeting.owner_id == person.id)


def visible_risks(person: Person, world: World) -> set[UUID]:
    """The reporter; the leaders of the reporter and of the unit; the VO of the area."""
    team, led, areas = world.team_of(person), world.led_by(person), world.areas_of(person)
    return _ids(
        report
        for report in world.risks
        if report.reporter_id == person.id
        or report.reporter_id in team
        or report.workforce_id in led
        or report.safety_area_id in areas
    )


def _holds(row: Placement | Employment | RoleAssignment, day: date) -> bool:
    return row.starts_on <= day and (row.ends_on is None or row.ends_on >= day)


def _ids(rows: Iterable[Check | Meeting | RiskReport]) -> set[UUID]:
    return {row.id for row in rows}
