"""What is done with short lessons: one function an act, each in one transaction (4.1)."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.access.once import made_once
from tryggmote.lessons.library import Lesson
from tryggmote.lessons.models import Attendance, Gathering, Reading
from tryggmote.lessons.queries import people_of
from tryggmote.lessons.rules import AT_LEAST, can_be_of, may_hold, may_tell_who_was_there
from tryggmote.organisation.standing import standing_in
from tryggmote.ui.dates import oslo_today


@transaction.atomic
def read(*, by: SignedInPerson, reading_id: UUID, lesson: Lesson) -> Reading:
    """Somebody has read a lesson alone and answered. The same `reading_id` again changes nothing.

    It is a refresher, and completes nothing (ADR 0044).
    """
    made, _is_new = made_once(
        Reading, id=reading_id, owner={"person_id": by.id}, fields={"lesson": lesson.code}
    )
    return made


def may_i_hold(by: SignedInPerson, unit_id: int) -> bool:
    """Whether one is of the unit, or leads it."""
    return may_hold(standing_in(unit_id), is_member=unit_id in {unit.id for unit in by.units})


def refuse_who_may_not_hold(by: SignedInPerson, unit_id: int) -> None:
    """Raises: NotAllowed for others than those of the unit and its leaders."""
    if not may_i_hold(by, unit_id):
        raise NotAllowed(
            _("Bare de som hører til enheten, holder økter der."), who_can_help=_("Lederen for enheten.")
        )


@transaction.atomic
def hold(
    *,
    by: SignedInPerson,
    gathering_id: UUID,
    unit_id: int,
    lesson: Lesson,
    held_on: date,
    person_ids: Collection[int],
) -> Gathering:
    """A lesson was held in a meeting of the unit, and these were there. The same id again changes nothing.

    For those who have practised the same before it counts as practice, by the database (`policies.sql`).
    Raises: NotAllowed; NotPossible for a day that cannot be recorded, for fewer than two, or for people who
    do not work in the unit.
    """
    refuse_who_may_not_hold(by, unit_id)
    if not can_be_of(held_on, oslo_today()):
        raise NotPossible(_("Økten kan føres samme dag, og inntil 30 dager etter."))
    _refuse_too_few(person_ids)
    _refuse_strangers(unit_id, person_ids)
    made, is_new = made_once(
        Gathering,
        id=gathering_id,
        owner={"by_id": by.id, "unit_id": unit_id},
        fields={"lesson": lesson.code, "held_on": held_on},
    )
    if is_new:
        _tick(by, made, person_ids)
    return made


def refuse_who_may_not_tell(by: SignedInPerson, gathering: Gathering) -> None:
    """Raises: NotAllowed for others than whoever held it and leaders of the unit."""
    standing = standing_in(gathering.unit_id)
    if not may_tell_who_was_there(standing, person_id=by.id, holder_id=gathering.by_id):
        raise NotAllowed(
            _("Bare den som holdt økten, og lederen, retter hvem som var der."),
            who_can_help=gathering.by.name,
        )


@transaction.atomic
def correct(*, by: SignedInPerson, gathering: Gathering, person_ids: Collection[int]) -> None:
    """These were there, and nobody else. What a person no longer was there for, no longer counts.

    Raises: NotAllowed; NotPossible as `hold`.
    """
    refuse_who_may_not_tell(by, gathering)
    _refuse_too_few(person_ids)
    there = Attendance.objects.filter(gathering=gathering, removed_at=None)
    before = set(there.values_list("person_id", flat=True))
    added = set(person_ids) - before
    _refuse_strangers(gathering.unit_id, added)
    there.exclude(person_id__in=person_ids).update(removed_at=timezone.now(), removed_by_id=by.id)
    _tick(by, gathering, added)


def _tick(by: SignedInPerson, gathering: Gathering, person_ids: Collection[int]) -> None:
    Attendance.objects.bulk_create(
        Attendance(id=new_id(), gathering=gathering, person_id=person_id, by_id=by.id)
        for person_id in sorted(set(person_ids))
    )


def _refuse_too_few(person_ids: Collection[int]) -> None:
    if len(set(person_ids)) < AT_LEAST:
        raise NotPossible(_("Velg minst to som var der. Er du alene, kan du lese økten selv."))


def _refuse_strangers(unit_id: int, person_ids: Collection[int]) -> None:
    if people_of(unit_id).filter(id__in=person_ids).count() < len(set(person_ids)):
        raise NotPossible(_("Noen av dem arbeider ikke i enheten. Åpne siden på nytt."))
