"""Moving something in the cycle: by the act that owns its time, and within what the rule behind it allows."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotPossible
from tryggmote.cycle import registry
from tryggmote.cycle.registry import Movable, Mover
from tryggmote.cycle.rules import last_day_to_move_to
from tryggmote.ui.dates import OSLO, day, oslo_today


@dataclass(frozen=True)
class Move:
    """Something that can be moved, the last day it can come, and what moves it."""

    thing: Movable
    last_on: date
    mover: Mover
    key: UUID

    def why_not(self, starts_at: datetime) -> str:
        """Why it cannot be at this moment, in a sentence; "" when it can."""
        if starts_at < timezone.now():
            return _("Tidspunktet har vært. Velg et som kommer.")
        if starts_at.astimezone(OSLO).date() > self.last_on:
            too_late = _("Velg en dag senest %(day)s.") % {"day": day(self.last_on)}
            return f"{too_late} {self.thing.why}".strip()
        return ""


def find(by: SignedInPerson, named: str) -> Move | None:
    """What is named "source:key" as it can be moved; None when there is none such in one's sight.

    Raises: NotAllowed for those who may not move it, NotPossible when it is over.
    """
    name, _colon, key = named.partition(":")
    mover = registry.mover_of(name)
    try:
        found = mover.find(by, UUID(key)) if mover else None
    except ValueError:
        return None
    if mover is None or found is None:
        return None
    stands_on = found.starts_at.astimezone(OSLO).date()
    last_on = last_day_to_move_to(last_on=found.last_on, stands_on=stands_on, today=oslo_today())
    return Move(found, last_on, mover, UUID(key))


@transaction.atomic
def move(*, by: SignedInPerson, found: Move, starts_at: datetime) -> None:
    """Give it another time. Raises: NotPossible outside the limit, and as `find`."""
    if why_not := found.why_not(starts_at):
        raise NotPossible(why_not)
    found.mover.move(by, found.key, starts_at)
