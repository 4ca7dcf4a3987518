"""What changes residual risk: one function an act, each in one transaction, with what follows (3.0)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.information.services import confirm_about, end_standing, make_known
from tryggmote.notices.services import tell
from tryggmote.organisation.standing import leaders_of, representatives_of, standing_in
from tryggmote.residual import told
from tryggmote.residual.models import Approval, Hearing, Record, Version, Withdrawal
from tryggmote.residual.queries import draft_of, draft_to_approve, version_in_force
from tryggmote.residual.rules import may_write, obstacles, wrong_review_day
from tryggmote.residual.vocabulary import Heard
from tryggmote.risk import libraries
from tryggmote.risk.vocabulary import Answer, NotHeard
from tryggmote.ui.dates import oslo_today


class ChangedMeanwhile(Exception):
    """Somebody else has saved the draft since the page was opened. `now`: the draft as it is."""

    def __init__(self, now: Version) -> None:
        super().__init__(now.id)
        self.now = now


class NotReady(Exception):
    """Something stands in the way of approval; all of it, in sentences."""

    def __init__(self, obstacles: list[str]) -> None:
        super().__init__(obstacles)
        self.obstacles = obstacles


@dataclass(frozen=True)
class Subject:
    """What cannot be done: an element in a meeting form, or something else that is given a title."""

    element: str = ""
    form: str = ""
    title: str = ""


@dataclass(frozen=True)
class Written:
    """What a leader has written. `form_id` is made with the form; `revision`: the draft as the page found it.

    `reason`: why another version is needed; "" for the first.
    """

    form_id: UUID
    why: str
    instead: str
    likelihood: int
    consequence: int
    measure_ids: tuple[UUID, ...] = ()
    reason: str = ""
    revision: int = 0

    def columns(self) -> dict[str, Any]:
        """As a version keeps it, with the matrix in use."""
        return {
            "why": self.why,
            "instead": self.instead,
            "likelihood": self.likelihood,
            "consequence": self.consequence,
            "measure_ids": list(self.measure_ids),
            "reason": self.reason,
            "matrix": libraries.matrix().definition(),
            "saved_with": self.form_id,
        }


@transaction.atomic
def declare(*, by: SignedInPerson, unit_id: int, subject: Subject, written: Written) -> Record:
    """A leader declares that something cannot be done; the safety representatives are asked what they think.

    Sending the same `written.form_id` again returns the first. Raises: NotAllowed for others than leaders of
    the unit, NotPossible when the element is described in that meeting form already.
    """
    refuse_unless_leader(unit_id)
    fields = {"unit_id": unit_id, **vars(subject)}
    try:
        record, is_new = made_once(Record, id=written.form_id, owner={"created_by_id": by.id}, fields=fields)
    except NotPossible as error:
        raise NotPossible(
            _("Dette er alt beskrevet som restrisiko. Åpne siden på nytt, så finner du det som er skrevet.")
        ) from error
    if is_new:
        _begin_version(by, record, written)
    return record


@transaction.atomic
def save_draft(*, by: SignedInPerson, record: Record, written: Written) -> Version:
    """Save what was written on the draft, or begin another version of what is approved (a review).

    Sending the same `written.form_id` again changes nothing. Raises: NotAllowed for others than leaders of
    the unit, NotPossible when the record is withdrawn, ChangedMeanwhile when somebody else saved since
    `written.revision`.
    """
    refuse_unless_leader(record.unit_id)
    _refuse_if_withdrawn(record)
    if sent := Version.objects.filter(record=record, saved_with=written.form_id).first():
        return sent
    draft = draft_of(record)
    if draft is None:
        return _begin_version(by, record, written)
    saved = Version.objects.filter(id=draft.id, revision=written.revision, approved_at=None).update(
        **written.columns(), revision=F("revision") + 1
    )
    if not saved:
        raise ChangedMeanwhile(draft)
    draft.refresh_from_db()
    return draft


@transaction.atomic
def give_opinion(
    *, by: SignedInPerson, version: Version, opinion_id: UUID, answer: Answer, words: str, revision: int
) -> Hearing:
    """A safety representative says what they think of the draft; the leaders are told. The latest counts.

    Sending the same `opinion_id` again returns the first. Raises: NotAllowed for one who does not represent
    the unit, NotPossible when the version is approved or the record withdrawn.
    """
    if not standing_in(version.record.unit_id).represents:
        raise NotAllowed(
            _("Bare verneombud for enheten uttaler seg her."), _("Si det du mener til verneombudet.")
        )
    _refuse_if_approved(version)
    said = {"version": version, "answer": Heard(answer), "words": words, "revision": revision, "by_id": by.id}
    hearing, is_new = made_once(Hearing, id=opinion_id, owner={"person_id": by.id}, fields=said)
    if is_new:
        _tell_leaders(version, by)
    return hearing


@transaction.atomic
def record_not_heard(
    *,
    by: SignedInPerson,
    version: Version,
    record_id: UUID,
    person_id: int | None,
    why: NotHeard,
    reason: str,
) -> Hearing:
    """A leader records why a safety representative was not heard; `person_id` None when nobody is elected.

    Sending the same `record_id` again returns the first. Raises: NotAllowed for others than leaders of the
    unit, NotPossible when it is of somebody who does not represent the unit, or the version is approved.
    """
    refuse_unless_leader(version.record.unit_id)
    _refuse_if_approved(version)
    elected = {representative.person_id for representative in representatives_of(version.record.unit_id)}
    if person_id not in elected and (person_id or elected):
        raise NotPossible(_("Det er bare verneombudene som må være hørt."))
    said = {
        "version": version,
        "person_id": person_id,
        "answer": Heard(why),
        "words": reason,
        "revision": version.revision,
    }
    return made_once(Hearing, id=record_id, owner={"by_id": by.id}, fields=said)[0]


@transaction.atomic
def approve(
    *, by: SignedInPerson, version: Version, approval_id: UUID, revision: int, review_on: date
) -> Approval:
    """Put the draft in force as it was read (`revision`), until a day; those it concerns are told (3.0).

    The version before it concerns nobody any more. The same `approval_id` again changes nothing.
    Raises: NotAllowed for others than leaders of the unit; NotReady when something stands in the way;
    NotPossible when it was changed, approved or withdrawn meanwhile, or the day is out of bounds.
    """
    refuse_unless_leader(version.record.unit_id)
    if sent := Approval.objects.filter(id=approval_id, by_id=by.id, version=version).first():
        return sent
    _refuse_if_approved(version)
    if wrong_review_day(review_on, oslo_today()):
        raise NotPossible(_("Velg en dag fra i morgen og inntil tolv måneder fram."))
    if found := obstacles(draft_to_approve(version)):
        raise NotReady(found)
    before = version_in_force(version.record)
    try:
        approval, _is_new = made_once(
            Approval,
            id=approval_id,
            owner={"by_id": by.id, "version_id": version.id},
            fields={"revision": revision, "review_on": review_on},
        )
    except NotPossible as error:
        raise NotPossible(
            _(
                "Utkastet er endret eller godkjent siden du åpnet det. "
                "Åpne det på nytt, og les det før du godkjenner."
            )
        ) from error
    if before:
        end_standing(subject_id=before.id)
    _make_known(version, by)
    return approval


@transaction.atomic
def withdraw(*, by: SignedInPerson, record: Record, withdrawal_id: UUID, reason: str) -> Withdrawal:
    """Say that the record holds no longer, and why; nobody is asked to know of it any more.

    The same `withdrawal_id` again changes nothing. Raises: NotAllowed for others than leaders of the unit,
    NotPossible when it is withdrawn already.
    """
    refuse_unless_leader(record.unit_id)
    if sent := Withdrawal.objects.filter(id=withdrawal_id, by_id=by.id, record=record).first():
        return sent
    _refuse_if_withdrawn(record)
    owner: dict[str, int | UUID] = {"by_id": by.id, "record_id": record.id}
    withdrawal, _is_new = made_once(Withdrawal, id=withdrawal_id, owner=owner, fields={"reason": reason})
    if standing := version_in_force(record):
        end_standing(subject_id=standing.id)
    return withdrawal


@transaction.atomic
def confirm(*, by: SignedInPerson, record: Record) -> None:
    """`by` confirms that they know what is left, and what is done instead. The first time counts.

    Raises: NotPossible when nothing is in force to confirm.
    """
    standing = version_in_force(record)
    if standing is None or not record.is_approved:
        raise NotPossible(_("Dette gjelder ikke lenger. Du trenger ikke å bekrefte det."))
    confirm_about(by=by, subject_id=standing.id)


def _begin_version(by: SignedInPerson, record: Record, written: Written) -> Version:
    asked = [each.person_id for each in representatives_of(record.unit_id) if each.person_id != by.id]
    last = record.versions.order_by("-number").first()
    try:
        with transaction.atomic():
            version = Version.objects.create(
                record=record,
                number=last.number + 1 if last else 1,
                by_id=by.id,
                asked_ids=asked,
                **written.columns(),
            )
    except IntegrityError as error:
        raise NotPossible(
            _("Noen andre har nettopp begynt på et utkast. Åpne siden på nytt, så ser du det.")
        ) from error
    tell(
        person_ids=asked,
        kind=told.HEARING,
        subject_id=record.id,
        url=record.draft_url,
        context={"unit": record.unit.name},
    )
    return version


def _make_known(version: Version, by: SignedInPerson) -> None:
    record = version.record
    make_known(
        unit_id=record.unit_id,
        form=record.form,
        kind=told.KNOWN,
        subject_id=version.id,
        url=record.get_absolute_url(),
        context={"element": record.element, "form": record.form, "title": record.title},
        by_id=by.id,
    )


def _tell_leaders(version: Version, by: SignedInPerson) -> None:
    record = version.record
    tell(
        person_ids={leader.person_id for leader in leaders_of(record.unit_id)} - {by.id},
        kind=told.HEARD,
        subject_id=record.id,
        url=record.draft_url,
        context={"unit": record.unit.name},
    )


def refuse_unless_leader(unit_id: int) -> None:
    """Raises: NotAllowed for others than leaders of the unit."""
    if not may_write(standing_in(unit_id)):
        raise NotAllowed(
            _("Bare en leder for enheten kan beskrive og godkjenne restrisiko."),
            _("Si fra til lederen eller verneombudet om det du ser."),
        )


def _refuse_if_withdrawn(record: Record) -> None:
    if record.withdrawn_at:
        raise NotPossible(_("Denne restrisikoen er trukket tilbake."))


def _refuse_if_approved(version: Version) -> None:
    _refuse_if_withdrawn(version.record)
    if version.approved_at:
        raise NotPossible(_("Dette er alt godkjent. Åpne siden på nytt, så ser du hva som gjelder."))
