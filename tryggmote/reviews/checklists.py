"""What is looked at in a review of premises, place by place, as data (3.1).

A change is a new file: a review keeps the version it was begun with.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tryggmote.catalogue.text import Text
from tryggmote.catalogue.yaml_files import read_yaml
from tryggmote.controls.vocabulary import MeasureKind, Rung
from tryggmote.premises.vocabulary import RoomKind

FOLDER = Path(__file__).parent / "checklists"
BUILDING = "building"
"""The place of the points that are about the building as a whole."""
PLACES = {BUILDING, *RoomKind.values}

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Point(_Part):
    """One thing to look at, as it is when it is in order; `fix`: what to do when it is not."""

    code: Code
    at: Annotated[tuple[str, ...], Field(min_length=1)]
    text: Text
    help: Text | None = None
    fix: Text
    kind: MeasureKind
    rung: Rung

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if unknown := set(self.at) - PLACES:
            raise ValueError(f"there is no such place: {', '.join(sorted(unknown))}")
        return self


class Checklist(_Part):
    """All points of one version, in the order they are looked at."""

    version: Annotated[str, Field(pattern=r"^\d{4}-\d{1,2}$")]
    points: Annotated[tuple[Point, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        codes = [point.code for point in self.points]
        if len(set(codes)) < len(codes):
            raise ValueError("two points have the same code")
        if bare := PLACES - {place for point in self.points for place in point.at}:
            raise ValueError(f"nothing is looked at in: {', '.join(sorted(bare))}")
        return self

    def points_at(self, place: str) -> tuple[Point, ...]:
        """What is looked at in a place: `BUILDING` or a kind of room."""
        return tuple(point for point in self.points if place in point.at)

    def point(self, code: str) -> Point | None:
        """The point with this code, or None."""
        return next((point for point in self.points if point.code == code), None)


@cache
def version(name: str) -> Checklist | None:
    """The checklist a review was begun with; None when that version is no longer here."""
    path = FOLDER / f"{name}.yaml"
    return Checklist.model_validate(read_yaml(path).data) if name in versions() else None


def current() -> Checklist:
    """The checklist that reviews begin with now: the latest version."""
    latest = version(versions()[-1])
    assert latest is not None, "a listed version is there"
    return latest


@cache
def versions() -> tuple[str, ...]:
    """The versions here, oldest first."""
    return tuple(
        sorted((path.stem for path in FOLDER.glob("*.yaml")), key=lambda n: [*map(int, n.split("-"))])
    )
