"""The file of what must be learnt: complete, in three languages, and strict about faults (4.1-4.3)."""

from pathlib import Path

import pytest
import yaml

from tryggmote.organisation.meeting_forms import MEETINGS
from tryggmote.training import elements
from tryggmote.training.elements import BrokenElements, Who
from tryggmote.training.vocabulary import Kind

GOOD = {
    "code": "risk",
    "kind": "theory",
    "title": {"nb": "a", "nn": "a", "en": "a"},
    "about": {"nb": "a", "nn": "a", "en": "a"},
    "who": ["meets_clients"],
    "answers": ["alarm_fails"],
}


def fault_of(tmp_path: Path, **changes: object) -> str:
    file = tmp_path / "2026-9.yaml"
    file.write_text(yaml.safe_dump({"version": "2026-9", "elements": [{**GOOD, **changes}]}))
    with pytest.raises(BrokenElements) as error:
        elements.load(file)
    return str(error.value)


@pytest.mark.parametrize("form", MEETINGS)
def test_every_meeting_form_asks_for_theory_practice_and_exercise(form: str) -> None:
    """§ 23A-2 asks for training and exercise, the standard (4.1) for theory and practice."""
    asked = [
        element.kind
        for element in elements.current().elements
        if Who.MEETS_CLIENTS in element.who and (not element.forms or form in element.forms)
    ]
    assert {Kind.THEORY, Kind.PRACTICE, Kind.EXERCISE} <= set(asked)


def test_roles_of_the_standard_have_their_training() -> None:
    asked = {who: element.requirement for element in elements.current().elements for who in element.who}
    assert asked[Who.LEADER] == "1.2"
    assert asked[Who.SAFETY_REPRESENTATIVE] == asked[Who.COMMITTEE_MEMBER] == "4.3"
    assert set(asked) == set(Who)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": "Ikke en kode"}, "elements.0.code"),
        ({"who": []}, "elements.0.who"),
        ({"kind": "lek"}, "elements.0.kind"),
        ({"answers": ["no_such"]}, "there is no starter scenario “no_such”"),
        ({"answers": []}, "must answer at least one starter scenario"),
        ({"before_first_meeting": True, "start_days": 3}, "gives a newcomer no days"),
        ({"months": 0}, "elements.0.months"),
        ({"title": {"nb": "a", "nn": "a"}}, "elements.0.title.en"),
    ],
)
def test_a_fault_in_the_file_is_named(tmp_path: Path, changes: dict[str, object], said: str) -> None:
    assert said in fault_of(tmp_path, **changes)
