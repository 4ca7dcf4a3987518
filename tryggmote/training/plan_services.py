"""What changes a unit's plan for the year (4.1): one function an act, each in one transaction."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.notices.services import tell
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import leaders_of, representatives_of, standing_in
from tryggmote.residual.vocabulary import Heard
from tryggmote.risk.vocabulary import Answer, NotHeard
from tryggmote.training import plan_told
from tryggmote.training.models import Plan, PlanApproval, PlanHearing, PlanItem
from tryggmote.training.plan_queries import needs_of, obstacles_to
from tryggmote.training.plan_vocabulary import Cause, Way
from tryggmote.training.planning import proposals, years_open
from tryggmote.training.services import refuse_unless_leader
from tryggmote.ui.dates import oslo_today


class NotReady(Exception):
    """Something stands in the way of approval; the page says what."""


@transaction.atomic
def propose(*, by: SignedInPerson, plan_id: UUID, unit_id: int, year: int) -> Plan:
    """A draft of the unit's plan for the year, with what the gaps ask for; the representatives are asked.

    The same id changes nothing. Raises: NotAllowed for others than leaders of the unit; NotPossible for a
    year that is not open yet or has been, and when there is a plan already.
    """
    refuse_unless_leader(unit_id)
    if sent := Plan.objects.filter(id=plan_id, by_id=by.id).first():
        return sent
    today = oslo_today()
    if year not in years_open(today):
        raise NotPossible(_("Planen lages for året vi er i, og fra november for neste år."))
    if Plan.objects.filter(unit_id=unit_id, year=year).exists():
        raise NotPossible(_("Det finnes alt en plan for året. Åpne siden på nytt, så ser du den."))
    plan = _begin(by, plan_id, unit_id, year, number=1, reason="")
    PlanItem.objects.bulk_create(
        PlanItem(plan=plan, by_id=by.id, **vars(each))
        for each in proposals(needs_of(unit_id), year=year, today=today)
    )
    return plan


@transaction.atomic
def revise(*, by: SignedInPerson, plan_id: UUID, before: Plan, reason: str) -> Plan:
    """A draft of another edition, with what stands in the approved one. The same id changes nothing.

    Raises: NotAllowed for others than leaders of the unit; NotPossible when somebody has begun one already,
    or the one before is not approved.
    """
    refuse_unless_leader(before.unit_id)
    if sent := Plan.objects.filter(id=plan_id, by_id=by.id).first():
        return sent
    if before.approved_at is None:
        raise NotPossible(_("Planen er ikke godkjent ennå. Endre utkastet."))
    plan = _begin(by, plan_id, before.unit_id, before.year, number=before.number + 1, reason=reason)
    PlanItem.objects.bulk_create(
        PlanItem(
            plan=plan,
            by_id=by.id,
            element=item.element,
            month=item.month,
            people=item.people,
            cause=item.cause,
            way=item.way,
            words=item.words,
        )
        for item in PlanItem.objects.filter(plan=before, removed_at=None).order_by("month", "at", "id")
    )
    return plan


def _begin(by: SignedInPerson, plan_id: UUID, unit_id: int, year: int, *, number: int, reason: str) -> Plan:
    asked = [each.person_id for each in representatives_of(unit_id) if each.person_id != by.id]
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                id=plan_id,
                unit_id=unit_id,
                year=year,
                number=number,
                reason=reason,
                asked_ids=asked,
                by_id=by.id,
            )
    except IntegrityError as error:
        raise NotPossible(
            _("Noen andre har nettopp begynt på et utkast. Åpne siden på nytt, så ser du det.")
        ) from error
    tell(
        person_ids=asked,
        kind=plan_told.HEARING,
        subject_id=plan.id,
        url=plan.get_absolute_url(),
        context={"unit": Unit.objects.get(id=unit_id).name, "year": year},
    )
    return plan


@transaction.atomic
def add(
    *,
    by: SignedInPerson,
    plan: Plan,
    item_id: UUID,
    element: str,
    month: int,
    people: int,
    way: Way,
    words: str,
) -> PlanItem:
    """A leader puts something in the draft. The same id changes nothing.

    Raises: NotAllowed for others than leaders of the unit, NotPossible when the plan is approved.
    """
    _refuse_to_write(plan)
    said = {"element": element, "month": month, "people": people, "way": way, "words": words}
    item, is_new = made_once(
        PlanItem,
        id=item_id,
        owner={"by_id": by.id, "plan_id": plan.id},
        fields={**said, "cause": Cause.OWN},
    )
    if is_new:
        _changed(plan)
    return item


@transaction.atomic
def move(*, by: SignedInPerson, item: PlanItem, month: int) -> None:
    """Something comes in another month. Raises as `add`."""
    _refuse_to_write(item.plan)
    if PlanItem.objects.filter(id=item.id, removed_at=None).exclude(month=month).update(month=month):
        _changed(item.plan)


@transaction.atomic
def remove(*, by: SignedInPerson, item: PlanItem, why: str) -> None:
    """Take something out of the draft; `why` is needed for what a gap asks for. Again changes nothing.

    Raises as `add`, and NotPossible without a reason where one is needed.
    """
    _refuse_to_write(item.plan)
    if item.cause != Cause.OWN and not why:
        raise NotPossible(_("Noen trenger dette. Skriv hvorfor det tas ut."))
    removed = {"removed_at": timezone.now(), "removed_why": why}
    if PlanItem.objects.filter(id=item.id, removed_at=None).update(**removed):
        _changed(item.plan)


def _changed(plan: Plan) -> None:
    Plan.objects.filter(id=plan.id).update(revision=F("revision") + 1)


@transaction.atomic
def give_opinion(
    *, by: SignedInPerson, plan: Plan, opinion_id: UUID, answer: Answer, words: str, revision: int
) -> PlanHearing:
    """A safety representative says what they think of the draft; the leaders are told. The latest counts.

    Sending the same id again returns the first. Raises: NotAllowed for one who does not represent the unit,
    NotPossible when the plan is approved. Source: AML § 6-2.
    """
    if not standing_in(plan.unit_id).represents:
        raise NotAllowed(
            _("Bare verneombud for enheten uttaler seg her."), _("Si det du mener til verneombudet.")
        )
    _refuse_if_approved(plan)
    said = {"plan": plan, "answer": Heard(answer), "words": words, "revision": revision, "by_id": by.id}
    hearing, is_new = made_once(PlanHearing, id=opinion_id, owner={"person_id": by.id}, fields=said)
    if is_new:
        tell(
            person_ids={leader.person_id for leader in leaders_of(plan.unit_id)} - {by.id},
            kind=plan_told.HEARD,
            subject_id=plan.id,
            url=plan.get_absolute_url(),
            context={"unit": plan.unit.name, "year": plan.year},
        )
    return hearing


@transaction.atomic
def record_not_heard(
    *, by: SignedInPerson, plan: Plan, record_id: UUID, person_id: int | None, why: NotHeard, reason: str
) -> PlanHearing:
    """A leader records why a safety representative was not heard; `person_id` None when nobody is elected.

    Sending the same id again returns the first. Raises: NotAllowed for others than leaders of the unit,
    NotPossible when it is of somebody who does not represent the unit, or the plan is approved.
    """
    _refuse_to_write(plan)
    elected = {representative.person_id for representative in representatives_of(plan.unit_id)}
    if person_id not in elected and (person_id or elected):
        raise NotPossible(_("Det er bare verneombudene som må være hørt."))
    said = {
        "plan": plan,
        "person_id": person_id,
        "answer": Heard(why),
        "words": reason,
        "revision": plan.revision,
    }
    return made_once(PlanHearing, id=record_id, owner={"by_id": by.id}, fields=said)[0]


@transaction.atomic
def approve(*, by: SignedInPerson, plan: Plan, approval_id: UUID, revision: int) -> PlanApproval:
    """Put the draft in force as it was read (`revision`). The same id again changes nothing.

    Raises: NotAllowed for others than leaders of the unit; NotReady when something stands in the way;
    NotPossible when it was changed or approved meanwhile. Source: standard 4.1.
    """
    refuse_unless_leader(plan.unit_id)
    if sent := PlanApproval.objects.filter(id=approval_id, by_id=by.id, plan=plan).first():
        return sent
    _refuse_if_approved(plan)
    if obstacles_to(plan):
        raise NotReady
    try:
        owner: dict[str, int | UUID] = {"by_id": by.id, "plan_id": plan.id}
        return made_once(PlanApproval, id=approval_id, owner=owner, fields={"revision": revision})[0]
    except NotPossible as error:
        raise NotPossible(
            _("Utkastet er endret siden du åpnet det. Åpne det på nytt, og les det før du godkjenner.")
        ) from error


def _refuse_to_write(plan: Plan) -> None:
    refuse_unless_leader(plan.unit_id)
    _refuse_if_approved(plan)


def _refuse_if_approved(plan: Plan) -> None:
    if plan.approved_at:
        raise NotPossible(_("Planen er godkjent. Åpne siden på nytt, så ser du hva som gjelder."))
