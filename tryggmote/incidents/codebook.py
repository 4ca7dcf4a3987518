"""The code book: what an incident is classified with, as versioned data: `codebook/<version>.yaml` (2.4).

Every version that was ever used stays, since figures of its time are read with its words.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from django.utils.functional import Promise
from django.utils.text import format_lazy
from pydantic import BaseModel, ConfigDict, Field, model_validator

from tryggmote.catalogue.text import Text
from tryggmote.catalogue.yaml_files import read_yaml

FOLDER = Path(__file__).parent / "codebook"
NEWEST = "2026-1"
LIST = Field(strict=False, min_length=1)  # YAML knows lists, we keep tuples


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Code(_Part):
    """One code with its word. `means`: its definition, where the word does not say it all.

    `factor`: the factor of § 23A-1 it belongs to, 1-8, for circumstances only.
    """

    code: Annotated[str, Field(pattern=r"^[a-z0-9_]{2,40}$")]
    word: Text
    means: Text | None = None
    factor: Annotated[int, Field(ge=1, le=8)] | None = None


Codes = Annotated[tuple[Code, ...], LIST]


class Codebook(_Part):
    """One version of the code book. The groups are the fields of a classification."""

    version: str = Field(pattern=r"^[A-Za-z0-9.-]{1,40}$")
    natures: Codes
    channels: Codes
    directions: Codes
    triggers: Codes
    warning_signs: Codes
    immediate_actions: Codes
    consequences: Codes
    circumstances: Codes

    @model_validator(mode="after")
    def _has_each_code_once(self) -> Self:
        for group in GROUPS:
            codes = [code.code for code in getattr(self, group)]
            if len(set(codes)) < len(codes):
                raise ValueError(f"a code is given twice in {group}")
        return self

    @model_validator(mode="after")
    def _knows_the_factors(self) -> Self:
        if any(code.factor is None for code in self.circumstances):
            raise ValueError("every circumstance belongs to a factor of § 23A-1")
        return self

    def choices(self, group: str) -> list[tuple[str, Promise]]:
        """Codes and words of a group, for a form; in the language in force when they are shown."""
        # A `Text` can be iterated, which Django takes for a group of choices.
        return [(code.code, format_lazy("{}", code.word)) for code in getattr(self, group)]

    def words(self, group: str, codes: Iterable[str]) -> list[str]:
        """The words of these codes in the order of the book, in the language in force."""
        chosen = set(codes)
        return [str(code.word) for code in getattr(self, group) if code.code in chosen]


GROUPS = tuple(name for name in Codebook.model_fields if name != "version")


@cache
def codebook(version: str = NEWEST) -> Codebook:
    """A version of the code book. Raises KeyError for a version there never was. Read once a process."""
    if version not in versions():
        raise KeyError(version)
    return Codebook.model_validate(read_yaml(FOLDER / f"{version}.yaml").data)


@cache
def versions() -> tuple[str, ...]:
    """Every version there is, the newest first."""
    return tuple(sorted((path.stem for path in FOLDER.glob("*.yaml")), reverse=True))
