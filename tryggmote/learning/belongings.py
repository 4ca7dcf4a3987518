"""What goes with a unit that is merged with another, or can be chosen when it is split (ADR 0032)."""

from django.utils.translation import gettext_lazy as _

from tryggmote.learning.models import Lesson
from tryggmote.organisation.belongings import Belonging

BELONGINGS = (Belonging(Lesson, _("Lærdommer")),)
