"""What leaders did after incidents were judged: steps taken in time or late, and what happened described."""

import random
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from tryggmote.demo.history.clock import id_at, later
from tryggmote.incidents.codebook import NEWEST, codebook
from tryggmote.incidents.consequence_rules import consequence_rules
from tryggmote.incidents.consequences import steps_at_level, steps_at_report
from tryggmote.incidents.models import AssessedLevel, Classification, Incident, Step, StepTaken
from tryggmote.incidents.vocabulary import AlarmWorked, Nature, Outcome

LEFT_UNDONE = 0.06
CAUGHT_UP_WITH = timedelta(days=45)
LATE = 0.15
SPARED = {"police": 0.6, "measure": 0.3, "injury_report": 0.2, "notice_5_2": 0.9}
"""How likely a leader decides that a step does not apply."""
REASONS = (
    "Snakket med den det gjelder. Vi er enige om at det ikke trengs nå.",
    "Vurdert sammen med verneombudet. Ikke aktuelt denne gangen.",
)


def write_first_steps(incidents: Sequence[Incident]) -> None:
    """What every report asks for; the database marks as done what is done after."""
    Step.objects.bulk_create(step for incident in incidents for step in steps_at_report(incident))


def write_aftermath(
    incidents: Sequence[Incident],
    levels: Sequence[AssessedLevel],
    met_at_once: Collection[UUID],
    *,
    until: datetime,
    chance: random.Random,
) -> None:
    """The steps each incident's last level asks for, most of them taken, and a description of most.

    `met_at_once`: the incidents of which every step is taken, in time.
    """
    by_id = {incident.id: incident for incident in incidents}
    last = {level.incident_id: level for level in sorted(levels, key=lambda level: level.at)}
    steps: list[Step] = []
    taken: list[StepTaken] = []
    described: list[Classification] = []
    for incident_id, level in last.items():
        incident = by_id[incident_id]
        asked = steps_at_level(incident, level.level, level.at)
        steps += asked
        is_met = incident_id in met_at_once
        taken += [act for step in asked if (act := _taken(step, level, until, chance, is_met=is_met))]
        is_described = chance.random() < 0.85 or is_met or _is_caught_up_with(level, until)
        if (moment := later(level.at, chance.choice((0, 1, 2)), chance)) < until and is_described:
            described.append(_described(incident, level, moment, chance))
    Step.objects.bulk_create(steps)
    StepTaken.objects.bulk_create(sorted(taken, key=lambda act: act.at))
    Classification.objects.bulk_create(described)


def _taken(
    step: Step, level: AssessedLevel, until: datetime, chance: random.Random, *, is_met: bool
) -> StepTaken | None:
    is_told_at_once = consequence_rules().step(step.code).derived
    moment = level.at if is_told_at_once else _moment(step, chance, is_in_time=is_met)
    is_forgotten = chance.random() < LEFT_UNDONE and not is_met and not _is_caught_up_with(level, until)
    if not is_told_at_once and (moment >= until or is_forgotten):
        return None
    is_spared = chance.random() < SPARED.get(step.code, 0) and not is_met
    return StepTaken(
        id=id_at(moment, chance),
        step=step,
        by_id=level.by_id,
        at=moment,
        outcome=Outcome.DECLINED if is_spared else Outcome.DONE,
        note=chance.choice(REASONS) if is_spared else "",
    )


def _is_caught_up_with(level: AssessedLevel, until: datetime) -> bool:
    """What is older than some weeks has been done by now."""
    return until - level.at > CAUGHT_UP_WITH


def _moment(step: Step, chance: random.Random, *, is_in_time: bool) -> datetime:
    """Somewhere between the asking and the deadline; now and then some days after it."""
    if chance.random() < LATE and not is_in_time:
        return later(step.due_at, chance.choice((1, 2, 4)), chance)
    allowed = max(int((step.due_at - step.asked_at).total_seconds() // 60), 20)
    return step.asked_at + timedelta(minutes=chance.randint(10, allowed))


def _described(
    incident: Incident, level: AssessedLevel, moment: datetime, chance: random.Random
) -> Classification:
    book = codebook()

    def some(group: str, most: int) -> list[str]:
        codes = [code.code for code in getattr(book, group) if code.code not in {"none", "unknown"}]
        return chance.sample(codes, chance.randint(1, most))

    is_met = incident.form not in {"telephone", "video", "written", "outside_work"}
    return Classification(
        id=id_at(moment, chance),
        incident=incident,
        by_id=level.by_id,
        at=moment,
        codebook=NEWEST,
        natures=list(incident.natures),
        channel=incident.form,
        direction=chance.choice(("client", "client", "client", "companion")),
        triggers=some("triggers", 2),
        warning_signs=some("warning_signs", 2),
        immediate_actions=some("immediate_actions", 2),
        alarm_worked=chance.choice((AlarmWorked.YES, AlarmWorked.NOT_USED)) if is_met else AlarmWorked.NONE,
        help_after_minutes=chance.choice((1, 1, 2, 3, 6)) if is_met and chance.random() < 0.4 else None,
        consequences=_consequences(incident, level),
        circumstances=some("circumstances", 2),
    )


def _consequences(incident: Incident, level: AssessedLevel) -> list[str]:
    if Nature.BLOW_OR_KICK in incident.natures:
        return ["unease", "treatment", "absence"]
    return ["unease"] if level.level > 1 else ["none"]
