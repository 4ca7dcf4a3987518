"""A hazard that nobody has judged in time goes to the next leaders, and so upwards (1.1, 2.1)."""

import logging
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q
from django.utils import timezone

from tryggmote.access.context import acting_as_job
from tryggmote.notices.services import tell
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import deciders_of, leaders_above
from tryggmote.risk import told
from tryggmote.risk.hazard_rules import goes_up
from tryggmote.risk.models import Hazard, HazardEscalation

log = logging.getLogger(__name__)

# What the job may read of a hazard: where it is and how long it has waited, never what it says.
_COLUMNS = ("id", "unit_id", "raised_at", "due_at", "escalated_at")
# After this long with nobody further up to tell, nobody is looked for any more: it waits in the inbox.
GIVEN_UP_AFTER = timedelta(days=90)
BATCH = 500


def escalate_undecided(*, now: datetime | None = None) -> int:
    """Pass on every hazard that has waited too long, each in its own transaction. Returns how many.

    Running it twice, or twice at once, tells nobody twice.
    """
    now = now or timezone.now()
    return sum(
        _escalate(hazard, now)
        for hazard in _undecided(now)
        if goes_up(raised_at=hazard.raised_at, escalated_at=hazard.escalated_at, now=now)
    )


def _undecided(now: datetime) -> Iterator[Hazard]:
    last = UUID(int=0)
    while batch := _undecided_after(last, now):
        yield from batch
        last = batch[-1].id


def _undecided_after(last: UUID, now: datetime) -> list[Hazard]:
    earliest = now - GIVEN_UP_AFTER
    with acting_as_job():
        waiting = Hazard.objects.filter(
            Q(due_at__gte=earliest) | Q(escalated_at__gte=earliest), decided_at=None, due_at__lte=now
        )
        return list(waiting.filter(id__gt=last).only(*_COLUMNS).order_by("id")[:BATCH])


def _escalate(hazard: Hazard, now: datetime) -> bool:
    try:
        with acting_as_job():
            # Somebody may have decided, or another run have passed it on, since this run looked.
            still_waits = Hazard.objects.filter(
                id=hazard.id, decided_at=None, escalated_at=hazard.escalated_at
            )
            if not still_waits.exists():
                return False
            asked = {leader.person_id for leader in deciders_of(hazard.unit_id)}
            return pass_on(hazard, asked=asked, at=now)
    except IntegrityError:
        return False  # another worker passed it on at the same moment


def pass_on(hazard: Hazard, *, asked: Collection[int], at: datetime) -> bool:
    """Tell the nearest leaders who have not been asked. Runs as a job. Says whether there was anybody."""
    told_before = HazardEscalation.objects.filter(hazard_id=hazard.id).values_list("to_person_id", flat=True)
    leaders = leaders_above(hazard.unit_id, passed={*asked, *told_before})
    if not leaders:
        log.debug("Hazard %s waits, and there is no leader above to tell.", hazard.id)
        return False
    HazardEscalation.objects.bulk_create(
        HazardEscalation(hazard_id=hazard.id, to_person_id=leader, at=at) for leader in leaders
    )
    tell(
        person_ids=leaders,
        kind=told.HAZARD_ESCALATED,
        subject_id=hazard.id,
        url=hazard.get_absolute_url(),
        context={"unit": Unit.objects.get(id=hazard.unit_id).name},
    )
    return True
