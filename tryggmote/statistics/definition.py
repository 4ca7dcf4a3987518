"""What every figure counts, as versioned data: `definitions/<version>.yaml`, printed with the figures."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tryggmote.catalogue.text import Text
from tryggmote.catalogue.yaml_files import read_yaml

FOLDER = Path(__file__).parent / "definitions"
NEWEST = "2026-2"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Measure(_Part):
    """One thing that is counted: what it is, and what one might think is in it and is not."""

    code: str = Field(pattern=r"^[a-z_]{2,20}$")
    name: Text
    counts: Text
    leaves_out: Text | None = None


class Definitions(_Part):
    """One version of what is counted."""

    version: str = Field(pattern=r"^[A-Za-z0-9.-]{1,40}$")
    measures: Annotated[tuple[Measure, ...], Field(strict=False, min_length=1)]

    def measure(self, code: str) -> Measure:
        """The definition of a measure. Raises: KeyError for one there is not."""
        return {measure.code: measure for measure in self.measures}[code]


@cache
def definitions(version: str = NEWEST) -> Definitions:
    """A version. Read once a process."""
    return Definitions.model_validate(read_yaml(FOLDER / f"{version}.yaml").data)
