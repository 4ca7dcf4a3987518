"""The words of premises (requirement 3.1). Codes are stored, words are shown."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Access(TextChoices):
    """Who may be in a zone on their own."""

    PUBLIC = "public", _("Åpen for alle")
    MEETING = "meeting", _("Brukere i følge med en ansatt")
    STAFF = "staff", _("Bare ansatte")


class RoomKind(TextChoices):
    MEETING_ROOM = "meeting_room", _("Samtalerom")
    GROUP_ROOM = "group_room", _("Grupperom")
    COUNTER = "counter", _("Mottak eller skranke")
    WAITING_AREA = "waiting_area", _("Venteareal")
    OFFICE = "office", _("Kontor")
    CORRIDOR = "corridor", _("Gang, trapp eller heis")
    OTHER = "other", _("Annet")
