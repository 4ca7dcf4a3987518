"""What goes with a unit that is merged with another, or can be chosen when it is split (ADR 0032)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.belongings import Belonging
from tryggmote.training.models import LocalElement, Renewal, RiskLink, Session

BELONGINGS = (
    Belonging(LocalElement, _("Opplæring enheten krever selv"), living=Q(ended_at=None)),
    Belonging(RiskLink, _("Koblinger mellom opplæring og risiko")),
    Belonging(Renewal, _("Opplæring som må gjennomgås på nytt")),
    Belonging(Session, _("Opplæringsøkter")),
)
