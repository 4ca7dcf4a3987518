"""A random organisation and what happened in it, and who may see what of it, said a second time in Python.

`may_see_*` restate the table "who sees what" from the product's description, from raw facts, with nothing
borrowed from the policies. The test compares.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from tryggmote.access.models import ReadEntry
from tryggmote.encounters.models import (
    CalendarFeed,
    Check,
    CheckCount,
    Meeting,
    Outing,
    OutingCount,
    RiskReport,
)
from tryggmote.incidents.models import AssessedLevel as Assessed
from tryggmote.incidents.models import Escalation, Incident, Opening, Recipient, Reply
from tryggmote.notices.models import Notice
from tryggmote.organisation.closure import rebuild_closure
from tryggmote.organisation.models import (
    Employment,
    Person,
    Placement,
    RoleAssignment,
    SafetyArea,
    Unit,
    UnitKind,
    Workforce,
)
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import LONG_AGO, make_person, make_unit

HIGH = 3
YESTERDAY = timezone.localdate() - timedelta(days=1)


@dataclass
class World:
    """Everything there is, as plain lists; `parents` by unit id."""

    parents: dict[int, set[int]] = field(default_factory=dict)
    units: list[Unit] = field(default_factory=list)
    employers: list[Unit] = field(default_factory=list)
    workforces: list[Workforce] = field(default_factory=list)
    areas: list[SafetyArea] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    employments: list[Employment] = field(default_factory=list)
    roles: list[RoleAssignment] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    risks: list[RiskReport] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    outings: list[Outing] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    reads: list[ReadEntry] = field(default_factory=list)

    def with_all_above(self, unit_id: int) -> set[int]:
        """The unit and every unit it belongs to, on both lines."""
        found, waiting = set(), [unit_id]
        while waiting:
            unit = waiting.pop()
            if unit not in found:
                found.add(unit)
                waiting += self.parents.get(unit, set())
        return found

    def roles_of(self, person: Person) -> list[RoleAssignment]:
        """The roles that hold today."""
        return [
            r for r in self.roles if r.person_id == person.id and (r.ends_on is None or r.ends_on > YESTERDAY)
        ]

    def covers(self, role: RoleAssignment, workforce_id: int) -> bool:
        """Whether the role reaches these employees: in its unit or below, of its employer or of any."""
        workforce = next(w for w in self.workforces if w.id == workforce_id)
        return role.unit_id in self.with_all_above(workforce.unit_id) and role.employer_id in (
            None,
            workforce.employer_id,
        )

    def leads_unit(self, person: Person, workforce_id: int) -> bool:
        return any(
            r.role in (Role.LEADER, Role.OFFICE_LEADER) and self.covers(r, workforce_id)
            for r in self.roles_of(person)
        )

    def leads_person(self, person: Person, other_id: int) -> bool:
        """Daily or formally."""
        daily = any(p.person_id == other_id and p.daily_leader_id == person.id for p in self.placements)
        formal = any(e.person_id == other_id and e.formal_leader_id == person.id for e in self.employments)
        return daily or formal

    def represents(self, person: Person, area_id: int | None) -> bool:
        """Safety representative of the area; without a named area, of all of the unit; chiefs likewise."""
        area = next((a for a in self.areas if a.id == area_id), None)
        return area is not None and any(
            (r.role == Role.SAFETY_REPRESENTATIVE and r.safety_area_id == area.id)
            or (
                (
                    r.role == Role.CHIEF_SAFETY_REPRESENTATIVE
                    or (r.role == Role.SAFETY_REPRESENTATIVE and r.safety_area_id is None)
                )
                and r.unit_id in self.with_all_above(area.unit_id)
                and (r.employer_id is None or area.employer_id is None or r.employer_id == area.employer_id)
            )
            for r in self.roles_of(person)
        )

    def stands_above(self, person: Person, workforce_id: int) -> bool:
        return any(
            r.role == Role.DIRECTORATE
            or (r.role in (Role.COUNTY_DIRECTOR, Role.MUNICIPAL_DIRECTOR) and self.covers(r, workforce_id))
            for r in self.roles_of(person)
        )


def may_see_incident(world: World, person: Person, incident: Incident) -> bool:
    """Reporter, exposed, their leaders, the unit's leader, the area's VO; above: escalated or level 4+."""
    concerned = incident.exposed_id or incident.reporter_id
    return (
        person.id in (incident.reporter_id, concerned)
        or world.leads_person(person, concerned)
        or world.leads_unit(person, incident.workforce_id)
        or world.represents(person, incident.safety_area_id)
        or (
            world.stands_above(person, incident.workforce_id)
            and (incident.escalated_at is not None or (incident.assessed_level or 0) >= 4)
        )
    )


def may_see_check(world: World, person: Person, check: Check) -> bool:
    """The employee, co-participants, their leaders and the unit's; the VO those rated high. Nobody above."""
    return (
        person.id in check.participant_ids
        or world.leads_person(person, check.employee_id)
        or world.leads_unit(person, check.workforce_id)
        or (check.level == HIGH and world.represents(person, check.safety_area_id))
    )


def may_see_risk(world: World, person: Person, risk: RiskReport) -> bool:
    """The reporter, their leaders and the unit's, the area's VO."""
    return (
        person.id == risk.reporter_id
        or world.leads_person(person, risk.reporter_id)
        or world.leads_unit(person, risk.workforce_id)
        or world.represents(person, risk.safety_area_id)
    )


def may_see_outing(world: World, person: Person, outing: Outing) -> bool:
    """The one who is out; while out the contact, their leaders and the unit's. Afterwards nobody else."""
    return person.id == outing.employee_id or (
        outing.returned_at is None
        and (
            person.id == outing.contact_id
            or world.leads_person(person, outing.employee_id)
            or world.leads_unit(person, outing.workforce_id)
        )
    )


def may_see_read(world: World, person: Person, read: ReadEntry) -> bool:
    """Who read is seen by the reader, by those it is about, and by the VO who watches over it."""
    if person.id == read.person_id:
        return True
    incident = next((i for i in world.incidents if read.kind == "incident" and i.id == read.object_id), None)
    return incident is not None and (
        person.id in (incident.reporter_id, incident.exposed_id or incident.reporter_id)
        or world.represents(person, incident.safety_area_id)
    )


def ids(rows: Iterable[object]) -> set[UUID | int]:
    return {row.id for row in rows}  # type: ignore[attr-defined]


def build(random: Random) -> World:
    """A directorate, counties and municipalities with offices and teams, people with roles, and events."""
    world = World()
    directorate = _unit(world, "Direktorat", UnitKind.DIRECTORATE)
    counties = [_unit(world, f"Fylke {n}", UnitKind.COUNTY, directorate) for n in range(random.randint(1, 2))]
    municipalities = [
        _unit(world, f"Kommune {n}", UnitKind.MUNICIPALITY) for n in range(random.randint(1, 3))
    ]
    world.employers = [directorate, *municipalities]
    workplaces = []
    for n in range(random.randint(1, 3)):
        lines = random.sample(municipalities, random.randint(1, min(2, len(municipalities))))
        office = _unit(world, f"Kontor {n}", UnitKind.OFFICE, random.choice(counties), *lines)
        workplaces.append(office)
        if random.random() < 0.6:
            workplaces.append(_unit(world, f"Team {n}", UnitKind.TEAM, office))
    world.workforces = Workforce.objects.bulk_create(
        Workforce(unit=unit, employer=employer) for unit in workplaces for employer in world.employers
    )
    world.areas = SafetyArea.objects.bulk_create(
        SafetyArea(
            code=f"{unit.code}-{number}",
            name=f"Område {number}",
            unit=unit,
            employer=random.choice([None, *world.employers]),
        )
        for unit in workplaces
        for number in range(random.randint(1, 2))
    )
    offices = [unit for unit in workplaces if unit.kind == UnitKind.OFFICE]
    if len(offices) > 1 and random.random() < 0.4:
        _merge(world, offices[-1], offices[0])
    _people(world, random)
    _roles(world, random)
    _events(world, random)
    return world


def _merge(world: World, gone: Unit, into: Unit) -> None:
    """What belonged to an office lies under the one it went into, and nowhere else (ADR 0032)."""
    Unit.objects.filter(id=gone.id).update(merged_into=into)
    rebuild_closure()
    world.parents[gone.id] = {into.id}


def _unit(world: World, name: str, kind: UnitKind, *parents: Unit) -> Unit:
    unit = make_unit(name, kind, parents=parents)
    world.units.append(unit)
    world.parents[unit.id] = {parent.id for parent in parents}
    return unit


def _people(world: World, random: Random) -> None:
    world.people = [make_person(f"Person {n}") for n in range(random.randint(6, 12))]
    for person in world.people:
        workforce = random.choice(world.workforces)
        world.employments.append(
            Employment(
                person=person,
                employer=workforce.employer,
                formal_leader=random.choice([None, *world.people]),
                starts_on=LONG_AGO,
            )
        )
        world.placements.append(
            Placement(
                person=person,
                workforce=workforce,
                daily_leader=random.choice([None, *world.people]),
                safety_area=random.choice([None, *world.areas]),
                starts_on=LONG_AGO,
            )
        )
    Employment.objects.bulk_create(world.employments)
    Placement.objects.bulk_create(world.placements)


def _roles(world: World, random: Random) -> None:
    for _ in range(random.randint(4, 10)):
        role = random.choice(list(Role))
        world.roles.append(
            RoleAssignment(
                person=random.choice(world.people),
                role=role,
                unit=random.choice(world.units),
                employer=random.choice([None, *world.employers]),
                safety_area=random.choice([None, *world.areas])
                if role == Role.SAFETY_REPRESENTATIVE
                else None,
                starts_on=LONG_AGO,
                ends_on=random.choice([None, None, None, YESTERDAY]),
            )
        )
    RoleAssignment.objects.bulk_create(world.roles)


def _events(world: World, random: Random) -> None:
    """Rows of a kind are written together: worlds are made by the hundred."""
    numbers = range(random.randint(6, 12))
    world.incidents = Incident.objects.bulk_create(_incident(world, random) for _ in numbers)
    _handle(world, random)
    world.reads = ReadEntry.objects.bulk_create(
        ReadEntry(person_id=random.choice(world.people).id, kind="incident", object_id=incident.id)
        for incident in world.incidents
    )
    world.notices = Notice.objects.bulk_create(
        Notice(
            person_id=random.choice(world.people).id,
            kind="incident_reported",
            subject_id=incident.id,
            url="/",
        )
        for incident in world.incidents
    )
    world.checks = Check.objects.bulk_create(_check(world, random) for _ in numbers)
    world.risks = RiskReport.objects.bulk_create(
        RiskReport(
            stopped_work=random.random() < 0.5,
            reporter=random.choice(world.people),
            workforce=random.choice(world.workforces),
            safety_area=random.choice([None, *world.areas]),
        )
        for _ in numbers
    )
    world.meetings = Meeting.objects.bulk_create(
        Meeting(
            owner=random.choice(world.people),
            workforce=random.choice(world.workforces),
            starts_at=timezone.now(),
            form="planned",
        )
        for _ in numbers
    )
    _go_out(world, random)
    CheckCount.objects.create(day=YESTERDAY, workforce=world.workforces[0], form="planned", level=1, n=4)
    CalendarFeed.objects.create(owner=world.people[0], address="https://example.invalid/feed.ics")
    # What has been done about them has changed them.
    world.incidents = list(Incident.objects.filter(id__in=[i.id for i in world.incidents]))


def _incident(world: World, random: Random) -> Incident:
    reporter = random.choice(world.people)
    return Incident(
        reporter=reporter,
        exposed=random.choice([None, reporter, *world.people]),
        workforce=random.choice(world.workforces),
        safety_area=random.choice([None, *world.areas]),
        natures=["threat_employee"],
        form="telephone",
        happened_at=timezone.now(),
        experienced_severity=3,
    )


def _check(world: World, random: Random) -> Check:
    employee = random.choice(world.people)
    return Check(
        employee=employee,
        participant_ids=sorted({employee.id, random.choice(world.people).id}),
        workforce=random.choice(world.workforces),
        safety_area=random.choice([None, *world.areas]),
        form="planned",
        rule_version="1",
        answers={},
        points=1,
        level=random.choice([1, 2, HIGH]),
    )


def _go_out(world: World, random: Random) -> None:
    """Everybody has been out; some still are, and of some nobody knows any more where they were."""
    for person in world.people:
        contact = random.choice([None, *(other for other in world.people if other != person)])
        world.outings.append(
            Outing(
                employee=person,
                contact=contact,
                workforce=random.choice(world.workforces),
                form="home_visit",
                place="Storgata 1",
                expected_at=timezone.now(),
                returned_at=random.choice([None, timezone.now()]),
            )
        )
    Outing.objects.bulk_create(world.outings)
    OutingCount.objects.create(
        day=YESTERDAY, workforce=world.workforces[0], form="driving", n=4, missed=1, unanswered=0
    )


def _handle(world: World, random: Random) -> None:
    """What leaders do; the database derives level and escalation on the incident from it."""
    dealt_with = [(incident, random.choice(world.people)) for incident in world.incidents]

    def share_of_them(share: float) -> list[tuple[Incident, Person]]:
        return [pair for pair in dealt_with if random.random() < share]

    Recipient.objects.bulk_create(
        Recipient(incident=incident, person=person, capacity="daily_leader")
        for incident, person in dealt_with
    )
    Escalation.objects.bulk_create(
        Escalation(incident=incident, to_person=person, reason="not_read")
        for incident, person in share_of_them(0.4)
    )
    Assessed.objects.bulk_create(
        Assessed(incident=incident, by=person, level=random.randint(0, 5))
        for incident, person in share_of_them(0.6)
    )
    read = share_of_them(0.5)
    Opening.objects.bulk_create(
        Opening(incident=incident, person=person, capacity="daily_leader") for incident, person in read
    )
    Reply.objects.bulk_create(Reply(incident=incident, by=person, text="Svar") for incident, person in read)
