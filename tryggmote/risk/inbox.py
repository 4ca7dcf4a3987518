"""The hazard inbox: what was met or seen is judged by somebody, and whoever raised it is answered (1.1, 2.1).

A hazard waits until a leader has linked it to a scenario, merged it with another, or answered why it is not
taken in. Nothing is half done: the decision is one row, written when all of it is known.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson, acting_as_job
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.notices.services import tell
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import deciders_of, representatives_of, standing_in
from tryggmote.risk import rules, told
from tryggmote.risk.hazard_escalation import pass_on
from tryggmote.risk.hazard_queries import end_of_merges, merged_into, scenarios_now
from tryggmote.risk.hazard_rules import may_decide
from tryggmote.risk.models import HAZARD_LIMIT, Assessment, Hazard, HazardDecision
from tryggmote.risk.queries import units_covering
from tryggmote.risk.reopening import reopen_because
from tryggmote.risk.vocabulary import Cause, Outcome, Source


@dataclass(frozen=True)
class HazardDraft:
    """A hazard somebody raises. `id` is made with the form; `what` tells the situation in a line or two.

    `found_in_review`: seen while the premises were gone through, rather than at work.
    """

    id: UUID
    unit_id: int
    what: str
    forms: tuple[str, ...] = ()
    found_in_review: bool = False


@transaction.atomic
def raise_hazard(*, by: SignedInPerson, draft: HazardDraft) -> Hazard:
    """Anybody who works in the unit, leads or represents it says that something is dangerous.

    Its leaders and safety representatives are told at once. Sending the same `draft.id` again returns the
    first. Raises: NotAllowed for a unit that is not theirs, NotPossible when the id is another's.
    """
    if not standing_in(draft.unit_id).sees:
        raise NotAllowed(_("Du kan melde farer i enheter du hører til."))
    now = timezone.now()
    hazard, is_new = made_once(
        Hazard,
        id=draft.id,
        owner={"raised_by_id": by.id},
        fields={
            "unit_id": draft.unit_id,
            "source": Source.REVIEW if draft.found_in_review else Source.CONCERN,
            "what": draft.what,
            "forms": list(draft.forms),
            "raised_at": now,
            "due_at": rules.hazard_due(now),
        },
    )
    if is_new:
        _tell_those_who_handle(hazard, passed=by.id)
        with acting_as_job():
            _pass_on_where_nobody_decides(hazard)
    return hazard


@transaction.atomic
def raise_from(
    *,
    source: Source,
    source_id: UUID,
    unit_id: int,
    raised_by_id: int,
    what: str,
    forms: Collection[str] = (),
    at: datetime | None = None,
) -> None:
    """Something that was reported is a hazard until somebody has judged it. The same source raises it once.

    `what`: the situation in words of the product, never what somebody wrote; too long, it is cut. Those told
    of the source are not told again.
    """
    raised_at = at or timezone.now()
    hazard = Hazard(
        unit_id=unit_id,
        source=source,
        source_id=source_id,
        raised_by_id=raised_by_id,
        what=Truncator(what).chars(HAZARD_LIMIT),
        forms=list(forms),
        raised_at=raised_at,
        due_at=rules.hazard_due(raised_at),
    )
    with acting_as_job():
        Hazard.objects.bulk_create([hazard], ignore_conflicts=True)
        _pass_on_where_nobody_decides(hazard)


@dataclass(frozen=True)
class DecisionDraft:
    """What a leader decides about a hazard. `id` is made with the form; `answer` goes to whoever raised it.

    `lineage`: the scenario it is assessed in; `reopens`: whether that assessment, when approved, must be
    looked at again; `merged_into_id`: the hazard it is the same as.
    """

    id: UUID
    outcome: Outcome
    answer: str
    assessment_id: UUID | None = None
    lineage: UUID | None = None
    reopens: bool = False
    merged_into_id: UUID | None = None


@transaction.atomic
def decide_hazard(*, by: SignedInPerson, hazard: Hazard, draft: DecisionDraft) -> HazardDecision:
    """A leader decides what becomes of a hazard; whoever raised it, or one merged into it, is answered.

    Sending the same `draft.id` again returns the first. Raises: NotAllowed for one who does not decide here;
    NotPossible when somebody has decided already, when the scenario is no longer in the assessment, and when
    the other hazard is this one or has been merged into it.
    """
    refuse_unless_decides(hazard)
    if decided := HazardDecision.objects.filter(hazard=hazard).first():
        return _the_same(decided, draft)
    decision, is_new = _decide(by, hazard, draft)
    if is_new:
        if draft.reopens and draft.assessment_id:
            reopen_because(assessment_id=draft.assessment_id, cause=Cause.HAZARD, cause_id=hazard.id)
        _answer(hazard, by)
    return decision


@transaction.atomic
def assess_hazard_in(*, by: SignedInPerson, hazard: Hazard, assessment: Assessment) -> None:
    """Open the assessment in which a hazard is to be written as a new scenario. The hazard still waits.

    Its leaders are told. One that is open already is left as it is, with the hazard as one more reason.
    Raises: NotAllowed for one who does not decide about the hazard, NotPossible when the hazard is decided or
    the assessment is not of its unit or office.
    """
    refuse_unless_decides(hazard)
    if HazardDecision.objects.filter(hazard=hazard).exists():
        raise _decided_already()
    if assessment.unit_id not in units_covering(hazard.unit_id):
        raise NotPossible(_("Vurderingen gjelder ikke enheten der faren er meldt. Velg en annen."))
    reopen_because(assessment_id=assessment.id, cause=Cause.HAZARD, cause_id=hazard.id)


def refuse_unless_decides(hazard: Hazard) -> None:
    """Raises: NotAllowed for one who neither leads the unit nor stands above it when it was passed on."""
    if not may_decide(standing_in(hazard.unit_id), is_passed_on=hazard.escalated_at is not None):
        raise NotAllowed(
            _("Bare lederne i enheten tar stilling til farer."),
            who_can_help=_("Lederne og verneombudet ser faren i innboksen."),
        )


def _the_same(decided: HazardDecision, draft: DecisionDraft) -> HazardDecision:
    if decided.id != draft.id:
        raise _decided_already()
    return decided


def _decided_already() -> NotPossible:
    return NotPossible(
        _("Noen har allerede tatt stilling til denne faren. Åpne den på nytt, så ser du svaret.")
    )


def _where_it_leads(hazard: Hazard, draft: DecisionDraft) -> dict[str, UUID]:
    """The columns that say where a decision leads. Raises: NotPossible when it leads nowhere."""
    if draft.outcome is Outcome.MERGED and draft.merged_into_id:
        return {"merged_into_id": _last_of(hazard, draft.merged_into_id)}
    if draft.outcome is Outcome.ASSESSED and draft.assessment_id and draft.lineage:
        _refuse_unless_there(hazard, draft.assessment_id, draft.lineage)
        return {"assessment_id": draft.assessment_id, "lineage": draft.lineage}
    return {}


def _last_of(hazard: Hazard, other_id: UUID) -> UUID:
    """The hazard in which the other one ended: itself, unless it was merged with another meanwhile."""
    last = Hazard.objects.filter(id=end_of_merges(other_id), unit_id=hazard.unit_id).first()
    if last is None:
        raise NotPossible(_("Den andre faren finnes ikke i denne enheten. Velg en annen."))
    if last.id == hazard.id:
        raise NotPossible(_("Den andre faren er allerede slått sammen med denne. Velg en annen."))
    return last.id


def _refuse_unless_there(hazard: Hazard, assessment_id: UUID, lineage: UUID) -> None:
    assessment = Assessment.objects.filter(
        id=assessment_id, unit_id__in=units_covering(hazard.unit_id)
    ).first()
    if assessment is None or not scenarios_now(assessment).filter(lineage=lineage).exists():
        raise NotPossible(_("Situasjonen er ikke lenger med i vurderingen. Gå tilbake og velg en annen."))


def _decide(by: SignedInPerson, hazard: Hazard, draft: DecisionDraft) -> tuple[HazardDecision, bool]:
    fields = _where_it_leads(hazard, draft) | {
        "id": draft.id,
        "outcome": draft.outcome,
        "answer": draft.answer,
        "by_id": by.id,
    }
    try:
        decision, is_new = HazardDecision.objects.get_or_create(hazard=hazard, defaults=fields)
    except IntegrityError as error:
        # The id is another's, or the other hazard was merged into this one at the same moment.
        raise NotPossible(
            _("Dette kunne ikke lagres. Åpne siden på nytt, så finner du igjen teksten din der.")
        ) from error
    # Of two who decide at the same moment, the first stands.
    return _the_same(decision, draft), is_new


def _answer(hazard: Hazard, by: SignedInPerson) -> None:
    raised_by = {hazard.raised_by_id, *(merged.raised_by_id for merged in merged_into(hazard.id))}
    tell(
        person_ids=[person_id for person_id in raised_by if person_id not in (None, by.id)],
        kind=told.HAZARD_DECIDED,
        subject_id=hazard.id,
        url=hazard.get_absolute_url(),
        context={"name": by.name},
    )


def _tell_those_who_handle(hazard: Hazard, passed: int) -> None:
    people = [*deciders_of(hazard.unit_id), *representatives_of(hazard.unit_id)]
    tell(
        person_ids=[person.person_id for person in people if person.person_id != passed],
        kind=told.HAZARD_RAISED,
        subject_id=hazard.id,
        url=hazard.get_absolute_url(),
        context={"unit": Unit.objects.get(id=hazard.unit_id).name},
    )


def _pass_on_where_nobody_decides(hazard: Hazard) -> None:
    """Where only directors stand above a unit, they are told at once: else nobody would be."""
    if not deciders_of(hazard.unit_id) and Hazard.objects.filter(id=hazard.id).exists():
        pass_on(hazard, asked=(), at=hazard.raised_at)
