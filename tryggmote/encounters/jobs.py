"""What the worker does for encounters: calendars, watching over those who are out, and forgetting."""

from uuid import UUID

from procrastinate.contrib.django import app

from tryggmote.access.context import UnknownPerson, acting_as_job
from tryggmote.encounters import outing_escalation, outing_retention, retention, syncing
from tryggmote.encounters.models import CalendarFeed


@app.periodic(cron="*/15 * * * *")
@app.task(name="encounters.refresh_calendars")
def refresh_calendars(timestamp: int) -> None:
    """Have each calendar fetched by a job of its own, so that a slow one delays no other."""
    with acting_as_job():
        feeds = list(CalendarFeed.objects.values_list("id", "owner_id"))
    for feed_id, owner_id in feeds:
        refresh_calendar.defer(feed_id=str(feed_id), owner_id=owner_id)


@app.task(name="encounters.refresh_calendar")
def refresh_calendar(feed_id: str, owner_id: int) -> None:
    """Fetch one calendar as its owner, who alone may see the address."""
    try:
        syncing.refresh(owner_id=owner_id, feed_id=UUID(feed_id))
    except UnknownPerson:
        return  # has left; the calendar is not fetched any more


@app.periodic(cron="20 2 * * *")
@app.task(name="encounters.forget_old_checks")
def forget_old_checks(timestamp: int) -> None:
    """Delete what is older than 30 days and keep the counts."""
    retention.forget_old_checks()
    outing_retention.forget_old_outings()


@app.periodic(cron="* * * * * */10")
@app.task(
    name="encounters.tell_overdue",
    # One waits at most. No lock: that of a worker that was killed would hold the others back for minutes, and
    # the rows themselves see to it that nobody is told twice.
    queueing_lock="encounters.tell_overdue",
)
def tell_overdue(timestamp: int = 0) -> None:
    """Tell whoever is to be told that somebody who is out has not come back (AML § 4-1)."""
    outing_escalation.tell_overdue()


@app.periodic(cron="*/10 * * * *")
@app.task(name="encounters.forget_whereabouts", queueing_lock="encounters.forget_whereabouts")
def forget_whereabouts(timestamp: int = 0) -> None:
    """Erase where people have been, 24 hours after they came back."""
    outing_retention.forget_whereabouts()
