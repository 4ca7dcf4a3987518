"""A duty as pages show it."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from tryggmote.duties import rules
from tryggmote.duties.owed import Urgency
from tryggmote.duties.queries import requirement_url
from tryggmote.duties.receivers import can_be_handed
from tryggmote.duties.registry import Duty


@dataclass(frozen=True)
class Row:
    """`key` stays the same while the duty does, so that focus stays too. `name`: what forms call it.

    `due_day`: the day it is due, where that is by the end of a day and not at a moment.
    """

    duty: Duty
    key: str
    name: str
    due_day: date | None
    is_overdue: bool
    somebody_waits: bool
    can_be_handed: bool
    requirement_url: str


def row_of(duty: Duty, moment: datetime) -> Row:
    """The row of one duty, at this moment."""
    overdue = rules.is_overdue(duty, moment)
    return Row(
        duty=duty,
        key=sha256(_thing(duty).encode()).hexdigest()[:12],
        name=rules.key_of(duty.owed) if duty.owed else "",
        due_day=rules.last_day(duty.due) if duty.due else None,
        is_overdue=overdue,
        somebody_waits=duty.urgency == Urgency.NOW and not overdue,
        can_be_handed=duty.owed is not None and can_be_handed(duty.owed) and not rules.is_given(duty),
        requirement_url=requirement_url(duty.requirement) if duty.requirement else "",
    )


def _thing(duty: Duty) -> str:
    """What it is about: several of a kind may lead to one page. Handed by another it is another row."""
    return f"{rules.key_of(duty.owed)} {duty.owed.handed_by}" if duty.owed else f"{duty.kind} {duty.url}"
