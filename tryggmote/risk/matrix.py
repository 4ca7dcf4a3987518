"""The risk matrix: five levels of likelihood and of consequence, and the area each risk lies in (2.1).

A version keeps the matrix it was made with, so that it stays readable.
"""

from enum import StrEnum
from itertools import product
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from tryggmote.catalogue.text import Sentence, Text

LEVELS = (1, 2, 3, 4, 5)
Level = Literal[1, 2, 3, 4, 5]
LIST = Field(strict=False)  # YAML and JSON know lists, we keep tuples


def _is_a_capital(letter: str) -> str:
    if not (len(letter) == 1 and letter.isupper()):
        raise ValueError(f"“{letter}” is not one capital letter")
    return letter


Letter = Annotated[str, AfterValidator(_is_a_capital)]


class Part(BaseModel):
    """A part of the library: strict, and never changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Likelihood(Part):
    """How often it happens in the unit, in plain frequencies."""

    number: Level
    word: Text
    frequency: Text


class Consequence(Part):
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


class Area(Part):
    """What a risk in this part of the matrix asks for. The letter is for those who do not see the colour."""

    code: Annotated[AreaCode, Field(strict=False)]
    letter: Letter
    word: Text
    says: Text

    @property
    def rank(self) -> int:
        """0, 1, 2: what is compared."""
        return self.code.rank


class Areas(Part):
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


class Matrix(Part):
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
