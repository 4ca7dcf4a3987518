"""What a risk assessment starts from, as data: the eight factors, scenarios, activities and the matrix.

Kept in `library/*.yaml`, with texts of our own.
Source: standard 2.1; forskrift om utførelse av arbeid § 23A-1.
"""

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, field_validator

from tryggmote.catalogue.text import LANGUAGES, Text
from tryggmote.controls.vocabulary import MeasureKind
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.risk.library_files import read
from tryggmote.risk.matrix import LIST, Matrix, Part

FOLDER = Path(__file__).parent / "library"
ALL_TOGETHER = 0  # number of the judgement of all eight factors together
FACTOR_NUMBERS = (1, 2, 3, 4, 5, 6, 7, 8, ALL_TOGETHER)
HAZARD_LENGTH = 110  # characters: a hazard is a line in a list


# Not pydantic's pattern: `reasons` would explain it by how the catalogue spells its codes.
def _is_a_code(code: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", code):
        raise ValueError(f"“{code}” cannot be used; write it with small letters, digits and underscores")
    return code


def _is_short(text: Text) -> Text:
    for language in LANGUAGES:
        if len(getattr(text, language)) > HAZARD_LENGTH:
            raise ValueError(f"the text in {language} has more than {HAZARD_LENGTH} characters")
    return text


def has_from(least: int, most: int) -> AfterValidator:
    """A list of at least and at most so many, all different."""

    def check(items: tuple[Any, ...]) -> tuple[Any, ...]:
        if not least <= len(items) <= most:
            raise ValueError(f"has {len(items)}; it must have from {least} to {most}")
        if len(set(items)) < len(items):
            raise ValueError("says the same twice")
        return items

    return AfterValidator(check)


Code = Annotated[str, AfterValidator(_is_a_code)]
Short = Annotated[Text, AfterValidator(_is_short)]
FactorNumber = Literal[1, 2, 3, 4, 5, 6, 7, 8]
Forms = Annotated[
    tuple[Annotated[MeetingForm, Field(strict=False)], ...], LIST, has_from(1, len(MeetingForm))
]


class Prompt(Part):
    """A question to think with, for these meeting forms."""

    text: Text
    forms: Forms = tuple(MeetingForm)

    def fits(self, forms: Collection[str]) -> bool:
        """Whether it is about any of these meeting forms."""
        return not set(forms).isdisjoint(self.forms)


class Factor(Part):
    """One of the eight that must be assessed; number 0 is the judgement of all of them together."""

    number: Literal[FactorNumber, 0]
    title: Text
    help: Text
    prompts: Annotated[tuple[Prompt, ...], LIST, has_from(5, 9)]


class Suggestion(Part):
    """A measure to consider against a scenario."""

    kind: Annotated[MeasureKind, Field(strict=False)]
    text: Text


class LibraryScenario(Part):
    """Something that can happen. It has no scores: those are given by people who know the place."""

    code: Code
    forms: Forms
    factors: Annotated[tuple[FactorNumber, ...], LIST, has_from(1, 8)]
    hazard: Short
    situation: Text
    causes: Text
    consequences: Text
    measures: Annotated[tuple[Suggestion, ...], LIST, has_from(2, 4)]

    def fits(self, forms: Collection[str]) -> bool:
        """Whether it can happen in any of these meeting forms."""
        return not set(forms).isdisjoint(self.forms)


class Activity(Part):
    """Something a unit does that brings its employees in contact with clients."""

    code: Code
    title: Text
    forms: Forms
    places: Text | None = None


def _codes_differ(items: tuple[Any, ...]) -> tuple[Any, ...]:
    seen: set[str] = set()
    for item in items:
        if item.code in seen:
            raise ValueError(f"two have the code “{item.code}”")
        seen.add(item.code)
    return items


class FactorFile(Part):
    """The contents of `factors.yaml`."""

    factors: Annotated[tuple[Factor, ...], LIST]

    @field_validator("factors")
    @classmethod
    def _are_the_eight_and_all_together(cls, found: tuple[Factor, ...]) -> tuple[Factor, ...]:
        if tuple(factor.number for factor in found) != FACTOR_NUMBERS:
            raise ValueError("must be the factors 1 to 8 in this order, then 0")
        return found


class ScenarioFile(Part):
    """The contents of `scenarios.yaml`."""

    scenarios: Annotated[tuple[LibraryScenario, ...], LIST, AfterValidator(_codes_differ)]


class ActivityFile(Part):
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
