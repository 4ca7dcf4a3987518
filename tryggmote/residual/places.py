"""Where people find what must be in place and what is left: on the menu and on the unit's page."""

from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.unit_places import UnitPlace
from tryggmote.ui.navigation import NavItem

_MATRIX = _("Det som skal være på plass")
_MATRIX_SAYS = _("Hva som ivaretar hvert krav i hver møteform, og hva som mangler")
_RECORDS = _("Restrisiko")
_RECORDS_SAY = _("Det som ikke lar seg gjøre, og hva dere gjør i stedet")

PLACES = (
    UnitPlace(_MATRIX, "residual:matrix_of", "ClipboardCheckmarkIcon", _MATRIX_SAYS),
    UnitPlace(_RECORDS, "residual:records_of", "ExclamationmarkTriangleIcon", _RECORDS_SAY),
)
ITEMS = (
    NavItem(_MATRIX, "residual:matrix", "ClipboardCheckmarkIcon", order=59, text=_MATRIX_SAYS),
    NavItem(_RECORDS, "residual:records", "ExclamationmarkTriangleIcon", order=60, text=_RECORDS_SAY),
)
