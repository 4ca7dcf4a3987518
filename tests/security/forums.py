"""Meetings of forums in a random organisation, and who may see what of them, said a second time in Python.

From the product's description: a meeting, its papers and its minutes are seen by those invited and by those
who arrange such meetings in the unit; a staff meeting by all who work there; once published, the minutes by
everybody who reads the unit's documents, and the papers by nobody more. What an owner has answered about a
serious incident is seen by the owners and the leader of the office.
"""

from dataclasses import dataclass, field
from random import Random

from django.utils import timezone

from tests.security.assessments import leads, represents, sees_documents_of
from tests.security.world import World
from tryggmote.forums.models import (
    Approval,
    Case,
    CaseAnswer,
    Decision,
    Meeting,
    Pack,
    Participant,
    Point,
    Return,
)
from tryggmote.organisation.models import Person, UnitKind
from tryggmote.organisation.roles import Role

KINDS = ("partnership", "committee", "co_determination", "safety", "staff", "management_review")


@dataclass
class Forums:
    """Every meeting there is with what belongs to it, and who is invited to each, by its id."""

    meetings: list[Meeting] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    approvals: list[Approval] = field(default_factory=list)
    returns: list[Return] = field(default_factory=list)
    packs: list[Pack] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    answers: list[CaseAnswer] = field(default_factory=list)
    invited: dict[object, set[int]] = field(default_factory=dict)


def owns(world: World, person: Person, unit_id: int) -> bool:
    """A director, on either line, above employees of the unit."""
    return any(
        role.role in (Role.COUNTY_DIRECTOR, Role.MUNICIPAL_DIRECTOR) and world.covers(role, workforce.id)
        for role in world.roles_of(person)
        for workforce in world.workforces
        if workforce.unit_id == unit_id
    )


def works_at(world: World, person: Person, unit_id: int) -> bool:
    """Works in the unit or holds a role there; likewise below it, when it is no county or municipality."""
    places = {p.workforce.unit_id for p in world.placements if p.person_id == person.id}
    places |= {role.unit_id for role in world.roles_of(person)}
    unit = next(each for each in world.units if each.id == unit_id)
    is_above = unit.kind in (UnitKind.DIRECTORATE, UnitKind.COUNTY, UnitKind.MUNICIPALITY)
    return unit_id in places or (
        not is_above and any(unit_id in world.with_all_above(place) for place in places)
    )


def sits_at(made: Forums, world: World, person: Person, meeting: Meeting) -> bool:
    """Invited, or one of those who arrange such meetings in the unit; a staff meeting, all who work there."""
    unit_id = meeting.unit_id
    return (
        person.id in made.invited[meeting.id]
        or leads(world, person, unit_id)
        or (meeting.kind == "partnership" and owns(world, person, unit_id))
        or (
            meeting.kind == "committee"
            and any(r.role == Role.COMMITTEE_MEMBER and r.unit_id == unit_id for r in world.roles_of(person))
        )
        or (meeting.kind == "safety" and represents(world, person, unit_id))
        or (meeting.kind == "staff" and works_at(world, person, unit_id))
    )


def may_see_meeting(made: Forums, world: World, person: Person, meeting: Meeting) -> bool:
    return sits_at(made, world, person, meeting) or (
        meeting.published_at is not None and sees_documents_of(world, person, meeting.unit_id)
    )


def office_of(world: World, unit_id: int) -> int | None:
    """The office a unit belongs to; one that has become a part of another is none any more."""
    offices = {unit.id for unit in world.units if unit.kind == UnitKind.OFFICE}
    living = [office for office in offices if not world.parents.get(office, set()) & offices]
    return next((office for office in living if office in world.with_all_above(unit_id)), None)


def may_see_answer(made: Forums, world: World, person: Person, answer: CaseAnswer) -> bool:
    """The owners and the leader of the office in which it happened."""
    office = office_of(world, answer.incident.workforce.unit_id)
    return office is not None and (leads(world, person, office) or owns(world, person, office))


def build(world: World, random: Random) -> Forums:
    """Meetings in random units: planned, sent, approved or published; and answers about serious incidents."""
    made = Forums()
    for _ in range(random.randint(4, 8)):
        by, now = random.choice(world.people), timezone.now()
        meeting = Meeting.objects.create(
            unit=random.choice(world.units), kind=random.choice(KINDS), occasion="yearly", theme="Vold",
            starts_at=now, called_by=by,
        )  # fmt: skip
        made.meetings.append(meeting)
        _fill(made, meeting, by, world, random)
        for name in ("sent_at", "approved_at", "published_at")[: random.randint(0, 3)]:
            setattr(meeting, name, now)
        meeting.save()
    for incident in world.incidents:
        if (incident.assessed_level or 0) >= 4:
            made.answers.append(
                CaseAnswer.objects.create(incident=incident, side="state", treats=True, by=world.people[0])
            )
            made.cases.append(Case.objects.create(meeting=random.choice(made.meetings), incident=incident))
    return made


def _fill(made: Forums, meeting: Meeting, by: Person, world: World, random: Random) -> None:
    people = random.sample(world.people, random.randint(0, 3))
    made.invited[meeting.id] = {person.id for person in people}
    for person in people:
        made.participants.append(Participant.objects.create(meeting=meeting, person=person, by=by))
    point = Point.objects.create(meeting=meeting, number=1, source="own", title="Sak", minutes="Sagt.")
    made.points.append(point)
    made.decisions.append(
        Decision.objects.create(
            point=point,
            words="Gjør det.",
            becomes="task",
            owner=random.choice(world.people),
            due_on=timezone.localdate(),
            by=by,
        )
    )
    made.approvals.append(Approval.objects.create(meeting=meeting, round=1, side="state", by=by))
    Meeting.objects.filter(id=meeting.id).update(sent_at=timezone.now())
    made.returns.append(Return.objects.create(meeting=meeting, round=1, words="Feil.", by=by))
    made.packs.append(Pack.objects.create(meeting=meeting, language="nb", by=by, content=b"%PDF"))
