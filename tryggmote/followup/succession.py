"""Nobody is left without: a leader who has left or leads others now is followed by the person's leader today.

And the plan of somebody who has left is ended, since they can no longer say the word themselves.
"""

import logging
from uuid import UUID

from django.db import DatabaseError, connection
from django.urls import reverse

from tryggmote.access.context import acting_as_job
from tryggmote.followup.models import Plan, PlanAct
from tryggmote.followup.rules import first_not_among
from tryggmote.followup.vocabulary import PlanActKind
from tryggmote.notices.services import tell
from tryggmote.organisation.queries import leader_above, nearest_leaders

log = logging.getLogger(__name__)

_WITHOUT_LEADER = """
select p.id from followup_plan p
where p.closed_at is null
  and not app.may_follow_up(p.follower_id, p.person_id, p.workforce_id, p.incident_id)
"""
_OF_THOSE_WHO_LEFT = """
select p.id from followup_plan p join organisation_person person on person.id = p.person_id
where p.closed_at is null and person.ended_on < app.today()
"""


def find_successors() -> int:
    """Let today's leader follow up where the one who did no longer leads the person. Says how many plans."""
    return sum(_hand_over_or_log(plan_id) for plan_id in _ids(_WITHOUT_LEADER))


def end_for_those_who_left() -> int:
    """End the plans of those who no longer work here. Says how many."""
    left = _ids(_OF_THOSE_WHO_LEFT)
    with acting_as_job():
        PlanAct.objects.bulk_create([PlanAct(plan_id=plan_id, kind=PlanActKind.ENDED) for plan_id in left])
    return len(left)


def _ids(sql: str) -> list[UUID]:
    with acting_as_job(), connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]


def _hand_over_or_log(plan_id: UUID) -> bool:
    """One plan that cannot be handed over keeps no other from its leader."""
    try:
        return _hand_over(plan_id)
    except DatabaseError:
        log.exception("The plan %s could not be handed over.", plan_id)
        return False


def _exposed_in(incident_id: UUID) -> list[int]:
    """Whoever it happened to follows nobody up after it."""
    with connection.cursor() as cursor:
        cursor.execute("select app.exposed_in(%s)", [incident_id])
        (exposed_id,) = cursor.fetchone()
    return [] if exposed_id is None else [exposed_id]


def _hand_over(plan_id: UUID) -> bool:
    with acting_as_job():
        plan = Plan.objects.only("id", "person_id", "follower_id", "workforce_id", "incident_id").get(
            id=plan_id
        )
        passed = {plan.person_id, plan.follower_id, *_exposed_in(plan.incident_id)}
        nearest = nearest_leaders(plan.person_id, workforce_id=plan.workforce_id)
        successor = first_not_among(nearest.ids, passed) or leader_above(
            workforce_id=plan.workforce_id, passed=passed
        )
        if successor is None:
            return False
        PlanAct.objects.bulk_create(
            [PlanAct(plan_id=plan_id, kind=PlanActKind.HANDED_OVER, to_person_id=successor)]
        )
        url = reverse("followup:plan", args=[plan_id])
        tell(person_ids=[successor], kind="followup_to_do", subject_id=plan_id, url=url, context={})
        tell(
            person_ids=[plan.person_id], kind="followup_handed_over", subject_id=plan_id, url=url, context={}
        )
    return True
