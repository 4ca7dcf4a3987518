"""Who may change who is who."""

from collections.abc import Iterable

from tryggmote.access.context import SignedInPerson
from tryggmote.organisation.roles import Role


def may_import(person: SignedInPerson) -> bool:
    """Administrators keep people and units, and nothing else."""
    return person.has_role(Role.ADMINISTRATOR)


def may_choose_meeting_forms(person: SignedInPerson, workforces: Iterable[int]) -> bool:
    """Those who lead employees of the unit, of either employer, know how the unit meets clients.

    `workforces`: the unit's. Source: requirement 2.1, the unit's profile.
    """
    return not set(person.led).isdisjoint(workforces)
