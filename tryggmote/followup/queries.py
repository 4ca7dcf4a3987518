"""What is read of follow-up. The database decides which plans; nothing here asks who may see them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from tryggmote.access.context import SignedInPerson
from tryggmote.followup.models import Consent, Plan, PlanAct, Reminder, Step, StepAct
from tryggmote.followup.rules import to_be_offered
from tryggmote.followup.steps import StepText, step_rules
from tryggmote.followup.vocabulary import PlanActKind, Relation, ReminderKind
from tryggmote.incidents.models import Incident
from tryggmote.organisation.models import Person, RoleAssignment, UnitClosure, UnitKind
from tryggmote.organisation.queries import colleagues, current, nearest_leaders
from tryggmote.organisation.roles import LEADS_DIRECTLY, Role

PAGE_SIZE = 50
_ABOVE_OFFICES = (UnitKind.DIRECTORATE, UnitKind.COUNTY, UnitKind.MUNICIPALITY)
# Who may be let in besides colleagues: those whose task it is to help.
_HELPERS = (
    Role.SAFETY_REPRESENTATIVE,
    Role.CHIEF_SAFETY_REPRESENTATIVE,
    Role.UNION_REPRESENTATIVE,
    Role.OCCUPATIONAL_HEALTH,
    *LEADS_DIRECTLY,
)


@dataclass(frozen=True)
class Mine:
    """All that stands on the page of follow-up: own plans, those one follows up, those one was let into."""

    own: list[Plan]
    followed: list[Plan]
    shared: list[Plan]
    late: list[Reminder]


def mine(person: SignedInPerson) -> Mine:
    """The plans one has to do with, what waits first; two queries."""
    let_into = Consent.objects.filter(to_person_id=person.id, withdrawn_at=None).values("plan_id")
    plans = list(
        Plan.objects.filter(Q(person_id=person.id) | Q(follower_id=person.id) | Q(id__in=let_into))
        .select_related("person", "follower", "unit")
        .order_by(F("closed_at").desc(nulls_first=True), "next_due_at", "-created_at")[: 4 * PAGE_SIZE]
    )
    return Mine(
        own=[plan for plan in plans if plan.person_id == person.id],
        followed=[plan for plan in plans if plan.follower_id == person.id],
        shared=[plan for plan in plans if person.id not in (plan.person_id, plan.follower_id)],
        late=list(
            Reminder.objects.filter(to_person_id=person.id, kind=ReminderKind.PASSED_UP)
            .select_related("follower", "unit")
            .order_by("-at")[:PAGE_SIZE]
        ),
    )


def plan_in_full(plan_id: UUID) -> QuerySet[Plan]:
    """The one plan with people and unit named. Never its incident, which a witness may not see."""
    return Plan.objects.filter(id=plan_id).select_related("person", "follower", "unit")


def steps_of(plan: Plan) -> list[Step]:
    """What is offered and wished, in order of time, each with what was done; two queries."""
    acts = Prefetch("acts", StepAct.objects.select_related("by").order_by("at"))
    steps = Step.objects.filter(plan=plan).prefetch_related(acts)
    return sorted(steps, key=lambda step: (step.waits_since, step.offered_at))


def acts_of(plan: Plan) -> list[PlanAct]:
    """What was done with the whole plan, oldest first; one query."""
    return list(PlanAct.objects.filter(plan=plan).select_related("by", "to_person").order_by("at"))


def consents_of(plan: Plan) -> list[Consent]:
    """Whom the person has let in now, and who was; one query. Only the person sees them all."""
    found = Consent.objects.filter(plan=plan).select_related("to_person")
    return list(found.order_by("withdrawn_at", "given_at"))


def pause_of(acts: list[PlanAct]) -> PlanAct | None:
    """The latest pause, for its reason."""
    return next((act for act in reversed(acts) if act.kind == PlanActKind.PAUSED), None)


def not_yet_offered(plan: Plan, steps: list[Step]) -> list[StepText]:
    """What could be offered besides, what the level asks for first."""
    offered = {step.code for step in steps if step.is_open}
    others = [
        text
        for text in step_rules().steps
        if text.code not in offered and not (text.exposed_only and plan.relation != Relation.EXPOSED)
    ]
    return sorted(others, key=lambda text: plan.level not in text.levels)


def other_of(plan: Plan, person_id: int) -> int:
    """The one of the two, the person and whoever follows up, who is not this one."""
    return plan.follower_id if person_id == plan.person_id else plan.person_id


@dataclass(frozen=True)
class Figures:
    """What leaders of the place and the safety representative know of an incident's follow-up."""

    plans: int
    overdue: int
    named_is_offered: bool

    @property
    def deadlines_are_kept(self) -> bool:
        return self.overdue == 0


def figures_of(incident_id: UUID) -> Figures | None:
    """Counts of an incident's plans, or None for those who may not have them. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select * from app.followup_figures(%s)", [incident_id])
        row = cursor.fetchone()
    return Figures(*row) if row else None


def own_plan(person: SignedInPerson, incident_id: UUID) -> Plan | None:
    """One's own plan after this incident."""
    return Plan.objects.filter(incident_id=incident_id, person_id=person.id).first()


def witnesses_to_choose(incident: Incident) -> QuerySet[Person]:
    """Those of the office where it happened, without whom the report names already."""
    found = colleagues(_office_of(incident.workforce.unit_id), timezone.localdate())
    return found.exclude(id=to_be_offered(incident) or 0)


def may_be_let_in(plan: Plan) -> QuerySet[Person]:
    """Colleagues of the office, and those whose task it is to help there."""
    office = _office_of(plan.unit_id)
    today = timezone.localdate()
    above = UnitClosure.objects.filter(descendant_id=plan.unit_id).values("ancestor_id")
    helpers = RoleAssignment.objects.filter(current(today), role__in=_HELPERS, unit_id__in=above)
    people = Q(id__in=colleagues(office, today).values("id")) | Q(id__in=helpers.values("person_id"))
    nobody = (plan.person_id, plan.follower_id)
    return Person.objects.filter(people, ended_on=None).exclude(id__in=nobody).order_by("sort_key")


def others_who_may_follow_up(plan: Plan) -> list[Person]:
    """Leaders who could take over: the nearest two, and those who lead the unit or the ones above it."""
    today: date = timezone.localdate()
    above = UnitClosure.objects.filter(descendant__workforces__id=plan.workforce_id).values("ancestor_id")
    leaders = RoleAssignment.objects.filter(current(today), role__in=LEADS_DIRECTLY, unit_id__in=above)
    nearest = nearest_leaders(plan.person_id, workforce_id=plan.workforce_id).ids
    candidates = {*nearest, *leaders.values_list("person_id", flat=True)}
    candidates -= {plan.person_id, plan.follower_id}
    with connection.cursor() as cursor:
        cursor.execute(
            "select id from unnest(%s::bigint[]) id where app.may_follow_up(id, %s, %s, %s)",
            [sorted(candidates), plan.person_id, plan.workforce_id, plan.incident_id],
        )
        allowed = [row[0] for row in cursor.fetchall()]
    return list(Person.objects.filter(id__in=allowed).order_by("sort_key"))


def _office_of(unit_id: int) -> int:
    office = (
        UnitClosure.objects.filter(descendant_id=unit_id)
        .exclude(ancestor__kind__in=_ABOVE_OFFICES)
        .order_by("-depth")
        .values_list("ancestor_id", flat=True)
        .first()
    )
    return office or unit_id
