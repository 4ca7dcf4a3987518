"""The library of exercises as data: what is in it, and what a broken file says (4.1)."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection
from django.utils.translation import override

from tryggmote.exercises import library
from tryggmote.exercises.library import Library
from tryggmote.exercises.vocabulary import Way
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.risk.library_files import BrokenLibrary, read


def test_there_are_fifteen_and_every_meeting_form_can_be_exercised() -> None:
    scenarios = library.current().scenarios
    assert len(scenarios) == 15
    assert {form for scenario in scenarios for form in scenario.forms} == set(MeetingForm)


def test_every_text_is_said_in_english_and_the_situation_in_nynorsk_of_its_own() -> None:
    for scenario in library.current().scenarios:
        assert scenario.situation.nb != scenario.situation.nn, scenario.code
        for text in (scenario.situation, *scenario.objectives, *scenario.questions):
            assert text.en not in (text.nb, text.nn), scenario.code


def test_most_can_be_done_in_practice_and_all_are_read_in_the_language_of_the_page() -> None:
    scenarios = library.current().scenarios
    assert sum(Way.PRACTICAL in scenario.ways for scenario in scenarios) >= 10
    with override("en"):
        assert str(scenarios[0].title) == "A threat in reception"


def test_a_version_that_is_gone_is_answered_by_the_one_in_use() -> None:
    assert library.scenario_of("2020-1", "bomb_threat").code == "bomb_threat"
    with pytest.raises(LookupError):
        library.scenario_of("2026-1", "nothing_such")


@pytest.mark.django_db
def test_the_database_knows_what_taking_part_counts_as() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select app.elements_of_exercise('2026-1', 'weapon_shown')")
        assert cursor.fetchone()[0] == ["exercise_threat", "exercise_violence"]
        cursor.execute("select app.elements_of_exercise('2026-1', 'made_up')")
        assert cursor.fetchone()[0] == []


def broken(tmp_path: Path, **changes: Any) -> str:
    """What reading says of our library with the first scenario changed."""
    data = yaml.safe_load((library.FOLDER / "2026-1.yaml").read_text())
    data["scenarios"][0] |= changes
    file = tmp_path / "2026-2.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True))
    with pytest.raises(BrokenLibrary) as error:
        read(file, Library)
    return str(error.value)


def test_a_broken_file_names_scenario_field_and_reason(tmp_path: Path) -> None:
    assert "reception_threat" in broken(tmp_path, minutes=5)
    assert "there is no such scenario in risk/library: dragons" in broken(tmp_path, answers=["dragons"])
    assert "must have from 2 to 4" in broken(tmp_path, objectives=[])
    assert "there is no such element of training: magic" in broken(tmp_path, counts_as=["magic"])


def test_injects_come_in_time(tmp_path: Path) -> None:
    def injects(*minutes: int) -> list[dict[str, Any]]:
        texts = ({"nb": f"{n}", "nn": f"{n}", "en": f"{n}"} for n in range(len(minutes)))
        return [
            {"minute": at, "text": text, "expected": text} for at, text in zip(minutes, texts, strict=True)
        ]

    assert "must come at minute 0" in broken(tmp_path, injects=injects(1, 2, 3))
    assert "later than the one before" in broken(tmp_path, injects=injects(0, 5, 5))
    assert "and it lasts 30" in broken(tmp_path, injects=injects(0, 5, 30))
