"""A step whose deadline has passed is told of to the next leader, once (2.4, § 23A-5)."""

import logging
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as_job
from tryggmote.incidents.consequence_rules import consequence_rules
from tryggmote.incidents.guiding import leaders_codes
from tryggmote.incidents.models import Incident, Recipient, Step
from tryggmote.incidents.rules import involved
from tryggmote.incidents.vocabulary import Capacity
from tryggmote.notices.services import tell
from tryggmote.organisation.queries import leader_above
from tryggmote.organisation.roles import LEADS_DIRECTLY, OVERSEES
from tryggmote.organisation.workdays import add_workdays

log = logging.getLogger(__name__)
AT_A_TIME = 1000


def raise_overdue(*, now: datetime | None = None) -> int:
    """Tell the next leader of each step that has waited too long. Returns how many steps were raised.

    Each in its own transaction; running it twice, or twice at once, tells nobody twice. Reading and answering
    are raised with the incident itself (`escalation`).
    """
    now = now or timezone.now()
    with acting_as_job():
        waiting = list(
            Step.objects.filter(
                done_at=None, raised_at=None, due_at__lte=now - timedelta(hours=23), code__in=_raised_codes()
            ).order_by("due_at")[:AT_A_TIME]
        )
    after = consequence_rules().next_leader_after_workdays
    return sum(_raise(step, now) for step in waiting if add_workdays(step.due_at, after) <= now)


def _raised_codes() -> list[str]:
    return [code for code in leaders_codes() if code != "answer"]


def _raise(step: Step, now: datetime) -> bool:
    with acting_as_job():
        if not Step.objects.filter(id=step.id, done_at=None, raised_at=None).update(raised_at=now):
            return False  # taken, or raised by another worker, since this run looked
        incident = Incident.objects.only(*_COLUMNS).get(id=step.incident_id)
        next_leader, may_open = _next_leader(incident)
        if next_leader is None:
            log.info("Step %s waits past its deadline, and there is no leader above to tell.", step.id)
            return False
        tell(
            person_ids=[next_leader],
            kind="incident_step_overdue",
            subject_id=step.id,
            url=reverse("incidents:detail", args=[incident.id]) if may_open else reverse("now"),
            context={"unit": incident.workforce.unit.name},
        )
    return True


_COLUMNS = (
    "id",
    "reporter_id",
    "concerned_id",
    "workforce_id",
    "safety_area_id",
    "created_at",
    "escalated_at",
)


def _next_leader(incident: Incident) -> tuple[int | None, bool]:
    """Who is told, and whether they may open the incident: a director only when it is escalated."""
    asked = Recipient.objects.filter(incident=incident).exclude(
        capacity__in=(Capacity.SAFETY_REPRESENTATIVE, Capacity.DIRECTOR)
    )
    passed = {*asked.values_list("person_id", flat=True), *involved(incident)}
    place = incident.workforce_id
    if leader := leader_above(workforce_id=place, passed=passed, roles=LEADS_DIRECTLY):
        return leader, True
    above = leader_above(workforce_id=place, passed=passed, roles=OVERSEES)
    return above, incident.escalated_at is not None
