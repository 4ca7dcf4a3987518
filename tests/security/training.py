"""Training in a random organisation, and who may see it, said a second time in Python (4.1-4.3).

From the product's description: what a person has learnt is seen by that person and by those who lead them,
daily, formally or as leader of the unit they work in; what a unit asks for by all who read its documents.
"""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.utils import timezone

from tests.security.assessments import leads, represents, sees_documents_of
from tests.security.world import World
from tryggmote.access.ids import new_id
from tryggmote.organisation.models import Person
from tryggmote.training.models import (
    Absence,
    Attendance,
    CalendarAddress,
    Completion,
    LocalElement,
    Override,
    Plan,
    PlanApproval,
    PlanHearing,
    PlanItem,
    Renewal,
    RiskLink,
    Session,
    SignUp,
)


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


@dataclass
class Held:
    """Plans and sessions, with what was done about them."""

    plans: list[Plan]
    of_plans: dict[type, list[PlanItem | PlanHearing | PlanApproval]]
    sessions: list[Session]
    of_sessions: dict[type, list[SignUp | Attendance]]
    addresses: list[CalendarAddress]


def may_see_plan(world: World, person: Person, plan: Plan) -> bool:
    """Approved: whoever reads the unit's documents. A draft: those who lead or represent the unit."""
    is_read = plan.approved_at is not None and sees_documents_of(world, person, plan.unit_id)
    return is_read or leads(world, person, plan.unit_id) or represents(world, person, plan.unit_id)


def may_see_session(world: World, person: Person, session: Session) -> bool:
    """Whoever may sign up, whoever reads the unit's documents, and whoever leads it."""
    return (
        session.led_by_id == person.id
        or sees_documents_of(world, person, session.open_to_id)
        or sees_documents_of(world, person, session.unit_id)
    )


def may_see_coming(world: World, person: Person, row: SignUp | Attendance) -> bool:
    """One's own, that of people one leads, and all of a session one leads or whose unit one leads."""
    return (
        may_see_of_person(world, person, Completion(person_id=row.person_id))
        or row.session.led_by_id == person.id
        or leads(world, person, row.session.unit_id)
    )


def build_held(world: World, random: Random) -> Held:
    """Plans as drafts and approved, sessions with some who come and some who were there."""
    year, now = timezone.localdate().year, timezone.now()
    for number in range(random.randint(4, 7)):
        by, other = random.choice(world.people), random.choice(world.people)
        plan = Plan.objects.create(unit=random.choice(world.units), year=year + number, number=1, by=by)
        PlanItem.objects.create(
            plan=plan, element="equipment", month=3, people=2, cause="own", way="session", by=by
        )
        PlanHearing.objects.create(plan=plan, person=by, answer="agree", revision=1, by=by)
        if random.random() < 0.6:
            PlanApproval.objects.create(plan=plan, revision=1, by=by)
        session = Session.objects.create(
            unit=random.choice(world.units), open_to=random.choice(world.units), elements=["equipment"],
            starts_at=now, ends_at=now + timedelta(hours=1), place="Møterom 2", capacity=2, led_by=by, by=by,
        )  # fmt: skip
        SignUp.objects.create(session=session, person=other, by=other)
        Attendance.objects.create(session=session, person=other, way="list", by=by)
        CalendarAddress.objects.filter(person=other).delete()
        CalendarAddress.objects.create(person=other, digest=str(new_id()))
    return Held(
        list(Plan.objects.all()),
        {model: list(model.objects.all()) for model in (PlanItem, PlanHearing, PlanApproval)},
        list(Session.objects.all()),
        {model: list(model.objects.select_related("session")) for model in (SignUp, Attendance)},
        list(CalendarAddress.objects.all()),
    )
