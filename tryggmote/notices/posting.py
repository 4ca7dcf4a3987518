"""Putting what people are told in the outbox: by the ways that lead to them, when they want it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from tryggmote.notices import carriers
from tryggmote.notices.models import Delivery, GroupChoice, QuietChoice
from tryggmote.notices.quiet import QuietHours
from tryggmote.notices.registry import NoticeKind, group_of
from tryggmote.notices.rules import Ways, may_leave_at, that_reach, ways_of
from tryggmote.notices.vocabulary import RINGS, Channel, Strength


def ways_to(person_ids: Collection[int], kind: NoticeKind) -> dict[int, Ways]:
    """By which ways each is told, as they have chosen and as far as a way leads to them; as the job role.

    A query for what they have chosen, and one for each channel that somebody may be told by.
    """
    if kind.strength is Strength.SCREEN:
        return dict.fromkeys(person_ids, Ways())
    chosen = {
        row.person_id: row.choice
        for row in GroupChoice.objects.filter(person_id__in=person_ids, group=group_of(kind.code))
    }
    wanted = {person_id: ways_of(kind.strength, chosen.get(person_id)) for person_id in person_ids}
    reached = _reached(wanted)
    return {
        person_id: Ways(
            frozenset(that_reach(ways.channels, {c for c, people in reached.items() if person_id in people})),
            ways.waits_for_digest and person_id in reached[Channel.EMAIL],
        )
        for person_id, ways in wanted.items()
    }


def put_in_outbox(
    told: Iterable[tuple[UUID, int]], ways: Mapping[int, Ways], kind: NoticeKind, now: datetime
) -> set[Channel]:
    """Write the deliveries of these notices to these people; says which channels have got something to do."""
    pairs = [(notice, person, channel) for notice, person in told for channel in ways[person].channels]
    quiet = quiet_hours_of({person for _, person, channel in pairs if channel in RINGS})
    Delivery.objects.bulk_create(
        Delivery(notice_id=notice, channel=channel, due_at=due, next_attempt_at=due)
        for notice, person, channel in pairs
        for due in [may_leave_at(channel, kind.strength, quiet.get(person, QuietHours()), now)]
    )
    return {channel for _, _, channel in pairs}


def quiet_hours_of(person_ids: Collection[int]) -> dict[int, QuietHours]:
    """The quiet hours of those of them who have chosen their own; as the job role."""
    if not person_ids:
        return {}
    return {row.person_id: row.hours for row in QuietChoice.objects.filter(person_id__in=person_ids)}


def _reached(wanted: Mapping[int, Ways]) -> dict[Channel, set[int]]:
    # E-mail is the way left where no other leads.
    asked: dict[Channel, set[int]] = {Channel.EMAIL: set()}
    for person_id, ways in wanted.items():
        for channel in ways.channels | ({Channel.EMAIL} if ways != Ways() else set()):
            asked.setdefault(channel, set()).add(person_id)
    known = set(carriers.channels())
    return {
        channel: carriers.carrier_of(channel).reaches(people) if people and channel in known else set()
        for channel, people in asked.items()
    }
