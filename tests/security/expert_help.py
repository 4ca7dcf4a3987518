"""Requests for expert help in a random organisation, and who may see them, said a second time (1.2).

From the product's description: those who lead or represent the unit, those above it on its lines, whoever
asked, and the expert who is asked, where they are registered and below.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from django.utils import timezone

from tests.security.assessments import leads, represents
from tests.security.hazards import oversees
from tests.security.world import World
from tryggmote.expertise.models import ExpertAnswer, ExpertRequest, UsedIn
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.risk.models import Assessment

KINDS = ("occupational_health", "county_security_coordinator", "police", "other")


@dataclass
class Asked:
    """Every request there is; answers and uses are seen with theirs."""

    requests: list[ExpertRequest] = field(default_factory=list)


def may_see_request(world: World, person: Person, request: ExpertRequest) -> bool:
    """See above."""
    return (
        person.id == request.asked_by_id
        or leads(world, person, request.unit_id)
        or represents(world, person, request.unit_id)
        or oversees(world, person, request.unit_id)
        or is_asked(world, person, request)
    )


def is_asked(world: World, person: Person, request: ExpertRequest) -> bool:
    """The occupational health service or the county's security adviser, in their unit and below."""
    roles = {
        "occupational_health": Role.OCCUPATIONAL_HEALTH,
        "county_security_coordinator": Role.COUNTY_SECURITY_COORDINATOR,
    }
    above = world.with_all_above(request.unit_id)
    return any(r.role == roles.get(request.kind) and r.unit_id in above for r in world.roles_of(person))


def build(world: World, random: Random) -> Asked:
    """Requests of random units by random people; some answered, and some of those used."""
    asked = Asked()
    for _ in range(random.randint(6, 12)):
        unit, by = random.choice(world.units), random.choice(world.people)
        request = ExpertRequest.objects.create(
            unit=unit, kind=random.choice(KINDS), whom="Arkitekten", question="Hvordan?",
            wanted_by=timezone.localdate() + timedelta(days=random.randint(-20, 20)), asked_by=by,
        )  # fmt: skip
        asked.requests.append(request)
        if random.random() < 0.6:
            ExpertAnswer.objects.create(
                request=request, text="Slik.", answered_on=timezone.localdate(), is_own=False, by=by
            )
            assessment = Assessment.objects.create(unit=unit, title="Vurdering", created_by=by)
            UsedIn.objects.create(request=request, assessment=assessment, by=by)
    return asked
