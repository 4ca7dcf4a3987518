"""One's own plan: meetings typed in, taken from a calendar file, or kept up to date from a feed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tryggmote.access.context import PlacementInfo, SignedInPerson, acting_as
from tryggmote.encounters import feeds
from tryggmote.encounters.calendars import BadCalendar, CalendarEntry, read_calendar
from tryggmote.encounters.models import CalendarFeed, Check, Meeting
from tryggmote.encounters.services import placement_or_refuse
from tryggmote.organisation.workdays import OSLO


@dataclass(frozen=True)
class MeetingPlan:
    """What a person says about a meeting: when, how, where. `title` only when they chose to keep it."""

    form: str
    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    title: str = ""


@transaction.atomic
def add_meeting(*, by: SignedInPerson, meeting_id: UUID, plan: MeetingPlan) -> Meeting:
    """Put a meeting in one's own plan. Sending the same `meeting_id` again returns the first.

    Raises: NotAllowed for somebody placed nowhere.
    """
    if earlier := Meeting.objects.filter(id=meeting_id).first():
        return earlier
    return Meeting.objects.create(
        id=meeting_id,
        owner_id=by.id,
        workforce_id=placement_or_refuse(by).workforce_id,
        **vars(plan),
    )


@transaction.atomic
def change_meeting(*, meeting: Meeting, plan: MeetingPlan) -> None:
    """Change one's own meeting; the database lets nobody else."""
    Meeting.objects.filter(id=meeting.id).update(**vars(plan))


@transaction.atomic
def remove_meeting(*, meeting: Meeting) -> None:
    """Take a meeting out of one's own plan. A check that was made stays."""
    meeting.delete()


@transaction.atomic
def take_from_calendar(
    *, by: SignedInPerson, entries: Iterable[CalendarEntry], titled: frozenset[str] = frozenset()
) -> int:
    """Put the chosen meetings of a calendar file in the plan; says how many.

    Only the titles of those whose `uid` is in `titled` are kept. A meeting that is there already is moved.
    Raises: NotAllowed for somebody placed nowhere.
    """
    place = placement_or_refuse(by)
    kept = [entry if entry.uid in titled else replace(entry, title="") for entry in entries]
    return _store(kept, by, place, updated=["starts_at", "ends_at", "place", "title"])


@transaction.atomic
def subscribe(*, by: SignedInPerson, address: str) -> CalendarFeed:
    """Subscribe to a calendar; it is fetched by the worker. The same address twice is one subscription.

    Raises: FeedTrouble when the address does not lead out to a public server.
    """
    address = feeds.tidy(address)
    feeds.judge(address)
    return CalendarFeed.objects.get_or_create(owner_id=by.id, address=address)[0]


@transaction.atomic
def unsubscribe(*, feed: CalendarFeed) -> None:
    """Stop fetching a calendar. Meetings to come that were never checked go with it."""
    _unchecked_to_come(feed).delete()
    feed.delete()


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
            _unchecked_to_come(feed).exclude(calendar_uid__in=[entry.uid for entry in entries]).delete()
            _store(untitled, owner, owner.placement, updated=["starts_at", "ends_at", "place"], feed=feed)
        feed.trouble = trouble
        feed.fetched_at = timezone.now()
        feed.save(update_fields=["trouble", "fetched_at"])


def _fetched(address: str) -> tuple[str, list[CalendarEntry]]:
    try:
        content = feeds.fetch(address)
        return "", read_calendar(content, today=timezone.now().astimezone(OSLO).date())
    except feeds.FeedTrouble as error:
        return error.trouble, []
    except BadCalendar:
        return CalendarFeed.Trouble.NOT_A_CALENDAR, []


def _unchecked_to_come(feed: CalendarFeed) -> QuerySet[Meeting]:
    to_come = Meeting.objects.filter(feed=feed, starts_at__gt=timezone.now())
    checked = Check.objects.filter(
        employee_id=feed.owner_id, created_at__gt=timezone.now() - timedelta(days=30)
    )
    return to_come.exclude(id__in=checked.exclude(meeting_id=None).values("meeting_id"))


def _store(
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
