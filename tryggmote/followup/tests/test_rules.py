"""Deadlines across evenings, weekends, holidays and summer time; the file of steps; who may do what."""

import itertools
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from tryggmote.followup import rules
from tryggmote.followup.steps import OURS, BrokenSteps, Deadline, read_steps, step_rules
from tryggmote.followup.vocabulary import PlanActKind, Relation, State, StepActKind
from tryggmote.organisation.workdays import OSLO, is_workday


def oslo(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=OSLO)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("deadline", "start", "due"),
    [
        (Deadline(hours=1), oslo(2026, 11, 27, 15, 30), oslo(2026, 11, 27, 16, 30)),
        (Deadline(hours=1), oslo(2026, 10, 25, 2, 30), oslo(2026, 10, 25, 3, 30) - timedelta(0)),
        (Deadline(days=0), oslo(2026, 11, 28, 21, 0), oslo(2026, 11, 28, 23, 59)),
        (Deadline(workdays=2), oslo(2026, 11, 27, 12, 0), oslo(2026, 12, 1, 12, 0)),
        # From Wednesday before Easter, two working days later is the Wednesday after.
        (Deadline(workdays=2), oslo(2026, 4, 1, 12, 0), oslo(2026, 4, 8, 12, 0)),
        # A week from Maundy Thursday's Friday before: Good Friday moves on to Tuesday after Easter.
        (Deadline(weeks=1), oslo(2026, 3, 27, 9, 0), oslo(2026, 4, 7, 9, 0)),
        (Deadline(months=1), oslo(2026, 1, 31, 9, 0), oslo(2026, 3, 2, 9, 0)),
        # 17 May is a Sunday and a holiday.
        (Deadline(months=1), oslo(2026, 4, 17, 9, 0), oslo(2026, 5, 18, 9, 0)),
        (Deadline(months=3), oslo(2026, 9, 25, 9, 0), oslo(2026, 12, 28, 9, 0)),
        # Over the change to winter time it is the same hour on the clock.
        (Deadline(weeks=1), oslo(2026, 10, 22, 13, 0), oslo(2026, 10, 29, 13, 0)),
    ],
)
def test_deadlines_are_kept_as_people_count_them(deadline: Deadline, start: datetime, due: datetime) -> None:
    if deadline.hours:
        assert rules.due_at(deadline, start) - start == timedelta(hours=deadline.hours)
    else:
        assert rules.due_at(deadline, start) == due


def test_no_contact_falls_on_a_day_off() -> None:
    start = oslo(2026, 1, 1, 12, 0)
    for day in range(365):
        for unit in ({"weeks": 1}, {"months": 1}, {"months": 3}):
            assert is_workday(rules.due_at(Deadline(**unit), start + timedelta(days=day)).date())


def test_a_serious_incident_is_talked_about_the_same_day_and_the_worst_within_the_hour() -> None:
    first = step_rules().by_code()["first_talk"]
    assert first.deadline(3) == Deadline(days=0)
    assert first.deadline(4) == first.deadline(5) == Deadline(hours=1)


@pytest.mark.parametrize("level", range(6))
def test_every_level_offers_a_first_talk_and_contact_after_a_week(level: int) -> None:
    codes = {
        step.code
        for step in step_rules().suggested(level=level, relation=Relation.WITNESS, is_first_day=False)
    }
    assert {"first_talk", "contact_week"} <= codes


def test_a_higher_level_never_offers_less() -> None:
    offered = [
        {s.code for s in step_rules().suggested(level=n, relation=Relation.EXPOSED, is_first_day=True)}
        for n in range(6)
    ]
    assert all(lower <= higher for lower, higher in itertools.pairwise(offered))


def test_nobody_is_offered_company_for_a_night_that_has_passed() -> None:
    later = step_rules().suggested(level=5, relation=Relation.EXPOSED, is_first_day=False)
    assert not {"home_safely", "not_alone"} & {step.code for step in later}


def test_no_step_is_named_as_something_one_must_take_apart_what_happened() -> None:
    assert "debrif" not in OURS.read_text(encoding="utf-8").lower()


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ("pause_days_most: 60", "pause_days_most"),
        ("forget_months: 12", "forget_months"),
        ("      0: { workdays: 5 }", ""),
    ],
)
def test_a_file_that_lacks_something_is_refused_by_name(tmp_path: Path, broken: str, says: str) -> None:
    file = tmp_path / "x.yaml"
    replaced = "      9: { workdays: 5 }" if not says else "unknown_thing: 1"
    file.write_text(OURS.read_text(encoding="utf-8").replace(broken, replaced), encoding="utf-8")
    with pytest.raises(BrokenSteps, match=says or "no level 9"):
        read_steps(file)


PLAN = SimpleNamespace(person_id=1, follower_id=2)


@pytest.mark.parametrize("kind", StepActKind)
def test_answers_are_the_persons_own_and_nobody_elses(kind: StepActKind) -> None:
    assert rules.may_act_on_step(1, PLAN, kind) == (kind != StepActKind.LAPSED)
    assert rules.may_act_on_step(2, PLAN, kind) == (kind in {StepActKind.PLANNED, StepActKind.DONE})
    assert not rules.may_act_on_step(3, PLAN, kind)


def test_only_the_person_closes_and_only_the_follower_pauses() -> None:
    may = {kind: [p for p in (1, 2, 3) if rules.may_act_on_plan(p, PLAN, kind)] for kind in PlanActKind}
    assert may == {
        PlanActKind.CLOSED: [1],
        PlanActKind.REOPENED: [1],
        PlanActKind.PAUSED: [2],
        PlanActKind.RESUMED: [1, 2],
        PlanActKind.HANDED_OVER: [1],
        PlanActKind.ENDED: [],
    }


def test_a_pause_that_is_over_shows_what_is_late_again() -> None:
    now = oslo(2026, 11, 27, 12, 0)
    plan = SimpleNamespace(closed_at=None, paused_until=now + timedelta(hours=1), next_due_at=now)
    assert rules.state_of(plan, now) == State.PAUSED
    assert rules.state_of(plan, now + timedelta(hours=2)) == State.OVERDUE
