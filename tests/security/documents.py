"""What belongs to a unit as a whole in a random organisation, and who may see it, said again in Python.

From the product's description: all employees of the unit, and leaders and representatives above it on both
lines; who has read, only those who lead the unit or represent it.
"""

from dataclasses import dataclass, field
from random import Random

from tests.security.assessments import leads, represents, sees_documents_of
from tests.security.world import YESTERDAY, World
from tryggmote.handbook.models import Opening
from tryggmote.information.models import Digest, Item, Reading, Reminder
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role


@dataclass
class Documents:
    """What the units have been told, who has read, who was reminded."""

    items: list[Item] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    reminders: list[Reminder] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)


def may_see_item(world: World, person: Person, item: Item) -> bool:
    """Whoever may read the documents of the unit; the directorate all."""
    is_directorate = any(role.role == Role.DIRECTORATE for role in world.roles_of(person))
    return is_directorate or sees_documents_of(world, person, item.unit_id)


def may_see_reading(world: World, person: Person, reading: Reading) -> bool:
    """One's own; of what one sees, those who lead the unit or represent it."""
    watches = leads(world, person, reading.item.unit_id) or represents(world, person, reading.item.unit_id)
    return reading.person_id == person.id or (watches and may_see_item(world, person, reading.item))


def may_see_reminder(world: World, person: Person, reminder: Reminder) -> bool:
    """Whoever sees what it reminds of."""
    return may_see_item(world, person, reminder.item)


def may_see_opening(world: World, person: Person, opening: Opening) -> bool:
    """That somebody has opened a handbook is seen by nobody but themselves."""
    return opening.person_id == person.id


def build(world: World, random: Random) -> Documents:
    """News in random units, with random readers, some of them reminded of; and one digest."""
    documents = Documents()
    for _ in range(random.randint(4, 8)):
        item = Item.objects.create(
            unit=random.choice(world.units), kind="test", subject_id=world.incidents[0].id, url="/",
            by=random.choice([None, *world.people]),
        )  # fmt: skip
        documents.items.append(item)
        for person in random.sample(world.people, random.randint(0, 3)):
            Reading.objects.get_or_create(item=item, person=person)
        if random.random() < 0.5:
            documents.reminders.append(
                Reminder.objects.create(item=item, by=random.choice(world.people), on=YESTERDAY)
            )
    for person in random.sample(world.people, min(6, len(world.people))):
        documents.openings.append(Opening.objects.create(unit=random.choice(world.units), person=person))
    # Whoever publishes has read: the database writes that down itself.
    documents.readings = list(Reading.objects.select_related("item"))
    Digest.objects.create(week_starts_on=YESTERDAY)
    return documents
