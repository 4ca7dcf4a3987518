"""A step whose deadline has passed is told of to the next leader, once (2.4, § 23A-5)."""

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as_job
from tryggmote.incidents.consequence_rules import consequence_rules
from tryggmote.incidents.escalation import WHO_AND_WHEN
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
    return sum(_raise_or_log(step, now) for step in waiting if add_workdays(step.due_at, after) <= now)


def _raise_or_log(step: Step, now: datetime) -> bool:
    """One step that cannot be told of keeps no other back."""
    try:
        return _raise(step, now)
    except DatabaseError:
        log.exception("Step %s could not be told of.", step.id)
        return False


def _raised_codes() -> list[str]:
    shared = [rule.code for rule in consequence_rules().steps if rule.other_employers]
    return [*(code for code in leaders_codes() if code != "answer"), *shared]


def _raise(step: Step, now: datetime) -> bool:
    with acting_as_job():
        incident = Incident.objects.only(*WHO_AND_WHEN).get(id=step.incident_id)
        next_leader, url = _next_leader(incident, step)
        if next_leader is None:
            # Not marked: told of as soon as somebody is registered above.
            log.warning("Step %s waits past its deadline, and there is no leader above to tell.", step.id)
            return False
        if not Step.objects.filter(id=step.id, done_at=None, raised_at=None).update(raised_at=now):
            return False  # taken, or raised by another worker, since this run looked
        tell(
            person_ids=[next_leader],
            kind="incident_step_overdue",
            subject_id=step.id,
            url=url,
            context={"unit": incident.workforce.unit.name},
        )
    return True


def _next_leader(incident: Incident, step: Step) -> tuple[int | None, str]:
    """Who is told, and where the notice leads: a director opens the incident only when it is escalated."""
    is_shared = step.workforce_id != incident.workforce_id
    passed = involved(incident) if is_shared else {*_leaders_asked(incident), *involved(incident)}
    if leader := leader_above(workforce_id=step.workforce_id, passed=passed, roles=LEADS_DIRECTLY):
        page = reverse("incidents:shared") if is_shared else reverse("incidents:detail", args=[incident.id])
        return leader, page
    above = leader_above(workforce_id=step.workforce_id, passed=passed, roles=OVERSEES)
    may_open = incident.escalated_at is not None and not is_shared
    return above, reverse("incidents:detail", args=[incident.id]) if may_open else reverse("now")


def _leaders_asked(incident: Incident) -> list[int]:
    asked = Recipient.objects.filter(incident=incident).exclude(
        capacity__in=(Capacity.SAFETY_REPRESENTATIVE, Capacity.DIRECTOR)
    )
    return list(asked.values_list("person_id", flat=True))
