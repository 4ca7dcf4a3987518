"""Hazards in a random organisation, and who may see which, said a second time in Python.

From the product's description: whoever raised it or one that was merged into it, the unit's leaders and its
safety representatives; leaders above when nobody decided in time.
"""

from dataclasses import dataclass, field
from random import Random

from django.utils import timezone

from tests.security.assessments import leads, represents
from tests.security.world import World
from tryggmote.access.ids import new_id
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.risk.models import Hazard, HazardDecision, HazardEscalation


@dataclass
class Inboxes:
    """Every hazard there is; `merged`: by id, the one that each was merged into."""

    hazards: list[Hazard] = field(default_factory=list)
    merged: dict[object, object] = field(default_factory=dict)

    def went_into(self, hazard: Hazard) -> set[object]:
        """The hazard, and those it was merged into, one after the other."""
        found, last = {hazard.id}, hazard.id
        while last in self.merged:
            last = self.merged[last]
            found.add(last)
        return found


def oversees(world: World, person: Person, unit_id: int) -> bool:
    """A director above employees of the unit; the directorate above all units below it."""
    employees = [w.id for w in world.workforces if w.unit_id == unit_id]
    above = world.with_all_above(unit_id)
    return any(
        (r.role == Role.DIRECTORATE and r.unit_id in above)
        or (
            r.role in (Role.COUNTY_DIRECTOR, Role.MUNICIPAL_DIRECTOR)
            and any(world.covers(r, workforce) for workforce in employees)
        )
        for r in world.roles_of(person)
    )


def may_see_hazard(world: World, inboxes: Inboxes, person: Person, hazard: Hazard) -> bool:
    """Raised it or one merged into it; leads or represents the unit; stands above one that was passed on."""
    raised = [other for other in inboxes.hazards if other.raised_by_id == person.id]
    return (
        any(hazard.id in inboxes.went_into(other) for other in raised)
        or leads(world, person, hazard.unit_id)
        or represents(world, person, hazard.unit_id)
        or (hazard.escalated_at is not None and oversees(world, person, hazard.unit_id))
    )


def build(world: World, random: Random) -> Inboxes:
    """Hazards in random units; some passed on, some decided, some merged into an earlier one of the unit."""
    inboxes = Inboxes()
    for _ in range(random.randint(6, 14)):
        hazard = Hazard.objects.create(
            unit=random.choice(world.units), source="concern", what="Noe er farlig",
            raised_by=random.choice([None, *world.people]), due_at=timezone.now(),
        )  # fmt: skip
        if random.random() < 0.4:
            HazardEscalation.objects.create(hazard=hazard, to_person=random.choice(world.people))
        if random.random() < 0.6:
            _decide(world, inboxes, hazard, random)
        inboxes.hazards.append(hazard)
    for hazard in inboxes.hazards:
        hazard.refresh_from_db()
    return inboxes


def _decide(world: World, inboxes: Inboxes, hazard: Hazard, random: Random) -> None:
    earlier = [other for other in inboxes.hazards if other.unit_id == hazard.unit_id]
    other = random.choice(earlier) if earlier else None
    if other:
        inboxes.merged[hazard.id] = other.id
    HazardDecision.objects.create(
        id=new_id(), hazard=hazard, outcome="merged" if other else "declined", merged_into=other,
        answer="Svar", by=random.choice(world.people),
    )  # fmt: skip
