"""What one line of a file says, before anybody knows whether we know the person and the course."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from tryggmote.organisation.importing.cells import Unreadable, text_of, value_of
from tryggmote.organisation.importing.columns import Column, Kind
from tryggmote.organisation.importing.problems import Problem

OSLO = ZoneInfo("Europe/Oslo")
EARLIEST = date(1960, 1, 1)
_DAY = Column("date", ("dato",), "", "", Kind.DATE)


@dataclass(frozen=True)
class Told:
    """Somebody, by what they are called there, has done a course of these names on a day.

    `courses`: the first is what people read, any of them may be one we know.
    """

    line: int
    external_id: str
    email: str
    courses: tuple[str, ...]
    done_on: date


@dataclass(frozen=True)
class Reading:
    """All that a file says. `problems`: each line that says nothing we can use, and why."""

    told: list[Told]
    problems: list[Problem]


def day_of(cell: Any, today: date) -> date:
    """The day in Norway that a cell or a time stamp names. Raises: Unreadable, with what it should be."""
    day: date = _stamped(cell) or value_of(_DAY, cell)
    if day > today:
        raise Unreadable(_("Dagen har ikke vært ennå."))
    if day < EARLIEST:
        raise Unreadable(_("Årstallet kan ikke stemme."))
    return day


def _stamped(cell: Any) -> date | None:
    """The day of a time stamp (RFC 3339): where no zone is said, it is ours. None for anything else."""
    text = text_of(cell)
    if isinstance(cell, date) or len(text) <= len("2026-01-31"):
        return None
    try:
        moment = datetime.fromisoformat(text)
        return (moment.astimezone(OSLO) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        return None
