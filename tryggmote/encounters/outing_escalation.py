"""Telling who is not back: the person, then the contact, then the nearest leaders (AML § 4-1).

A state machine in the row. Each step is one transaction that holds it, so being killed at any moment neither
misses a step nor takes one twice. After the leaders help is called; that is the watchers' of `assistance`.
"""

import logging
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from tryggmote.access.context import acting_as_job
from tryggmote.encounters import notice_kinds, outing_queries, outing_rules
from tryggmote.encounters.models import Outing
from tryggmote.encounters.outing_rules import Step
from tryggmote.encounters.outing_timing import timing
from tryggmote.notices.services import tell
from tryggmote.organisation.queries import names

log = logging.getLogger(__name__)

# What the job may read: who and when, never where.
_COLUMNS = (
    "id",
    "employee_id",
    "contact_id",
    "workforce_id",
    "form",
    "expected_at",
    "told_step",
    "was_missed",
)
_KINDS = {
    Step.SELF: notice_kinds.OUTING_ANSWER,
    Step.CONTACT: notice_kinds.OUTING_CONTACT,
    Step.LEADER: notice_kinds.OUTING_LEADER,
}


def tell_overdue(*, now: datetime | None = None) -> int:
    """Take every step that is due, each in its own transaction. Returns how many.

    After a standstill all that has become due is done at once: it was promised to happen by then.
    """
    now = now or timezone.now()
    with acting_as_job():
        due = outing_queries.due_for_telling(now)
    return sum(_take_steps(outing_id, now) for outing_id in due)


def _take_steps(outing_id: UUID, now: datetime) -> int:
    taken = 0
    while _take_next(outing_id, now):
        taken += 1
    return taken


def _take_next(outing_id: UUID, now: datetime) -> bool:
    with acting_as_job():
        outing = (
            Outing.objects.select_for_update(skip_locked=True)
            .filter(id=outing_id, next_step_at__lte=now, told_step__lt=Step.LEADER)
            .only(*_COLUMNS)
            .first()
        )
        if outing is None:
            return False  # back, well, or in the hands of another worker
        step = Step(outing.told_step + 1)
        outing.told_step = step
        outing.next_step_at = outing_rules.next_step_at(
            step, outing.expected_at, timing().forms[outing.form].by_step()
        )
        outing.was_missed = outing.was_missed or step >= Step.CONTACT
        outing.save(update_fields=["told_step", "next_step_at", "was_missed"])
        _tell(outing, step)
    return True


def _tell(outing: Outing, step: Step) -> None:
    told = _whom(outing, step)
    if not told:
        log.warning("Outing %s is overdue, and nobody is there to tell at step %d.", outing.id, step)
    tell(
        person_ids=told,
        kind=_KINDS[step],
        subject_id=outing.overdue_id,
        url=outing.get_absolute_url(),
        context={"name": names([outing.employee_id])[outing.employee_id]},
    )


def _whom(outing: Outing, step: Step) -> list[int]:
    if step is Step.SELF:
        return [outing.employee_id]
    if step is Step.CONTACT:
        return [outing.contact_id] if outing.contact_id else []
    return outing_queries.leaders_of(outing)
