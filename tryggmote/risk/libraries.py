"""What a risk assessment starts from, as data: the eight factors, scenarios, activities and the matrix.

Kept in `library/*.yaml`, with texts of our own.
Source: standard 2.1; forskrift om utførelse av arbeid § 23A-1.
"""

import re
from collections.abc import Collection, Iterable
from enum import StrEnum
from functools import cache
from itertools import product
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from tryggmote.catalogue.errors import Problem, reasons
from tryggmote.catalogue.text import LANGUAGES, Sentence, Text
from tryggmote.catalogue.yaml_files import Location, UnreadableFile, read_yaml
from tryggmote.organisation.meeting_forms import MeetingForm

FOLDER = Path(__file__).parent / "library"

ALL_TOGETHER = 0  # number of the judgement of all eight factors together
FACTOR_NUMBERS = (1, 2, 3, 4, 5, 6, 7, 8, ALL_TOGETHER)
LEVELS = (1, 2, 3, 4, 5)
HAZARD_LENGTH = 110  # characters: a hazard is a line in a list


class BrokenLibrary(Exception):
    """A file cannot be used. The message has one line a problem: file, line, item, field and reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


# Not pydantic's pattern: `reasons` would explain it by how the catalogue spells its codes.
def _is_a_code(code: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", code):
        raise ValueError(f"“{code}” cannot be used; write it with small letters, digits and underscores")
    return code


def _is_a_capital(letter: str) -> str:
    if not (len(letter) == 1 and letter.isupper()):
        raise ValueError(f"“{letter}” is not one capital letter")
    return letter


def _is_short(text: Text) -> Text:
    for language in LANGUAGES:
        if len(getattr(text, language)) > HAZARD_LENGTH:
            raise ValueError(f"the text in {language} has more than {HAZARD_LENGTH} characters")
    return text


def _has_from(least: int, most: int) -> AfterValidator:
    def check(items: tuple[Any, ...]) -> tuple[Any, ...]:
        if not least <= len(items) <= most:
            raise ValueError(f"has {len(items)}; it must have from {least} to {most}")
        if len(set(items)) < len(items):
            raise ValueError("says the same twice")
        return items

    return AfterValidator(check)


LIST = Field(strict=False)  # YAML and JSON know lists, we keep tuples

Code = Annotated[str, AfterValidator(_is_a_code)]
Letter = Annotated[str, AfterValidator(_is_a_capital)]
Short = Annotated[Text, AfterValidator(_is_short)]
Level = Literal[1, 2, 3, 4, 5]
FactorNumber = Literal[1, 2, 3, 4, 5, 6, 7, 8]
Forms = Annotated[
    tuple[Annotated[MeetingForm, Field(strict=False)], ...], LIST, _has_from(1, len(MeetingForm))
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Prompt(_Part):
    """A question to think with, for these meeting forms."""

    text: Text
    forms: Forms = tuple(MeetingForm)

    def fits(self, forms: Collection[str]) -> bool:
        """Whether it is about any of these meeting forms."""
        return not set(forms).isdisjoint(self.forms)


class Factor(_Part):
    """One of the eight that must be assessed; number 0 is the judgement of all of them together."""

    number: Literal[FactorNumber, 0]
    title: Text
    help: Text
    prompts: Annotated[tuple[Prompt, ...], LIST, _has_from(5, 9)]


class MeasureKind(StrEnum):
    """What a measure does. The first four are those § 23A-4 asks for in particular."""

    DESIGN = "design"
    MAINTENANCE = "maintenance"
    CALLING_HELP = "calling_help"
    STAFFING = "staffing"
    PROCEDURE = "procedure"
    TRAINING = "training"
    EQUIPMENT = "equipment"


class Suggestion(_Part):
    """A measure to consider against a scenario."""

    kind: Annotated[MeasureKind, Field(strict=False)]
    text: Text


class LibraryScenario(_Part):
    """Something that can happen. It has no scores: those are given by people who know the place."""

    code: Code
    forms: Forms
    factors: Annotated[tuple[FactorNumber, ...], LIST, _has_from(1, 8)]
    hazard: Short
    situation: Text
    causes: Text
    consequences: Text
    measures: Annotated[tuple[Suggestion, ...], LIST, _has_from(2, 4)]

    def fits(self, forms: Collection[str]) -> bool:
        """Whether it can happen in any of these meeting forms."""
        return not set(forms).isdisjoint(self.forms)


class Activity(_Part):
    """Something a unit does that brings its employees in contact with clients."""

    code: Code
    title: Text
    forms: Forms
    places: Text | None = None


class Likelihood(_Part):
    """How often it happens in the unit, in plain frequencies."""

    number: Level
    word: Text
    frequency: Text


class Consequence(_Part):
    """How bad it is, life and health first."""

    number: Level
    word: Text
    typical: Text


class AreaCode(StrEnum):
    """Areas of the matrix, each higher than the one before."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"

    @property
    def rank(self) -> int:
        """0, 1, 2: what is compared."""
        return list(AreaCode).index(self)


class Area(_Part):
    """What a risk in this part of the matrix asks for. The letter is for those who do not see the colour."""

    code: Annotated[AreaCode, Field(strict=False)]
    letter: Letter
    word: Text
    says: Text

    @property
    def rank(self) -> int:
        """0, 1, 2: what is compared."""
        return self.code.rank


class Areas(_Part):
    """The three areas. Written under their names, which become their codes."""

    green: Area
    yellow: Area
    red: Area

    @model_validator(mode="before")
    @classmethod
    def _names_are_codes(cls, areas: Any) -> Any:
        if not isinstance(areas, dict):
            return areas
        return {
            name: {**area, "code": name} if isinstance(area, dict) else area for name, area in areas.items()
        }

    @model_validator(mode="after")
    def _have_a_letter_each(self) -> Self:
        if len({self.green.letter, self.yellow.letter, self.red.letter}) < 3:
            raise ValueError("two areas have the same letter")
        return self


Row = Annotated[tuple[Annotated[AreaCode, Field(strict=False)], ...], LIST]


class Matrix(_Part):
    """Likelihood times consequence, five by five. Kept with each assessment, so that it stays readable."""

    version: Sentence
    likelihoods: Annotated[tuple[Likelihood, ...], LIST]
    consequences: Annotated[tuple[Consequence, ...], LIST]
    areas: Areas
    # A row for each consequence 1 to 5; in a row, likelihood 1 to 5.
    cells: Annotated[tuple[Row, ...], LIST]

    @field_validator("likelihoods", "consequences")
    @classmethod
    def _are_one_to_five(cls, levels: tuple[Any, ...]) -> tuple[Any, ...]:
        if tuple(level.number for level in levels) != LEVELS:
            raise ValueError("must be the levels 1, 2, 3, 4 and 5 in this order")
        return levels

    @field_validator("cells")
    @classmethod
    def _are_sound(cls, cells: tuple[tuple[AreaCode, ...], ...]) -> tuple[tuple[AreaCode, ...], ...]:
        if len(cells) != 5 or any(len(row) != 5 for row in cells):
            raise ValueError("must have five rows of five")
        for row, column in product(range(5), range(5)):
            area, cell = cells[row][column], f"consequence {row + 1}, likelihood {column + 1}"
            if row and area.rank < cells[row - 1][column].rank:
                raise ValueError(f"{cell} is lower than consequence {row}")
            if column and area.rank < cells[row][column - 1].rank:
                raise ValueError(f"{cell} is lower than likelihood {column}")
        # A knife at a planned talk is rare and fatal: a matrix must not hide it.
        if AreaCode.GREEN in cells[4]:
            raise ValueError("what can cost a life (consequence 5) must not be green")
        # No area falls, so the last cell is the highest of all.
        if cells[4][4] is not AreaCode.RED:
            raise ValueError("no cell is red")
        return cells

    def area_of(self, likelihood: int, consequence: int) -> Area:
        """The area of a risk. Raises: ValueError when a level is not 1 to 5."""
        if likelihood not in LEVELS or consequence not in LEVELS:
            raise ValueError(f"there is no cell for likelihood {likelihood}, consequence {consequence}")
        area: Area = getattr(self.areas, self.cells[consequence - 1][likelihood - 1])
        return area

    def legend(self) -> tuple[Area, Area, Area]:
        """The areas, lowest first."""
        return (self.areas.green, self.areas.yellow, self.areas.red)

    def likelihood(self, number: int) -> Likelihood:
        """The likelihood with this number, 1 to 5."""
        return next(level for level in self.likelihoods if level.number == number)

    def consequence(self, number: int) -> Consequence:
        """The consequence with this number, 1 to 5."""
        return next(level for level in self.consequences if level.number == number)

    def definition(self) -> dict[str, Any]:
        """All of it in plain JSON, to keep with an assessment."""
        return self.model_dump(mode="json")

    @classmethod
    def from_definition(cls, definition: dict[str, Any]) -> "Matrix":
        """The matrix an assessment was made with. Raises: pydantic.ValidationError if it is no matrix."""
        return cls.model_validate(definition)


def _codes_differ(items: tuple[Any, ...]) -> tuple[Any, ...]:
    seen: set[str] = set()
    for item in items:
        if item.code in seen:
            raise ValueError(f"two have the code “{item.code}”")
        seen.add(item.code)
    return items


class FactorFile(_Part):
    """The contents of `factors.yaml`."""

    factors: Annotated[tuple[Factor, ...], LIST]

    @field_validator("factors")
    @classmethod
    def _are_the_eight_and_all_together(cls, found: tuple[Factor, ...]) -> tuple[Factor, ...]:
        if tuple(factor.number for factor in found) != FACTOR_NUMBERS:
            raise ValueError("must be the factors 1 to 8 in this order, then 0")
        return found


class ScenarioFile(_Part):
    """The contents of `scenarios.yaml`."""

    scenarios: Annotated[tuple[LibraryScenario, ...], LIST, AfterValidator(_codes_differ)]


class ActivityFile(_Part):
    """The contents of `activities.yaml`."""

    activities: Annotated[tuple[Activity, ...], LIST, AfterValidator(_codes_differ)]


@cache
def factors() -> tuple[Factor, ...]:
    """The eight in the order of § 23A-1, then number 0: all of them together."""
    return read(FOLDER / "factors.yaml", FactorFile).factors


def factor(number: int) -> Factor:
    """The factor with this number, 0 to 8. Raises: KeyError."""
    numbered: dict[int, Factor] = {found.number: found for found in factors()}
    return numbered[number]


def prompts_for(factor: Factor, forms: Collection[str]) -> tuple[Prompt, ...]:
    """The questions of this factor for assessing these meeting forms."""
    return tuple(prompt for prompt in factor.prompts if prompt.fits(forms))


@cache
def scenarios() -> tuple[LibraryScenario, ...]:
    """All scenarios, those that threaten life first."""
    return read(FOLDER / "scenarios.yaml", ScenarioFile).scenarios


def scenarios_for(forms: Collection[str]) -> tuple[LibraryScenario, ...]:
    """The scenarios that can happen in any of these meeting forms."""
    return tuple(scenario for scenario in scenarios() if scenario.fits(forms))


@cache
def activities() -> tuple[Activity, ...]:
    """A starter set for mapping the work."""
    return read(FOLDER / "activities.yaml", ActivityFile).activities


@cache
def matrix() -> Matrix:
    """The matrix that new assessments use."""
    return read(FOLDER / "matrix.yaml", Matrix)


_File = TypeVar("_File", bound=BaseModel)


def read(file: Path, kind: type[_File]) -> _File:
    """A file of the library. Raises: BrokenLibrary with every problem in it."""
    try:
        document = read_yaml(file)
    except UnreadableFile as error:
        raise BrokenLibrary([Problem(file.name, "", "", str(error))]) from None
    try:
        return kind.model_validate(document.data)
    except ValidationError as error:
        raise BrokenLibrary(
            Problem(file.name, *_place(location, document.data), reason, document.line_of(location))
            for location, reason in reasons(error)
        ) from None


_ONE_OF = {
    "factors": "factor",
    "scenarios": "scenario",
    "activities": "activity",
    "likelihoods": "likelihood",
    "consequences": "consequence",
    "cells": "row",
}


def _place(location: Location, data: Any) -> tuple[str, str]:
    """Whose field it is and its path from there: ("scenario spitting", "hazard.nn")."""
    match location:
        case (str(name), int(index), *rest):
            item = data[name][index]
            known = item.get("code", item.get("number")) if isinstance(item, dict) else None
            one = _ONE_OF.get(name, name)
            return f"{one} {index + 1 if known is None else known}", _path(rest)
        case ("areas", str(name), *rest):
            return f"area {name}", _path(rest)
    return "", _path(location)


def _path(steps: Iterable[str | int]) -> str:
    """Fields joined by dots, places in a list counted from 1."""
    path = ""
    for step in steps:
        path += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return path.removeprefix(".")
