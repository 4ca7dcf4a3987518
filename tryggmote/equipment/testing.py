"""Recording tests, and what follows from one that failed (3.5): a measure at once, and the unit is told.

What was counted on and does not hold, opens the risk assessments that counted on it (2.1).

What a failure means for the room needs no act: it is asked for whenever the room is (`troubles_of_rooms`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson, acting_as_job
from tryggmote.access.errors import NotPossible
from tryggmote.access.ids import new_id
from tryggmote.access.once import made_once
from tryggmote.controls.models import Measure
from tryggmote.controls.services import MeasureDraft, plan_after_failure
from tryggmote.controls.vocabulary import MeasureKind, OriginKind, Rung
from tryggmote.equipment import queries
from tryggmote.equipment.models import Item, ItemTest, MeasureTest
from tryggmote.equipment.rules import (
    PASSED,
    UNHEARD,
    State,
    asks_for_new_assessment,
    counted_on_as,
    repair_by,
)
from tryggmote.equipment.told import NEWS, NOTICE, address_of_measure
from tryggmote.information.queries import audience_of
from tryggmote.information.services import publish
from tryggmote.notices.services import tell
from tryggmote.organisation.models import Unit, UnitClosure
from tryggmote.organisation.standing import leaders_of
from tryggmote.risk.reopening import reopen_what_builds_on
from tryggmote.risk.vocabulary import Cause
from tryggmote.ui.dates import oslo_today


@dataclass(frozen=True)
class Finding:
    """A test of an item. `outcome`: `PASSED`, or the code of what was wrong. `id` is made with the form."""

    id: UUID
    item: Item
    outcome: str
    words: str = ""
    at: datetime = field(default_factory=timezone.now)
    call_id: UUID | None = None


@dataclass(frozen=True)
class CallTried:
    """A drill or test of calling for help that is over. `came_through`: it worked, and somebody answered."""

    id: UUID
    unit_id: int
    place: str
    device: str
    at: datetime
    came_through: bool


@transaction.atomic
def record_tests(*, by: SignedInPerson, findings: Collection[Finding]) -> None:
    """Record tests of items, and do what follows from those that failed. The same ids again change nothing.

    Whoever sees an item may test it. An item that already has a measure in progress gets no other.
    Raises: NotPossible for what has been taken out, or when an id is another's; then none is recorded.
    """
    sent = ItemTest.objects.filter(id__in=[found.id for found in findings], by_id=by.id)
    known = set(sent.values_list("id", flat=True))
    # In one order, so that two rounds of the same items wait for each other and not in a ring.
    new = sorted((found for found in findings if found.id not in known), key=lambda found: found.item.id)
    if any(found.item.state is State.OUT for found in new):
        raise NotPossible(_("Utstyret er tatt ut av bruk, så det testes ikke lenger."))
    try:
        with transaction.atomic():
            ItemTest.objects.bulk_create(_row(by, found) for found in new)
    except IntegrityError as error:
        raise NotPossible(_("Dette kunne ikke lagres. Åpne siden på nytt, og test igjen.")) from error
    _answer_failures(by, [found for found in new if found.outcome != PASSED])


def _row(by: SignedInPerson, found: Finding) -> ItemTest:
    return ItemTest(
        id=found.id,
        item=found.item,
        by_id=by.id,
        at=found.at,
        call_id=found.call_id,
        **_said(found.outcome, found.words),
    )


def _said(outcome: str, words: str) -> dict[str, object]:
    return {"passed": outcome == PASSED, "reason": "" if outcome == PASSED else outcome, "words": words}


@transaction.atomic
def record_measure_test(
    *,
    by: SignedInPerson,
    measure: Measure,
    test_id: UUID,
    outcome: str,
    words: str = "",
    at: datetime | None = None,
) -> MeasureTest:
    """Record a test of a measure with an interval; a failure is a new measure at once. As `record_tests`.

    Raises: NotPossible when the measure is not in force or has no interval.
    """
    if not (measure.is_in_use and measure.interval_months):
        raise NotPossible(
            _("Dette tiltaket testes ikke. Det er avsluttet, ikke innført, eller uten fast rytme.")
        )
    test, is_new = made_once(
        MeasureTest,
        id=test_id,
        owner={"by_id": by.id, "measure_id": measure.id},
        fields={"at": at or timezone.now(), **_said(outcome, words)},
    )
    latest = MeasureTest.objects.filter(measure=measure).order_by("-at", "-id").first()
    if is_new and not test.passed and latest == test:
        _answer_measure(by, measure)
    return test


@transaction.atomic
def count_call(*, by: SignedInPerson, call: CallTried) -> None:
    """Let a drill or test of calling for help count for what it has tried; the same call counts once.

    By whoever ended the call, and for what they see.
    """
    near = UnitClosure.objects.filter(descendant_id=call.unit_id).values_list("ancestor_id", flat=True)
    tried = queries.tried_by_call(list(near), place=call.place, device=call.device)
    outcome = PASSED if call.came_through else UNHEARD
    record_tests(
        by=by,
        findings=[
            Finding(uuid5(call.id, str(item.id)), item, outcome, at=call.at, call_id=call.id)
            for item in tried
        ],
    )


def _answer_failures(by: SignedInPerson, failed: Sequence[Finding]) -> None:
    """Plan what is to be mended, tell each unit once, and open what counted on it. What has passed meanwhile
    needs nothing."""
    if not failed:
        return
    at = {found.item.id: found.at for found in failed}
    rows = (
        Item.objects.filter(id__in=at, is_failing=True).select_related("unit", "room", "zone").order_by("id")
    )
    latest = [item for item in rows if item.tested_at == at[item.id]]
    _open_assessments(latest, {found.item.id: found.outcome for found in failed})
    answered = queries.answered(OriginKind.EQUIPMENT, [item.id for item in latest])
    by_unit: dict[Unit, list[Item]] = {}
    for item in latest:
        if item.id not in answered:
            by_unit.setdefault(item.unit, []).append(item)
    for unit, items in by_unit.items():
        owner_id = _owner_in(unit.id, by)
        for item in items:
            plan_after_failure(by=by, draft=_mending(item, owner_id))
            _publish(unit.id, item.id, item.get_absolute_url(), item.name, by)
        if urgent := [item for item in items if item.kind.matters_now]:
            _tell(unit, urgent[0].id, urgent[0].get_absolute_url(), by, owner_id)


def _open_assessments(items: Sequence[Item], reasons: Mapping[UUID, str]) -> None:
    failed_before = queries.failed_before(items)
    for item in items:
        if asks_for_new_assessment(reasons[item.id], failed_before=item.id in failed_before):
            counted_on = queries.counted_on(item.unit_id, counted_on_as(item.kind))
            reopen_what_builds_on(counted_on, cause=Cause.TEST, cause_id=item.id)


def _mending(item: Item, owner_id: int) -> MeasureDraft:
    title = _("Få «%(name)s» til å virke") % {"name": item.name}
    return MeasureDraft(
        id=new_id(),
        unit_id=item.unit_id,
        title=title,
        what=_(
            "Det virket ikke da det ble testet. Se utstyret for hva som er galt, og test på nytt etterpå."
        ),
        kind=MeasureKind.MAINTENANCE,
        hierarchy=Rung.DESIGN,
        forms=(),
        owner_id=owner_id,
        due_on=repair_by(oslo_today()),
        origin_kind=OriginKind.EQUIPMENT,
        origin_id=item.id,
        origin_words=item.name,
    )


def _answer_measure(by: SignedInPerson, measure: Measure) -> None:
    reopen_what_builds_on([measure.id], cause=Cause.TEST, cause_id=measure.id)
    if queries.answered(OriginKind.MEASURE, [measure.id]):
        return
    owner_id = _owner_in(measure.unit_id, by)
    title = (_("Få tiltaket til å virke: %(name)s") % {"name": measure.title})[:200]
    draft = MeasureDraft(
        id=new_id(),
        unit_id=measure.unit_id,
        title=title,
        what=_("Tiltaket virket ikke da det ble testet. Rett det, og test på nytt etterpå."),
        kind=measure.kind,
        hierarchy=measure.hierarchy,
        forms=tuple(measure.forms),
        owner_id=owner_id,
        due_on=repair_by(oslo_today()),
        origin_kind=OriginKind.MEASURE,
        origin_id=measure.id,
        origin_words=measure.title,
    )
    plan_after_failure(by=by, draft=draft)
    url = address_of_measure(measure.id)
    _publish(measure.unit_id, measure.id, url, measure.title, by)
    _tell(measure.unit, measure.id, url, by, owner_id)


def _owner_in(unit_id: int, by: SignedInPerson) -> int:
    """The unit's leader; whoever tested, where nobody leads."""
    return next((leader.person_id for leader in leaders_of(unit_id)), by.id)


def _publish(unit_id: int, subject_id: UUID, url: str, name: str, by: SignedInPerson) -> None:
    publish(
        unit_id=unit_id, kind=NEWS.code, subject_id=subject_id, url=url, context={"name": name}, by_id=by.id
    )


def _tell(unit: Unit, subject_id: UUID, url: str, by: SignedInPerson, owner_id: int) -> None:
    """Everybody the unit informs, once a matter: the owner is told of the measure instead."""
    with acting_as_job():
        everybody = audience_of(unit.id)
    tell(
        person_ids=everybody - {by.id, owner_id},
        kind=NOTICE.code,
        subject_id=subject_id,
        url=url,
        context={"unit": unit.name},
    )
