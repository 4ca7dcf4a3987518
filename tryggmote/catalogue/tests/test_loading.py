"""Whoever brings a set of requirements is told file, requirement and field when something is wrong."""

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.checks import run_checks
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tryggmote.catalogue.errors import CatalogueError, Problem
from tryggmote.catalogue.loader import check, load_standards, read_standard, read_standards


def text(words: str) -> dict[str, str]:
    return {"nb": words, "nn": words, "en": words}


def a_set() -> dict[str, Any]:
    """A small set with nothing wrong in it."""
    row = {
        "title": text("Tittel"),
        "summary": text("Sammendrag"),
        "here": text("Her"),
        "responsible": ["employer"],
        "involved": ["employee", "safety_representative"],
        "interval": {"months": 12, "says": text("Hvert år")},
        "references": ["vold"],
    }
    evidence = {"rule": "evidence_1_1", "says": text("Oppfylt når")}
    place = {"section": "4-3", "source": "https://example.invalid/4-3", "verified": True}
    return {
        "code": "egen",
        "kind": "standard",
        "order": 1,
        "version": 1,
        "title": text("Egen standard"),
        "lead": text("Ingress"),
        "acts": {"aml": {"short": text("AML"), "name": text("Arbeidsmiljøloven")}},
        "provisions": {"vold": {"act": "aml", "about": text("Vold"), "places": [place]}},
        "areas": [
            {
                "number": "1",
                "title": text("Område"),
                "lead": text("Ingress"),
                "requirements": [
                    {**copy.deepcopy(row), "number": "1.1", "evidence": evidence},
                    {**copy.deepcopy(row), "number": "1.2", "evidence": {**evidence, "rule": "evidence_1_2"}},
                ],
            }
        ],
    }


def write(folder: Path, contents: dict[str, Any] | str, name: str = "egen.yaml") -> Path:
    if not isinstance(contents, str):
        contents = yaml.dump(contents, Dumper=_NoAliases, allow_unicode=True, sort_keys=False)
    file = folder / name
    file.write_text(contents, encoding="utf-8")
    return file


class _NoAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


Spoil = Callable[[dict[str, Any]], object]


def second(contents: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = contents["areas"][0]["requirements"][1]
    return row


def place(contents: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = contents["provisions"]["vold"]["places"][0]
    return found


BAD: dict[str, tuple[Spoil, str]] = {
    "a language is missing": (
        lambda c: second(c)["summary"].pop("nn"),
        "requirement 1.2, field summary.nn: the text in nynorsk is missing.",
    ),
    "a language is empty": (
        lambda c: second(c)["title"].update(en="  "),
        "requirement 1.2, field title.en: the text in English is empty.",
    ),
    "a field is missing": (lambda c: second(c).pop("here"), "requirement 1.2, field here: is missing."),
    "a field is misspelt": (
        lambda c: second(c).update(sumary=text("x")),
        "requirement 1.2, field sumary: is not a known field; is it misspelt?",
    ),
    "a number is used twice": (
        lambda c: second(c).update(number="1.1"),
        "requirement 1.1, field number: there is already requirement 1.1 in this set.",
    ),
    "a number is no text": (
        lambda c: second(c).update(number=1.2),
        "requirement 1.2, field number: must be text; put 1.2 in quotation marks.",
    ),
    "a role does not exist": (
        lambda c: second(c).update(responsible=["boss"]),
        "requirement 1.2, field responsible[1]: there is no role “boss”; the roles are employee, employer, ",
    ),
    "nobody is responsible": (
        lambda c: second(c).update(responsible=[]),
        "requirement 1.2, field responsible: is empty.",
    ),
    "the rule has no name of a rule": (
        lambda c: second(c)["evidence"].update(rule="1.2"),
        "requirement 1.2, field evidence.rule: “1.2” cannot be used; "
        "write the name of the rule as evidence_ and the number, like “evidence_2_4”.",
    ),
    "a reference leads nowhere": (
        lambda c: second(c).update(references=["vold", "trusler"]),
        "requirement 1.2, field references[2]: there is no provision “trusler” in this file.",
    ),
    "a reference is given twice": (
        lambda c: second(c).update(references=["vold", "vold"]),
        "requirement 1.2, field references[2]: “vold” is given twice.",
    ),
    "months are no number": (
        lambda c: second(c)["interval"].update(months="twelve"),
        "requirement 1.2, field interval.months: “twelve” is not a whole number.",
    ),
    "a provision is never used": (
        lambda c: c["provisions"].update(rest=copy.deepcopy(c["provisions"]["vold"])),
        "provision rest: no requirement refers to it.",
    ),
    "an act is unknown": (
        lambda c: c["provisions"]["vold"].update(act="nav"),
        "provision vold, field act: there is no act “nav” in this file.",
    ),
    "dates are reversed": (
        lambda c: place(c).update(valid_from=_day("2026-01-01"), valid_to=_day("2025-12-31")),
        "provision vold, field places[1].valid_to: ends on 2025-12-31, before it begins on 2026-01-01.",
    ),
    "a date is no date": (
        lambda c: place(c).update(valid_from="1. januar 2026"),
        "provision vold, field places[1].valid_from: “1. januar 2026” is not a date; "
        "write it like 2026-01-31, without quotation marks.",
    ),
    "one place is said twice": (
        lambda c: c["provisions"]["vold"]["places"].append(place(c)),
        "provision vold, field places[2]: is the same place as an earlier one, at the same time.",
    ),
    "a source is no web address": (
        lambda c: place(c).update(source="javascript:alert(1)"),
        "provision vold, field places[1].source: “javascript:alert(1)” cannot be used; "
        "write a web address that begins with https://.",
    ),
    "verified is neither yes nor no": (
        lambda c: place(c).update(verified="maybe"),
        "provision vold, field places[1].verified: “maybe” is neither yes nor no.",
    ),
    "an area is used twice": (
        lambda c: c["areas"].append(_another_area(c)),
        "area 1, field number: there is already area 1 in this set.",
    ),
    "an act has no name": (lambda c: c["acts"]["aml"].pop("name"), "act aml, field name: is missing."),
    "the kind is unknown": (
        lambda c: c.update(kind="guide"),
        "field kind: “guide” is not one of 'standard' or 'law'.",
    ),
}


def _day(iso: str) -> Any:
    return yaml.safe_load(iso)


def _another_area(contents: dict[str, Any]) -> dict[str, Any]:
    area: dict[str, Any] = copy.deepcopy(contents["areas"][0])
    for number, row in enumerate(area["requirements"]):
        row["number"] = f"2.{number}"
    return area


@pytest.mark.parametrize(("spoil", "sentence"), BAD.values(), ids=BAD)
def test_the_writer_is_told_file_requirement_and_field(tmp_path: Path, spoil: Spoil, sentence: str) -> None:
    contents = a_set()
    spoil(contents)
    with pytest.raises(CatalogueError) as caught:
        read_standard(write(tmp_path, contents))
    (problem,) = caught.value.problems
    assert re.fullmatch(rf"egen\.yaml, line \d+, {re.escape(sentence)}.*", str(problem))


def test_a_sound_set_is_read(tmp_path: Path) -> None:
    standard = read_standard(write(tmp_path, a_set()))
    assert [r.number for r in standard.requirements] == ["1.1", "1.2"]


def test_the_line_is_the_line_of_the_fault(tmp_path: Path) -> None:
    file = write(tmp_path, a_set())
    lines = file.read_text().splitlines()
    at = next(i for i, line in enumerate(lines) if "evidence_1_2" in line)
    lines[at] = lines[at].replace("evidence_1_2", "Evidence 1.2")
    file.write_text("\n".join(lines))
    with pytest.raises(CatalogueError, match=rf"line {at + 1}, requirement 1\.2, field evidence\.rule"):
        read_standard(file)


def test_every_fault_in_every_file_is_told_at_once(tmp_path: Path) -> None:
    first, other = a_set(), a_set()
    del second(first)["here"]
    del second(first)["title"]["nn"]
    other["kind"] = "guide"
    write(tmp_path, first, "en.yaml")
    write(tmp_path, other, "to.yaml")
    with pytest.raises(CatalogueError) as caught:
        read_standards([tmp_path])
    assert [(p.file, p.field) for p in caught.value.problems] == [
        ("en.yaml", "title.nn"),
        ("en.yaml", "here"),
        ("to.yaml", "kind"),
    ]


def test_two_files_cannot_be_the_same_set(tmp_path: Path) -> None:
    write(tmp_path, a_set(), "en.yaml")
    write(tmp_path, a_set(), "to.yaml")
    with pytest.raises(
        CatalogueError, match=r"^to\.yaml, field code: “egen” is already the code of en\.yaml\.$"
    ):
        read_standards([tmp_path])


def test_a_key_said_twice_is_not_lost_unseen(tmp_path: Path) -> None:
    file = write(tmp_path, "code: egen\nkind: law\ncode: annen\n")
    with pytest.raises(CatalogueError, match=r"^egen\.yaml: line 3: “code” is given twice\.$"):
        read_standard(file)


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        ("", "the file is empty"),
        ("code: [", "line 2"),
        ("- a\n- b\n", "must be fields with names"),
        ("code: !!python/object:os.system x\n", "line 1"),
        ("valid_from: 2026-13-45\n", "month must be in"),
    ],
)
def test_a_file_that_is_no_set_is_refused_in_a_sentence(tmp_path: Path, contents: str, words: str) -> None:
    with pytest.raises(CatalogueError, match=rf"^egen\.yaml.*{words}"):
        read_standard(write(tmp_path, contents))


def test_a_file_in_another_encoding_is_refused_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "egen.yaml"
    file.write_bytes("code: rømning".encode("latin-1"))
    with pytest.raises(CatalogueError, match="not text in UTF-8"):
        read_standard(file)


def test_an_organisation_brings_its_own_set(tmp_path: Path, settings: Settings) -> None:
    write(tmp_path, a_set())
    settings.CATALOGUE_PATHS = [tmp_path]
    load_standards.cache_clear()
    try:
        assert [standard.code for standard in load_standards()] == ["egen"]
    finally:
        load_standards.cache_clear()


def test_a_folder_without_sets_is_told_by_the_check(tmp_path: Path, settings: Settings) -> None:
    settings.CATALOGUE_PATHS = [tmp_path]
    assert check() == [f"{tmp_path}: the folder has no .yaml files, or does not exist."]


def test_the_program_does_not_start_with_a_set_it_cannot_use(tmp_path: Path, settings: Settings) -> None:
    settings.CATALOGUE_PATHS = [write(tmp_path, "code: [").parent]
    (error,) = run_checks(tags=["catalogue"])
    assert error.msg.startswith("egen.yaml: line 2")
    assert error.hint


def test_ours_pass_the_check() -> None:
    assert check() == []


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [path] + [leaf for key, child in children for leaf in _leaves(child, (*path, key))]


NONSENSE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.just([]),
    st.just({}),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
    st.just("\u00a0"),
)


@given(path=st.sampled_from(_leaves(a_set())[1:]), nonsense=NONSENSE)
def test_nonsense_anywhere_is_either_read_or_told_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, path: tuple[Any, ...], nonsense: Any
) -> None:
    contents = a_set()
    spot: Any = contents
    for step in path[:-1]:
        spot = spot[step]
    spot[path[-1]] = nonsense
    file = write(tmp_path_factory.mktemp("sets"), contents)
    assert all(str(problem).startswith("egen.yaml") for problem in problems_of(file))


def problems_of(file: Path) -> tuple[Problem, ...]:
    try:
        read_standard(file)
    except CatalogueError as error:
        return error.problems
    return ()
