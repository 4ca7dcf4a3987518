"""How large evidence may be and which kinds of files are taken, as data: one file, checked at start."""

from functools import cache, cached_property
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tryggmote.catalogue.yaml_files import read_yaml
from tryggmote.exhibits.vocabulary import Kind

OURS = Path(__file__).parent / "limits" / "2026-1.yaml"
MB = 1024 * 1024


class OfKind(BaseModel):
    """`types`: the media types of this kind, and the extension that a file of each leaves us with."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    largest_mb: int = Field(ge=1, le=2000)
    types: dict[str, str] = Field(min_length=1)


class Limits(BaseModel):
    """What is taken, and how much of it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    version: str = Field(pattern=r"^[A-Za-z0-9.-]{1,40}$")
    files_per_incident: int = Field(ge=1, le=500)
    total_mb_per_incident: int = Field(ge=1)
    most_megapixels: int = Field(ge=1, le=200)
    kinds: dict[str, OfKind]

    @model_validator(mode="after")
    def _every_kind_and_each_type_once(self) -> Self:
        if set(self.kinds) != set(Kind.values):
            raise ValueError(f"exactly these kinds are needed: {', '.join(Kind.values)}")
        types = [name for kind in self.kinds.values() for name in kind.types]
        if len(types) != len(set(types)):
            raise ValueError("a media type belongs to one kind")
        return self

    @cached_property
    def kind_of(self) -> dict[str, Kind]:
        """By media type, the kind it belongs to."""
        return {name: Kind(kind) for kind, its in self.kinds.items() for name in its.types}

    @property
    def largest_mb(self) -> int:
        """No file of any kind is larger."""
        return max(kind.largest_mb for kind in self.kinds.values())

    @property
    def total(self) -> int:
        """Bytes of originals in one incident."""
        return self.total_mb_per_incident * MB

    def extension_of(self, media_type: str) -> str:
        """What a file of this type is called when it leaves us."""
        return self.kinds[self.kind_of[media_type]].types[media_type]


@cache
def limits() -> Limits:
    """The limits in force. Read once a process."""
    return Limits.model_validate(read_yaml(OURS).data)
