"""Assessments in a random organisation, and who may see what of them, said a second time in Python.

From the product's description: approved ones are seen by all employees of the unit and by leaders and
representatives above it; drafts by those who take part, the unit's leaders and its safety representatives.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from django.utils import timezone

from tests.security.world import World
from tryggmote.organisation.models import Person, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.risk import libraries
from tryggmote.risk.models import (
    Activity,
    Approval,
    Assessment,
    FactorJudgement,
    ImportDraft,
    NotConsulted,
    Opinion,
    Participant,
    Reopening,
    Scenario,
    Version,
)

ABOVE_OFFICES = (UnitKind.DIRECTORATE, UnitKind.COUNTY, UnitKind.MUNICIPALITY)
NO_CONTENT = (Role.ADMINISTRATOR, Role.GUARD)
LEADING = (
    Role.LEADER,
    Role.OFFICE_LEADER,
    Role.COUNTY_DIRECTOR,
    Role.MUNICIPAL_DIRECTOR,
    Role.DIRECTORATE,
)
OF_A_VERSION = (FactorJudgement, Scenario, Participant, Opinion, NotConsulted, Approval, Reopening)


@dataclass
class Paper:
    """Every assessment there is, with its versions and who takes part in each, by version id."""

    assessments: list[Assessment] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    taking_part: dict[object, set[int]] = field(default_factory=dict)


def belongs_to(world: World, person: Person, unit_id: int) -> bool:
    """Works in the unit or below it, or holds a role there or below it that has to do with its content."""
    places = [p.workforce.unit_id for p in world.placements if p.person_id == person.id]
    places += [role.unit_id for role in world.roles_of(person) if role.role not in NO_CONTENT]
    return any(unit_id in world.with_all_above(place) for place in places)


def is_above(world: World, person: Person, unit_id: int) -> bool:
    """Holds a role in the unit or above it that has to do with its content."""
    above = world.with_all_above(unit_id)
    return any(r.unit_id in above and r.role not in NO_CONTENT for r in world.roles_of(person))


def sees_documents_of(world: World, person: Person, unit_id: int) -> bool:
    """All employees of the unit; leaders and representatives above it on both lines."""
    return belongs_to(world, person, unit_id) or is_above(world, person, unit_id)


def leads(world: World, person: Person, unit_id: int) -> bool:
    """Leads employees of the unit directly, or is leader or director of the unit itself."""
    employees = [w.id for w in world.workforces if w.unit_id == unit_id]
    return any(world.leads_unit(person, workforce) for workforce in employees) or any(
        r.unit_id == unit_id and r.role in LEADING for r in world.roles_of(person)
    )


def represents(world: World, person: Person, unit_id: int) -> bool:
    """Represents a safety area of the unit, below it, or above it up to the office; or is elected in it."""
    areas = [area for area in world.areas if world.represents(person, area.id)]
    is_office = next(u for u in world.units if u.id == unit_id).kind not in ABOVE_OFFICES
    near = any(
        area.unit_id in world.with_all_above(unit_id)
        or (is_office and unit_id in world.with_all_above(area.unit_id))
        for area in areas
    )
    elected = any(
        r.unit_id == unit_id and r.role in (Role.SAFETY_REPRESENTATIVE, Role.CHIEF_SAFETY_REPRESENTATIVE)
        for r in world.roles_of(person)
    )
    return near or elected


def may_see_version(world: World, paper: Paper, person: Person, version: Version) -> bool:
    """Approved: the unit and those above. A draft: those who take part, its leaders and representatives."""
    unit_id = version.assessment.unit_id
    return (
        person.id in paper.taking_part.get(version.id, set())
        or (version.approved_at is not None and sees_documents_of(world, person, unit_id))
        or leads(world, person, unit_id)
        or represents(world, person, unit_id)
    )


def may_see_assessment(world: World, paper: Paper, person: Person, assessment: Assessment) -> bool:
    """One sees an assessment of which one sees some version."""
    return any(
        may_see_version(world, paper, person, version)
        for version in paper.versions
        if version.assessment_id == assessment.id
    )


def build(world: World, random: Random) -> Paper:
    """Assessments in random units: drafts, approved ones, and approved ones that are open again."""
    paper = Paper()
    for _ in range(random.randint(4, 8)):
        assessment = Assessment.objects.create(
            unit=random.choice(world.units), title="Vurdering", forms=["planned"],
            created_by=random.choice(world.people),
        )  # fmt: skip
        paper.assessments.append(assessment)
        is_approved = random.random() < 0.5
        _version(world, paper, assessment, random, number=1, is_approved=is_approved)
        if is_approved and random.random() < 0.5:
            _version(world, paper, assessment, random, number=2, is_approved=False)
    for unit in world.units:
        Activity.objects.create(unit=unit, name="Samtaler", forms=["planned"], added_by=world.people[0])
    return paper


def _version(
    world: World, paper: Paper, assessment: Assessment, random: Random, *, number: int, is_approved: bool
) -> None:
    version = Version.objects.create(
        assessment=assessment, number=number, matrix=libraries.matrix().definition()
    )
    taking_part = random.sample(world.people, random.randint(0, 3))
    paper.taking_part[version.id] = {person.id for person in taking_part}
    for person in taking_part:
        Participant.objects.create(version=version, person=person, capacity="employee")
        Opinion.objects.create(version=version, person=person, answer="agree", edition=0)
    FactorJudgement.objects.create(version=version, factor=1, text="Vurdert")
    Scenario.objects.create(version=version, hazard="Noe kan skje")
    NotConsulted.objects.create(version=version, why="nobody", reason="Ingen", by=world.people[0])
    Reopening.objects.create(assessment=assessment, version=version, cause="remark")
    ImportDraft.objects.create(version=version, by=random.choice(world.people), name="a.xlsx", content=b"")
    if is_approved:
        Approval.objects.create(version=version, by=world.people[0])
        version.review_on = timezone.localdate() + timedelta(days=100)
        version.approved_at = timezone.now()
        version.save()
    version.assessment = assessment
    paper.versions.append(version)
