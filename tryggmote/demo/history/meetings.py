"""Meetings and the checks before them: the last 30 days in full, the rest of the year as counts."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from tryggmote.demo.history.cast import Actor
from tryggmote.demo.history.clock import CHECKS_KEPT_DAYS, HISTORY_DAYS, at, id_at, workdays
from tryggmote.demo.history.situations import Situation, draw_form, draw_situation, situations
from tryggmote.encounters import question_sets
from tryggmote.encounters.models import Check, CheckCount, Meeting
from tryggmote.encounters.vocabulary import Decision, LeaderAnswer, Outcome
from tryggmote.organisation.meeting_levels import Level

PLACES = {
    "reception": ("Mottaket", "Skranke 1", "Skranke 2"),
    "planned": ("Møterom 1", "Møterom 2", "Møterom 4", "Samtalerom ved mottaket"),
    "group": ("Kurssalen", "Møterom 5"),
    "home_visit": ("Hjemme, sentrum", "Hjemme, nordsiden", "Hjemme, ute ved kysten"),
    "others_premises": (
        "Legekontoret",
        "Videregående skole",
        "Kommunal bolig, fellesrommet",
        "Hos arbeidsgiver",
    ),
    "outdoors": ("Havnepromenaden", "Turstien ved elva"),
    "driving": ("Tjenestebil",),
}
LEADER_WORDS = {
    "nb": (
        "Jeg blir med. Vi tar det i møterom 1, nærmest utgangen.",
        "Ta det på telefon i dag, så finner vi en bedre ramme neste uke.",
        "Greit, men ha med en kollega, og si fra i mottaket først.",
    ),
    "nn": (
        "Eg blir med. Vi tek det i møterom 1, nærast utgangen.",
        "Ta det på telefon i dag, så finn vi ei betre ramme neste veke.",
        "Greitt, men ha med ein kollega, og sei frå i mottaket først.",
    ),
}
_ANSWERS = (LeaderAnswer.JOIN, LeaderAnswer.CHANGE_FORM, LeaderAnswer.GO_WITH_MEASURES)
AT_WORK = 0.86  # the rest is leave, illness and courses
DAYS_AHEAD = 7
TURNOUT = {7: 0.35, 12: 0.8}  # of an ordinary month: people are away in July and before Christmas


@dataclass
class Diary:
    """The rows of meetings and checks."""

    meetings: list[Meeting] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)


@dataclass(frozen=True)
class Disturbed:
    """A meeting in which something happened; the incident carries `check_id`."""

    actor: Actor
    form: str
    happened_at: datetime
    check_id: UUID


def write_meetings(
    cast: Sequence[Actor], disturbed: Iterable[Disturbed], *, seed: int, anchor: date
) -> Diary:
    """Write meetings, checks and counts; what was planned for `anchor` and the week after is not checked yet.

    Each of `disturbed` becomes a meeting that did not go well. Returns the rows.
    """
    chance = random.Random(f"{seed} meetings")
    diary = Diary()
    for event in disturbed:
        _add_disturbed(diary, event, seed, chance)
    first_kept = anchor - timedelta(days=CHECKS_KEPT_DAYS - 1)
    for day in workdays(first_kept, anchor - timedelta(days=1)):
        for actor in cast:
            if chance.random() < AT_WORK:
                _add_day(diary, actor, day, seed, chance)
    for day in dict.fromkeys([anchor, *workdays(anchor, anchor + timedelta(days=DAYS_AHEAD))]):
        diary.meetings += [m for actor in cast for m in _plan_day(actor, day, anchor, chance)]
    _leave_some_waiting(diary, cast, seed, anchor, chance)
    Meeting.objects.bulk_create(diary.meetings, batch_size=2000)
    Check.objects.bulk_create(diary.checks, batch_size=1000)
    _write_counts(
        cast, seed=seed, first=anchor - timedelta(days=HISTORY_DAYS), last=first_kept - timedelta(days=1)
    )
    return diary


def _plan_day(actor: Actor, day: date, planned_on: date, chance: random.Random) -> list[Meeting]:
    """From one to five meetings, a quarter of an hour apart at least."""
    starts = sorted(chance.sample(range(8 * 60 + 30, 15 * 60, 45), chance.choice((1, 2, 2, 3, 3, 4, 5))))
    return [
        _meeting(actor, at(day, minute), draw_form(actor.forms, chance), planned_on, chance)
        for minute in starts
    ]


def _meeting(
    actor: Actor, starts_at: datetime, form: str, planned_on: date, chance: random.Random
) -> Meeting:
    created_at = at(
        min(planned_on, starts_at.date()) - timedelta(days=chance.randint(1, 9)), chance.randint(480, 930)
    )
    return Meeting(
        id=id_at(created_at, chance),
        owner_id=actor.id,
        workforce_id=actor.workforce_id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=chance.choice((30, 45))),
        form=form,
        place=chance.choice(PLACES.get(form, ("",))),
        created_at=created_at,
    )


def _add_day(diary: Diary, actor: Actor, day: date, seed: int, chance: random.Random) -> None:
    for meeting in _plan_day(actor, day, day, chance):
        if chance.random() < actor.habits.checks:
            check = _check(actor, meeting, draw_situation(meeting.form, seed=seed, chance=chance), chance)
            _decide(check, actor, chance)
            if check.is_to_be_held and chance.random() < 0.8:
                _tell_outcome(check, meeting, Outcome.ALL_WELL)
            diary.checks.append(check)
        diary.meetings.append(meeting)


def _add_disturbed(diary: Diary, event: Disturbed, seed: int, chance: random.Random) -> None:
    starts_at = event.happened_at - timedelta(minutes=10)
    meeting = _meeting(event.actor, starts_at, event.form, starts_at.date(), chance)
    situation = draw_situation(event.form, seed=seed, chance=chance)
    check = _check(event.actor, meeting, situation, chance)
    check.id = event.check_id
    _decide(check, event.actor, chance)
    check.decision = check.decision if check.is_to_be_held else Decision.GO_WITH_MEASURES
    _tell_outcome(check, meeting, Outcome.SOMETHING_HAPPENED)
    diary.meetings.append(meeting)
    diary.checks.append(check)


def _check(actor: Actor, meeting: Meeting, situation: Situation, chance: random.Random) -> Check:
    created_at = meeting.starts_at - timedelta(minutes=chance.randint(4, 50))
    return Check(
        id=id_at(created_at, chance),
        meeting_id=meeting.id,
        employee_id=actor.id,
        participant_ids=[actor.id],
        workforce_id=actor.workforce_id,
        safety_area_id=actor.area_id,
        form=meeting.form,
        place=meeting.place,
        starts_at=meeting.starts_at,
        rule_version=question_sets.current().version,
        answers=situation.answers,
        points=situation.points,
        level=situation.level,
        created_at=created_at,
    )


def _decide(check: Check, actor: Actor, chance: random.Random) -> None:
    """As the rule allows: high waits for the leader, raised goes with measures, changes form or waits."""
    check.decided_at = check.created_at + timedelta(minutes=1)
    if check.level == Level.HIGH.rank:
        _leader_answers(check, actor, chance)
    elif check.level == Level.RAISED.rank:
        check.decision = chance.choices(
            (Decision.GO_WITH_MEASURES, Decision.CHANGE_FORM, Decision.POSTPONE), weights=(86, 9, 5)
        )[0]
    else:
        check.decision = Decision.GO


def _leader_answers(check: Check, actor: Actor, chance: random.Random) -> None:
    number = chance.randrange(len(_ANSWERS))
    answer = _ANSWERS[number]
    check.leader_asked_at = check.created_at
    check.leader_answer = answer
    check.leader_words = LEADER_WORDS.get(actor.language, LEADER_WORDS["nb"])[number]
    check.answered_by_id = actor.daily_leader_id
    check.answered_at = check.created_at + timedelta(minutes=chance.randint(2, 25))
    check.decided_at = check.answered_at + timedelta(minutes=1)
    check.decision = Decision.GO_WITH_MEASURES if answer.lets_go else Decision.CHANGE_FORM


def _tell_outcome(check: Check, meeting: Meeting, outcome: Outcome) -> None:
    check.outcome = meeting.outcome = outcome
    check.outcome_at = meeting.ends_at


def _leave_some_waiting(
    diary: Diary, cast: Sequence[Actor], seed: int, anchor: date, chance: random.Random
) -> None:
    """On the last working day somebody in each office asks their leader, who has yet to answer."""
    asked_at = at(workdays(anchor - timedelta(days=7), anchor - timedelta(days=1))[-1], 15 * 60 + 10)
    actors = {actor.id: actor for actor in cast}
    has_asked: set[str] = set()
    for meeting in (m for m in diary.meetings if m.starts_at.date() == anchor):
        actor = actors[meeting.owner_id]
        high = [s for s in situations(meeting.form, seed) if s.level == Level.HIGH.rank]
        if high and actor.office not in has_asked:
            has_asked.add(actor.office)
            check = _check(actor, meeting, chance.choice(high), chance)
            check.created_at = check.leader_asked_at = asked_at
            check.id = id_at(asked_at, chance)
            diary.checks.append(check)


def _write_counts(cast: Sequence[Actor], *, seed: int, first: date, last: date) -> None:
    """What is left of the checks of the year: each office checks more often towards the end of it."""
    chance = random.Random(f"{seed} counts")
    counted: Counter[tuple[date, int, str, int]] = Counter()
    days = workdays(first, last)
    for number, day in enumerate(days):
        grown = 0.6 + 0.4 * number / len(days)
        for actor in cast:
            for _ in range(chance.choice((1, 2, 2, 3, 3, 4, 5))):
                if chance.random() < AT_WORK * TURNOUT.get(day.month, 1) * actor.habits.checks * grown:
                    form = draw_form(actor.forms, chance)
                    level = draw_situation(form, seed=seed, chance=chance).level
                    counted[day, actor.workforce_id, form, level] += 1
    CheckCount.objects.bulk_create(
        (
            CheckCount(day=day, workforce_id=workforce_id, form=form, level=level, n=n)
            for (day, workforce_id, form, level), n in counted.items()
        ),
        batch_size=5000,
    )
