"""Training in a random organisation, and who may see it, said a second time in Python (4.1-4.3).

From the product's description: what a person has learnt is seen by that person and by those who lead them,
daily, formally or as leader of the unit they work in; what a unit asks for by all who read its documents.
"""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.utils import timezone

from tests.security.assessments import sees_documents_of
from tests.security.world import World
from tryggmote.access.ids import new_id
from tryggmote.organisation.models import Person
from tryggmote.training.models import Absence, Completion, LocalElement, Override, Renewal, RiskLink


@dataclass
class Learnt:
    """What there is: of people, and of units."""

    of_people: dict[type, list[Completion | Override | Absence]]
    of_units: dict[type, list[LocalElement | RiskLink | Renewal]]


def may_see_of_person(world: World, person: Person, row: Completion | Override | Absence) -> bool:
    """One's own, and that of the people one leads."""
    other = row.person_id
    works_in = [p.workforce_id for p in world.placements if p.person_id == other]
    return (
        person.id == other
        or world.leads_person(person, other)
        or any(world.leads_unit(person, workforce) for workforce in works_in)
    )


def may_see_of_unit(world: World, person: Person, row: LocalElement | RiskLink | Renewal) -> bool:
    """Whoever reads the unit's documents."""
    return sees_documents_of(world, person, row.unit_id)


def build(world: World, random: Random) -> Learnt:
    """Completions, exceptions and leave of some, and what some units ask for."""
    today = timezone.localdate()
    for _number in range(random.randint(4, 8)):
        person, by = random.choice(world.people), random.choice(world.people)
        Completion.objects.create(
            person=person, element=random.choice(["equipment", "follow_up"]), done_on=today,
            source="imported", subject_id=new_id(),
        )  # fmt: skip
        Override.objects.create(person=person, by=by, reason="Vi er to.", starts_on=today, until=today)
        Absence.objects.create(person=person, by=by, starts_on=today - timedelta(days=1), ends_on=today)
        unit = random.choice(world.units)
        LocalElement.objects.create(unit=unit, kind="theory", title="Arkivet", by=by)
        RiskLink.objects.create(unit=unit, element="equipment", lineage=new_id(), by=by)
        Renewal.objects.create(
            unit=unit, element="equipment", version_id=new_id(), lineage=new_id(), since=today, within_days=90
        )
    return Learnt(
        {model: list(model.objects.all()) for model in (Completion, Override, Absence)},
        {model: list(model.objects.all()) for model in (LocalElement, RiskLink, Renewal)},
    )
