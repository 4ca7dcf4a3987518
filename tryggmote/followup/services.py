"""What changes a follow-up plan: an act a function, each in one transaction, with its notices (§ 23A-5)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson, acting_as_job
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.access.reading import log_read
from tryggmote.followup import offering, queries, rules
from tryggmote.followup.models import Consent, Plan, PlanAct, Step, StepAct
from tryggmote.followup.steps import WISH, step_rules
from tryggmote.followup.vocabulary import PlanActKind, Relation, StepActKind
from tryggmote.incidents.models import Incident
from tryggmote.notices.services import tell
from tryggmote.organisation.queries import leader_above, nearest_leaders, placement_of

READ_LOG_KIND = "followup"


@transaction.atomic
def offer_plan(*, by: SignedInPerson, incident: Incident, person_id: int, at: datetime | None = None) -> bool:
    """Offer follow-up to somebody the incident touched, with what its level asks for; they answer each offer.

    For oneself: whoever sees the incident, so that nobody has to wait to be asked. For others: a leader of
    the place; the safety representative may add witnesses. Returns whether it was made now: a second offer
    to the same person changes nothing. Raises NotAllowed for others, NotPossible when the person works
    nowhere here or has no leader who could follow up.
    """
    is_own = person_id == by.id
    relation = Relation.EXPOSED if person_id == incident.exposed_id else Relation.WITNESS
    may = rules.may_offer if relation == Relation.EXPOSED else rules.may_add_witness
    if not is_own and not may(by, incident):
        raise NotAllowed(
            _("Bare en leder som ikke selv var utsatt, tilbyr oppfølging. Verneombudet legger til vitner."),
            who_can_help=_("Nærmeste leder for den det gjelder, eller neste leder."),
        )
    now = at or timezone.now()
    level = rules.beginning_level(incident.assessed_level, incident.experienced_severity, step_rules())
    workforce_id = _where_they_belong(incident, person_id)
    follower_id = _who_follows_up(incident, person_id, workforce_id)
    plan = Plan(
        incident=incident,
        person_id=person_id,
        follower_id=follower_id,
        relation=relation,
        unit_id=incident.workforce.unit_id,
        workforce_id=workforce_id,
        natures=incident.natures,
        happened_at=incident.happened_at,
        level=level,
        offered_level=level,
        rule_version=step_rules().version,
        began_by_id=by.id,
        created_at=now,
    )
    # Whoever adds a witness may not see the plan: nothing is read back.
    Plan.objects.bulk_create([plan], ignore_conflicts=True)
    with acting_as_job():
        if not Plan.objects.filter(id=plan.id).exists():
            return False  # they have one
        Step.objects.bulk_create(offering.steps_for(plan, now))
    _tell(plan, [person_id] if not is_own else [], "followup_offered")
    _tell(plan, [follower_id] if follower_id != by.id else [], "followup_to_do")
    return True


@transaction.atomic
def read_plan(*, by: SignedInPerson, plan: Plan) -> None:
    """Write down that somebody other than the person opens their plan."""
    if by.id != plan.person_id:
        log_read(by, READ_LOG_KIND, plan.id)


@transaction.atomic
def offer_step(*, by: SignedInPerson, plan: Plan, step_id: UUID, code: str) -> Step:
    """Offer one thing more, with the deadline of the plan's level. The same `step_id` again changes nothing.

    Raises NotAllowed for others than whoever follows up, NotPossible when the plan is closed.
    """
    if by.id != plan.follower_id:
        raise NotAllowed(_("Bare den som følger opp, kan tilby flere steg."))
    _must_be_open(plan)
    offered = step_rules().by_code()[code]
    step, is_new = made_once(
        Step,
        id=step_id,
        owner={"plan_id": plan.id},
        fields={
            "code": code,
            "offered_by_id": by.id,
            "due_at": rules.due_at(offered.deadline(plan.level), timezone.now()),
            "due_unanswered": offered.due_unanswered,
        },
    )
    if is_new:
        _tell(plan, [plan.person_id], "followup_offered")
    return step


@transaction.atomic
def wish(*, by: SignedInPerson, plan: Plan, step_id: UUID, words: str) -> Step:
    """The person asks for something in their own words. The same `step_id` again changes nothing.

    Raises NotAllowed for others than the person, NotPossible when the plan is closed.
    """
    if by.id != plan.person_id:
        raise NotAllowed(_("Bare den planen gjelder, kan skrive ønsker i den."))
    _must_be_open(plan)
    step, is_new = made_once(
        Step,
        id=step_id,
        owner={"plan_id": plan.id},
        fields={
            "code": WISH,
            "words": words,
            "offered_by_id": by.id,
            "due_at": rules.due_at(step_rules().wish_within, timezone.now()),
        },
    )
    if is_new:
        _tell(plan, [plan.follower_id], "followup_changed")
    return step


@dataclass(frozen=True)
class StepDeed:
    """What somebody does with a step. `id` is made with the form; `planned_at` belongs to `PLANNED` alone."""

    id: UUID
    kind: StepActKind
    note: str = ""
    planned_at: datetime | None = None
    who: str = ""


@transaction.atomic
def act_on_step(
    *, by: SignedInPerson, plan: Plan, step: Step, deed: StepDeed, at: datetime | None = None
) -> StepAct:
    """Answer an offer, agree on a time, or say whether it was done. The latest counts, the earlier ones stay.

    The same `deed.id` again changes nothing. Raises NotAllowed for what is not theirs to do (the answers are
    the person's own), NotPossible when the plan is closed.
    """
    if not rules.may_act_on_step(by.id, plan, deed.kind):
        raise NotAllowed(_("Bare den planen gjelder, svarer på tilbudene i den."))
    _must_be_open(plan)
    act, is_new = made_once(
        StepAct,
        id=deed.id,
        owner={"by_id": by.id, "step_id": step.id},
        fields={
            "plan_id": plan.id,
            "kind": deed.kind,
            "note": deed.note,
            "planned_at": deed.planned_at,
            "who": deed.who,
            "at": at or timezone.now(),
        },
    )
    if is_new:
        _tell(plan, [queries.other_of(plan, by.id)], "followup_changed")
    return act


@dataclass(frozen=True)
class PlanDeed:
    """What somebody does with the whole plan. `id` is made with the form."""

    id: UUID
    kind: PlanActKind
    words: str = ""
    until: datetime | None = None
    to_person_id: int | None = None


@transaction.atomic
def act_on_plan(*, by: SignedInPerson, plan: Plan, deed: PlanDeed, at: datetime | None = None) -> PlanAct:
    """Close, open again, pause, take up again, or let another leader follow up.

    The same `deed.id` again changes nothing. Raises NotAllowed for what is not theirs to do (only the person
    closes), NotPossible when the plan is in another state than the act needs.
    """
    if made := PlanAct.objects.filter(id=deed.id, by_id=by.id, plan=plan).first():
        return made
    if not rules.may_act_on_plan(by.id, plan, deed.kind):
        raise NotAllowed(
            _("Bare den planen gjelder, kan avslutte den, åpne den igjen eller velge hvem som følger opp.")
        )
    if (deed.kind == PlanActKind.REOPENED) == plan.is_open and deed.kind != PlanActKind.HANDED_OVER:
        raise NotPossible(_("Planen er allerede åpen.") if plan.is_open else _("Planen er avsluttet."))
    now = at or timezone.now()
    act, _is_new = made_once(
        PlanAct,
        id=deed.id,
        owner={"by_id": by.id, "plan_id": plan.id},
        fields={
            "kind": deed.kind,
            "words": deed.words,
            "until": deed.until,
            "to_person_id": deed.to_person_id,
            "at": now,
        },
    )
    if deed.kind == PlanActKind.REOPENED:
        with acting_as_job():
            Step.objects.bulk_create([_talk_again(plan, now)])
    if deed.to_person_id is not None:
        _tell(plan, [deed.to_person_id], "followup_to_do")
    else:
        _tell(plan, [queries.other_of(plan, by.id)], "followup_changed")
    return act


@transaction.atomic
def let_in(*, by: SignedInPerson, plan: Plan, consent_id: UUID, to_person_id: int) -> Consent:
    """The person lets one named other read the plan. Letting the same one in twice changes nothing.

    Raises NotAllowed for others than the person, NotPossible for oneself and for whoever follows up.
    """
    if by.id != plan.person_id:
        raise NotAllowed(_("Bare den planen gjelder, bestemmer hvem som får se den."))
    if to_person_id in (plan.person_id, plan.follower_id):
        raise NotPossible(_("Den personen kan lese planen allerede."))
    if given := Consent.objects.filter(plan=plan, to_person_id=to_person_id, withdrawn_at=None).first():
        return given
    consent, is_new = made_once(
        Consent,
        id=consent_id,
        owner={"person_id": by.id, "plan_id": plan.id},
        fields={"to_person_id": to_person_id},
    )
    if is_new:
        _tell(plan, [to_person_id], "followup_shared")
    return consent


@transaction.atomic
def shut_out(*, by: SignedInPerson, consent: Consent) -> None:
    """The person takes a consent back, from this moment. Taking it back twice changes nothing."""
    Consent.objects.filter(id=consent.id, person_id=by.id, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )


def _where_they_belong(incident: Incident, person_id: int) -> int:
    # Also for a guard who reports: they work for another enterprise and are placed nowhere here.
    if person_id == incident.concerned_id:
        return incident.workforce_id
    if place := placement_of(person_id):
        return place.workforce_id
    raise NotPossible(_("Personen er ikke registrert på noe arbeidssted, så ingen leder kan følge opp."))


def _who_follows_up(incident: Incident, person_id: int, workforce_id: int) -> int:
    passed = {person_id, *([incident.exposed_id] if incident.exposed_id else [])}
    leaders = nearest_leaders(person_id, workforce_id=workforce_id)
    nearest = rules.first_not_among(leaders.ids, passed)
    follower = nearest or leader_above(workforce_id=workforce_id, passed=passed)
    if follower is None:
        raise NotPossible(
            _("Ingen leder er registrert som kan følge opp. Si fra til administratoren, så kan det rettes.")
        )
    return follower


def _talk_again(plan: Plan, now: datetime) -> Step:
    """Whoever comes back is talked with first, by the deadline of the level."""
    first = step_rules().steps[0]
    return Step(
        plan=plan,
        code=first.code,
        due_at=rules.due_at(first.deadline(plan.level), now),
        due_unanswered=True,
        offered_at=now,
    )


def _must_be_open(plan: Plan) -> None:
    if not plan.is_open:
        raise NotPossible(_("Planen er avsluttet. Den det gjelder, kan åpne den igjen."))


def _tell(plan: Plan, person_ids: list[int], kind: str) -> None:
    """In neutral words: neither who nor what stands in a notice or an e-mail."""
    if person_ids:
        tell(person_ids=person_ids, kind=kind, subject_id=plan.id, url=plan.get_absolute_url(), context={})
