"""What changes a procedure: one function an act, each in one transaction, with what follows from it (2.3)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.controls.markdown import picture_line
from tryggmote.controls.models import (
    Procedure,
    ProcedureApproval,
    ProcedureEnding,
    ProcedurePicture,
    ProcedureReading,
    ProcedureVersion,
)
from tryggmote.controls.pictures import CleanPicture
from tryggmote.controls.procedure_queries import chain_of, draft_of
from tryggmote.controls.procedure_rules import may_suggest, may_write, wrong_review_day
from tryggmote.information.services import publish
from tryggmote.notices.services import tell
from tryggmote.organisation.models import UnitClosure
from tryggmote.organisation.standing import leaders_of, standing_in


class ChangedMeanwhile(Exception):
    """Somebody else has saved the draft since the page was opened. `now`: the draft as it is."""

    def __init__(self, now: ProcedureVersion) -> None:
        super().__init__(now.id)
        self.now = now


@dataclass(frozen=True)
class NewPicture:
    """A picture to put at the end of the text, with what it shows in words."""

    picture: CleanPicture
    alt: str


@dataclass(frozen=True)
class ProcedureText:
    """What somebody has written. `id` is made with the form; `revision` is of the draft the form showed."""

    id: UUID
    text: str
    change_note: str
    must_be_read: bool
    revision: int = 0
    picture: NewPicture | None = None


@dataclass(frozen=True)
class ProcedureFrame:
    """What a procedure is called and what it is for; not part of its versions."""

    title: str
    kind: str
    forms: tuple[str, ...]
    parent_id: UUID | None = None


@transaction.atomic
def begin_procedure(
    *, by: SignedInPerson, unit_id: int, frame: ProcedureFrame, written: ProcedureText
) -> Procedure:
    """Write the first draft of a procedure. Sending the same `written.id` again returns the first.

    Raises: NotAllowed for those who neither lead the unit nor work in it, NotPossible when it cannot add to
    the parent, or the id is another's.
    """
    if not may_suggest(leads=standing_in(unit_id).leads, belongs=_belongs(by, unit_id)):
        raise NotAllowed(_("Bare de som jobber i enheten, kan skrive rutiner for den."))
    _must_lie_above(frame.parent_id, unit_id)
    fields = {"unit_id": unit_id, **vars(frame), "forms": list(frame.forms)}
    procedure, is_new = made_once(Procedure, id=written.id, owner={"created_by_id": by.id}, fields=fields)
    if is_new:
        _new_version(by, procedure, written, number=1)
    return procedure


@transaction.atomic
def save_draft(*, by: SignedInPerson, procedure: Procedure, written: ProcedureText) -> ProcedureVersion:
    """Save what was written on the draft, or begin one. Sending the same `written.id` again changes nothing.

    Raises: ChangedMeanwhile when somebody else saved since `written.revision`; NotAllowed for those who may
    not write; NotPossible when it has ended or somebody else has a draft that one does not see.
    """
    leads, belongs = standing_in(procedure.unit_id).leads, _belongs(by, procedure.unit_id)
    draft = draft_of(procedure)
    if draft is None:
        if not may_suggest(leads=leads, belongs=belongs):
            raise NotAllowed(_("Bare de som jobber i enheten, kan skrive rutiner for den."))
        return _next_version(by, procedure, written)
    if draft.saved_with == written.id:
        return draft
    if not may_write(draft, person_id=by.id, leads=leads, belongs=belongs):
        raise NotAllowed(_("Bare den som har skrevet utkastet, og ledere for enheten, kan endre det."))
    _must_not_have_ended(procedure)
    return _saved(by, draft, written)


@transaction.atomic
def ask_for_approval(*, by: SignedInPerson, draft: ProcedureVersion) -> None:
    """The author is done: the unit's leaders are told that a draft waits. Asking again tells nobody twice.

    Raises: NotAllowed for others than those who may write, NotPossible when it is approved or
    the procedure has ended.
    """
    procedure = draft.procedure
    leads, belongs = standing_in(procedure.unit_id).leads, _belongs(by, procedure.unit_id)
    if not may_write(draft, person_id=by.id, leads=leads, belongs=belongs):
        _refuse_writing(draft)
    _must_not_have_ended(procedure)
    ProcedureVersion.objects.filter(id=draft.id).update(ready_at=timezone.now())
    tell(
        person_ids={leader.person_id for leader in leaders_of(procedure.unit_id)} - {by.id},
        kind="procedure_waiting",
        subject_id=procedure.id,
        url=f"{procedure.get_absolute_url()}utkast/",
        context={"unit": procedure.unit.name},
    )


@transaction.atomic
def approve(
    *, by: SignedInPerson, draft: ProcedureVersion, approval_id: UUID, revision: int, review_on: date
) -> ProcedureApproval:
    """Put the draft in force as it was read (`revision`); the unit is told, at once when it must be read.

    The same `approval_id` again changes nothing. Raises: NotAllowed for others than leaders of the unit;
    NotPossible when it was changed or approved meanwhile, when the procedure has ended, or when the day of
    the next review cannot be right.
    """
    procedure = draft.procedure
    if not standing_in(procedure.unit_id).leads:
        raise NotAllowed(
            _("Bare en leder for enheten kan godkjenne rutinen."), _("Lederen for enheten kan godkjenne.")
        )
    own: dict[str, int | UUID] = {"by_id": by.id, "version_id": draft.id}
    if sent := ProcedureApproval.objects.filter(id=approval_id, **own).first():
        return sent
    _must_not_have_ended(procedure)
    if wrong_review_day(review_on, timezone.localdate()):
        raise NotPossible(_("Neste gjennomgang må være en dag fra i morgen av og innen to år."))
    fields = {"revision": revision, "review_on": review_on}
    try:
        approval, is_new = made_once(ProcedureApproval, id=approval_id, owner=own, fields=fields)
    except NotPossible as error:
        raise NotPossible(
            _(
                "Utkastet er endret eller godkjent siden du åpnet det. "
                "Åpne det på nytt, og les det før du godkjenner."
            )
        ) from error
    procedure.refresh_from_db()
    if is_new:
        confirm_reading(by=by, procedure=procedure)  # nobody approves what they have not read
        publish(
            unit_id=procedure.unit_id,
            kind="controls.procedure_approved",
            subject_id=procedure.id,
            url=procedure.get_absolute_url(),
            context={"title": procedure.title},
            by_id=by.id,
            is_important=draft.must_be_read,
        )
    return approval


@transaction.atomic
def change_frame(*, by: SignedInPerson, procedure: Procedure, frame: ProcedureFrame) -> None:
    """Call the procedure something else, or let it add to another one above.

    Raises: NotAllowed for others than leaders of the unit, NotPossible when it cannot add to the parent.
    """
    _must_lead(procedure)
    _must_lie_above(frame.parent_id, procedure.unit_id)
    if frame.parent_id and procedure.id in {part.id for part in chain_of(frame.parent_id)}:
        raise NotPossible(
            _(
                "Rutinen du valgte, bygger selv på denne. Da ville de bygget på hverandre i ring. "
                "Velg en annen."
            )
        )
    try:
        with transaction.atomic():
            Procedure.objects.filter(id=procedure.id).update(**(vars(frame) | {"forms": list(frame.forms)}))
    except DatabaseError as error:
        raise NotPossible(_("Rutinen kan ikke bygge på den du valgte. Velg en annen.")) from error
    procedure.refresh_from_db()


@transaction.atomic
def end_procedure(
    *, by: SignedInPerson, procedure: Procedure, ending_id: UUID, reason: str
) -> ProcedureEnding:
    """Say that the procedure no longer holds; it can still be read. The same `ending_id` changes nothing.

    Raises: NotAllowed for others than leaders of the unit, NotPossible when it has ended already.
    """
    own: dict[str, int | UUID] = {"by_id": by.id, "procedure_id": procedure.id}
    if sent := ProcedureEnding.objects.filter(id=ending_id, **own).first():
        return sent
    _must_lead(procedure)
    ending = made_once(ProcedureEnding, id=ending_id, owner=own, fields={"reason": reason})[0]
    procedure.refresh_from_db()
    return ending


@transaction.atomic
def confirm_reading(*, by: SignedInPerson, procedure: Procedure) -> None:
    """`by` has read and understood what is in force, and what it adds to. Doing it again changes nothing."""
    read = [
        ProcedureReading(procedure_id=part.id, number=part.in_force_number, person_id=by.id)
        for part in chain_of(procedure.id)
        if part.is_in_force and part.in_force_number
    ]
    ProcedureReading.objects.bulk_create(read, ignore_conflicts=True)


def _belongs(by: SignedInPerson, unit_id: int) -> bool:
    return unit_id in {unit.id for unit in by.units}


def _must_lead(procedure: Procedure) -> None:
    if not standing_in(procedure.unit_id).leads:
        raise NotAllowed(_("Bare en leder for enheten kan gjøre dette."))


def _must_not_have_ended(procedure: Procedure) -> None:
    if procedure.ended_at is not None:
        raise NotPossible(_("Rutinen er avsluttet. Skriv heller en ny."))


def _refuse_writing(draft: ProcedureVersion) -> None:
    if draft.approved_at is not None:
        raise NotPossible(_("Utkastet er allerede godkjent."))
    raise NotAllowed(_("Bare den som har skrevet utkastet, og ledere for enheten, kan endre det."))


def _must_lie_above(parent_id: UUID | None, unit_id: int) -> None:
    """A procedure adds to one of a unit above, which makes rings impossible as long as units form none."""
    if parent_id is None:
        return
    above = UnitClosure.objects.filter(descendant_id=unit_id, depth__gt=0).values("ancestor_id")
    if not Procedure.objects.filter(id=parent_id, unit_id__in=above).exists():
        raise NotPossible(_("En rutine kan bare bygge på en rutine fra en enhet over. Velg en annen."))


def _new_version(
    by: SignedInPerson, procedure: Procedure, written: ProcedureText, number: int
) -> ProcedureVersion:
    version = ProcedureVersion(
        procedure=procedure,
        number=number,
        change_note=written.change_note,
        must_be_read=written.must_be_read,
        by_id=by.id,
        saved_with=written.id,
    )
    version.text = _with_picture(by, procedure, written)
    version.save(force_insert=True)
    return version


def _next_version(by: SignedInPerson, procedure: Procedure, written: ProcedureText) -> ProcedureVersion:
    if sent := ProcedureVersion.objects.filter(procedure=procedure, saved_with=written.id).first():
        return sent  # saved, and approved meanwhile
    _must_not_have_ended(procedure)
    latest = ProcedureVersion.objects.filter(procedure=procedure).aggregate(latest=Max("number"))["latest"]
    try:
        with transaction.atomic():
            return _new_version(by, procedure, written, number=(latest or 0) + 1)
    except IntegrityError as error:
        raise NotPossible(
            _("Noen andre arbeider med en ny versjon. Snakk med lederen for enheten før du skriver mer.")
        ) from error


def _saved(by: SignedInPerson, draft: ProcedureVersion, written: ProcedureText) -> ProcedureVersion:
    text = _with_picture(by, draft.procedure, written)
    is_mine = ProcedureVersion.objects.filter(
        id=draft.id, revision=written.revision, approved_at=None
    ).update(
        text=text,
        change_note=written.change_note,
        must_be_read=written.must_be_read,
        revision=F("revision") + 1,
        saved_with=written.id,
    )
    if not is_mine:
        raise ChangedMeanwhile(ProcedureVersion.objects.get(id=draft.id))
    draft.refresh_from_db()
    return draft


def _with_picture(by: SignedInPerson, procedure: Procedure, written: ProcedureText) -> str:
    if written.picture is None:
        return written.text
    clean, alt = written.picture.picture, written.picture.alt
    picture = ProcedurePicture.objects.create(procedure=procedure, alt=alt, by_id=by.id, **vars(clean))
    return f"{written.text.rstrip()}\n\n{picture_line(picture.id, alt)}\n"
