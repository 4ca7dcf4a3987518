"""Reports that belong together, lessons and patterns in a random organisation, and who may see them.

From the product's description: a link gives nobody insight; a lesson is read within its scope and written by
those who lead or represent the unit; the incident behind it is named only to those who see the incident; a
pattern about a person is that person's and their leaders'; above a unit there are only figures, of five
people or more.
"""

from dataclasses import dataclass, field
from random import Random

from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.security.assessments import leads, represents, sees_documents_of
from tests.security.world import World, may_see_incident
from tryggmote.access.ids import new_id
from tryggmote.incidents.models import Incident, LaterReport, SameEvent, SameEventUndone
from tryggmote.learning.models import (
    Lesson,
    LessonAsking,
    LessonSharing,
    LessonSource,
    LessonVersion,
    LessonWithdrawal,
    Pattern,
)
from tryggmote.organisation.models import Person, UnitKind
from tryggmote.organisation.roles import Role

ABOVE_OFFICES = (UnitKind.DIRECTORATE, UnitKind.COUNTY, UnitKind.MUNICIPALITY)
FEW = 5


@dataclass
class Shelf:
    """What there is, as it stands after all that was done."""

    incidents: dict[object, Incident] = field(default_factory=dict)
    links: list[SameEvent] = field(default_factory=list)
    undone: list[SameEventUndone] = field(default_factory=list)
    later: list[LaterReport] = field(default_factory=list)
    lessons: list[Lesson] = field(default_factory=list)
    versions: list[LessonVersion] = field(default_factory=list)
    sources: list[LessonSource] = field(default_factory=list)
    askings: list[LessonAsking] = field(default_factory=list)
    patterns: list[Pattern] = field(default_factory=list)

    def asked_about(self, person: Person) -> set[object]:
        """Versions this person was asked about."""
        return {asking.version_id for asking in self.askings if asking.person_id == person.id}


def may_see_link(world: World, shelf: Shelf, person: Person, link: SameEvent) -> bool:
    """Whoever sees both reports."""
    return _sees(world, shelf, person, link.incident_id) and _sees(world, shelf, person, link.event_id)


def may_see_undoing(world: World, shelf: Shelf, person: Person, undoing: SameEventUndone) -> bool:
    """With the link."""
    return may_see_link(world, shelf, person, undoing.link)


def may_see_later(world: World, shelf: Shelf, person: Person, later: LaterReport) -> bool:
    """Whoever sees both reports."""
    return _sees(world, shelf, person, later.incident_id) and _sees(world, shelf, person, later.earlier_id)


def _sees(world: World, shelf: Shelf, person: Person, incident_id: object) -> bool:
    return may_see_incident(world, person, shelf.incidents[incident_id])


def writes(world: World, person: Person, unit_id: int) -> bool:
    """Leads or represents the unit."""
    return leads(world, person, unit_id) or represents(world, person, unit_id)


def may_see_lesson(world: World, shelf: Shelf, person: Person, lesson: Lesson) -> bool:
    """Shared: whoever belongs to its scope. Else those who write there, its author, and whoever was asked."""
    is_shared = lesson.shared_number is not None and lesson.withdrawn_at is None
    reaches = (
        lesson.shared_scope == "all"
        or sees_documents_of(world, person, lesson.unit_id)
        or (lesson.shared_in_id is not None and sees_documents_of(world, person, lesson.shared_in_id))
    )
    asked = shelf.asked_about(person)
    return (
        (is_shared and reaches)
        or writes(world, person, lesson.unit_id)
        or lesson.created_by_id == person.id
        or any(version.id in asked for version in shelf.versions if version.lesson_id == lesson.id)
    )


def may_see_version(world: World, shelf: Shelf, person: Person, version: LessonVersion) -> bool:
    """Readers: the one that is shared. Those who write there: all. Its author, and whoever was asked."""
    lesson = version.lesson
    if version.by_id == person.id or version.id in shelf.asked_about(person):
        return True
    if writes(world, person, lesson.unit_id):
        return True
    is_shared = lesson.shared_number == version.number and lesson.withdrawn_at is None
    return is_shared and may_see_lesson(world, shelf, person, lesson)


def may_see_source(world: World, shelf: Shelf, person: Person, source: LessonSource) -> bool:
    """Whoever sees the lesson and the incident."""
    sees_incident = _sees(world, shelf, person, source.incident_id)
    return sees_incident and may_see_lesson(world, shelf, person, source.lesson)


def may_see_asking(world: World, shelf: Shelf, person: Person, asking: LessonAsking) -> bool:
    """The one who was asked, and whoever sees the incident."""
    return asking.person_id == person.id or _sees(world, shelf, person, asking.incident_id)


def may_see_pattern(world: World, person: Person, pattern: Pattern) -> bool:
    """Of a person: that person and their leaders. Of a unit: who leads or represents it; above: figures."""
    if pattern.person_id is not None:
        return pattern.person_id == person.id or world.leads_person(person, pattern.person_id)
    unit_id = pattern.unit_id or 0
    near = writes(world, person, unit_id)
    if pattern.kind == "setting" and near and reads_every_incident(world, person, unit_id):
        return True
    is_figure = pattern.people >= FEW and pattern.aspect != "place"
    return is_figure and (near or oversees_unit(world, person, unit_id))


def reads_every_incident(world: World, person: Person, unit_id: int) -> bool:
    """Leads all who work in the unit and below it, or represents it with every area there is for them."""
    inside = {unit.id for unit in world.units if unit_id in world.with_all_above(unit.id)}
    employees = [w.id for w in world.workforces if w.unit_id in inside]
    if all(world.leads_unit(person, workforce) for workforce in employees):
        return True
    kinds = {unit.id: unit.kind for unit in world.units}
    near = {above for above in world.with_all_above(unit_id) if kinds[above] not in ABOVE_OFFICES}
    areas = [area.id for area in world.areas if area.unit_id in inside | near]
    return represents(world, person, unit_id) and all(world.represents(person, area) for area in areas)


def oversees_unit(world: World, person: Person, unit_id: int) -> bool:
    """A director above its employees, the directorate above it, or its county's security co-ordinator."""
    above = world.with_all_above(unit_id)
    employees = [w.id for w in world.workforces if w.unit_id == unit_id]
    return any(
        (r.role in (Role.DIRECTORATE, Role.COUNTY_SECURITY_COORDINATOR) and r.unit_id in above)
        or (
            r.role in (Role.COUNTY_DIRECTOR, Role.MUNICIPAL_DIRECTOR)
            and any(world.covers(r, workforce) for workforce in employees)
        )
        for r in world.roles_of(person)
    )


def build(world: World, random: Random) -> Shelf:
    """Reports linked and unlinked, lessons in every state, and patterns of every kind."""
    _reports(world, random)
    for _ in range(random.randint(4, 7)):
        _lesson(world, random)
        _pattern(world, random)
    return Shelf(
        incidents={incident.id: incident for incident in world.incidents},
        links=list(SameEvent.objects.all()),
        undone=list(SameEventUndone.objects.select_related("link")),
        later=list(LaterReport.objects.all()),
        lessons=list(Lesson.objects.all()),
        versions=list(LessonVersion.objects.select_related("lesson")),
        sources=list(LessonSource.objects.select_related("lesson")),
        askings=list(LessonAsking.objects.all()),
        patterns=list(Pattern.objects.all()),
    )


def _reports(world: World, random: Random) -> None:
    head, second, third, later = random.sample(world.incidents, 4)
    for incident in (second, third):
        link = SameEvent.objects.create(incident=incident, event=head, by=random.choice(world.people))
    SameEventUndone.objects.create(link=link, by=random.choice(world.people))
    LaterReport.objects.create(incident=later, earlier=head)


def _lesson(world: World, random: Random) -> None:
    author, unit = random.choice(world.people), random.choice(world.units)
    lesson = Lesson.objects.create(unit=unit, created_by=author)
    scope = random.choice(["unit", "county", "all"])
    words = {"title": "Sitt nærmest døra", "happened": "a", "learned": "b", "lesson": lesson}
    first = LessonVersion.objects.create(number=1, scope=scope, by=random.choice(world.people), **words)
    if random.random() < 0.7:
        try:
            with transaction.atomic():
                LessonSharing.objects.create(version=first, revision=1, scope=scope, by=author)
        except DatabaseError:
            return  # a unit outside every county shares with no county
        if random.random() < 0.6:
            first = LessonVersion.objects.create(number=2, by=random.choice(world.people), **words)
    incident = random.choice(world.incidents)
    LessonSource.objects.create(lesson=lesson, incident=incident, by=author)
    if random.random() < 0.6:
        LessonAsking.objects.create(
            version=first, revision=1, incident=incident, person=random.choice(world.people), by=author,
            answer_by=timezone.now(),
        )  # fmt: skip
    if random.random() < 0.3:
        LessonWithdrawal.objects.create(lesson=lesson, by=author, reason="Nei.")


def _pattern(world: World, random: Random) -> None:
    kind = random.choice(["person", "setting", "wave"])
    is_of_person = kind == "person"
    Pattern.objects.create(
        kind=kind,
        person=random.choice(world.people) if is_of_person else None,
        unit=None if is_of_person else random.choice(world.units),
        aspect=random.choice(["form", "place", "trigger"]) if kind == "setting" else "",
        value=str(new_id()),
        days=30, n=5, people=random.choice([1, 4, 5, 9]), units=1, rule_version="1",
        until_on=timezone.localdate(),
    )  # fmt: skip
