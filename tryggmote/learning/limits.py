"""When incidents are a pattern, and how long the exposed has to answer, as data: one file, by version."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from tryggmote.catalogue.yaml_files import read_yaml

OURS = Path(__file__).parent / "rule_data" / "2026-1.yaml"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Repeated(_Part):
    """So many events in so many days."""

    incidents: int = Field(ge=2, le=100)
    days: int = Field(ge=7, le=365)


class Wave(_Part):
    """When a county has more events than its own last year explains."""

    windows: list[int] = Field(min_length=1, max_length=4)
    history_days: int = Field(ge=90, le=1100)
    fewest_past_windows: int = Field(ge=4, le=100)
    fewest_incidents: int = Field(ge=5, le=1000)
    fewest_units: int = Field(ge=2, le=100)


class Limits(_Part):
    """All limits. `fewest_people_outside`: smaller figures stay within the unit."""

    version: str = Field(pattern=r"^[A-Za-z0-9.-]{1,40}$")
    person: Repeated
    form: Repeated
    place: Repeated
    trigger: Repeated
    wave: Wave
    fewest_people_outside: int = Field(ge=5, le=50)
    kept_days: int = Field(ge=90, le=1100)
    answer_workdays: int = Field(ge=2, le=20)


@cache
def limits() -> Limits:
    """The limits in force. Read once a process."""
    return Limits.model_validate(read_yaml(OURS).data)


def limits_sql() -> str:
    """`app.fewest_people_outside()`: how many people a figure is about before others see it."""
    return f"""
create or replace function app.fewest_people_outside() returns integer
language sql immutable parallel safe
return {limits().fewest_people_outside};
"""
