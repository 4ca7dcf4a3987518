"""Short lessons in a random organisation, and who may see what of them, said a second time in Python (4.1).

From the product's description: that a unit held one is seen by whoever reads its documents; who was there by
each of them, by leaders of the unit and by whoever held it; what was read alone by nobody else.
"""

from dataclasses import dataclass, field
from random import Random

from django.utils import timezone

from tests.security.assessments import leads, sees_documents_of
from tests.security.world import World
from tryggmote.lessons.models import Attendance, Gathering, Reading
from tryggmote.organisation.models import Person


@dataclass
class Held:
    """What there is."""

    gatherings: list[Gathering] = field(default_factory=list)
    attendances: list[Attendance] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)


def may_see_gathering(world: World, person: Person, gathering: Gathering) -> bool:
    """Whoever reads the unit's documents, and whoever held it."""
    return person.id == gathering.by_id or sees_documents_of(world, person, gathering.unit_id)


def may_see_attendance(world: World, person: Person, attendance: Attendance) -> bool:
    """Oneself, whoever held it, and leaders of the unit."""
    held = attendance.gathering
    return person.id in (attendance.person_id, held.by_id) or leads(world, person, held.unit_id)


def may_see_reading(world: World, person: Person, reading: Reading) -> bool:
    """Oneself."""
    return person.id == reading.person_id


def build(world: World, random: Random) -> Held:
    """Lessons held in random units, with random people there, and read by some."""
    held = Held()
    for _ in range(random.randint(4, 8)):
        gathering = Gathering.objects.create(
            unit=random.choice(world.units), lesson="a_refusal", held_on=timezone.localdate(),
            by=random.choice(world.people),
        )  # fmt: skip
        held.gatherings.append(gathering)
        for person in random.sample(world.people, min(3, len(world.people))):
            held.attendances.append(
                Attendance.objects.create(gathering=gathering, person=person, by=gathering.by)
            )
        held.readings.append(Reading.objects.create(person=random.choice(world.people), lesson="the_alarm"))
    return held
