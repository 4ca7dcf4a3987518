"""Situations before meetings: answers to the real questions, weighed by the real rule."""

import random
from dataclasses import dataclass
from functools import cache

from tryggmote.encounters import question_sets
from tryggmote.encounters.question_sets import Question
from tryggmote.encounters.rules import level_of
from tryggmote.organisation.meeting_forms import MEETINGS

_POOL = 240  # situations a form: enough that repeats are not seen, few enough to weigh in a moment
_ORDINARY = 0.87  # share of answers that give no points


@dataclass(frozen=True)
class Situation:
    """Answers with what the rule says of them. `level` is the rank."""

    answers: dict[str, str]
    points: int
    level: int


@cache
def situations(form: str, seed: int) -> tuple[Situation, ...]:
    """The pool of situations before meetings of this form."""
    chance = random.Random(f"{seed} {form}")
    questions = question_sets.current()
    asked = questions.questions_for(form)
    pool = []
    for _ in range(_POOL):
        answers = {question.code: _answer(question, chance) for question in asked}
        assessment = level_of(form, answers, questions)
        pool.append(Situation(answers, assessment.points, assessment.level.rank))
    return tuple(pool)


def draw_situation(form: str, *, seed: int, chance: random.Random) -> Situation:
    """One of them."""
    return chance.choice(situations(form, seed))


def draw_form(forms: tuple[str, ...], chance: random.Random) -> str:
    """A meeting form as often as it is used: most talk by telephone and in meeting rooms."""
    used = [form for form in forms if form in _HOW_OFTEN]
    return chance.choices(used, weights=[_HOW_OFTEN[form] for form in used])[0]


_HOW_OFTEN = {
    "reception": 14,
    "planned": 26,
    "group": 3,
    "home_visit": 4,
    "others_premises": 4,
    "outdoors": 1,
    "driving": 1,
    "telephone": 30,
    "video": 8,
    "written": 9,
}
assert set(_HOW_OFTEN) == set(MEETINGS)


def _answer(question: Question, chance: random.Random) -> str:
    safest, *others = sorted(question.answers, key=lambda answer: answer.points)
    if chance.random() < _ORDINARY:
        return safest.code
    # The more an answer counts, the rarer it is.
    return chance.choices(others, weights=[1 / (1 + answer.points) for answer in others])[0].code
