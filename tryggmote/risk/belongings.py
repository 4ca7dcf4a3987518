"""What goes with a unit that is merged with another, or can be chosen when it is split (ADR 0032)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.belongings import Belonging
from tryggmote.risk.models import Activity, Assessment, Hazard

BELONGINGS = (
    Belonging(Assessment, _("Risikovurderinger"), living=Q()),
    Belonging(Hazard, _("Farer"), living=Q(decided_at=None)),
    Belonging(Activity, _("Aktiviteter i kartleggingen")),
)
