"""Where people find training: on the menu and on the unit's page."""

from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.unit_places import UnitPlace
from tryggmote.ui.navigation import NavItem

_LABEL = _("Opplæring")

PLACES = (
    UnitPlace(
        _LABEL, "training:unit", "HatSchoolIcon", _("Hvem som har lært og øvd hva, og hva som mangler")
    ),
)
ITEMS = (
    NavItem(
        _LABEL,
        "training:own",
        "HatSchoolIcon",
        order=45,
        text=_("Det du skal ha lært og øvd, og hva som gjenstår"),
    ),
)
