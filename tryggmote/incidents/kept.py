"""How long an incident and what belongs to it, and certificates, are kept: `kept/<version>.yaml` (ADR 0033).

`retention` deletes by it; the pages of what is kept say from when.
"""

from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal

from dateutil.relativedelta import relativedelta
from pydantic import BaseModel, ConfigDict, Field

from tryggmote.catalogue.text import Sentence
from tryggmote.catalogue.yaml_files import read_yaml

OURS = Path(__file__).parent / "kept" / "2026-1.yaml"
SOON_DAYS = 60
"""So long before, the page points it out, so that there is time to take care of what one needs."""
What = Literal["incident", "exhibit", "injury", "open_police_matter", "certificate", "concern", "dossier"]


class Nearness(StrEnum):
    """How near a deletion is. `OVER`: the time is over, and something else still needs what is kept."""

    FAR = "far"
    SOON = "soon"
    OVER = "over"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Time(_Part):
    """So many calendar months, and the provision they are taken from."""

    months: int = Field(ge=1, le=720)
    basis: Sentence


class KeptTimes(_Part):
    """Every time, in one version."""

    version: str = Field(pattern=r"^[A-Za-z0-9.-]{1,40}$")
    incident: Time
    exhibit: Time
    injury: Time
    open_police_matter: Time
    certificate: Time
    concern: Time
    dossier: Time

    def of(self, what: What) -> Time:
        """The time of one kind of thing."""
        time: Time = getattr(self, what)
        return time


@cache
def kept_times() -> KeptTimes:
    """The times in force. Read once a process. Raises: pydantic's ValidationError, UnreadableFile."""
    return KeptTimes.model_validate(read_yaml(OURS).data)


def deleted_from(what: What, start: date) -> date:
    """The first day on which `what`, counted from `start`, is not kept any more.

    The same as `app.deleted_from` in the database (`retention.times`). A month without such a day
    gives its last.
    """
    return start + relativedelta(months=kept_times().of(what).months)


def nearness(day: date, today: date) -> Nearness:
    """How near the day is from which something is deleted."""
    if day <= today:
        return Nearness.OVER
    return Nearness.SOON if (day - today).days <= SOON_DAYS else Nearness.FAR
