"""Telling people something: on the screen at once, and by the ways they have chosen, through the outbox."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tryggmote.access.context import acting_as_job
from tryggmote.notices import posting
from tryggmote.notices.models import Notice
from tryggmote.notices.nudging import send_by
from tryggmote.notices.registry import kind_of


def tell(
    *, person_ids: Iterable[int], kind: str, subject_id: UUID, url: str, context: Mapping[str, str | int]
) -> None:
    """Tell each of these people about one matter, in the transaction of the act that they are told about.

    Somebody who has not yet seen the last notice of the same kind about the same subject is not told
    again. `context` fills the words of the kind; it holds names of places and times, no free text.
    No channel is spoken to here: what is to be sent waits in the outbox (`Delivery`).
    Raises: KeyError when the kind is not registered or `context` lacks a word of it.
    """
    words = kind_of(kind)
    words.title_for(context), words.body_for(context)
    people, now = sorted(set(person_ids)), timezone.now()
    # What others are told is written by the system: the person who acts can neither write nor read it.
    with acting_as_job():
        ways = posting.ways_to(people, words)
        drafts = [
            Notice(
                person_id=person_id,
                kind=kind,
                subject_id=subject_id,
                url=url,
                context=dict(context),
                created_at=now,
                waits_for_digest=ways[person_id].waits_for_digest,
            )
            for person_id in people
        ]
        Notice.objects.bulk_create(drafts, ignore_conflicts=True)
        if any(each.channels for each in ways.values()):
            told = Notice.objects.filter(id__in=[draft.id for draft in drafts])
            pairs = list(told.values_list("id", "person_id"))
            for channel in sorted(posting.put_in_outbox(pairs, ways, words, now)):
                send_by(channel)


@transaction.atomic
def mark_seen(*, notice: Notice) -> None:
    """The person has opened what the notice is about. The first time counts."""
    Notice.objects.filter(id=notice.id, seen_at__isnull=True).update(seen_at=timezone.now())


@transaction.atomic
def mark_seen_about(*, subject_id: UUID) -> None:
    """The person has opened what they were told about, by whatever way they came to it."""
    mark_seen_about_any(subject_ids=[subject_id])


@transaction.atomic
def mark_seen_about_any(*, subject_ids: Iterable[UUID]) -> None:
    """The person has opened several things they were told about; one query. A query set of ids will do."""
    Notice.objects.filter(subject_id__in=subject_ids, seen_at__isnull=True).update(seen_at=timezone.now())


@transaction.atomic
def mark_all_seen() -> None:
    """The person has seen all they have been told."""
    Notice.objects.filter(seen_at__isnull=True).update(seen_at=timezone.now())
