"""Keeping a plan in step with a calendar: from a file once, from a feed each quarter of an hour."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from tryggmote.access.context import PlacementInfo, SignedInPerson, acting_as
from tryggmote.encounters import feeds
from tryggmote.encounters.calendars import BadCalendar, CalendarEntry, read_calendar
from tryggmote.encounters.models import CalendarFeed, Check, Meeting
from tryggmote.ui.dates import oslo_today


def refresh(*, owner_id: int, feed_id: UUID) -> None:
    """Fetch a feed and bring its owner's plan up to date. Titles are never stored.

    Fetching takes time, so no transaction is open meanwhile.
    """
    with acting_as(owner_id):
        address = CalendarFeed.objects.values_list("address", flat=True).filter(id=feed_id).first()
    if address is None:
        return
    trouble, entries = _fetched(address)
    with acting_as(owner_id) as owner:
        feed = CalendarFeed.objects.filter(id=feed_id).first()
        if feed is None:
            return
        if not trouble and owner.placement:
            untitled = [replace(entry, title="") for entry in entries]
            unchecked_to_come(feed).exclude(calendar_uid__in=[entry.uid for entry in entries]).delete()
            store(untitled, owner, owner.placement, updated=["starts_at", "ends_at", "place"], feed=feed)
        feed.trouble = trouble
        feed.fetched_at = timezone.now()
        feed.save(update_fields=["trouble", "fetched_at"])


def _fetched(address: str) -> tuple[str, list[CalendarEntry]]:
    try:
        content = feeds.fetch(address)
        return "", read_calendar(content, today=oslo_today())
    except feeds.FeedTrouble as error:
        return error.trouble, []
    except BadCalendar:
        return CalendarFeed.Trouble.NOT_A_CALENDAR, []


def unchecked_to_come(feed: CalendarFeed) -> QuerySet[Meeting]:
    """Meetings of the feed that have not begun and were never checked: they may go when the event goes."""
    to_come = Meeting.objects.filter(feed=feed, starts_at__gt=timezone.now())
    checked = Check.objects.filter(
        employee_id=feed.owner_id, created_at__gt=timezone.now() - timedelta(days=30)
    )
    return to_come.exclude(id__in=checked.exclude(meeting_id=None).values("meeting_id"))


def store(
    entries: list[CalendarEntry],
    owner: SignedInPerson,
    place: PlacementInfo,
    *,
    updated: list[str],
    feed: CalendarFeed | None = None,
) -> int:
    """Add or move meetings, recognised by their event. The form stays as the owner has set it."""
    meetings = [
        Meeting(
            owner_id=owner.id,
            workforce_id=place.workforce_id,
            source=Meeting.Source.CALENDAR,
            feed=feed,
            calendar_uid=entry.uid,
            starts_at=entry.starts_at,
            ends_at=entry.ends_at,
            form=entry.form,
            place=entry.place,
            title=entry.title,
        )
        for entry in entries
    ]
    Meeting.objects.bulk_create(
        meetings, update_conflicts=True, unique_fields=["owner", "calendar_uid"], update_fields=updated
    )
    return len(meetings)
