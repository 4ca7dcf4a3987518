"""Who wants to hear that harm has shown later: what follows an incident registers here (§ 23A-5)."""

from collections.abc import Callable

from tryggmote.access.context import SignedInPerson
from tryggmote.incidents.models import Incident

Hearing = Callable[[SignedInPerson, Incident, Incident], None]
_hearing: list[Hearing] = []


def register(hear: Hearing) -> None:
    """Have `hear(by, earlier, report)` called in the transaction in which a later report is made.

    `by` is the reporter and sees both; `earlier` is the first incident, `report` what was told now.
    """
    if hear not in _hearing:
        _hearing.append(hear)


def announce(by: SignedInPerson, earlier: Incident, report: Incident) -> None:
    """Tell all who want to hear."""
    for hear in _hearing:
        hear(by, earlier, report)
