"""A concern goes on when nobody has answered in time, or the writer says that the answer does not hold."""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from tryggmote.access.context import acting_as_job
from tryggmote.concerns import told
from tryggmote.concerns.models import Concern, Recipient
from tryggmote.concerns.receivers import next_receivers
from tryggmote.concerns.vocabulary import Capacity, Reason
from tryggmote.notices.services import tell
from tryggmote.organisation.models import Workforce
from tryggmote.organisation.queries import names

log = logging.getLogger(__name__)

# What the job may read of a concern: who and when, never what was written.
_COLUMNS = ("id", "workforce_id", "safety_area_id", "writer_id", "may_be_shared", "due_at", "answered_at")
# With nobody further up to send it to, it waits with those who have it, and nobody is looked for any more.
GIVEN_UP_AFTER = timedelta(days=90)
BATCH = 500


def pass_on_unanswered(*, now: datetime | None = None) -> int:
    """Pass on every concern whose deadline is over, each in its own transaction. Returns how many.

    Running it twice, or twice at once, tells nobody twice.
    """
    return sum(_pass_on(concern) for concern in _overdue(now or timezone.now()))


def _overdue(now: datetime) -> Iterator[Concern]:
    last = UUID(int=0)
    while batch := _overdue_after(last, now):
        yield from batch
        last = batch[-1].id


def _overdue_after(last: UUID, now: datetime) -> list[Concern]:
    with acting_as_job():
        waiting = Concern.objects.filter(
            answered_at=None, due_at__lte=now, due_at__gte=now - GIVEN_UP_AFTER, id__gt=last
        )
        return list(waiting.only(*_COLUMNS).order_by("id")[:BATCH])


def _pass_on(concern: Concern) -> bool:
    try:
        with acting_as_job():
            # Somebody may have answered, or another run have passed it on, since this run looked.
            still_waits = Concern.objects.filter(id=concern.id, answered_at=None, due_at=concern.due_at)
            return still_waits.exists() and _to_the_next(concern, Reason.UNANSWERED)
    except IntegrityError:
        return False  # another worker passed it on at the same moment


def pass_on(concern: Concern, reason: Reason) -> bool:
    """Send a concern to the next in line, in the transaction of whoever asks. False when there is nobody."""
    with acting_as_job():
        return _to_the_next(concern, reason)


def _to_the_next(concern: Concern, reason: Reason) -> bool:
    sent = Recipient.objects.filter(concern_id=concern.id).values_list("person_id", "capacity")
    capacity, people = next_receivers(concern, [(person, Capacity(held)) for person, held in sent])
    if not people:
        log.debug("Concern %s has nobody further to go to.", concern.id)
        return False
    Recipient.objects.bulk_create(
        Recipient(concern_id=concern.id, person_id=person, capacity=capacity, reason=reason)
        for person in people
    )
    unit = Workforce.objects.select_related("unit").get(id=concern.workforce_id).unit.name
    _tell(concern, people, told.PASSED_ON_TO, {"unit": unit})
    by_name = names(list(people))
    _tell(concern, [concern.writer_id], told.PASSED_ON, {"name": ", ".join(sorted(by_name.values()))})
    return True


def _tell(concern: Concern, people: Sequence[int], kind: str, context: dict[str, str]) -> None:
    tell(
        person_ids=people,
        kind=kind,
        subject_id=concern.id,
        url=concern.get_absolute_url(),
        context=context,
    )
