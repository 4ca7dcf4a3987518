"""A residual risk runs out in 60, 30 or 7 days: those who decide in the unit are reminded (3.0)."""

from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from tryggmote.access.context import acting_as_job
from tryggmote.notices.services import tell
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import deciders_of
from tryggmote.residual import told
from tryggmote.residual.models import Record
from tryggmote.residual.rules import reminder_due, review_asked_for_if_by
from tryggmote.ui.dates import oslo_today

# What the job may read of a record: whose it is and until when it holds, never what it is about.
_COLUMNS = ("id", "unit_id", "in_force_at", "review_on", "reminded_before", "withdrawn_at")


def remind_of_reviews(*, today: date | None = None) -> int:
    """Remind of each that nears its day, each in its own transaction. Says how many records.

    Running it twice, or twice at once, reminds nobody twice; days on which it did not run are made up for
    with one reminder.
    """
    today = today or oslo_today()
    with acting_as_job():
        due = [(record, days) for record in _nearing(today) if (days := _reminder_of(record, today))]
    return sum(_remind(record, days) for record, days in due)


def _nearing(today: date) -> list[Record]:
    found = Record.objects.filter(withdrawn_at=None, review_on__range=(today, review_asked_for_if_by(today)))
    return list(found.only(*_COLUMNS).order_by("review_on", "id"))


def _reminder_of(record: Record, today: date) -> int | None:
    """Which reminder it is time for, when it has not been given."""
    assert record.review_on, "only what has a day was read"
    assert record.in_force_at, "only what is approved has a day"
    days = reminder_due(record.review_on, timezone.localdate(record.in_force_at), today)
    is_given = record.reminded_before is not None and days is not None and record.reminded_before <= days
    return None if is_given else days


def _remind(record: Record, days: int) -> bool:
    with acting_as_job():
        still = Record.objects.filter(
            Q(reminded_before=None) | Q(reminded_before__gt=days),
            id=record.id,
            review_on=record.review_on,
            withdrawn_at=None,
        )
        if not still.update(reminded_before=days):
            return False  # Another worker was here, or it was gone through, at the same moment.
        assert record.review_on
        tell(
            person_ids=[person.person_id for person in deciders_of(record.unit_id)],
            kind=told.runs_out(days),
            subject_id=record.id,
            url=record.get_absolute_url(),
            context={
                "unit": Unit.objects.get(id=record.unit_id).name,
                "day": date_format(record.review_on, "j.n.Y"),
            },
        )
    return True
