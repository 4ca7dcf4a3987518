"""What follows from the answers of a check, and who may do what with it (requirement 2.2).

Pure: no database, no request. The questions are about the situation; there is no score on a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tryggmote.encounters.question_sets import Advice, Answer, Question, QuestionSet, Text
from tryggmote.encounters.vocabulary import Decision, LeaderAnswer
from tryggmote.organisation.meeting_levels import Level
from tryggmote.organisation.workdays import add_workdays

Answers = Mapping[str, str]
"""Code of the answer by code of the question."""

ANSWER_RISK_WITHIN_DAYS = 5  # working days, as the answer to who reports an incident (2.4)
ANSWER_STOP_WITHIN_DAYS = 1  # working day: somebody found it dangerous to go on (AML § 2-3)


class UnknownAnswer(Exception):
    """An answer is missing, or is not among those of its question. `question` is its code."""

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self.question = question


@dataclass(frozen=True)
class Reason:
    """Why the level is what it is: one answer, or several together (`points` is then 0)."""

    text: Text
    points: int
    at_least: Level


@dataclass(frozen=True)
class Assessment:
    """The level of a situation, and everything that explains it."""

    level: Level
    points: int
    reasons: tuple[Reason, ...]
    advice: tuple[Advice, ...]


def level_of(form: str, answers: Answers, questions: QuestionSet) -> Assessment:
    """Level of a check before a meeting of this form, with reasons and advice.

    Every point comes from one answer about the situation; nothing is stored about the client. The level
    is the highest of what the sum, single answers and answers together ask for (§ 23A-1: the factors
    singly and together). More risk in an answer never lowers it.
    Source: standard 2.2; questions and thresholds are data (`questions/*/`).
    Raises: UnknownAnswer for a question without an answer, and for an answer nobody was offered.
    """
    asked = questions.questions_for(form)
    given = {question.code: _answer(question, answers) for question in asked}
    if strange := set(answers) - set(given):
        raise UnknownAnswer(min(strange))

    reasons = [Reason(a.reason, a.points, a.at_least) for a in given.values() if a.reason]
    named = [code for answer in given.values() for code in answer.advice]
    for rule in questions.together:
        if _all_at_least(rule.when, asked, given):
            reasons.append(Reason(rule.reason, 0, rule.at_least))
            named += rule.advice

    points = sum(answer.points for answer in given.values())
    level = max([_by_sum(points, questions), *(reason.at_least for reason in reasons)], key=_rank)
    return Assessment(level, points, tuple(reasons), _advice(form, level, named, questions))


def needs_leader(level: Level, *, is_cleared: bool) -> bool:
    """A high level asks for the leader; so does a meeting held by somebody who is not trained (4.1)."""
    return level is Level.HIGH or not is_cleared


def allowed_decisions(
    level: Level, *, is_cleared: bool, is_asked: bool, leader_answer: LeaderAnswer | None
) -> tuple[Decision, ...]:
    """What the employee may decide now.

    Changing form and postponing is always allowed: nobody must wait to be safe. `is_cleared` is true for
    the trained, and for the untrained whom the leader has let through with a reason. `is_asked`: the
    leader has been asked, so there is nothing more to ask.
    """
    return (
        *_ways_to_go(level, is_cleared=is_cleared, leader_answer=leader_answer),
        Decision.CHANGE_FORM,
        Decision.POSTPONE,
        *([] if is_asked else [Decision.ASK_LEADER]),
    )


def answer_due(*, stopped_work: bool, reported_at: datetime) -> datetime:
    """When the leader's answer to a stop or a reported risk is due ("every stop-work and risk answered")."""
    days = ANSWER_STOP_WITHIN_DAYS if stopped_work else ANSWER_RISK_WITHIN_DAYS
    return add_workdays(reported_at, days)


def _ways_to_go(
    level: Level, *, is_cleared: bool, leader_answer: LeaderAnswer | None
) -> tuple[Decision, ...]:
    if not is_cleared or (leader_answer and not leader_answer.lets_go):
        return ()
    if level is Level.HIGH and not leader_answer:
        return ()
    return (Decision.GO, Decision.GO_WITH_MEASURES) if level is Level.LOW else (Decision.GO_WITH_MEASURES,)


def _answer(question: Question, answers: Answers) -> Answer:
    found = question.answer(answers.get(question.code, ""))
    if found is None:
        raise UnknownAnswer(question.code)
    return found


def _all_at_least(when: Answers, asked: tuple[Question, ...], given: Mapping[str, Answer]) -> bool:
    by_code = {question.code: question for question in asked}
    return all(code in by_code and given[code].risk >= _answer(by_code[code], when).risk for code in when)


def _by_sum(points: int, questions: QuestionSet) -> Level:
    if points >= questions.thresholds.high:
        return Level.HIGH
    return Level.RAISED if points >= questions.thresholds.raised else Level.LOW


def _advice(form: str, level: Level, named: list[str], questions: QuestionSet) -> tuple[Advice, ...]:
    """What the answers ask for first, in their order, then what the level asks for; each once."""
    fitting = {advice.code: advice for advice in questions.advice if form in advice.forms}
    by_level = [a.code for a in fitting.values() if a.from_level and a.from_level.rank <= level.rank]
    return tuple(fitting[code] for code in dict.fromkeys([*named, *by_level]) if code in fitting)


def _rank(level: Level) -> int:
    return level.rank
