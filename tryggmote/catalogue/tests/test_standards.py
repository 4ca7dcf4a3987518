"""The sets that come with the product."""

import re
from datetime import date

import pytest
from django.utils import translation

from tryggmote.catalogue.loader import OURS, read_standards
from tryggmote.catalogue.parties import EMPLOYEE, EMPLOYER
from tryggmote.catalogue.references import law_behind
from tryggmote.catalogue.schema import Requirement, Standard
from tryggmote.organisation.roles import Role

STANDARD, LAW = read_standards([OURS])
NUMBERS = [
    *("1.1", "1.2", "1.3"),
    *("2.1", "2.2", "2.3", "2.4"),
    *("3.0", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6"),  # 3.0: the duty in the introduction to area 3
    *("4.1", "4.2", "4.3"),
]
LAW_ONLY = [
    *("23a-5", "aml-5-1", "aml-5-2", "ftrl-13-14"),
    *("aml-2-2", "aml-6-2", "aml-6-3", "aml-7-2"),
    *("organisering-10-6", "aml-4-1", "aml-3-2", "23a-2"),
]
BOKMAL_ONLY = frozenset(
    {"ikke", "hvor", "hva", "hvis", "hvem", "fra", "noe", "noen", "være", "en", "et", "uten", "ansatte"}
    | {"verneombud", "hendelse", "trusler", "vold", "leder", "enheten", "egne", "brukere", "gjøre"}
)
EVERY_ROW = [(standard, requirement) for standard in (STANDARD, LAW) for requirement in standard.requirements]
BEFORE, AFTER = date(2025, 12, 31), date(2026, 1, 1)


def requirement(standard: Standard, number: str) -> Requirement:
    found = standard.requirement(number)
    assert found is not None, number
    return found


def references(standard: Standard, number: str, on: date) -> list[str]:
    with translation.override("nb"):
        return [str(r) for r in law_behind(standard, requirement(standard, number), on).in_force]


def test_every_requirement_of_the_standard_is_there_once_and_in_order() -> None:
    assert [r.number for r in STANDARD.requirements] == NUMBERS
    assert len(NUMBERS) == 16 + 1
    assert [area.number for area in STANDARD.areas] == ["1", "2", "3", "4"]
    assert all(r.number.startswith(area.number) for area in STANDARD.areas for r in area.requirements)


def test_the_duties_the_standard_leaves_out_are_there_and_marked_as_law() -> None:
    assert [r.number for r in LAW.requirements] == LAW_ONLY
    assert LAW.is_law_only
    assert not STANDARD.is_law_only


@pytest.mark.parametrize(("standard", "row"), EVERY_ROW, ids=lambda value: getattr(value, "number", ""))
def test_a_requirement_names_its_evidence_rule_after_its_number(standard: Standard, row: Requirement) -> None:
    assert row.evidence.rule == "evidence_" + re.sub(r"[.-]", "_", row.number)


@pytest.mark.parametrize(("standard", "row"), EVERY_ROW, ids=lambda value: getattr(value, "number", ""))
def test_the_three_languages_are_three_texts(standard: Standard, row: Requirement) -> None:
    for text in (row.summary, row.here, row.evidence.says):
        assert len({text.nb, text.nn, text.en}) == 3
        sentences = [len(re.findall(r"[.?!](?:\s|$)", language)) for language in (text.nb, text.nn, text.en)]
        assert max(sentences) - min(sentences) <= 1, "the languages say the same"


@pytest.mark.parametrize(("standard", "row"), EVERY_ROW, ids=lambda value: getattr(value, "number", ""))
def test_nynorsk_is_nynorsk(standard: Standard, row: Requirement) -> None:
    texts = (row.title, row.summary, row.here, row.evidence.says, row.interval.says)
    words = {word for text in texts for word in re.findall(r"\w+", text.nn.lower())}
    assert not words & BOKMAL_ONLY


@pytest.mark.parametrize(("standard", "row"), EVERY_ROW, ids=lambda value: getattr(value, "number", ""))
def test_a_summary_can_be_read_in_half_a_minute(standard: Standard, row: Requirement) -> None:
    for language in (row.summary.nb, row.summary.nn, row.summary.en):
        assert 2 <= len(re.findall(r"[.?!»](?:\s|$)", language)) <= 4
        assert len(language.split()) <= 90


def test_the_paragraph_on_violence_moved_from_the_fourth_to_the_sixth_at_new_year_2026() -> None:
    assert "AML § 4-3 fjerde ledd" in references(STANDARD, "1.1", BEFORE)
    assert "AML § 4-3 sjette ledd" not in references(STANDARD, "1.1", BEFORE)
    assert "AML § 4-3 sjette ledd" in references(STANDARD, "1.1", AFTER)
    assert "AML § 4-3 fjerde ledd" not in references(STANDARD, "1.1", AFTER)


def test_the_place_the_law_left_is_remembered_and_the_coming_one_announced() -> None:
    with translation.override("nb"):
        row = requirement(STANDARD, "1.1")
        assert "AML § 4-3 fjerde ledd" in map(str, law_behind(STANDARD, row, AFTER).earlier)
        assert "AML § 4-3 sjette ledd" in map(str, law_behind(STANDARD, row, BEFORE).later)


def test_the_electronic_injury_report_is_no_duty_before_2026() -> None:
    assert references(LAW, "ftrl-13-14", BEFORE) == []
    assert references(LAW, "ftrl-13-14", AFTER) == ["Folketrygdloven § 13-14"]


@pytest.mark.parametrize("number", ["3.2", "3.3", "3.4"])
def test_the_section_on_escape_routes_says_that_it_is_about_escape_routes(number: str) -> None:
    rules = {key: STANDARD.provisions[key] for key in requirement(STANDARD, number).references}
    note = rules["arbeidsplass-romning"].note
    assert note is not None
    assert "Rømningsveier og nødutganger" in note.nb
    assert "10-6" in note.nb


def test_what_nobody_has_compared_with_the_law_is_marked_so() -> None:
    unverified = {
        f"{provision.act} {place.section}"
        for standard in (STANDARD, LAW)
        for provision in standard.provisions.values()
        for place in provision.places
        if not place.verified
    }
    assert unverified == {
        "aml 3-1",
        "aml 6-2",
        "aml 7-2",
        "arbeidsplass 2-21",
        "internkontroll 6",
        "organisering 3-20",
        "organisering 8-1",
    }


def test_the_whole_of_the_law_on_violence_is_behind_some_requirement() -> None:
    sections = {
        place.section
        for standard in (STANDARD, LAW)
        for provision in standard.provisions.values()
        for place in provision.places
    }
    assert {"23A-1", "23A-2", "23A-3", "23A-4", "23A-5", "4-3", "5-1", "5-2", "13-14", "10-6"} <= sections


def test_an_employee_reports_and_the_employer_answers_for_the_routine() -> None:
    assert set(requirement(STANDARD, "2.4").responsible) == {EMPLOYEE, EMPLOYER}


def test_the_safety_representative_answers_for_stopping_dangerous_work() -> None:
    assert Role.SAFETY_REPRESENTATIVE in requirement(LAW, "aml-6-3").responsible


def test_union_representatives_have_no_part_in_the_injury_register() -> None:
    row = requirement(LAW, "aml-5-1")
    assert Role.UNION_REPRESENTATIVE not in (*row.responsible, *row.involved)
