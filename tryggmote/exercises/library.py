"""What can be exercised, as data: `library/*.yaml`, in our own words (requirement 4.1, § 23A-2).

A change is a new file: an exercise keeps the version it was planned with.
"""

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from tryggmote.catalogue.text import Text
from tryggmote.exercises.vocabulary import Way
from tryggmote.risk import libraries
from tryggmote.risk.libraries import Code, Forms, has_from
from tryggmote.risk.library_files import read
from tryggmote.risk.matrix import LIST, Part
from tryggmote.training import elements

FOLDER = Path(__file__).parent / "library"
LONGEST_MINUTES = 240


def _are_in_risk_library(codes: tuple[str, ...]) -> tuple[str, ...]:
    if unknown := set(codes) - {scenario.code for scenario in libraries.scenarios()}:
        raise ValueError(f"there is no such scenario in risk/library: {', '.join(sorted(unknown))}")
    return codes


def _are_training_elements(codes: tuple[str, ...]) -> tuple[str, ...]:
    if unknown := set(codes) - {element.code for element in elements.current().elements}:
        raise ValueError(f"there is no such element of training: {', '.join(sorted(unknown))}")
    return codes


class Inject(Part):
    """What whoever leads says at a minute, and what one hopes to see."""

    minute: Annotated[int, Field(ge=0, le=LONGEST_MINUTES)]
    text: Text
    expected: Text


class ExerciseScenario(Part):
    """A situation that is played or talked through. Objectives and injects are named by their place."""

    code: Code
    title: Text
    situation: Text
    forms: Forms
    ways: Annotated[tuple[Annotated[Way, Field(strict=False)], ...], LIST, has_from(1, 2)]
    minutes: Annotated[int, Field(ge=10, le=LONGEST_MINUTES)]
    objectives: Annotated[tuple[Text, ...], LIST, has_from(2, 4)]
    roles: Annotated[tuple[Text, ...], LIST, has_from(2, 6)]
    injects: Annotated[tuple[Inject, ...], LIST, has_from(3, 8)]
    questions: Annotated[tuple[Text, ...], LIST, has_from(2, 5)]
    answers: Annotated[tuple[Code, ...], LIST, has_from(1, 8), AfterValidator(_are_in_risk_library)]
    counts_as: Annotated[tuple[Code, ...], LIST, has_from(0, 4), AfterValidator(_are_training_elements)]

    @model_validator(mode="after")
    def _injects_come_in_time(self) -> Self:
        minutes = [inject.minute for inject in self.injects]
        if minutes[0] != 0:
            raise ValueError("the first inject must come at minute 0")
        if any(later <= earlier for earlier, later in pairwise(minutes)):
            raise ValueError("each inject must come later than the one before")
        if minutes[-1] >= self.minutes:
            raise ValueError(f"the last inject comes at minute {minutes[-1]}, and it lasts {self.minutes}")
        return self

    def inject(self, number: int) -> Inject | None:
        """The inject with this number, from 1; None when there is none."""
        return self.injects[number - 1] if 1 <= number <= len(self.injects) else None

    @property
    def form_words(self) -> list[str]:
        """The meeting forms in words."""
        return [str(form.label) for form in self.forms]


class Library(Part):
    """The scenarios of one version, in the order they are shown."""

    version: Annotated[str, Field(pattern=r"^\d{4}-\d{1,2}$")]
    scenarios: Annotated[tuple[ExerciseScenario, ...], LIST, Field(min_length=1)]

    @model_validator(mode="after")
    def _codes_differ(self) -> Self:
        codes = [scenario.code for scenario in self.scenarios]
        if twice := {code for code in codes if codes.count(code) > 1}:
            raise ValueError(f"two scenarios have the same code: {', '.join(sorted(twice))}")
        return self

    def find(self, code: str) -> ExerciseScenario | None:
        """The scenario with this code, or None."""
        return next((scenario for scenario in self.scenarios if scenario.code == code), None)


@cache
def version(name: str) -> Library | None:
    """The library an exercise was planned with; None when it is not here. Raises: BrokenLibrary."""
    return read(FOLDER / f"{name}.yaml", Library) if name in versions() else None


def current() -> Library:
    """The latest version, which exercises are planned with now. Raises: BrokenLibrary."""
    latest = version(versions()[-1])
    assert latest is not None, "a listed version is there"
    return latest


@cache
def versions() -> tuple[str, ...]:
    """The versions here, oldest first."""
    return tuple(
        sorted((path.stem for path in FOLDER.glob("*.yaml")), key=lambda n: [*map(int, n.split("-"))])
    )


def scenario_of(name: str, code: str) -> ExerciseScenario:
    """The scenario an exercise was planned with. A version that is gone is answered by the current one.

    Raises: LookupError when no version here knows the code.
    """
    found = (version(name) or current()).find(code) or current().find(code)
    if found is None:
        raise LookupError(code)
    return found


def elements_sql() -> str:
    """`app.elements_of_exercise(version, scenario)`: what taking part counts as (requirement 4.1)."""
    branches = "\n".join(
        f"  when '{name}/{scenario.code}' then array[{', '.join(map(repr, scenario.counts_as))}]::text[]"
        for name in versions()
        for scenario in (version(name) or current()).scenarios
    )
    return f"""
create or replace function app.elements_of_exercise(version text, scenario text) returns text[]
language sql immutable parallel safe
return case version || '/' || scenario
{branches}
  else '{{}}'::text[] end;
"""
