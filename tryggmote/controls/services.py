"""What changes a measure: one function an act, each in one transaction, with what follows from it (2.3)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson, acting_as_job
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.controls import registry
from tryggmote.controls.models import (
    Cancellation,
    Establishment,
    Evaluation,
    Handover,
    Measure,
    Postponement,
)
from tryggmote.controls.queries import belongs_to
from tryggmote.controls.rules import Step, possible
from tryggmote.controls.vocabulary import OriginKind
from tryggmote.information.services import publish
from tryggmote.notices.services import tell
from tryggmote.organisation.standing import standing_in
from tryggmote.organisation.workdays import OSLO

MadeAct = TypeVar("MadeAct", Establishment, Evaluation, Postponement, Handover, Cancellation)


@dataclass(frozen=True)
class MeasureDraft:
    """What a leader plans. `id` is made with the form, so that sending it again is harmless.

    No `forms` means all meeting forms; no `factors`, none of § 23A-1's eight in particular.
    `origin_words` are not kept of what fewer people read than the measure (`has_readers_of_its_own`).
    """

    id: UUID
    unit_id: int
    title: str
    what: str
    kind: str
    hierarchy: str
    forms: tuple[str, ...]
    owner_id: int
    due_on: date
    origin_kind: str = OriginKind.OTHER
    origin_id: UUID | None = None
    origin_words: str = ""
    factors: tuple[int, ...] = ()
    interval_months: int | None = None


@transaction.atomic
def plan_measure(*, by: SignedInPerson, draft: MeasureDraft, at: datetime | None = None) -> Measure:
    """Plan a measure, tell its owner, and publish it to the unit (2.3, § 23A-3). `at`: now by default.

    Sending the same `draft.id` again returns the first. Raises: NotAllowed for others than leaders of the
    unit, NotPossible when the owner does not belong there, the date has passed, or the id is another's.
    """
    if sent := Measure.objects.filter(id=draft.id, created_by_id=by.id).first():
        return sent
    at = at or timezone.now()
    if not standing_in(draft.unit_id).leads:
        raise NotAllowed(
            _("Bare en leder for enheten kan planlegge tiltak."), _("Meld fra til lederen din om det du ser.")
        )
    _must_belong(draft.owner_id, draft.unit_id)
    _must_be_ahead(draft.due_on, at)
    fields = vars(draft) | {"forms": list(draft.forms), "factors": list(draft.factors), "created_at": at}
    fields.pop("id")
    if OriginKind(draft.origin_kind).has_readers_of_its_own:
        fields["origin_words"] = ""
    measure, is_new = made_once(Measure, id=draft.id, owner={"created_by_id": by.id}, fields=fields)
    if is_new:
        _publish(measure, "controls.planned", by)
        _tell_owner(measure, by)
        registry.tell_planned(measure)
    return measure


@transaction.atomic
def plan_after_failure(*, by: SignedInPerson, draft: MeasureDraft) -> Measure:
    """Plan a measure because a test failed, whoever tested, and tell its owner (3.5).

    The system writes it, in the name of the one who tested; the database holds that the test did fail
    (`equipment/policies.sql`). Whoever calls tells the unit. Raises: NotPossible when the owner does not
    belong to the unit.
    """
    _must_belong(draft.owner_id, draft.unit_id)
    fields = vars(draft) | {"forms": list(draft.forms), "factors": list(draft.factors)}
    measure = Measure(created_by_id=by.id, **fields)
    with acting_as_job():
        measure.save(force_insert=True)
    _tell_owner(measure, by)
    registry.tell_planned(measure)
    return measure


@transaction.atomic
def establish(
    *, by: SignedInPerson, measure: Measure, act_id: UUID, words: str = "", at: datetime | None = None
) -> Establishment:
    """Say that the measure is in place; the unit is told. The same `act_id` again changes nothing.

    Raises: NotAllowed for others than the owner and the unit's leaders, NotPossible when it is done already.
    """
    act, is_new = _act(Establishment, Step.ESTABLISH, by, measure, act_id, {"words": words}, at)
    if is_new:
        _publish(measure, "controls.established", by)
    return act


@transaction.atomic
def evaluate(
    *,
    by: SignedInPerson,
    measure: Measure,
    act_id: UUID,
    effect: str,
    words: str,
    likelihood: int | None = None,
    consequence: int | None = None,
    at: datetime | None = None,
) -> Evaluation:
    """Say whether the measure made the risk smaller; only that it did closes it. The latest counts.

    The unit is told, and so are those who listen (`registry.on_evaluated`). The same `act_id` again changes
    nothing. Raises: NotAllowed for others than the owner and the unit's leaders, NotPossible before it is
    established or after it was cancelled.
    """
    found = {"effect": effect, "words": words, "likelihood": likelihood, "consequence": consequence}
    act, is_new = _act(Evaluation, Step.EVALUATE, by, measure, act_id, found, at)
    if is_new:
        _publish(measure, "controls.evaluated", by)
        registry.tell_evaluated(act)
    return act


@transaction.atomic
def postpone(
    *,
    by: SignedInPerson,
    measure: Measure,
    act_id: UUID,
    to_on: date,
    reason: str,
    at: datetime | None = None,
) -> Postponement:
    """Give a planned measure another date, with a reason. The same `act_id` again changes nothing.

    Raises: NotAllowed for others than leaders of the unit, NotPossible when it is established or cancelled,
    or when the date has passed.
    """
    _must_be_ahead(to_on, at or timezone.now())
    change = {"from_on": measure.due_on, "to_on": to_on, "reason": reason}
    return _act(Postponement, Step.POSTPONE, by, measure, act_id, change, at)[0]


@transaction.atomic
def hand_over(
    *,
    by: SignedInPerson,
    measure: Measure,
    act_id: UUID,
    to_owner_id: int,
    reason: str = "",
    at: datetime | None = None,
) -> Handover:
    """Give the measure to somebody else, who is told. The same `act_id` again changes nothing.

    Raises: NotAllowed for others than leaders of the unit, NotPossible when it is cancelled or when the new
    owner does not belong to the unit.
    """
    _must_belong(to_owner_id, measure.unit_id)
    change = {"from_owner_id": measure.owner_id, "to_owner_id": to_owner_id, "reason": reason}
    act, is_new = _act(Handover, Step.HAND_OVER, by, measure, act_id, change, at)
    if is_new:
        _tell_owner(measure, by)
    return act


@transaction.atomic
def cancel(
    *, by: SignedInPerson, measure: Measure, act_id: UUID, reason: str, at: datetime | None = None
) -> Cancellation:
    """Say that the measure will not be carried out, or is taken out of use. It stays in the list, with why.

    The same `act_id` again changes nothing. Raises: NotAllowed for others than leaders of the unit,
    NotPossible when it is cancelled already.
    """
    return _act(Cancellation, Step.CANCEL, by, measure, act_id, {"reason": reason}, at)[0]


def _act(
    kind: type[MadeAct],
    step: Step,
    by: SignedInPerson,
    measure: Measure,
    act_id: UUID,
    fields: dict[str, Any],
    at: datetime | None,
) -> tuple[MadeAct, bool]:
    """Write the act down once, bring `measure` up to date, and say whether it was written now."""
    own: dict[str, int | UUID] = {"by_id": by.id, "measure_id": measure.id}
    if sent := kind._default_manager.filter(id=act_id, **own).first():
        return sent, False
    must_be_possible(step, by=by, measure=measure)
    act, is_new = made_once(kind, id=act_id, owner=own, fields=fields | {"at": at or timezone.now()})
    measure.refresh_from_db()
    act.measure = measure
    return act, is_new


def must_be_possible(step: Step, *, by: SignedInPerson, measure: Measure) -> None:
    """Raises: NotAllowed when only others may do it, NotPossible when nobody may any more."""
    leads = standing_in(measure.unit_id).leads
    if step in possible(measure, person_id=by.id, leads=leads):
        return
    if step in possible(measure, person_id=by.id, leads=True):
        raise NotAllowed(
            _("Bare den som har ansvar for tiltaket, eller en leder for enheten, kan gjøre dette."),
            _("Lederen for enheten kan gjøre det, eller gi deg ansvaret."),
        )
    raise NotPossible(
        _("Tiltaket er endret siden du åpnet siden. Åpne det på nytt, så ser du hva som er gjort.")
    )


def _must_belong(owner_id: int, unit_id: int) -> None:
    if not belongs_to(owner_id, unit_id):
        raise NotPossible(_("Den som skal ha ansvaret, må høre til enheten. Velg en annen."))


def _must_be_ahead(day: date, at: datetime) -> None:
    if day < at.astimezone(OSLO).date():
        raise NotPossible(_("Fristen er en dag som har vært. Velg en dag fra og med i dag."))


def _publish(measure: Measure, kind: str, by: SignedInPerson) -> None:
    publish(
        unit_id=measure.unit_id,
        kind=kind,
        subject_id=measure.id,
        url=measure.get_absolute_url(),
        context={"title": measure.title},
        by_id=by.id,
    )


def _tell_owner(measure: Measure, by: SignedInPerson) -> None:
    if measure.owner_id == by.id:
        return
    tell(
        person_ids=[measure.owner_id],
        kind="measure_owned",
        subject_id=measure.id,
        url=measure.get_absolute_url(),
        context={"unit": measure.unit.name},
    )
