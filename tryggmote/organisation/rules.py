"""Who may change who is who."""

from collections.abc import Iterable

from tryggmote.access.context import SignedInPerson
from tryggmote.organisation.roles import Role
from tryggmote.organisation.standing import Standing


def may_import(person: SignedInPerson) -> bool:
    """Administrators keep people and units, and nothing else."""
    return person.has_role(Role.ADMINISTRATOR)


def may_choose_meeting_forms(person: SignedInPerson, workforces: Iterable[int]) -> bool:
    """Those who lead employees of the unit, of either employer, know how the unit meets clients.

    `workforces`: the unit's. Source: requirement 2.1, the unit's profile.
    """
    return not set(person.led).isdisjoint(workforces)


def may_merge(person: SignedInPerson, standings: Iterable[Standing]) -> bool:
    """Those who decide where people work: directors above both units, and administrators (AML § 3-1).

    `standings`: what the person is to the unit that becomes a part, and to the one it becomes a part of.
    """
    return may_import(person) or all(standing.oversees for standing in standings)


def may_hand_over(standings: Iterable[Standing]) -> bool:
    """Whoever chooses what goes must read it: leaders of both units, and directors above them."""
    return all(standing.leads or standing.oversees for standing in standings)
