"""One thing that somebody owes, before it has words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any
from uuid import UUID


class Urgency(IntEnum):
    """How soon something must be done: somebody may need help, somebody waits right now, …, some day."""

    AT_ONCE = -1
    NOW = 0
    TODAY = 1
    SOON = 2
    LATER = 3


@dataclass(frozen=True)
class Owed:
    """One thing one person owes, as the database says it.

    `handed_to`: names of those they have asked to do it. `handed_by`: who has asked them; `handing_id`: in
    which row.
    """

    kind: str
    subject: str
    unit_id: int | None
    due: datetime | None
    urgency: Urgency
    words: Mapping[str, Any]
    handed_to: str = ""
    handed_by: str = ""
    handing_id: UUID | None = None
