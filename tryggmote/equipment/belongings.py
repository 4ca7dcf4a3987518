"""What goes with a unit that is merged with another, or can be chosen when it is split (ADR 0032)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tryggmote.equipment.models import Item, Responsible
from tryggmote.organisation.belongings import Belonging

BELONGINGS = (
    Belonging(Item, _("Utstyr"), living=Q(ended_on=None, room=None, zone=None)),
    Belonging(Responsible, _("Ansvarlige for tester")),
)
