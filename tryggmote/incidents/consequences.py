"""What an incident asks of leaders: steps asked for, taken, and told of upwards (2.4, § 23A-5, AML § 2-2)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.incidents import telling_upwards
from tryggmote.incidents.consequence_rules import Deadline, StepRule, consequence_rules
from tryggmote.incidents.models import AssessedLevel, Incident, Step, StepTaken
from tryggmote.incidents.rules import may_handle, may_take_shared
from tryggmote.incidents.vocabulary import Outcome
from tryggmote.organisation.queries import other_employers_workforces


def steps_at_report(incident: Incident) -> list[Step]:
    """What every report asks for, not yet written down."""
    return [
        _step(incident, rule, rule.reported, incident.workforce_id, None, incident.created_at)
        for rule in consequence_rules().at_report()
        if rule.reported
    ]


def steps_at_level(incident: Incident, level: int, at: datetime) -> list[Step]:
    """What this level, set at this moment, asks of the employer whose case it is; not yet written down."""
    return [
        _step(incident, rule, deadline, incident.workforce_id, level, at)
        for rule in consequence_rules().steps
        if not rule.other_employers and (deadline := rule.at_level(level))
    ]


def ask_at_report(incident: Incident) -> None:
    """Write down what every report asks for. Called by the one who reports, in the same transaction."""
    Step.objects.bulk_create(steps_at_report(incident))


@transaction.atomic
def follow_level(*, by: SignedInPerson, assessed: AssessedLevel) -> None:
    """Ask for what the level asks for, take back what it does not, and tell whom it says must know.

    What is owed already becomes due earlier when the new level says so, never later.
    """
    incident, level, at = assessed.incident, assessed.level, assessed.at
    existing = {(step.code, step.workforce_id): step for step in Step.objects.filter(incident=incident)}
    asked: set[tuple[str, int]] = set()
    for rule in consequence_rules().at_level(level):
        for workforce_id in _owed_by(rule, incident):
            asked.add((rule.code, workforce_id))
            _ask(by, incident, rule, workforce_id, level, at, existing.get((rule.code, workforce_id)))
    stays = {rule.code for rule in consequence_rules().steps if rule.stays}
    for key, step in existing.items():
        if step.level is not None and key not in asked and step.done_at is None and step.code not in stays:
            _act(by, step, Outcome.NOT_NEEDED, "", at)
    for code, told in telling_upwards.tell(by=by, incident=incident, level=level, at=at).items():
        _settle(by, incident, code, told, at)


@transaction.atomic
def take_step(
    *,
    by: SignedInPerson,
    incident: Incident,
    code: str,
    outcome: Outcome = Outcome.DONE,
    note: str = "",
    at: datetime | None = None,
) -> None:
    """The step has been taken, or is declined with a reason in `note`. Harmless when it is not owed.

    Raises NotAllowed for others than uninvolved leaders; NotPossible when it cannot be declined, or is
    declined without a reason.
    """
    if not may_handle(by, incident):
        raise NotAllowed(
            _("Bare en leder som ikke selv er en del av hendelsen, kan gjøre dette."),
            who_can_help=_("Nærmeste leder for den det gjelder, eller neste leder."),
        )
    _check(code, outcome, note)
    for step in Step.objects.filter(
        incident=incident, code=code, workforce_id=incident.workforce_id, done_at=None
    ):
        _act(by, step, outcome, note, at or timezone.now())


@transaction.atomic
def ask_again(*, by: SignedInPerson, incident: Incident, code: str, at: datetime | None = None) -> None:
    """A step that was done, declined or taken back is owed again, by the deadline it had.

    Raises NotAllowed for others than uninvolved leaders.
    """
    if not may_handle(by, incident):
        raise NotAllowed(_("Bare en leder som ikke selv er en del av hendelsen, kan gjøre dette."))
    for step in Step.objects.filter(
        incident=incident, code=code, workforce_id=incident.workforce_id, done_at__isnull=False
    ):
        _act(by, step, Outcome.ASKED_AGAIN, "", at or timezone.now())


@transaction.atomic
def take_shared_step(
    *, by: SignedInPerson, step: Step, outcome: Outcome = Outcome.DONE, note: str = ""
) -> None:
    """The other employer in the office has done its part (AML § 2-2). Harmless when it is done already.

    Raises NotAllowed for others than leaders of that employer's people in the office.
    """
    if not may_take_shared(by, step):
        raise NotAllowed(
            _("Bare en leder for arbeidsgiveren det gjelder, kan gjøre dette."),
            who_can_help=_("Lederen for de ansatte hos den arbeidsgiveren."),
        )
    _check(step.code, outcome, note)
    if step.done_at is None:
        _act(by, step, outcome, note, timezone.now())


def _settle(by: SignedInPerson, incident: Incident, code: str, told: bool, at: datetime) -> None:
    """Those above have been told; or there is nobody above, and nothing is owed."""
    for step in Step.objects.filter(incident=incident, code=code, done_at=None):
        _act(by, step, Outcome.DONE if told else Outcome.NOT_NEEDED, "", at)


def _check(code: str, outcome: Outcome, note: str) -> None:
    if outcome != Outcome.DECLINED:
        return
    if not consequence_rules().step(code).may_decline:
        raise NotPossible(_("Dette steget kan ikke velges bort."))
    if not note.strip():
        raise NotPossible(_("Skriv hvorfor det ikke er aktuelt."))


def _owed_by(rule: StepRule, incident: Incident) -> list[int]:
    """The workforces whose leaders owe the step."""
    return (
        other_employers_workforces(incident.workforce_id) if rule.other_employers else [incident.workforce_id]
    )


def _ask(
    by: SignedInPerson,
    incident: Incident,
    rule: StepRule,
    workforce_id: int,
    level: int,
    at: datetime,
    step: Step | None,
) -> None:
    deadline = rule.at_level(level)
    if deadline is None:
        return
    if step is None:
        # The same level set twice at once asks once.
        Step.objects.bulk_create(
            [_step(incident, rule, deadline, workforce_id, level, at)], ignore_conflicts=True
        )
        if rule.other_employers:
            telling_upwards.tell_other_employer(incident, workforce_id)
        return
    is_taken_back = step.outcome == Outcome.NOT_NEEDED
    if (due := deadline.after(at)) < step.due_at or is_taken_back:
        Step.objects.filter(id=step.id).update(
            due_at=due, level=level, rule_version=consequence_rules().version
        )
    if is_taken_back:
        _act(by, step, Outcome.ASKED_AGAIN, "", at)


def _step(
    incident: Incident,
    rule: StepRule,
    deadline: Deadline,
    workforce_id: int,
    level: int | None,
    at: datetime,
) -> Step:
    return Step(
        incident=incident,
        code=rule.code,
        workforce_id=workforce_id,
        level=level,
        rule_version=consequence_rules().version,
        asked_at=at,
        due_at=deadline.after(at),
    )


def _act(by: SignedInPerson, step: Step, outcome: Outcome, note: str, at: datetime) -> None:
    StepTaken.objects.create(id=new_id(), step=step, by_id=by.id, outcome=outcome, note=note.strip(), at=at)
