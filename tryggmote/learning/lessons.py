"""What changes a lesson: one function an act, each in one transaction, with what follows from it (2.4)."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.incidents.models import Incident
from tryggmote.information.services import publish
from tryggmote.learning.limits import limits
from tryggmote.learning.models import (
    Lesson,
    LessonAsking,
    LessonSharing,
    LessonSource,
    LessonVersion,
    LessonWithdrawal,
)
from tryggmote.learning.rules import answer_by, may_share, may_write
from tryggmote.learning.vocabulary import Scope
from tryggmote.notices.services import tell
from tryggmote.organisation.models import UnitClosure, UnitKind
from tryggmote.organisation.standing import Standing, leaders_of, standing_in


class ChangedMeanwhile(Exception):
    """Somebody else has saved the draft since the page was opened. `now`: the draft as it is."""

    def __init__(self, now: LessonVersion) -> None:
        super().__init__(now.id)
        self.now = now


class Shared(StrEnum):
    """What became of the wish to share."""

    SHARED = "shared"
    ASKED = "asked"
    WAITS_FOR_ANSWER = "waits_for_answer"
    WAITS_FOR_LEADER = "waits_for_leader"


@dataclass(frozen=True)
class LessonText:
    """What somebody has written. `id` is made with the form; `revision` is of the draft the form showed."""

    id: UUID
    title: str
    happened: str
    learned: str
    changed: str
    forms: tuple[str, ...]
    circumstances: tuple[int, ...]
    scope: str
    revision: int = 0

    @property
    def columns(self) -> dict[str, object]:
        """The text as the columns of a version."""
        return {
            "title": self.title,
            "happened": self.happened,
            "learned": self.learned,
            "changed": self.changed,
            "forms": list(self.forms),
            "circumstances": list(self.circumstances),
            "scope": self.scope,
            "saved_with": self.id,
        }


@transaction.atomic
def begin_lesson(
    *, by: SignedInPerson, unit_id: int, written: LessonText, source: Incident | None = None
) -> Lesson:
    """Write the first draft of a lesson, perhaps from an incident. The same `written.id` gives the first.

    Raises: NotAllowed for those who neither lead nor represent the unit, NotPossible when the id is taken.
    """
    _must_write(standing_in(unit_id))
    lesson, is_new = made_once(
        Lesson, id=written.id, owner={"created_by_id": by.id}, fields={"unit_id": unit_id}
    )
    if is_new:
        LessonVersion.objects.create(lesson=lesson, number=1, by_id=by.id, **written.columns)
        if source is not None:
            LessonSource.objects.create(lesson=lesson, incident=source, by_id=by.id)
    return lesson


@transaction.atomic
def save_draft(*, by: SignedInPerson, lesson: Lesson, written: LessonText) -> LessonVersion:
    """Save what was written on the draft, or begin a new version. The same `written.id` changes nothing.

    A changed draft is another revision: those who were asked about the former are asked anew.
    Raises: ChangedMeanwhile when somebody saved since `written.revision`; NotAllowed; NotPossible when the
    lesson is withdrawn.
    """
    _must_write(standing_in(lesson.unit_id))
    _must_not_be_withdrawn(lesson)
    draft = LessonVersion.objects.filter(lesson=lesson, shared_at=None).first()
    if draft is None:
        return _next_version(by, lesson, written)
    if draft.saved_with == written.id:
        return draft
    saved = LessonVersion.objects.filter(id=draft.id, revision=written.revision).update(
        **written.columns, by_id=by.id, at=timezone.now(), revision=written.revision + 1
    )
    draft.refresh_from_db()
    if not saved:
        raise ChangedMeanwhile(draft)
    return draft


@transaction.atomic
def add_source(*, by: SignedInPerson, lesson: Lesson, incident: Incident) -> None:
    """Say that the lesson comes from this incident too. Twice changes nothing.

    Raises: NotAllowed; NotPossible for a lesson that is shared beyond the unit: those it happened to were to
    be asked first.
    """
    _must_write(standing_in(lesson.unit_id))
    if _is_shared_beyond_the_unit(lesson):
        raise NotPossible(
            _("Lærdommen er delt utenfor enheten. Lag en ny, så blir den det skjedde med, spurt først.")
        )
    LessonSource.objects.bulk_create(
        [LessonSource(lesson=lesson, incident=incident, by_id=by.id)], ignore_conflicts=True
    )


def _is_shared_beyond_the_unit(lesson: Lesson) -> bool:
    shared = LessonSharing.objects.filter(version__lesson=lesson)
    return shared.exclude(scope=Scope.UNIT).exists()


@transaction.atomic
def share(*, by: SignedInPerson, version: LessonVersion, revision: int, sharing_id: UUID) -> Shared:
    """Share the version as it was read, when nothing stands in the way; else do what comes first.

    Beyond the unit those to whom it happened are asked, and a leader of the unit approves. The same
    `sharing_id` again changes nothing. Raises: NotAllowed for those who may not write, NotPossible if it was
    changed or shared meanwhile or withdrawn, or the unit belongs to no county.
    """
    lesson = version.lesson
    own: dict[str, int | UUID] = {"by_id": by.id, "version_id": version.id}
    if LessonSharing.objects.filter(id=sharing_id, **own).exists():
        return Shared.SHARED
    standing = standing_in(lesson.unit_id)
    _must_write(standing)
    _must_not_be_withdrawn(lesson)
    if version.shared_at is not None or version.revision != revision:
        raise NotPossible(_changed_meanwhile())
    _must_have_county(version)
    asked = _ask_exposed(version)
    if not may_share(version.scope, leads=standing.leads, represents=standing.represents):
        _tell_leaders(by, lesson)
        return Shared.WAITS_FOR_LEADER
    if not _exposed_agree(version):
        return Shared.ASKED if asked else Shared.WAITS_FOR_ANSWER
    try:
        _sharing, is_new = made_once(
            LessonSharing, id=sharing_id, owner=own, fields={"revision": revision, "scope": version.scope}
        )
    except NotPossible as error:
        raise NotPossible(_changed_meanwhile()) from error
    if is_new:
        _inform(by, lesson)
    return Shared.SHARED


@transaction.atomic
def answer(*, by: SignedInPerson, asking: LessonAsking, answer: str) -> None:
    """Say whether one's own experience may be shared beyond the unit. One may change one's mind.

    Whoever asked and whoever wrote it are told. Raises: NotAllowed for others than the one who was asked.
    """
    if asking.person_id != by.id:
        raise NotAllowed(_("Bare den som er spurt, kan svare."))
    if asking.answer == answer:
        return
    LessonAsking.objects.filter(id=asking.id).update(answer=answer, answered_at=timezone.now())
    lesson = asking.version.lesson
    tell(
        person_ids={asking.by_id, asking.version.by_id} - {by.id},
        kind="lesson_answered",
        subject_id=asking.id,
        url=lesson.get_absolute_url(),
        context={"unit": lesson.unit.name},
    )


@transaction.atomic
def withdraw(*, by: SignedInPerson, lesson: Lesson, withdrawal_id: UUID, reason: str) -> LessonWithdrawal:
    """Take the lesson back: its readers no longer see it. The same `withdrawal_id` again changes nothing.

    Raises: NotAllowed for others than its author and those who lead or represent the unit; NotPossible if it
    is withdrawn already.
    """
    if lesson.created_by_id != by.id:
        _must_write(standing_in(lesson.unit_id))
    own: dict[str, int | UUID] = {"by_id": by.id, "lesson_id": lesson.id}
    withdrawal, _is_new = made_once(LessonWithdrawal, id=withdrawal_id, owner=own, fields={"reason": reason})
    return withdrawal


def _next_version(by: SignedInPerson, lesson: Lesson, written: LessonText) -> LessonVersion:
    if sent := LessonVersion.objects.filter(lesson=lesson, saved_with=written.id).first():
        return sent  # saved and shared meanwhile
    latest = LessonVersion.objects.filter(lesson=lesson).order_by("-number").first()
    version = LessonVersion(
        lesson=lesson, number=latest.number + 1 if latest else 1, by_id=by.id, **written.columns
    )
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError as error:
        raise NotPossible(_changed_meanwhile()) from error
    return version


def _ask_exposed(version: LessonVersion) -> list[int]:
    """Ask those who must be asked and have not been, and tell them. Returns their ids."""
    until = answer_by(timezone.now(), limits().answer_workdays)
    with connection.cursor() as cursor:
        cursor.execute("select app.ask_exposed(%s, %s)", [version.id, until])
        asked = list(cursor.fetchone()[0])
    lesson = version.lesson
    tell(
        person_ids=asked,
        kind="lesson_asks_you",
        subject_id=version.id,
        url=lesson.get_absolute_url(),
        context={"unit": lesson.unit.name},
    )
    return asked


def _exposed_agree(version: LessonVersion) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select app.exposed_agree(%s)", [version.id])
        return bool(cursor.fetchone()[0])


def _tell_leaders(by: SignedInPerson, lesson: Lesson) -> None:
    tell(
        person_ids={leader.person_id for leader in leaders_of(lesson.unit_id)} - {by.id},
        kind="lesson_waiting",
        subject_id=lesson.id,
        url=f"{lesson.get_absolute_url()}del/",
        context={"unit": lesson.unit.name},
    )


def _inform(by: SignedInPerson, lesson: Lesson) -> None:
    # Without the title: it would stay in the feed after the lesson was taken back.
    publish(
        unit_id=lesson.unit_id,
        kind="learning.shared",
        subject_id=lesson.id,
        url=lesson.get_absolute_url(),
        context={},
        by_id=by.id,
    )


def _must_write(standing: Standing) -> None:
    if not may_write(leads=standing.leads, represents=standing.represents):
        raise NotAllowed(
            _("Bare ledere og verneombud i enheten kan skrive og dele lærdommer."),
            who_can_help=_("Fortell lederen eller verneombudet hva du har lært."),
        )


def _must_have_county(version: LessonVersion) -> None:
    above = UnitClosure.objects.filter(descendant_id=version.lesson.unit_id, ancestor__kind=UnitKind.COUNTY)
    if version.scope == Scope.COUNTY and not above.exists():
        raise NotPossible(_("Enheten hører ikke til noe fylke. Del med enheten eller med alle."))


def _must_not_be_withdrawn(lesson: Lesson) -> None:
    if lesson.withdrawn_at is not None:
        raise NotPossible(_("Lærdommen er trukket tilbake. Skriv en ny."))


def _changed_meanwhile() -> str:
    return _("Lærdommen er endret, delt eller trukket tilbake siden du åpnet den. Åpne den på nytt.")
