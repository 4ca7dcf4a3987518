"""When somebody is reminded of a police report, and what the law says about it, as data: one file."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from tryggmote.catalogue.text import Text
from tryggmote.catalogue.yaml_files import read_yaml

OURS = Path(__file__).parent / "guidance" / "2026-1.yaml"


class Reminders(BaseModel):
    """Working days until somebody should look again."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    later: int = Field(ge=1, le=60)
    report: int = Field(ge=1, le=60)
    filed: int = Field(ge=1, le=260)
    asked: int = Field(ge=1, le=260)
    underway: int = Field(ge=1, le=260)


class Law(BaseModel):
    """One thing that the law or practice says, in our own words."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    place: str = Field(min_length=1)
    source: str = Field(pattern=r"^(https://\S+)?$")
    verified: bool
    text: Text


class Guidance(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    version: str = Field(pattern=r"^[A-Za-z0-9.-]{1,40}$")
    remind_after_workdays: Reminders
    law: tuple[Law, ...] = Field(min_length=1, strict=False)


@cache
def guidance() -> Guidance:
    """The guidance in force. Read once a process."""
    return Guidance.model_validate(read_yaml(OURS).data)
