"""Concerns, demands and stops, made by people of the story."""

from datetime import datetime, timedelta

from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.concerns import formal_services, services
from tryggmote.concerns.formal_services import Stopping
from tryggmote.concerns.models import Answer, Concern, Demand, DemandAnswer, Stop, StopAct
from tryggmote.concerns.services import Draft, Reply
from tryggmote.concerns.vocabulary import Capacity, Deed, Outcome
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person, Unit

BOTH = (Capacity.LEADER, Capacity.REPRESENTATIVE)
LEADER = (Capacity.LEADER,)
REPRESENTATIVE = (Capacity.REPRESENTATIVE,)


def written_by(
    person: Person,
    *,
    to: tuple[Capacity, ...] = LEADER,
    shared: bool = True,
    text: str = "Bakdøra står åpen.",
) -> Concern:
    """A concern about where the person works."""
    with acting_as(person.id) as by:
        draft = Draft(id=new_id(), text=text, to=to, may_be_shared=shared)
        made = services.write(by=by, place=by.placements[0], draft=draft)
    return fresh(made)


def fresh(concern: Concern) -> Concern:
    """As it stands now."""
    return Concern.objects.select_related("workforce__unit", "writer", "verdict").get(id=concern.id)


def answered_by(
    person: Person,
    concern: Concern,
    outcome: Outcome = Outcome.DECLINED,
    *,
    text: str = "Døra er låst.",
    hazard: str = "",
) -> Answer:
    """What the person answers."""
    with acting_as(person.id) as by:
        found = fresh(concern)
        return services.answer(by=by, concern=found, reply=Reply(new_id(), outcome, text, hazard))


def judged_by(person: Person, concern: Concern, *, settles: bool) -> bool:
    """Whether the answer settles it."""
    with acting_as(person.id) as by:
        return services.judge(by=by, concern=fresh(concern), verdict_id=new_id(), settles=settles)


def overdue(concern: Concern) -> Concern:
    """As though its deadline had been an hour ago."""
    Concern.objects.filter(id=concern.id).update(due_at=timezone.now() - timedelta(hours=1))
    return fresh(concern)


def demanded_by(person: Person, unit: Unit) -> Demand:
    """A demand of a safety representative."""
    with acting_as(person.id) as by:
        made = formal_services.demand(
            by=by, demand_id=new_id(), unit=unit, danger="Ingen hører alarmen.", wanted="Bytt den."
        )
    return Demand.objects.select_related("unit", "by").get(id=made.id)


def demand_answered_by(person: Person, demand: Demand) -> DemandAnswer:
    """The employer's answer."""
    with acting_as(person.id) as by:
        found = Demand.objects.select_related("unit", "by").get(id=demand.id)
        return formal_services.answer_demand(by=by, demand=found, answer_id=new_id(), text="Byttes i morgen.")


def demand_is_late(demand: Demand, due_at: datetime | None = None) -> Demand:
    """As though its deadline had been an hour ago."""
    Demand.objects.filter(id=demand.id).update(due_at=due_at or timezone.now() - timedelta(hours=1))
    return Demand.objects.select_related("unit", "by").get(id=demand.id)


def stopped_by(person: Person, unit: Unit) -> Stop:
    """A stop of a safety representative."""
    with acting_as(person.id) as by:
        made = formal_services.stop(
            by=by,
            stop_id=new_id(),
            unit=unit,
            stopping=Stopping("Samtaler", "Rom 2", "Låsen virker ikke.", "Det er ikke noe annet rom."),
        )
    return stop_now(made)


def stop_now(stop: Stop) -> Stop:
    """As it stands now."""
    return Stop.objects.select_related("unit", "by").get(id=stop.id)


def said_by(person: Person, stop: Stop, deed: Deed) -> StopAct:
    """What the person says about a stop."""
    with acting_as(person.id) as by:
        return formal_services.act_on_stop(
            by=by, stop=stop_now(stop), act_id=new_id(), deed=deed, text="Låsen er byttet."
        )


def told_of(kind: str) -> set[int]:
    """Who has been told."""
    return set(Notice.objects.filter(kind=kind).values_list("person_id", flat=True))
