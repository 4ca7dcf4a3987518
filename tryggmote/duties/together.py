"""Doing several things of a kind at once, where nobody has to judge each by itself (ADR 0060)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID, uuid5

from django.db import transaction

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.kinds import DutyKind, OneOfSeveral, kinds
from tryggmote.duties.owed import Owed
from tryggmote.duties.registry import Duty

MOST_AT_ONCE = 20
"""More than one looks through is a mistake."""


def of_a_kind(duties: Iterable[Duty]) -> dict[str, list[Duty]]:
    """What can be done several at once of these, by code of the kind and in the order given."""
    found: dict[str, list[Duty]] = defaultdict(list)
    for duty in duties:
        if duty.owed and kinds()[duty.owed.kind].together:
            found[duty.owed.kind].append(duty)
    return dict(found)


@transaction.atomic
def do_together(
    *, by: SignedInPerson, kind: DutyKind, owed: Sequence[Owed], sent_id: UUID, to_person_id: int | None
) -> None:
    """Do all of it, each as an act of its own, or nothing. The same `sent_id` again makes the same acts.

    Raises: what the act of the kind raises (NotAllowed, NotPossible); then nothing is done.
    """
    assert kind.together, "of_a_kind says so"
    for each in owed:
        kind.together.act(OneOfSeveral(by, each.subject, uuid5(sent_id, each.subject), to_person_id))
