"""What goes with a unit that is merged with another, or can be chosen when it is split (ADR 0032)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tryggmote.controls.models import Agreement, CardAddition, Measure, Procedure
from tryggmote.organisation.belongings import Belonging

BELONGINGS = (
    Belonging(Measure, _("Tiltak"), living=Q(cancelled_at=None)),
    Belonging(Procedure, _("Rutiner"), living=Q(ended_at=None)),
    Belonging(CardAddition, _("Lokale deler av tiltakskort")),
    Belonging(Agreement, _("Samordningsavtaler")),
)
