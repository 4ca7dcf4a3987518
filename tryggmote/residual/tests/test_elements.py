"""What must be in place, as data: it follows the standard, and a broken file is refused with its fault."""

from pathlib import Path

import pytest

from tryggmote.catalogue.text import LANGUAGES
from tryggmote.organisation.meeting_forms import MEETINGS
from tryggmote.residual import elements
from tryggmote.residual.elements import BrokenElements, load

FILE = elements.FOLDER / "2026-1.yaml"


def test_each_form_has_the_elements_the_standard_names() -> None:
    found = {(element.code, form.value) for _required, element, form in elements.cells()}
    for form in MEETINGS:
        assert ("calling_help", form) in found
    for form in ("reception", "planned", "group"):
        assert {element for element, at in found if at == form} == {
            "calling_help", "layout", "alert_threat", "alert_violence", "protective",
        }  # fmt: skip
    for form in ("home_visit", "others_premises", "outdoors", "driving"):
        assert {element for element, at in found if at == form} == {
            "calling_help",
            "evacuation",
            "protective",
        }
    for form in ("telephone", "video", "written"):
        assert {element for element, at in found if at == form} == {"calling_help"}


def test_being_sought_out_outside_work_is_no_meeting() -> None:
    assert elements.requirement_of("outside_work") is None
    assert elements.find("calling_help", "outside_work") is None


def test_every_text_is_there_in_three_languages() -> None:
    for _required, element, _form in elements.cells():
        for language in LANGUAGES:
            assert getattr(element.title, language)
            assert getattr(element.what, language)


def test_an_action_card_is_offered_in_the_forms_it_is_for() -> None:
    away = elements.find("evacuation", "driving")
    assert away is not None
    assert away.cards_for("driving") == ["car"]
    assert away.cards_for("home_visit") == ["visit"]


@pytest.mark.parametrize(
    ("before", "now", "fault"),
    [
        ("cards: [threat]", "cards: [nonsense]", "nonsense"),
        ("code: layout", "code: calling_help", "same code"),
        ("forms: [telephone, video, written]", "forms: [telephone, video]", "every form"),
        ("kind: design", "kind: unknown", "kind"),
        ('number: "3.4"', 'number: "3,4"', "number"),
    ],
)
def test_a_broken_file_is_refused_with_what_is_wrong(
    tmp_path: Path, before: str, now: str, fault: str
) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert before in text
    file = tmp_path / "2027-1.yaml"
    file.write_text(text.replace(before, now, 1), encoding="utf-8")
    with pytest.raises(BrokenElements, match=fault):
        load(file)
