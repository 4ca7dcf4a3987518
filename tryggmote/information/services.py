"""Telling a unit something, recording that it was read, reminding those who have not (1.1, 2.3, § 23A-3)."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson, acting_as_job
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.information import queries
from tryggmote.information.models import Digest, Item, Reminder
from tryggmote.information.registry import kind_of
from tryggmote.information.rules import may_remind
from tryggmote.notices import services as notices
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import standing_in
from tryggmote.ui.dates import oslo_today


def publish(
    *,
    unit_id: int,
    kind: str,
    subject_id: UUID,
    url: str,
    context: Mapping[str, str | int],
    by_id: int | None,
    is_important: bool = False,
) -> Item:
    """Put one thing in the unit's feed, in the transaction of the act that it tells of.

    Everybody the unit informs is told of an important one at once, except whoever published it; the rest
    comes in the weekly digest. `url` leads to the document; opening that calls `mark_read_about`.
    Raises: KeyError when the kind is not registered or `context` lacks a word of it.
    """
    item = Item(
        unit_id=unit_id, kind=kind, subject_id=subject_id, url=url,
        context=dict(context), by_id=by_id, is_important=is_important,
    )  # fmt: skip
    return _put_in_feed(item)


def make_known(
    *,
    unit_id: int,
    form: str,
    kind: str,
    subject_id: UUID,
    url: str,
    context: Mapping[str, str | int],
    by_id: int,
) -> Item:
    """Make something known to those it concerns, in the transaction of the act, until `end_standing` (3.0).

    It concerns those who meet clients in the meeting form `form` ("" for any) in the unit, and their nearest
    leaders; those who come later too. They are told at once, and each confirms with `confirm_about`: opening
    it is not enough. Whoever makes it known knows of it. Raises: KeyError as `publish`.
    """
    item = Item(
        unit_id=unit_id, kind=kind, subject_id=subject_id, url=url,
        context=dict(context), by_id=by_id, is_important=True, is_standing=True, form=form,
    )  # fmt: skip
    return _put_in_feed(item)


def _put_in_feed(item: Item) -> Item:
    words = kind_of(item.kind)
    words.title_for(item.context), words.body_for(item.context)
    # The feed is written by the system, so that nobody can put there what no act has done.
    with acting_as_job():
        item.save(force_insert=True)
        if item.is_important:
            told = (
                queries.Receipts(item).non_reader_ids()
                if item.is_standing
                else queries.audience_of(item.unit_id)
            )
            tell_of(item, told - {item.by_id})
    return item


def tell_of(item: Item, person_ids: Collection[int]) -> None:
    """Tell each of these people that something important has come."""
    notices.tell(
        person_ids=person_ids,
        kind="information_important",
        subject_id=item.id,
        url=item.reading_url,
        context={"unit": Unit.objects.get(id=item.unit_id).name},
    )


def end_standing(*, subject_id: UUID) -> None:
    """What stands about this subject concerns nobody any more, in the transaction of the act that says so."""
    with acting_as_job():
        Item.objects.filter(subject_id=subject_id, is_standing=True, ended_at=None).update(
            ended_at=timezone.now()
        )


@transaction.atomic
def mark_read(*, by: SignedInPerson, item: Item) -> None:
    """`by` has read the item; what they were told about it, and reminded of, is seen too.

    What stands is not read by being opened (`confirm_about`).
    """
    _record_readings(by, item_id=item.id)


@transaction.atomic
def mark_read_about(*, by: SignedInPerson, subject_id: UUID) -> None:
    """`by` has opened the document, by whatever way: all that tells of it counts as read.

    One round trip when there is nothing new to read in it.
    """
    _record_readings(by, subject_id=subject_id)


@transaction.atomic
def confirm_about(*, by: SignedInPerson, subject_id: UUID) -> None:
    """`by` confirms that they know of what stands about this subject. The first time counts."""
    _record_readings(by, subject_id=subject_id, is_standing=True)


_READ = """
insert into information_reading (item_id, person_id, at)
select id, %(person)s, now() from information_item
where (id = %(item)s or subject_id = %(subject)s) and is_standing = %(is_standing)s
on conflict (item_id, person_id) do nothing returning item_id
"""


def _record_readings(
    by: SignedInPerson,
    *,
    item_id: UUID | None = None,
    subject_id: UUID | None = None,
    is_standing: bool = False,
) -> None:
    named = {"item": item_id, "subject": subject_id, "is_standing": is_standing}
    with connection.cursor() as cursor:
        cursor.execute(_READ, {"person": by.id, **named})
        read = [item_id for (item_id,) in cursor.fetchall()]
    if read:
        notices.mark_seen_about_any(subject_ids=[*read, *queries.reminders_of(read)])


@transaction.atomic
def mark_digests_seen() -> None:
    """The person has opened the feed: what the weekly digest told of is before them."""
    notices.mark_seen_about_any(subject_ids=Digest.objects.values_list("id", flat=True))


@transaction.atomic
def remind(*, by: SignedInPerson, item: Item, reminder_id: UUID) -> int:
    """Remind those who have not read the item, at most once a day. Returns how many they are.

    Sending the same `reminder_id` again reminds nobody again. Raises: NotAllowed for others than leaders of
    the unit; NotPossible when they have been reminded today.
    """
    if not may_remind(standing_in(item.unit_id)):
        raise NotAllowed(
            _("Bare de som leder enheten, kan minne andre på å lese."),
            _("Snakk med lederen for enheten."),
        )
    today = oslo_today()
    if Reminder.objects.filter(item=item, on=today).exclude(id=reminder_id).exists():
        raise NotPossible(_("De som ikke har lest, er minnet på i dag. Du kan gjøre det igjen i morgen."))
    reminder, is_new = made_once(
        Reminder, id=reminder_id, owner={"by_id": by.id}, fields={"item": item, "on": today}
    )
    waiting = queries.Receipts(item).non_reader_ids() - {by.id}
    if is_new:
        notices.tell(
            person_ids=waiting,
            kind="information_reminder",
            subject_id=reminder.id,
            url=item.reading_url,
            context={"unit": item.unit.name},
        )
    return len(waiting)
