"""The check and what follows from it (requirement 2.2): each function is one act in one transaction."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import PlacementInfo, SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.encounters import hazards, notice_kinds, question_sets
from tryggmote.encounters.models import Check, Meeting
from tryggmote.encounters.queries import leaders_to_ask
from tryggmote.encounters.rules import level_of, needs_leader
from tryggmote.encounters.vocabulary import Decision, LeaderAnswer, Outcome
from tryggmote.notices.services import tell
from tryggmote.organisation.clearance import clearance
from tryggmote.organisation.meeting_levels import Level
from tryggmote.organisation.queries import safety_area_of


@dataclass(frozen=True)
class CheckDraft:
    """What somebody answered before a meeting. `id` is made with the form, so sending twice is harmless."""

    id: UUID
    form: str
    answers: dict[str, str]
    place: str = ""
    room_id: UUID | None = None
    starts_at: datetime | None = None
    meeting_id: UUID | None = None
    colleague_ids: list[int] = field(default_factory=list)


def placement_or_refuse(by: SignedInPerson) -> PlacementInfo:
    """Where the person works. Raises NotAllowed for somebody who is placed nowhere."""
    if by.placement is None:
        raise NotAllowed(
            _("Du er ikke registrert på noe arbeidssted, så vi vet ikke hvem som er lederen din."),
            _("En administrator kan registrere arbeidsstedet ditt."),
        )
    return by.placement


@transaction.atomic
def make_check(*, by: SignedInPerson, draft: CheckDraft) -> Check:
    """Judge the situation before a meeting; when the level is high, ask the leader at once.

    Then it is also a hazard in the unit's inbox until somebody has judged it (2.1).
    Sending the same `draft.id` again returns the first check. Somebody not trained to meet clients is
    told why, and their leader is asked (4.1).
    Raises: UnknownAnswer for answers that do not fit the form, NotAllowed for somebody placed nowhere,
    NotPossible when the id is another's.
    """
    place_of_work = placement_or_refuse(by)
    questions = question_sets.current()
    assessment = level_of(draft.form, draft.answers, questions)
    cleared = clearance(by.id, draft.form)
    check, is_new = made_once(
        Check,
        id=draft.id,
        owner={"employee_id": by.id},
        fields={
            "meeting_id": draft.meeting_id,
            "participant_ids": sorted({by.id, *draft.colleague_ids}),
            "workforce_id": place_of_work.workforce_id,
            "safety_area_id": safety_area_of(place_of_work),
            "form": draft.form,
            "place": draft.place,
            "room_id": draft.room_id,
            "starts_at": draft.starts_at,
            "rule_version": questions.version,
            "answers": draft.answers,
            "points": assessment.points,
            "level": assessment.level.rank,
            "not_cleared_why": "" if cleared.cleared else cleared.why,
        },
    )
    if is_new and needs_leader(assessment.level, is_cleared=cleared.cleared):
        _ask_leaders(check, by)
    if is_new and assessment.level is Level.HIGH:
        hazards.raise_from_check(check, assessment.reasons, unit_id=place_of_work.unit_id)
    return check


@transaction.atomic
def decide(*, by: SignedInPerson, check: Check, decision: Decision) -> None:
    """The employee decides what to do with the meeting.

    Asking the leader tells the nearest leaders at once.
    Raises: NotAllowed for anybody but the employee, NotPossible for a decision the level does not allow.
    """
    if check.employee_id != by.id:
        raise NotAllowed(_("Bare den som gjorde sjekken, bestemmer hva som skjer med møtet."))
    _read_again(check)
    if decision not in check.allowed_decisions:
        raise NotPossible(_("Dette kan du ikke velge før lederen har svart. Du kan alltid utsette møtet."))
    check.decision = decision
    check.decided_at = timezone.now()
    check.save(update_fields=["decision", "decided_at"])
    if decision is Decision.ASK_LEADER:
        _ask_leaders(check, by)


@transaction.atomic
def answer_check(*, by: SignedInPerson, check: Check, answer: LeaderAnswer, words: str = "") -> None:
    """A leader answers the employee, who is told at once. A new answer replaces the last one.

    What the employee has decided stands only when the answer allows it; otherwise they decide anew.
    Raises: NotAllowed for anybody who does not lead the employee or the unit, NotPossible afterwards.
    """
    _refuse_unless_leader(by, check)
    _read_again(check)
    if check.outcome:
        raise NotPossible(_("Møtet er over, så svaret kommer for sent. Snakk heller med den ansatte."))
    check.leader_answer = answer
    check.leader_words = words
    check.answered_by_id = by.id
    check.answered_at = timezone.now()
    if check.decision not in check.allowed_decisions:
        check.decision, check.decided_at = "", None
    check.save(
        update_fields=[
            "leader_answer", "leader_words", "answered_by", "answered_at", "decision", "decided_at"
        ]
    )  # fmt: skip
    _tell(check, [check.employee_id], notice_kinds.LEADER_ANSWERED, by)


@transaction.atomic
def let_untrained_go(*, by: SignedInPerson, check: Check, reason: str) -> None:
    """A leader lets somebody who is not trained hold this one meeting, and says why (4.1).

    Raises: NotAllowed for anybody who does not lead the employee, NotPossible when nothing stands in the way.
    """
    _refuse_unless_leader(by, check)
    if check.is_cleared:
        raise NotPossible(_("Den ansatte kan allerede holde møtet."))
    check.override_reason = reason
    check.override_by_id = by.id
    check.override_at = timezone.now()
    check.save(update_fields=["override_reason", "override_by", "override_at"])
    _tell(check, [check.employee_id], notice_kinds.LEADER_ANSWERED, by)


@transaction.atomic
def tell_outcome(*, by: SignedInPerson, check: Check, outcome: Outcome) -> None:
    """The employee tells how the meeting went. Raises: NotAllowed for anybody else."""
    if check.employee_id != by.id:
        raise NotAllowed(_("Bare den som gjorde sjekken, sier hvordan møtet gikk."))
    check.outcome = outcome
    check.outcome_at = timezone.now()
    check.save(update_fields=["outcome", "outcome_at"])
    if check.meeting_id:
        Meeting.objects.filter(id=check.meeting_id).update(outcome=outcome)


def leads(by: SignedInPerson, check: Check) -> bool:
    """Whether the person may answer as leader: of the employee or the unit, never in their own case."""
    return check.employee_id != by.id and (check.employee_id in by.team or check.workforce_id in by.led)


def _read_again(check: Check) -> None:
    """As it is now, and held: an answer and a decision made at the same moment know of each other."""
    check.refresh_from_db(from_queryset=Check.objects.select_for_update())


def _refuse_unless_leader(by: SignedInPerson, check: Check) -> None:
    if not leads(by, check):
        raise NotAllowed(
            _("Bare en leder for den ansatte kan svare på sjekken."),
            _("Nærmeste leder har fått beskjed og kan svare."),
        )


def _ask_leaders(check: Check, by: SignedInPerson) -> None:
    asked = leaders_to_ask(check.employee_id, workforce_id=check.workforce_id)
    if not asked:
        return  # The page says that nobody was told (`Check.has_nobody_to_ask`).
    check.leader_asked_at = timezone.now()
    check.save(update_fields=["leader_asked_at"])
    _tell(check, asked, notice_kinds.LEADER_ASKED, by)


def _tell(check: Check, person_ids: list[int], kind: str, by: SignedInPerson) -> None:
    tell(
        person_ids=person_ids,
        kind=kind,
        subject_id=check.id,
        url=check.get_absolute_url(),
        context={"name": by.name},
    )
