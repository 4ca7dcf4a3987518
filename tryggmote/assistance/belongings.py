"""What goes with a unit that is merged with another, or can be chosen when it is split (ADR 0032)."""

from django.utils.translation import gettext_lazy as _

from tryggmote.assistance.models import AlarmSystem, Responder
from tryggmote.organisation.belongings import Belonging

BELONGINGS = (
    Belonging(AlarmSystem, _("Alarmsystemer")),
    Belonging(Responder, _("De som varsles først")),
)
