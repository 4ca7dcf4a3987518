"""The words of reviews and registered changes (requirement 3.1). Codes are stored, words are shown."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Occasion(TextChoices):
    """Why the premises are gone through."""

    YEARLY = "yearly", _("Årlig vernerunde")
    CHANGE = "change", _("En endring av lokalene")
    INCIDENT = "incident", _("Etter en hendelse")


class Answer(TextChoices):
    """What is found about one point."""

    OK = "ok", _("I orden")
    NOT_OK = "not_ok", _("Ikke i orden")
    NOT_RELEVANT = "not_relevant", _("Gjelder ikke")


class Becomes(TextChoices):
    """What is done about what is not in order, on the spot."""

    HAZARD = "hazard", _("Meld det som en fare")
    MEASURE = "measure", _("Planlegg et tiltak nå")


class Capacity(TextChoices):
    """As what somebody signs."""

    LEADER = "leader", _("Leder")
    REPRESENTATIVE = "representative", _("Verneombud")


class ChangeKind(TextChoices):
    MOVE = "move", _("Flytting")
    REBUILDING = "rebuilding", _("Ombygging")
    FURNITURE = "furniture", _("Nye eller flyttede møbler")
    OPENING_HOURS = "opening_hours", _("Nye åpningstider")
    MERGE = "merge", _("Sammenslåing eller deling av kontor")
    TEMPORARY = "temporary", _("Midlertidige lokaler")
    OTHER = "other", _("Noe annet")


class Ending(TextChoices):
    """How a registered change ended."""

    CLOSED = "closed", _("Lukket etter vernerunde")
    CALLED_OFF = "called_off", _("Ble ikke noe av")
