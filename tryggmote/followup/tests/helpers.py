"""Short ways to say what tests of follow-up need."""

from datetime import datetime
from typing import Any

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.followup.models import Consent, Plan, Step
from tryggmote.followup.services import (
    PlanDeed,
    StepDeed,
    act_on_plan,
    act_on_step,
    let_in,
    offer_plan,
)
from tryggmote.followup.vocabulary import PlanActKind, StepActKind
from tryggmote.incidents.models import AssessedLevel, Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Person


def offered_by(leader: Person, incident: Incident, person: Person, *, at: datetime | None = None) -> Plan:
    """The plan this leader offers this person after the incident."""
    with acting_as(leader.id) as by:
        offer_plan(by=by, incident=Incident.objects.get(id=incident.id), person_id=person.id, at=at)
    return Plan.objects.get(incident=incident, person=person)


def plan_for(person: Person, leader: Person, *, level: int | None = None, **answers: Any) -> Plan:
    """The plan of somebody who reported for themselves, offered by their leader."""
    incident = reported_by(person, **answers)
    if level is not None:
        AssessedLevel.objects.create(incident=incident, by=leader, level=level)
    return offered_by(leader, incident, person)


def step_of(plan: Plan, code: str = "first_talk") -> Step:
    """One of the plan's steps."""
    return Step.objects.get(plan=plan, code=code)


def acts(person: Person, plan: Plan, step: Step, kind: StepActKind, **more: Any) -> None:
    """This person does something with a step."""
    with acting_as(person.id) as by:
        act_on_step(
            by=by,
            plan=Plan.objects.get(id=plan.id),
            step=Step.objects.get(id=step.id),
            deed=StepDeed(id=new_id(), kind=kind, **more),
        )


def does(person: Person, plan: Plan, kind: PlanActKind, *, at: datetime | None = None, **more: Any) -> None:
    """This person does something with the whole plan."""
    with acting_as(person.id) as by:
        deed = PlanDeed(id=new_id(), kind=kind, **more)
        act_on_plan(by=by, plan=Plan.objects.get(id=plan.id), deed=deed, at=at)


def lets_in(person: Person, plan: Plan, other: Person) -> Consent:
    """This person lets another read their plan."""
    with acting_as(person.id) as by:
        return let_in(by=by, plan=Plan.objects.get(id=plan.id), consent_id=new_id(), to_person_id=other.id)
