"""Who does what with an exercise, when it counts and what is due. No database, no request."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from tryggmote.compliance.thresholds import thresholds
from tryggmote.exercises.vocabulary import Becomes, Part, Reached, Stage
from tryggmote.organisation.standing import Standing
from tryggmote.organisation.workdays import add_workdays

EVALUATED_WITHIN = timedelta(days=7)
FEWEST_ANSWERS = 3
"""Fewer evaluations than this are shown to nobody (`policies_evaluation.sql` says the same)."""
REPORT_WORKDAYS = 10
SHOWN_DAYS_BEFORE = 30


def stage_of(
    *,
    decided_at: datetime | None,
    called_off_at: datetime | None,
    started_at: datetime | None,
    held_at: datetime | None,
    closed_at: datetime | None,
) -> Stage:
    """Where an exercise stands: the latest of what was done with it."""
    taken = (
        (called_off_at, Stage.CALLED_OFF),
        (closed_at, Stage.CLOSED),
        (held_at, Stage.HELD),
        (started_at, Stage.RUNNING),
        (decided_at, Stage.PLANNED),
    )
    return next((stage for at, stage in taken if at is not None), Stage.SUGGESTED)


def may_suggest(standing: Standing, *, coordinates: bool) -> bool:
    """Leaders, safety representatives and the county's security co-ordinator suggest; a leader decides."""
    return standing.leads or standing.represents or coordinates


def may_arrange(stage: Stage, *, leads: bool, is_led_by_me: bool, planned_by_me: bool) -> bool:
    """Who chooses those who take part: the leader; until the decision who suggested it, then who runs it."""
    if stage is Stage.SUGGESTED:
        return leads or planned_by_me
    return stage in (Stage.PLANNED, Stage.RUNNING) and (leads or is_led_by_me)


def may_call_off(stage: Stage, *, leads: bool, planned_by_me: bool) -> bool:
    """Until it begins the leader calls it off; what is only suggested, also whoever suggested it."""
    if stage is Stage.SUGGESTED:
        return leads or planned_by_me
    return stage is Stage.PLANNED and leads


def may_run(stage: Stage, *, leads: bool, is_led_by_me: bool) -> bool:
    """Who runs the clock and judges the objectives: whoever leads it, and the unit's leaders."""
    return stage in (Stage.PLANNED, Stage.RUNNING, Stage.HELD) and (leads or is_led_by_me)


def may_observe(stage: Stage, standing: Standing, part: Part | None) -> bool:
    """Who notes what happens, until the report: observers, who leads it, leaders and representatives."""
    notes = part in (Part.LEADS, Part.OBSERVES) or standing.leads or standing.represents
    return stage in (Stage.RUNNING, Stage.HELD) and notes


def evaluated_until(held_at: datetime) -> datetime:
    """Until when those who were there may evaluate it."""
    return held_at + EVALUATED_WITHIN


def may_evaluate(*, held_at: datetime | None, attended: bool | None, now: datetime) -> bool:
    """Whether one was there, and it is not too late."""
    return held_at is not None and bool(attended) and now < evaluated_until(held_at)


def report_due(held_at: datetime) -> datetime:
    """By when what was found is decided and the report is there for the unit."""
    return add_workdays(held_at, REPORT_WORKDAYS)


def what_is_left(reached: Iterable[str], became: Iterable[str], *, found_nothing: bool) -> tuple[bool, bool]:
    """Before it closes: whether objectives are not judged, and whether findings are not decided or denied."""
    findings = list(became)
    undecided = any(each not in Becomes.values for each in findings) or not (findings or found_nothing)
    return any(each not in Reached.values for each in reached), undecided


def exercised_until(last_on: date) -> date:
    """The day until which an exercise counts (requirement 4.1, § 23A-2: training is repeated)."""
    return last_on + relativedelta(months=thresholds().exercise_months)


def is_due(last_on: date | None, today: date) -> bool:
    """Whether the next exercise is asked for: there was none, or it soon counts no more."""
    return last_on is None or exercised_until(last_on) <= today + timedelta(days=SHOWN_DAYS_BEFORE)
