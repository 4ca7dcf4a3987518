"""Handing a duty on, and back. Whoever owes it still answers for it."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotPossible
from tryggmote.duties.models import Handing
from tryggmote.duties.owed import Owed
from tryggmote.duties.receivers import receivers_of
from tryggmote.duties.telling import HandedOn, tell


@transaction.atomic
def hand_on(*, by: SignedInPerson, owed: Sequence[Owed], to_person_id: int) -> None:
    """Ask a colleague to do some of what `by` owes, and tell them. Asked twice is asked once.

    Raises NotPossible when the colleague may not do all of it, or something is no longer owed.
    """
    if to_person_id not in {person.id for person in receivers_of(owed, giver_id=by.id)}:
        raise NotPossible(_("Kollegaen kan ikke gjøre alt dette. Velg en annen, eller gi videre færre."))
    entries = [_entry_of_mine(each) for each in owed]
    Handing.objects.bulk_create(
        [Handing(entry_id=entry, to_person_id=to_person_id, by_id=by.id) for entry in entries],
        ignore_conflicts=True,
    )
    tell([HandedOn(to_person_id, len(entries))], timezone.now())


def _entry_of_mine(owed: Owed) -> UUID:
    with connection.cursor() as cursor:
        cursor.execute("select app.entry_of_mine(%s, %s)", [owed.kind, owed.subject])
        found = cursor.fetchone()[0]
    if found is None:
        raise NotPossible(_("Noe av dette er allerede gjort. Åpne siden på nytt."))
    return UUID(str(found))


@transaction.atomic
def take_back(*, by: SignedInPerson, owed: Owed) -> None:
    """Do something oneself after all. Nothing happens when it was not handed on."""
    Handing.objects.filter(
        by_id=by.id,
        entry__person_id=by.id,
        entry__kind=owed.kind,
        entry__subject=owed.subject,
        entry__ended_at=None,
        taken_back_at=None,
    ).update(taken_back_at=timezone.now())


@transaction.atomic
def give_back(*, by: SignedInPerson, handing_ids: Collection[UUID]) -> None:
    """Let the one who owes something do it themselves. Nothing happens when it is back already."""
    Handing.objects.filter(id__in=handing_ids, to_person_id=by.id, taken_back_at=None).update(
        taken_back_at=timezone.now()
    )
