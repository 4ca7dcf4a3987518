"""The words of what the law asks after an injury. Codes are stored, words are shown."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NoticeStep(TextChoices):
    """What is done to give notice (AML § 5-2), in the order it is done."""

    INSPECTORATE_CALLED = "inspectorate_called", _("Arbeidstilsynet er ringt")
    POLICE_CALLED = "police_called", _("Politiet er ringt")
    CONFIRMED = "confirmed", _("Skriftlig bekreftelse er sendt")
    COPIED = "copied", _("Verneombudet har fått kopi")


CALLS = {"inspectorate": NoticeStep.INSPECTORATE_CALLED, "police": NoticeStep.POLICE_CALLED}
"""The step that a call to each authority of the rule data is."""


class InjuryKind(TextChoices):
    """What was harmed. No diagnosis, no part of the body: that is medical (AML § 5-1)."""

    PHYSICAL = "physical", _("Fysisk skade")
    PSYCHOLOGICAL = "psychological", _("Psykisk skade")
    ILLNESS = "illness", _("Sykdom som kan komme av arbeidet")


class Absence(TextChoices):
    UNKNOWN = "unknown", _("Vet ikke ennå")
    NONE = "none", _("Ikke fravær")
    SHORT = "short", _("1–3 dager")
    LONG = "long", _("Mer enn 3 dager")


class Addressee(TextChoices):
    """Who receives a report of an occupational injury."""

    NAV = "nav", _("Nav")
    SPK = "spk", _("Statens pensjonskasse")
    INSURER = "insurer", _("Kommunens forsikringsselskap")
