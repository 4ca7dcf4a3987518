"""How an incident is written for another system, as data: ours and an organisation's own mappings."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from django.conf import settings
from django.core.checks import CheckMessage, Error
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from tryggmote.catalogue.errors import reasons
from tryggmote.catalogue.text import Sentence, Text
from tryggmote.catalogue.yaml_files import UnreadableFile, read_yaml
from tryggmote.incidents.export_fields import FIELDS

OURS = Path(__file__).parent / "export_mappings"


class BrokenMapping(Exception):
    """A mapping cannot be used. The message names file, field and reason."""


def _is_ours(name: str) -> str:
    if name not in FIELDS:
        raise ValueError(f"there is no field “{name}”; there are {', '.join(sorted(FIELDS))}")
    return name


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)


class MappedField(_Part):
    """One thing there: its name, which of ours it is, and what our codes are called."""

    name: Sentence
    source: Annotated[str, AfterValidator(_is_ours)] = Field(alias="from")
    written_as: Literal["word", "code"] = Field(default="word", alias="as")
    values: dict[str, str] = {}


class Mapping(_Part):
    """What one other system wants. `employer`: the code of the employer whose system it is, "" for all."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9-]{2,30}$")]
    title: Text
    format: Literal["json", "csv", "pdf"]
    employer: str = ""
    fields: Annotated[tuple[MappedField, ...], Field(strict=False, min_length=1)]


@cache
def mappings() -> dict[str, Mapping]:
    """Every mapping by its code, the organisation's own instead of ours where codes are the same.

    Read once a process. Raises: BrokenMapping.
    """
    folders = [OURS, *([settings.INCIDENT_EXPORTS] if settings.INCIDENT_EXPORTS else [])]
    found = [read_mapping(file) for folder in folders for file in sorted(folder.glob("*.yaml"))]
    return {mapping.code: mapping for mapping in found}


def mappings_for(employer_code: str) -> list[Mapping]:
    """Those an incident of this employer can be written with."""
    return [mapping for mapping in mappings().values() if mapping.employer in ("", employer_code)]


def read_mapping(file: Path) -> Mapping:
    """One file. Raises: BrokenMapping that names every fault in it."""
    try:
        return Mapping.model_validate(read_yaml(file).data)
    except UnreadableFile as error:
        raise BrokenMapping(f"{file.name}: {error}.") from None
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, where))}: {reason}" for where, reason in reasons(error))
        raise BrokenMapping(f"{file.name}: {faults}.") from None


def mappings_can_be_used(**_: object) -> list[CheckMessage]:
    """Says at start what is wrong with a mapping, instead of when a leader needs it."""
    try:
        mappings()
    except BrokenMapping as error:
        hint = "Mend the file, or take its folder out of INCIDENT_EXPORTS."
        return [Error(str(error), hint=hint, id="incidents.E001")]
    return []
