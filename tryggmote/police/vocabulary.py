"""The words of a police report. Codes are stored, words are shown."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Deed(TextChoices):
    """What was decided, sent or heard. The latest says where the matter stands."""

    REPORT = "report", _("Skal anmeldes")
    NOT_REPORT = "not_report", _("Anmeldes ikke")
    LATER = "later", _("Avgjøres senere")
    FILED = "filed", _("Anmeldt")
    NUMBER = "number", _("Fikk saksnummer")
    ASKED = "asked", _("Purret politiet")
    INVESTIGATED = "investigated", _("Under etterforskning")
    CHARGED = "charged", _("Tiltale er tatt ut")
    FINED = "fined", _("Forelegg er gitt")
    CONVICTED = "convicted", _("Dømt")
    ACQUITTED = "acquitted", _("Frifunnet")
    DROPPED = "dropped", _("Henlagt")

    @property
    def variant(self) -> str:
        """How it is coloured, as `ui`'s tag names it."""
        return _VARIANTS.get(self, "info")

    @property
    def is_decision(self) -> bool:
        return self in DECISIONS


DECISIONS = (Deed.REPORT, Deed.NOT_REPORT, Deed.LATER)
NEWS = (
    Deed.NUMBER,
    Deed.ASKED,
    Deed.INVESTIGATED,
    Deed.CHARGED,
    Deed.FINED,
    Deed.CONVICTED,
    Deed.ACQUITTED,
    Deed.DROPPED,
)
ENDINGS = (Deed.FINED, Deed.CONVICTED, Deed.ACQUITTED, Deed.DROPPED)
_VARIANTS = {
    Deed.REPORT: "warning",
    Deed.LATER: "warning",
    Deed.NOT_REPORT: "neutral",
    **dict.fromkeys(ENDINGS, "neutral"),
}


class Channel(TextChoices):
    """How it was said or done."""

    FACE = "face", _("Ansikt til ansikt")
    PHONE = "phone", _("Telefon")
    SMS = "sms", _("SMS eller meldingsapp")
    EMAIL = "email", _("E-post")
    CHAT = "chat", _("Chat eller skriftlig dialog")
    VIDEO = "video", _("Videosamtale")
    SOCIAL = "social", _("Sosiale medier")
    LETTER = "letter", _("Brev")
    OTHER = "other", _("Annet")


class SentHow(TextChoices):
    """How the report came to the police."""

    MEETING = "meeting", _("Levert på politistasjonen")
    ONLINE = "online", _("På nett eller e-post")
    PHONE = "phone", _("På telefon")
    LETTER = "letter", _("I brev")
