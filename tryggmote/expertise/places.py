"""Where people find expert help: on the menu and on the unit's page."""

from django.utils.translation import gettext_lazy as _

from tryggmote.access.context import SignedInPerson
from tryggmote.expertise.vocabulary import ADVISERS
from tryggmote.organisation.roles import LEADS, Role
from tryggmote.organisation.unit_places import UnitPlace
from tryggmote.ui.navigation import NavItem

ASKERS = (*LEADS, Role.SAFETY_REPRESENTATIVE, Role.CHIEF_SAFETY_REPRESENTATIVE)
_LABEL = _("Hjelp fra fagfolk")
_SAYS = _("Det bedriftshelsetjenesten, politiet og andre er spurt om, og hva de svarte")


def _asks_or_answers(person: SignedInPerson) -> bool:
    return person.has_role(*ASKERS, *ADVISERS)


PLACES = (UnitPlace(_LABEL, "expertise:unit", "HandshakeIcon", _SAYS),)
ITEMS = (NavItem(_LABEL, "expertise:home", "HandshakeIcon", order=61, shown_to=_asks_or_answers, text=_SAYS),)
