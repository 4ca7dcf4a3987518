"""Follow-up of those exposed in the year: offered, answered, done, often closed by the person (§ 23A-5)."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tryggmote.demo.history.cast import Actor
from tryggmote.demo.history.clock import id_at, later
from tryggmote.demo.history.incidents import Event, Ledger
from tryggmote.followup.models import Plan, PlanAct, Step, StepAct
from tryggmote.followup.offering import steps_for
from tryggmote.followup.rules import beginning_level
from tryggmote.followup.steps import step_rules
from tryggmote.followup.vocabulary import PlanActKind, Relation, StepActKind
from tryggmote.incidents.models import Incident

WANTED = {
    "first_talk": 0.95,
    "contact_week": 0.9,
    "contact_month": 0.75,
    "contact_quarter": 0.7,
    "peer_support": 0.6,
}
"""How likely somebody says yes; to the rest they do now and then."""
CLOSES = 0.85
LAST_WORDS = ("Takk, nå holder det.", "Det går bra. Fint at dere spurte igjen etter en måned.", "")


@dataclass
class Files:
    """The rows that plans become."""

    plans: list[Plan] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    step_acts: list[StepAct] = field(default_factory=list)
    plan_acts: list[PlanAct] = field(default_factory=list)


def write_followups(events: Sequence[Event], ledger: Ledger, *, seed: int, until: datetime) -> None:
    """A plan for each exposed person, offered the same day or the next; the last few still wait."""
    chance = random.Random(f"{seed} follow-up")
    levels = {level.incident_id: level.level for level in ledger.levels}
    files = Files()
    for event, incident in zip(events, ledger.incidents, strict=True):
        if incident.exposed_id is not None:
            _follow(event.actor, incident, levels.get(incident.id), files, until, chance)
    Plan.objects.bulk_create(files.plans)
    Step.objects.bulk_create(files.steps)
    # The database derives answers, deadlines and closing from these, in the order of time.
    StepAct.objects.bulk_create(sorted(files.step_acts, key=_time))
    PlanAct.objects.bulk_create(sorted(files.plan_acts, key=_time))


def _time(act: StepAct | PlanAct) -> datetime:
    return act.at


def _follow(
    actor: Actor,
    incident: Incident,
    assessed: int | None,
    files: Files,
    until: datetime,
    chance: random.Random,
) -> None:
    is_late = chance.random() < actor.habits.is_late / 2
    offered_at = later(incident.created_at, 4 if is_late else chance.choice((0, 0, 0, 1)), chance)
    if offered_at >= until:
        return
    level = beginning_level(assessed, incident.experienced_severity, step_rules())
    plan = Plan(
        id=id_at(offered_at, chance), incident=incident, person_id=actor.id,
        follower_id=actor.daily_leader_id, relation=Relation.EXPOSED,
        unit_id=incident.workforce.unit_id, workforce_id=incident.workforce_id,
        natures=incident.natures, happened_at=incident.happened_at, level=level, offered_level=level,
        rule_version=step_rules().version, began_by_id=actor.daily_leader_id, created_at=offered_at,
    )  # fmt: skip
    files.plans.append(plan)
    last = offered_at
    for step in steps_for(plan, offered_at):
        step.id = id_at(offered_at, chance)
        files.steps.append(step)
        last = max(last, _answer(step, plan, files, until, chance))
    closes_at = later(last, chance.randint(1, 4), chance)
    is_over = all(step.due_at < until for step in files.steps if step.plan_id == plan.id)
    if is_over and closes_at < until and chance.random() < CLOSES:
        files.plan_acts.append(
            PlanAct(
                id=id_at(closes_at, chance), plan=plan, by_id=plan.person_id, kind=PlanActKind.CLOSED,
                words=chance.choice(LAST_WORDS), at=closes_at,
            )
        )  # fmt: skip


def _answer(step: Step, plan: Plan, files: Files, until: datetime, chance: random.Random) -> datetime:
    """The person answers, and what they want is done in time; returns when it last was heard of."""
    answered_at = plan.created_at + timedelta(minutes=chance.randint(5, 90))
    if answered_at >= until or (until - plan.created_at < timedelta(days=2) and chance.random() < 0.7):
        return plan.created_at
    is_wanted = chance.random() < WANTED.get(step.code, 0.3)
    kind = StepActKind.ACCEPTED if is_wanted else StepActKind.DECLINED
    _act(step, plan, plan.person_id, kind, answered_at, files, chance)
    done_at = max(step.due_at - timedelta(minutes=chance.randint(10, 200)), answered_at)
    if not is_wanted or done_at >= until:
        return answered_at
    _act(step, plan, plan.follower_id, StepActKind.DONE, done_at, files, chance)
    return done_at


def _act(
    step: Step, plan: Plan, by_id: int, kind: StepActKind, at: datetime, files: Files, chance: random.Random
) -> None:
    files.step_acts.append(StepAct(id=id_at(at, chance), plan=plan, step=step, by_id=by_id, kind=kind, at=at))
