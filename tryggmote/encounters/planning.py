"""One's own plan: meetings typed in, taken from a calendar file, or kept up to date from a feed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tryggmote.access.context import SignedInPerson
from tryggmote.access.once import made_once
from tryggmote.encounters import syncing
from tryggmote.encounters.calendars import CalendarEntry
from tryggmote.encounters.jobs import refresh_calendar
from tryggmote.encounters.models import CalendarFeed, Meeting
from tryggmote.encounters.services import placement_or_refuse


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

    Raises: NotAllowed for somebody placed nowhere, NotPossible when the id is another's.
    """
    workforce_id = placement_or_refuse(by).workforce_id
    fields = {"workforce_id": workforce_id, **vars(plan)}
    return made_once(Meeting, id=meeting_id, owner={"owner_id": by.id}, fields=fields)[0]


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
    return syncing.store(kept, by, place, updated=["starts_at", "ends_at", "place", "title"])


@transaction.atomic
def subscribe(*, by: SignedInPerson, address: str) -> CalendarFeed:
    """Subscribe to a calendar; the worker fetches it at once. The same address twice is one subscription."""
    feed, _ = CalendarFeed.objects.get_or_create(owner_id=by.id, address=address)
    refresh_calendar.defer(feed_id=str(feed.id), owner_id=by.id)
    return feed


@transaction.atomic
def unsubscribe(*, feed: CalendarFeed) -> None:
    """Stop fetching a calendar. Meetings to come that were never checked go with it."""
    syncing.unchecked_to_come(feed).delete()
    feed.delete()
