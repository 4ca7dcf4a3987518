"""The questions are data (requirement 2.2): complete in three languages, and faults are found by name."""

import shutil

import pytest
import yaml
from django.utils import translation

from tryggmote.encounters import question_sets
from tryggmote.encounters.question_sets import BrokenQuestions
from tryggmote.organisation.meeting_forms import MEETINGS

QUESTIONS = question_sets.current()
NEVER_ASKED = ("navn på", "fødsels", "diagnose", "etnisk", "nasjonalitet", "psykisk", "beruset")


@pytest.mark.parametrize("form", MEETINGS)
def test_a_check_has_four_to_six_questions(form):
    assert 4 <= len(QUESTIONS.questions_for(form)) <= 6


def test_no_question_asks_who_the_client_is():
    for question in QUESTIONS.questions:
        words = f"{question.text.nb} {question.help.nb if question.help else ''}".lower()
        assert not [word for word in NEVER_ASKED if word in words], question.code


def test_every_advice_is_given_somewhere():
    named = {code for q in QUESTIONS.questions for a in q.answers for code in a.advice}
    named |= {code for rule in QUESTIONS.together for code in rule.advice}
    named |= {advice.code for advice in QUESTIONS.advice if advice.from_level}
    assert named == {advice.code for advice in QUESTIONS.advice}


@pytest.mark.parametrize(
    ("language", "text"),
    [("nb", "Er du alene?"), ("nn", "Er du åleine?"), ("en", "Are you alone?")],
)
def test_questions_speak_the_readers_language(language, text):
    company = next(question for question in QUESTIONS.questions if question.code == "company")
    with translation.override(language):
        assert str(company.text) == text


def test_the_latest_version_is_the_one_in_use_and_older_ones_can_be_read():
    assert QUESTIONS.version == question_sets.versions()[-1]
    assert question_sets.version("1999-1") is None


@pytest.fixture
def folder(tmp_path):
    """A copy of the questions to spoil."""
    return shutil.copytree(question_sets.FOLDER / QUESTIONS.version, tmp_path / "2026-9")


def spoil(path, change):
    content = yaml.safe_load(path.read_text())
    change(content)
    path.write_text(yaml.safe_dump(content, allow_unicode=True))


def fault_of(folder):
    with pytest.raises(BrokenQuestions) as broken:
        question_sets.load(folder)
    return str(broken.value)


def test_a_missing_language_is_named_with_file_question_and_field(folder):
    spoil(folder / "office.yaml", lambda content: content["questions"][0]["text"].pop("nn"))
    assert "office.yaml: questions > company > text > nn: Field required" in fault_of(folder)


def test_points_without_a_reason_are_refused(folder):
    spoil(folder / "office.yaml", lambda content: content["questions"][0]["answers"][1].pop("reason"))
    fault = fault_of(folder)
    assert "office.yaml: questions > company > answers > alone_known" in fault
    assert "must have a reason" in fault


def test_advice_that_is_not_there_is_named(folder):
    spoil(folder / "remote.yaml", lambda content: content["advice"].pop(0))
    assert "ending > not_known: there is no advice 'ending_routine'" in fault_of(folder)


def test_a_misspelt_field_is_named(folder):
    spoil(folder / "remote.yaml", lambda content: content["questions"][0].update(factr=3))
    assert "remote.yaml: questions > ending > factr: Extra inputs are not permitted" in fault_of(folder)


def test_an_unknown_meeting_form_is_named(folder):
    spoil(folder / "remote.yaml", lambda content: content["questions"][0].update(forms=["seance"]))
    assert "unknown meeting form 'seance'" in fault_of(folder)


def test_a_rule_about_an_answer_that_is_not_there_is_named(folder):
    spoil(folder / "rule.yaml", lambda content: content["together"][0]["when"].update(history="often"))
    assert "rule.yaml > history_alone: there is no answer history: often" in fault_of(folder)


def test_a_check_with_too_many_questions_is_refused(folder):
    def ask_always(content):
        for question in content["questions"]:
            question["forms"] = ["planned"]

    spoil(folder / "remote.yaml", ask_always)
    assert "planned has 10 questions; a check has four to six" in fault_of(folder)


def test_a_file_that_is_not_yaml_is_named(folder):
    (folder / "office.yaml").write_text("questions: [")
    assert fault_of(folder).startswith("office.yaml: not YAML")


def test_thresholds_must_rise(folder):
    spoil(folder / "rule.yaml", lambda content: content["thresholds"].update(high=2))
    assert "high must be more than raised" in fault_of(folder)
