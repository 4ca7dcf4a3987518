"""The lessons themselves: whole in three languages, and practice only for what can be practised (4.1)."""

from pathlib import Path

import pytest

from tryggmote.catalogue.text import LANGUAGES
from tryggmote.catalogue.yaml_files import read_yaml
from tryggmote.lessons import library
from tryggmote.lessons.library import BrokenLessons
from tryggmote.training import elements
from tryggmote.training.vocabulary import Kind

GOOD = """
version: "2026-1"
lessons:
  - code: a_refusal
    title: {nb: A, nn: A, en: A}
    about: {nb: A, nn: A, en: A}
    minutes: 10
    elements: [communication]
    points: [{nb: A, nn: A, en: A}, {nb: B, nn: B, en: B}, {nb: C, nn: C, en: C}]
    questions:
      - text: {nb: A, nn: A, en: A}
        options: [{text: {nb: A, nn: A, en: A}, is_right: true}, {text: {nb: B, nn: B, en: B}}]
        why: {nb: A, nn: A, en: A}
    talk: {nb: A, nn: A, en: A}
"""


def load(tmp_path: Path, text: str) -> library.Library:
    file = tmp_path / "2026-1.yaml"
    file.write_text(text)
    return library.load(file)


def test_there_are_a_dozen_about_what_the_work_is_like() -> None:
    codes = [lesson.code for lesson in library.current().lessons]
    assert len(codes) >= 12
    assert {"the_check", "a_refusal", "threat_of_suicide", "at_the_door", "only_words"} <= set(codes)


def test_nynorsk_and_english_are_not_bokmål_again() -> None:
    for lesson in library.current().lessons:
        for text in (lesson.about, lesson.talk, *lesson.points, *(each.why for each in lesson.questions)):
            assert len({getattr(text, language) for language in LANGUAGES}) == 3, text.nb


def test_a_lesson_is_practice_for_elements_of_that_kind_only() -> None:
    practised = {code for lesson in library.current().lessons for code in lesson.practises}
    assert practised
    for code in practised:
        found = elements.find(code)
        assert found is not None
        assert found.kind is Kind.PRACTICE


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("[communication]", "[juggling]", "there is no element “juggling”"),
        ("[communication]", "[exercise_threat]", "is an exercise"),
        (", is_right: true", "", "exactly one answer must be right"),
        ("minutes: 10", "minutes: 90", "minutes"),
        ("code: a_refusal", "code: A refusal", "code"),
        (", en: C", "", "points"),
    ],
)
def test_a_file_with_a_fault_says_which(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    assert load(tmp_path, GOOD).lessons[0].code == "a_refusal"
    with pytest.raises(BrokenLessons, match=says):
        load(tmp_path, GOOD.replace(was, becomes, 1))


def test_two_lessons_of_one_code_are_refused(tmp_path: Path) -> None:
    _head, body = GOOD.split("lessons:\n")
    with pytest.raises(BrokenLessons, match="two lessons have the same code"):
        load(tmp_path, GOOD + body)


def test_every_file_of_ours_is_read_whole() -> None:
    for file in library.FOLDER.glob("*.yaml"):
        assert read_yaml(file).data["version"] == file.stem
        assert library.load(file).lessons
