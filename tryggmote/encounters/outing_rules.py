"""What follows when somebody is out alone and does not come back in time (AML § 4-1 third paragraph).

Pure: no database, no request.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Protocol

from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tryggmote.access.context import SignedInPerson
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.workdays import OSLO

OUTING_FORMS = (
    MeetingForm.HOME_VISIT,
    MeetingForm.OTHERS_PREMISES,
    MeetingForm.OUTDOORS,
    MeetingForm.DRIVING,
)
LONGEST = timedelta(hours=12)
MORE_MINUTES = (15, 30, 60)
AT_ONE_TAP = 30


class Step(IntegerChoices):
    """How far it has come since the agreed time: who has been told."""

    NONE = 0, pgettext_lazy("noen er ute alene", "Ute")
    SELF = 1, _("Minnet om å svare")
    CONTACT = 2, _("Kontakten er varslet")
    LEADER = 3, _("Lederen er varslet")
    CALL = 4, _("Hjelp er tilkalt")


class OfSomebody(Protocol):
    """What the decisions need to know of an outing."""

    employee_id: int
    contact_id: int | None
    workforce_id: int


def next_step_at(told: Step, expected_at: datetime, after: Mapping[Step, timedelta]) -> datetime | None:
    """When the step after `told` is taken; None after the last. `after`: by step, from the agreed time."""
    return None if told is Step.CALL else expected_at + after[Step(told + 1)]


def heard_at(pressed: datetime | None, *, now: datetime, last: datetime) -> datetime:
    """When the person was heard from, for an answer that may arrive long after it was pressed.

    `pressed` is by the phone's clock and believed as far as it can be true: not before the person was last
    heard from, not after now. Without it the answer was given now.
    """
    return min(max(pressed or now, last), now)


def left_at(pressed: datetime | None, *, now: datetime) -> datetime:
    """When somebody left, for a plan that may arrive later: believed as far back as an outing may last."""
    return heard_at(pressed, now=now, last=now - LONGEST)


def extended(
    expected_at: datetime, minutes: int, *, heard: datetime, last: datetime, now: datetime
) -> datetime:
    """The new agreed time: `minutes` more than the old one, or from the answer when that is later.

    An answer that was overtaken by a later one (`heard` is not after `last`) adds nothing to what that gave.
    Where that time has passed before the answer arrives, the person is reminded first, nobody else at once.
    """
    more = timedelta(minutes=minutes)
    return max(expected_at + more if heard > last else expected_at, heard + more, now)


def back_at(clock: time, *, left: datetime) -> datetime | None:
    """The next moment after `left` when the clock in Oslo shows `clock`; None when it is too far off."""
    day = left.astimezone(OSLO).date()
    # In UTC: two times of one zone are subtracted by the clock on the wall, which summer time moves.
    moments = (datetime.combine(day + timedelta(days=n), clock, OSLO).astimezone(UTC) for n in range(2))
    return next((moment for moment in moments if left < moment <= left + LONGEST), None)


def may_speak_for(person: SignedInPerson, outing: OfSomebody) -> bool:
    """Whether they may say that they have spoken with the one who is out: the contact and the leaders."""
    leads = outing.employee_id in person.team or outing.workforce_id in person.led
    return outing.employee_id != person.id and (outing.contact_id == person.id or leads)
