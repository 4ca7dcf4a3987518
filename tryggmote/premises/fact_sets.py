"""What is noted about a room and what each answer means for who can meet there, as data (3.1).

A change is a new file: what was noted about a room keeps the version it was noted with.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tryggmote.catalogue.text import Text
from tryggmote.catalogue.yaml_files import read_yaml
from tryggmote.organisation.meeting_levels import Level

FOLDER = Path(__file__).parent / "room_facts"

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FactAnswer(_Part):
    """One answer, and the highest level of meeting the room then is suitable for, with the reason."""

    code: Code
    text: Text
    up_to: Level = Level.HIGH
    reason: Text | None = None

    @model_validator(mode="after")
    def _explains_itself(self) -> Self:
        if self.up_to is not Level.HIGH and self.reason is None:
            raise ValueError("an answer that limits the room must have a reason")
        return self


class Fact(_Part):
    """One thing about a room that matters when somebody is threatened there."""

    code: Code
    text: Text
    help: Text | None = None
    answers: Annotated[tuple[FactAnswer, ...], Field(min_length=2, max_length=5)]

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        codes = [answer.code for answer in self.answers]
        if len(set(codes)) < len(codes):
            raise ValueError("two answers have the same code")
        if all(answer.up_to is not Level.HIGH for answer in self.answers):
            raise ValueError("one answer must be good enough for every meeting")
        return self

    def answer(self, code: str) -> FactAnswer | None:
        """The answer with this code, or None."""
        return next((answer for answer in self.answers if answer.code == code), None)


class FactSet(_Part):
    """All facts of one version. `unknown`: why a room that is not fully noted is limited."""

    version: Annotated[str, Field(pattern=r"^\d{4}-\d{1,2}$")]
    unknown: Text
    facts: Annotated[tuple[Fact, ...], Field(min_length=1, max_length=12)]

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        codes = [fact.code for fact in self.facts]
        if len(set(codes)) < len(codes):
            raise ValueError("two facts have the same code")
        return self


@cache
def version(name: str) -> FactSet | None:
    """The facts that something was noted with; None when that version is no longer here."""
    path = FOLDER / f"{name}.yaml"
    return FactSet.model_validate(read_yaml(path).data) if name in versions() else None


def current() -> FactSet:
    """The facts that are noted now: the latest version."""
    latest = version(versions()[-1])
    assert latest is not None, "a listed version is there"
    return latest


@cache
def versions() -> tuple[str, ...]:
    """The versions here, oldest first."""
    return tuple(
        sorted((path.stem for path in FOLDER.glob("*.yaml")), key=lambda n: [*map(int, n.split("-"))])
    )
