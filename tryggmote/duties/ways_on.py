"""Where people of each role go most often: the places of the menu that their first page leads to."""

from collections.abc import Mapping

from tryggmote.access.context import SignedInPerson
from tryggmote.organisation.roles import Role
from tryggmote.ui.navigation import Place, places_named

MOST = 4

_LEADING = ("compliance:mine", "cycle:own", "incidents:list", "controls:measures")
_ABOVE = ("compliance:mine", "learning:list", "organisation:units", "incidents:list")
_REPRESENTING = ("compliance:mine", "risk:home", "cycle:own", "learning:list")

WAYS_ON: Mapping[str, tuple[str, ...]] = {
    Role.LEADER: _LEADING,
    Role.OFFICE_LEADER: _LEADING,
    Role.COUNTY_DIRECTOR: _ABOVE,
    Role.MUNICIPAL_DIRECTOR: _ABOVE,
    Role.DIRECTORATE: _ABOVE,
    Role.SAFETY_REPRESENTATIVE: _REPRESENTING,
    Role.CHIEF_SAFETY_REPRESENTATIVE: _REPRESENTING,
    Role.UNION_REPRESENTATIVE: _REPRESENTING,
    Role.COMMITTEE_MEMBER: ("compliance:mine", "learning:list", "forums:home", "catalogue:index"),
    Role.COUNTY_SECURITY_COORDINATOR: ("exercises:home", "risk:home", "learning:list", "organisation:units"),
    Role.OCCUPATIONAL_HEALTH: ("followup:home", "statutory:register", "risk:home", "catalogue:index"),
    Role.GUARD: ("controls:cards", "assistance:unit"),
    Role.AUDITOR: ("compliance:mine", "risk:home", "catalogue:index"),
    Role.ADMINISTRATOR: ("organisation:administration", "organisation:units"),
}
"""By role, the most important first: names of the menu's places. What one does not have is left out."""


def ways_on(person: SignedInPerson) -> list[Place]:
    """The first few of those of all the person's roles, each once; none for those who hold no role."""
    names = (name for role, named in WAYS_ON.items() if role in person.roles for name in named)
    return places_named(person, dict.fromkeys(names))[:MOST]
