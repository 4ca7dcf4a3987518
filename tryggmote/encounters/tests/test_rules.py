"""The rule of the check (requirement 2.2): transparent, about the situation, and never surprising."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.encounters import question_sets
from tryggmote.encounters.rules import UnknownAnswer, allowed_decisions, answer_due, level_of, needs_leader
from tryggmote.encounters.vocabulary import Decision, LeaderAnswer
from tryggmote.organisation.meeting_forms import MEETINGS
from tryggmote.organisation.meeting_levels import Level
from tryggmote.organisation.workdays import OSLO

QUESTIONS = question_sets.current()


@st.composite
def situations(draw):
    form = draw(st.sampled_from(MEETINGS))
    answers = {
        question.code: draw(st.sampled_from(question.answers)).code
        for question in QUESTIONS.questions_for(form)
    }
    return form, answers


def calm(form, **changes):
    """The answers without points, but for `changes`."""
    return {
        question.code: min(question.answers, key=lambda answer: answer.points).code
        for question in QUESTIONS.questions_for(form)
    } | changes


def allowed(level, *, is_cleared=True, is_asked=False, leader_answer=None):
    return allowed_decisions(level, is_cleared=is_cleared, is_asked=is_asked, leader_answer=leader_answer)


@pytest.mark.parametrize("form", MEETINGS)
def test_a_calm_situation_is_low_and_needs_no_reasons(form):
    assessment = level_of(form, calm(form), QUESTIONS)
    assert (assessment.level, assessment.points, assessment.reasons) == (Level.LOW, 0, ())


@pytest.mark.parametrize("form", MEETINGS)
def test_the_worst_situation_is_high_in_every_form_and_comes_with_advice(form):
    worst = {q.code: max(q.answers, key=lambda a: a.risk).code for q in QUESTIONS.questions_for(form)}
    assessment = level_of(form, worst, QUESTIONS)
    assert assessment.level is Level.HIGH
    assert assessment.advice


def test_a_threatening_mood_is_high_whatever_else_is_answered():
    assert level_of("planned", calm("planned", signs="strong"), QUESTIONS).level is Level.HIGH


def test_an_earlier_incident_alone_raises_the_level():
    assert level_of("planned", calm("planned", history="earlier"), QUESTIONS).level is Level.RAISED


def test_an_earlier_incident_and_being_alone_together_is_high():
    answers = calm("planned", history="earlier", company="alone_known")
    assessment = level_of("planned", answers, QUESTIONS)
    assert assessment.level is Level.HIGH
    assert "not_alone" in {advice.code for advice in assessment.advice}


@given(situations())
def test_every_point_has_a_reason(situation):
    assessment = level_of(*situation, QUESTIONS)
    assert sum(reason.points for reason in assessment.reasons) == assessment.points


@given(situations())
def test_a_level_above_low_is_always_explained(situation):
    assessment = level_of(*situation, QUESTIONS)
    assert bool(assessment.reasons) or assessment.level is Level.LOW


@given(situations(), st.data())
def test_more_risk_in_one_answer_never_lowers_the_level(situation, data):
    form, answers = situation
    question = data.draw(st.sampled_from(QUESTIONS.questions_for(form)))
    now = question.answer(answers[question.code])
    riskier = [answer for answer in question.answers if answer.risk >= now.risk]
    more = answers | {question.code: data.draw(st.sampled_from(riskier)).code}
    before, after = level_of(form, answers, QUESTIONS), level_of(form, more, QUESTIONS)
    assert after.level.rank >= before.level.rank
    assert after.points >= before.points


@given(situations())
def test_the_order_of_the_answers_means_nothing(situation):
    form, answers = situation
    turned = dict(reversed(answers.items()))
    assert level_of(form, answers, QUESTIONS) == level_of(form, turned, QUESTIONS)


@given(situations())
def test_no_advice_is_given_twice(situation):
    advice = level_of(*situation, QUESTIONS).advice
    assert len({item.code for item in advice}) == len(advice)


@given(situations(), st.data())
def test_a_missing_answer_is_refused_by_name(situation, data):
    form, answers = situation
    missing = data.draw(st.sampled_from(sorted(answers)))
    with pytest.raises(UnknownAnswer) as refused:
        level_of(form, {code: a for code, a in answers.items() if code != missing}, QUESTIONS)
    assert refused.value.question == missing


def test_an_answer_nobody_was_offered_is_refused():
    with pytest.raises(UnknownAnswer):
        level_of("planned", calm("planned", signs="angry_person"), QUESTIONS)


def test_an_answer_to_a_question_of_another_form_is_refused():
    with pytest.raises(UnknownAnswer):
        level_of("planned", calm("planned", seating="safe"), QUESTIONS)


def test_a_low_situation_may_go_as_planned():
    assert Decision.GO in allowed(Level.LOW)


def test_a_raised_situation_needs_measures():
    assert Decision.GO not in allowed(Level.RAISED)
    assert Decision.GO_WITH_MEASURES in allowed(Level.RAISED)


@pytest.mark.parametrize(
    ("answer", "may_go"),
    [(None, False), *((answer, answer.lets_go) for answer in LeaderAnswer)],
)
def test_a_high_situation_waits_for_a_leader_who_lets_it_go(answer, may_go):
    now = allowed(Level.HIGH, is_asked=True, leader_answer=answer)
    assert (Decision.GO_WITH_MEASURES in now) is may_go


@given(st.sampled_from(Level), st.booleans(), st.booleans(), st.sampled_from([None, *LeaderAnswer]))
def test_nobody_must_wait_to_choose_something_safer(level, is_cleared, is_asked, answer):
    now = allowed(level, is_cleared=is_cleared, is_asked=is_asked, leader_answer=answer)
    assert {Decision.POSTPONE, Decision.CHANGE_FORM} <= set(now)
    assert (Decision.ASK_LEADER in now) is not is_asked


@given(st.sampled_from(Level), st.sampled_from([None, *LeaderAnswer]))
def test_somebody_untrained_holds_no_meeting_before_the_leader_lets_them(level, answer):
    now = allowed(level, is_cleared=False, is_asked=True, leader_answer=answer)
    assert not {Decision.GO, Decision.GO_WITH_MEASURES} & set(now)
    assert needs_leader(level, is_cleared=False)


def test_a_stop_on_friday_is_due_on_monday():
    friday = datetime(2026, 11, 20, 14, tzinfo=OSLO)
    assert answer_due(stopped_work=True, reported_at=friday) == datetime(2026, 11, 23, 14, tzinfo=OSLO)
