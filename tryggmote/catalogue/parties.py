"""Who a requirement concerns: roles, and the two groups the standard itself speaks of.

`employer` is every leader with employer responsibility, from the nearest leader up to the director
(footnote 2 of the standard). `employee` is everybody who works there.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.roles import Role

if TYPE_CHECKING:
    from tryggmote.access.context import SignedInPerson

EMPLOYEE = "employee"
EMPLOYER = "employer"
EMPLOYER_ROLES = frozenset(
    {Role.LEADER, Role.OFFICE_LEADER, Role.COUNTY_DIRECTOR, Role.MUNICIPAL_DIRECTOR, Role.DIRECTORATE}
)

NAMES: dict[str, str | Promise] = {
    EMPLOYEE: _("Alle ansatte"),
    EMPLOYER: _("Arbeidsgiver på alle nivåer"),
    **dict(Role.choices),
}


def name_of(party: str) -> str:
    """What the party is called on the screen. Raises KeyError for one that does not exist."""
    return str(NAMES[party])


def roles_of(parties: Iterable[str]) -> frozenset[str]:
    """The parties with `employer` spelled out as the roles it stands for."""
    named = frozenset(parties)
    return (named - {EMPLOYER}) | EMPLOYER_ROLES if EMPLOYER in named else named


def parties_of(person: "SignedInPerson") -> frozenset[str]:
    """What this person is towards the requirements today."""
    leads = {Role.LEADER} if person.is_leader else set()
    works = {EMPLOYEE} if person.placements else set()
    return frozenset(person.roles | leads | works)
