"""What leaders did about injuries: notice judged and given, the register, and reports to Nav."""

import random
from collections.abc import Iterable
from datetime import timedelta

from tryggmote.demo.history.clock import id_at
from tryggmote.incidents.models import Incident, Step
from tryggmote.incidents.vocabulary import Outcome
from tryggmote.statutory.legal_data import legal_data
from tryggmote.statutory.models import (
    Injury,
    Judgement,
    NoInjury,
    NoticeAct,
    ReportDecision,
    ReportSending,
)
from tryggmote.statutory.notifying import STEP
from tryggmote.statutory.registering import REPORT_STEP
from tryggmote.statutory.vocabulary import Absence, Addressee, InjuryKind, NoticeStep
from tryggmote.ui.dates import OSLO

MOMENTS_APART = timedelta(minutes=4)
CONFIRMATION = "Skriftlig bekreftelse av varsel etter arbeidsmiljøloven § 5-2. Oppdiktet tekst i demoen."


def write_injuries(incidents: Iterable[Incident], *, seed: int) -> None:
    """What lies behind the steps that leaders have taken: what the pages of injury and notice show."""
    chance = random.Random(f"{seed} injuries")
    taken = (
        Step.objects.filter(incident__in=[incident.id for incident in incidents], done_at__isnull=False)
        .filter(code__in=(STEP, REPORT_STEP))
        .select_related("incident")
        .prefetch_related("acts")
        .order_by("done_at", "id")
    )
    for step in taken:
        if step.code == STEP:
            _notice(step, chance)
        else:
            _injury(step, chance)


def _notice(step: Step, chance: random.Random) -> None:
    by_id, at = step.done_by_id, step.done_at
    assert by_id
    assert at
    is_due = step.outcome == Outcome.DONE
    judged_at = at - MOMENTS_APART * len(NoticeStep)
    Judgement.objects.create(
        id=id_at(judged_at, chance),
        incident=step.incident,
        by_id=by_id,
        at=judged_at,
        rule_version=legal_data().version,
        criteria=["lasting_psychological"] if is_due else [],
        must_notify=is_due,
        reason="" if is_due else _reason(step),
    )
    if not is_due:
        return
    for number, notice_step in enumerate(NoticeStep, start=1):
        done_at = judged_at + MOMENTS_APART * number
        NoticeAct.objects.create(
            id=id_at(done_at, chance),
            incident=step.incident,
            by_id=by_id,
            at=done_at,
            step=notice_step,
            done_at=done_at,
            done_by_id=by_id,
            text=CONFIRMATION if notice_step == NoticeStep.CONFIRMED else "",
        )


def _injury(step: Step, chance: random.Random) -> None:
    by_id, at, incident = step.done_by_id, step.done_at, step.incident
    assert by_id
    assert at
    is_reported = step.outcome == Outcome.DONE
    if not is_reported and chance.random() < 0.5:
        reason = _reason(step)
        NoInjury.objects.create(id=id_at(at, chance), incident=incident, by_id=by_id, at=at, reason=reason)
        return
    entered_at = at - MOMENTS_APART
    injury = Injury.objects.create(
        id=id_at(entered_at, chance),
        incident=incident,
        by_id=by_id,
        at=entered_at,
        injured_id=incident.exposed_id or incident.reporter_id,
        workforce_id=incident.workforce_id,
        safety_area_id=incident.safety_area_id,
        kinds=[chance.choice((InjuryKind.PSYCHOLOGICAL, InjuryKind.PSYCHOLOGICAL, InjuryKind.PHYSICAL))],
        absence=chance.choice((Absence.NONE, Absence.SHORT, Absence.LONG)),
        natures=incident.natures,
        form=incident.form,
        happened_on=incident.happened_at.astimezone(OSLO).date(),
    )
    ReportDecision.objects.create(
        id=id_at(at, chance),
        injury=injury,
        by_id=by_id,
        at=at,
        rule_version=legal_data().version,
        grounds=["benefit"] if is_reported else [],
        is_due=is_reported,
        reason="" if is_reported else _reason(step),
    )
    if is_reported:
        ReportSending.objects.create(
            id=id_at(at, chance),
            injury=injury,
            by_id=by_id,
            at=at,
            to=Addressee.NAV,
            sent_on=at.astimezone(OSLO).date(),
            receipt=f"AR{chance.randint(100_000, 999_999)}",
        )


def _reason(step: Step) -> str:
    return next((act.note for act in step.acts.all() if act.note), "Vurdert. Ikke aktuelt.")
