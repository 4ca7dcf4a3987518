"""What is offered because of the level: at once, and more when a leader judges the incident graver (§ 23A-5).

Written by the job, so that the offers follow from the rules and stand in nobody's name (`policies.sql`).
"""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as_job
from tryggmote.followup.models import Plan, Step
from tryggmote.followup.rules import due_at, is_first_day
from tryggmote.followup.steps import step_rules
from tryggmote.followup.vocabulary import Relation
from tryggmote.notices.services import tell

_COLUMNS = ("id", "person_id", "follower_id", "relation", "happened_at", "level")


def steps_for(plan: Plan, now: datetime) -> list[Step]:
    """What the plan's level offers this person now, not yet written down."""
    suggested = step_rules().suggested(
        level=plan.level,
        relation=Relation(plan.relation),
        is_first_day=is_first_day(plan.happened_at, now),
    )
    return [
        Step(
            plan=plan,
            code=step.code,
            due_at=due_at(step.deadline(plan.level), now),
            due_unanswered=step.due_unanswered,
            offered_at=now,
        )
        for step in suggested
    ]


def let_lapse() -> int:
    """Let offers for a first day that is over fall away when they were not answered. Says how many."""
    first_day_only = [step.code for step in step_rules().steps if step.first_day_only]
    with acting_as_job(), connection.cursor() as cursor:
        cursor.execute("select app.lapse_followup_offers(%s)", [first_day_only])
        (lapsed,) = cursor.fetchone()
    return int(lapsed)


def offer_more(*, now: datetime | None = None) -> int:
    """Offer what a higher level asks for besides, and hold what is offered already to its deadlines.

    A deadline only becomes earlier, and not where the person has set the time.
    Says how many plans changed. Twice does it once.
    """
    now = now or timezone.now()
    with acting_as_job():
        risen = list(_risen().values_list("id", flat=True))
    return sum(_offer_more(plan_id, now) for plan_id in risen)


def _tighten(plan: Plan, now: datetime) -> bool:
    """Whether any step that was offered before is due earlier at the plan's level, counted from now."""
    deadlines = {step.code: due_at(step.deadline(plan.level), now) for step in step_rules().steps}
    with connection.cursor() as cursor:
        cursor.execute(
            "select app.tighten_followup(%s, %s, %s)", [plan.id, list(deadlines), list(deadlines.values())]
        )
        return bool(cursor.fetchone()[0])


def _risen() -> QuerySet[Plan]:
    return Plan.objects.filter(closed_at=None, level__gt=F("offered_level")).only(*_COLUMNS)


def _offer_more(plan_id: UUID, now: datetime) -> bool:
    with acting_as_job():
        plan = _risen().filter(id=plan_id).first()
        # Of two who do it at once the second finds the level offered.
        if plan is None or not _risen().filter(id=plan_id).update(offered_level=plan.level):
            return False
        offered = set(Step.objects.filter(plan=plan).values_list("code", flat=True))
        more = [step for step in steps_for(plan, now) if step.code not in offered]
        Step.objects.bulk_create(more)
        is_tightened = _tighten(plan, now)
        if more:
            _tell(plan, [plan.person_id], "followup_offered")
        if is_tightened:
            _tell(plan, [plan.person_id, plan.follower_id], "followup_sooner")
    return bool(more) or is_tightened


def _tell(plan: Plan, person_ids: list[int], kind: str) -> None:
    url = reverse("followup:plan", args=[plan.id])
    tell(person_ids=person_ids, kind=kind, subject_id=plan.id, url=url, context={})
