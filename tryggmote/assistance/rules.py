"""Who may do what with a call (requirements 3.2-3.4). No database, no request."""

from collections.abc import Sequence
from typing import Protocol

from tryggmote.access.context import SignedInPerson
from tryggmote.assistance.vocabulary import OUTCOMES, Kind, Outcome, Purpose
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.roles import Role

OUTSIDE = (
    MeetingForm.HOME_VISIT,
    MeetingForm.OTHERS_PREMISES,
    MeetingForm.OUTDOORS,
    MeetingForm.DRIVING,
)
"""Where the place of a call may be a client's home: it is kept a day and goes into no report (3.3)."""


class OfSomebody(Protocol):
    """What the decisions need to know of a call."""

    caller_id: int
    workforce_id: int
    purpose: str
    kind: str
    form: str


def may_end(person: SignedInPerson, call: OfSomebody) -> bool:
    """The caller, or a leader of the caller or the unit. The database holds the same (`app.end_call`)."""
    leads = call.caller_id in person.team or call.workforce_id in person.led
    return call.caller_id == person.id or leads


def outcomes_of(call: OfSomebody) -> tuple[Outcome, ...]:
    """What a call of this purpose can have been."""
    return OUTCOMES[Purpose(call.purpose)]


def situation_of(call: OfSomebody) -> str:
    """The action card that holds, by its code: what was told, else a threat (3.2-3.4)."""
    if call.kind == Kind.VIOLENCE:
        return "violence"
    if call.kind == Kind.REMOTE:
        return "phone" if call.form in ("", MeetingForm.TELEPHONE) else "digital"
    return "threat"


def may_choose_responders(unit_id: int, units_led: Sequence[int]) -> bool:
    """The leader of a unit says who is told first there."""
    return unit_id in units_led


def may_connect(person: SignedInPerson, units_led: Sequence[int], unit_id: int | None = None) -> bool:
    """Alarm systems and a channel: administrators, and the leader of the unit; without a unit: of any.

    The database holds the same.
    """
    leads = bool(units_led) if unit_id is None else unit_id in units_led
    return person.has_role(Role.ADMINISTRATOR) or leads
