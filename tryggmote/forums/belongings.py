"""What goes with a unit that is merged with another (ADR 0032)."""

from django.utils.translation import gettext_lazy as _

from tryggmote.forums.models import Meeting
from tryggmote.organisation.belongings import Belonging

BELONGINGS = (Belonging(Meeting, _("Møter og utvalg")),)
