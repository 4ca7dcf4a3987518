"""Short ways to say what tests of plans and sessions need."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.organisation.models import Person, Unit
from tryggmote.organisation.tests.factories import Office
from tryggmote.risk.vocabulary import Answer
from tryggmote.training import plan_services, sessions
from tryggmote.training.models import Plan, PlanApproval, PlanHearing, PlanItem, Session
from tryggmote.training.plan_vocabulary import Way
from tryggmote.training.sessions import Details
from tryggmote.ui.dates import oslo_today


def proposed_by(leader: Person, unit: Unit, *, year: int | None = None, plan_id: UUID | None = None) -> Plan:
    """The draft the system makes when a leader asks for it."""
    with acting_as(leader.id) as by:
        return plan_services.propose(
            by=by, plan_id=plan_id or new_id(), unit_id=unit.id, year=year or oslo_today().year
        )


def heard(representative: Person, plan: Plan, answer: Answer = Answer.AGREE, words: str = "") -> PlanHearing:
    """What the safety representative says of the draft as it is now."""
    with acting_as(representative.id) as by:
        now = Plan.objects.select_related("unit").get(id=plan.id)
        return plan_services.give_opinion(
            by=by, plan=now, opinion_id=new_id(), answer=answer, words=words, revision=now.revision
        )


def approved_by(leader: Person, plan: Plan) -> PlanApproval:
    """The draft put in force as it is now."""
    with acting_as(leader.id) as by:
        now = Plan.objects.get(id=plan.id)
        return plan_services.approve(by=by, plan=now, approval_id=new_id(), revision=now.revision)


def in_force(office: Office, *, unit: Unit | None = None, year: int | None = None) -> Plan:
    """The office's plan for the year: proposed, heard on, approved."""
    plan = proposed_by(office.office_leader, unit or office.unit, year=year)
    heard(office.safety_representative, plan)
    approved_by(office.office_leader, plan)
    plan.refresh_from_db()
    return plan


def has_plan_for(office: Office, year: int) -> None:
    """An approved plan of some year, as if it had been made then."""
    plan = Plan.objects.create(unit=office.unit, year=year, number=1, by=office.office_leader)
    PlanApproval.objects.create(plan=plan, revision=1, by=office.office_leader)


def added_by(leader: Person, plan: Plan, element: str = "risk_awareness", **answers: Any) -> PlanItem:
    """Something a leader puts in the draft."""
    given = {"month": 6, "people": 3, "way": Way.SESSION, "words": "", **answers}
    with acting_as(leader.id) as by:
        return plan_services.add(by=by, plan=plan, item_id=new_id(), element=element, **given)


def held_by(leader: Person, unit: Unit, **answers: Any) -> Session:
    """A session tomorrow for two about risk, led by the leader, unless other answers are given."""
    starts = answers.pop("starts_at", timezone.now() + timedelta(days=1))
    given = {
        "elements": ("risk_awareness",),
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "place": "Møterom 2",
        "video": "",
        "text": "",
        "capacity": 2,
        "led_by_id": leader.id,
        "open_to_id": unit.id,
        **answers,
    }
    with acting_as(leader.id) as by:
        return sessions.hold(by=by, session_id=new_id(), unit_id=unit.id, details=Details(**given))


def signed_up(session: Session, *people: Person) -> None:
    """Each by themselves, one after the other."""
    for person in people:
        with acting_as(person.id) as by:
            sessions.sign_up(by=by, session=now(session), person_ids=[person.id])


def withdrawn(session: Session, person: Person) -> None:
    with acting_as(person.id) as by:
        sessions.withdraw(by=by, session=now(session), person_id=person.id)


def begun(session: Session, *, ago: timedelta = timedelta(hours=1)) -> Session:
    """As if it had begun so long ago; it lasts two hours."""
    starts = timezone.now() - ago
    Session.objects.filter(id=session.id).update(starts_at=starts, ends_at=starts + timedelta(hours=2))
    return now(session)


def coded(session: Session, person: Person, *, code: str | None = None, at: datetime | None = None) -> None:
    """Somebody types what stands on the wall."""
    with acting_as(person.id) as by:
        sessions.attend(
            by=by,
            session=now(session),
            attendance_id=new_id(),
            code=session.code if code is None else code,
            at=at or timezone.now(),
        )


def recorded_by(leader: Person, session: Session, *present: Person) -> None:
    """Whoever holds it says that these were there."""
    with acting_as(leader.id) as by:
        sessions.record(by=by, session=now(session), present=[person.id for person in present])


def now(session: Session) -> Session:
    """The session as it stands."""
    return Session.objects.get(id=session.id)
