"""What goes with a unit that is merged with another (ADR 0032)."""

from django.utils.translation import gettext_lazy as _

from tryggmote.concerns.models import Demand, Stop
from tryggmote.organisation.belongings import Belonging

BELONGINGS = (Belonging(Demand, _("Krav fra verneombudet")), Belonging(Stop, _("Stans av arbeid")))
