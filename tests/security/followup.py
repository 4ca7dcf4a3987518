"""Follow-up plans in a random organisation, and who may see what of them.

From the product's description: that person, the leader who follows up, others only by that person's consent;
not the safety representative, not leaders above.
"""

from dataclasses import dataclass
from random import Random

from django.utils import timezone

from tests.security.world import World
from tryggmote.access.models import ReadEntry
from tryggmote.followup.models import Consent, Plan, PlanAct, Reminder, Step, StepAct
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role

OF_A_PLAN = (Step, StepAct, PlanAct)


@dataclass
class Files:
    """What there is, as it stands after all that was done."""

    plans: list[Plan]
    consents: list[Consent]
    reminders: list[Reminder]
    reads: list[ReadEntry]


def leads(world: World, leader: Person, plan: Plan) -> bool:
    """Whether the leader has anything to do with the person or the place any more."""
    return (
        world.leads_person(leader, plan.person_id)
        or world.leads_unit(leader, plan.workforce_id)
        or world.stands_above(leader, plan.workforce_id)
    )


def may_see_plan(world: World, person: Person, plan: Plan, consents: list[Consent]) -> bool:
    """The person; whoever follows up, while they lead; whoever was let in and not shut out again."""
    return (
        person.id == plan.person_id
        or (person.id == plan.follower_id and leads(world, person, plan))
        or any(c.plan_id == plan.id and c.to_person_id == person.id and not c.withdrawn_at for c in consents)
    )


def may_see_consent(world: World, person: Person, consent: Consent) -> bool:
    """The two it is between."""
    return person.id in (consent.person_id, consent.to_person_id)


def may_see_reminder(world: World, person: Person, reminder: Reminder) -> bool:
    """Whoever was told."""
    return person.id == reminder.to_person_id


def build(world: World, random: Random) -> Files:
    """Plans after incidents, followed by leaders and by people who lead no more, shared and closed."""
    now = timezone.now()
    for incident in world.incidents:
        for person in random.sample(world.people, 2):
            others = [other for other in world.people if other != person]
            plan = Plan.objects.create(
                incident=incident, person=person, follower=_follower(world, random, person, others),
                relation="witness", unit_id=incident.workforce.unit_id,
                workforce=random.choice(world.workforces), natures=[], happened_at=now,
                level=3, offered_level=3, rule_version="1", began_by=random.choice(others),
            )  # fmt: skip
            step = Step.objects.create(plan=plan, code="first_talk", due_at=now)
            StepAct.objects.create(plan=plan, step=step, by=person, kind="accepted")
            PlanAct.objects.create(plan=plan, by=person, kind=random.choice(["closed", "resumed"]))
            for other in random.sample(others, random.randint(0, 2)):
                withdrawn = random.choice([None, now])
                Consent.objects.create(plan=plan, person=person, to_person=other, withdrawn_at=withdrawn)
            Reminder.objects.create(
                plan=plan, kind="passed_up", due_at=now, to_person=random.choice(world.people),
                follower=plan.follower, unit=plan.unit,
            )  # fmt: skip
            ReadEntry.objects.create(person_id=random.choice(others).id, kind="followup", object_id=plan.id)
    return Files(
        plans=list(Plan.objects.all()),
        consents=list(Consent.objects.all()),
        reminders=list(Reminder.objects.all()),
        reads=list(ReadEntry.objects.filter(kind="followup")),
    )


def _follower(world: World, random: Random, person: Person, others: list[Person]) -> Person:
    """Often one who leads, now and then one who does no more."""
    leaders = [
        other for other in others if world.leads_person(other, person.id) or _holds_a_role(world, other)
    ]
    return random.choice(leaders if leaders and random.random() < 0.7 else others)


def _holds_a_role(world: World, person: Person) -> bool:
    leading = (Role.LEADER, Role.OFFICE_LEADER, Role.COUNTY_DIRECTOR, Role.DIRECTORATE)
    return any(role.role in leading for role in world.roles_of(person))
