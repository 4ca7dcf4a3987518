"""What somebody owes, as they themselves are told."""

from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.duties.kinds import DutyKind
from tryggmote.duties.owing import in_words
from tryggmote.duties.queries import owed_by_me
from tryggmote.duties.registry import Duty
from tryggmote.duties.rules import in_order
from tryggmote.organisation.models import Person


def owed_by(person: Person, *kinds: DutyKind) -> list[Duty]:
    """What this person owes of these kinds, or of all, in the order of "Now"."""
    codes = {kind.code for kind in kinds}
    with acting_as(person.id):
        found = [in_words(owed) for owed in owed_by_me() if not codes or owed.kind in codes]
    return in_order(found, timezone.now())
