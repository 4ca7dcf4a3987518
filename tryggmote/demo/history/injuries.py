"""What leaders did about injuries: notice judged and given, the register, and reports to Nav."""

import random
from collections.abc import Iterable, Mapping
from datetime import timedelta

from tryggmote.demo.history.clock import id_at
from tryggmote.incidents.models import Incident, Step
from tryggmote.incidents.vocabulary import Nature, Outcome
from tryggmote.organisation.models import Person
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
from tryggmote.statutory.texts import confirmation_text
from tryggmote.statutory.vocabulary import Absence, Addressee, InjuryKind, NoticeStep
from tryggmote.ui.dates import OSLO

MOMENTS_APART = timedelta(minutes=4)
SPOKEN_WITH = {
    NoticeStep.INSPECTORATE_CALLED: "Saksnummer 2026/1184 (oppdiktet)",
    NoticeStep.POLICE_CALLED: "Operasjonssentralen, logg 0612 (oppdiktet)",
}


def write_injuries(incidents: Iterable[Incident], *, seed: int) -> None:
    """What lies behind the steps that leaders have taken: what the pages of injury and notice show."""
    chance = random.Random(f"{seed} injuries")
    taken = (
        Step.objects.filter(incident__in=[incident.id for incident in incidents], done_at__isnull=False)
        .filter(code__in=(STEP, REPORT_STEP))
        .select_related(
            "incident__workforce__unit",
            "incident__workforce__employer",
            "incident__exposed",
            "incident__reporter",
            "done_by",
        )
        .prefetch_related("acts")
        .order_by("done_at", "id")
    )
    for step in taken:
        if step.code == STEP:
            _notice(step, chance)
        else:
            _injury(step, chance)


def _notice(step: Step, chance: random.Random) -> None:
    by, at = step.done_by, step.done_at
    assert by
    assert at
    is_due = step.outcome == Outcome.DONE
    judged_at = at - MOMENTS_APART * len(NoticeStep)
    Judgement.objects.create(
        id=id_at(judged_at, chance),
        incident=step.incident,
        by=by,
        at=judged_at,
        rule_version=legal_data().version,
        criteria=[_criterion(step.incident)] if is_due else [],
        must_notify=is_due,
        reason="" if is_due else _reason(step),
    )
    if not is_due:
        return
    acts: dict[str, NoticeAct] = {}
    for number, notice_step in enumerate(NoticeStep, start=1):
        done_at = judged_at + MOMENTS_APART * number
        acts[notice_step] = NoticeAct.objects.create(
            id=id_at(done_at, chance),
            incident=step.incident,
            by=by,
            at=done_at,
            step=notice_step,
            done_at=done_at,
            done_by=by,
            reference=SPOKEN_WITH.get(notice_step, ""),
            text=_confirmation(step.incident, by, acts) if notice_step == NoticeStep.CONFIRMED else "",
        )


def _criterion(incident: Incident) -> str:
    return "lasting_physical" if _is_blow(incident) else "lasting_psychological"


def _is_blow(incident: Incident) -> bool:
    return Nature.BLOW_OR_KICK in incident.natures


def _confirmation(incident: Incident, by: Person, acts: Mapping[str, NoticeAct]) -> str:
    return confirmation_text(incident, sender=by.name, injuries=[], acts=acts, language=by.language)


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
        kinds=_kinds(incident, chance),
        absence=Absence.LONG
        if _is_blow(incident)
        else chance.choice((Absence.NONE, Absence.SHORT, Absence.LONG)),
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
        grounds=_grounds(incident) if is_reported else [],
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


def _grounds(incident: Incident) -> list[str]:
    return ["treatment", "sick_leave"] if _is_blow(incident) else ["benefit"]


def _kinds(incident: Incident, chance: random.Random) -> list[InjuryKind]:
    if _is_blow(incident):
        return [InjuryKind.PHYSICAL, InjuryKind.PSYCHOLOGICAL]
    return [chance.choice((InjuryKind.PSYCHOLOGICAL, InjuryKind.PSYCHOLOGICAL, InjuryKind.PHYSICAL))]


def _reason(step: Step) -> str:
    return next((act.note for act in step.acts.all() if act.note), "Vurdert. Ikke aktuelt.")
