"""What goes with a unit that is merged with another, or can be chosen when it is split (ADR 0032)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.belongings import Belonging
from tryggmote.residual.models import Filling, Record

BELONGINGS = (
    Belonging(Record, _("Restrisikoer"), living=Q(withdrawn_at=None)),
    Belonging(Filling, _("Valg for påkrevde elementer")),
)
