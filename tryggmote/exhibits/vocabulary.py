"""The words evidence is described with. Codes are stored, words are shown."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What sort of evidence it is; the limits are set for each (`limits.py`)."""

    IMAGE = "image", _("Bilde")
    AUDIO = "audio", _("Lydopptak")
    VIDEO = "video", _("Video")
    EMAIL = "email", _("E-post")
    TEXT = "text", _("Tekst")
    DOCUMENT = "document", _("Dokument")

    @property
    def icon(self) -> str:
        """Aksel's name of the picture beside it."""
        return _ICONS[self]


_ICONS = {
    Kind.IMAGE: "ImageIcon",
    Kind.AUDIO: "MicrophoneIcon",
    Kind.VIDEO: "CameraIcon",
    Kind.EMAIL: "EnvelopeClosedIcon",
    Kind.TEXT: "FileTextIcon",
    Kind.DOCUMENT: "FileIcon",
}


class Scan(TextChoices):
    """Whether somebody looked for viruses, and what they found.

    A file in which something is found is not stored; one that was stored before anybody looked is shut.
    """

    CLEAN = "clean", _("Sjekket for virus, ingen funnet")
    NOT_SCANNED = "not_scanned", _("Ikke sjekket for virus")
    FOUND = "found", _("Virussjekken fant noe skadelig")


class Part(TextChoices):
    """Which bytes: those that were sent, or those drawn anew for the screen."""

    ORIGINAL = "original", _("Originalen")
    COPY = "copy", _("Visningskopien")


class Deed(TextChoices):
    """A link in the chain of custody."""

    ADDED = "added", _("Lagt inn")
    VIEWED = "viewed", _("Vist på skjermen")
    FETCHED = "fetched", _("Originalen lastet ned")
    HANDED_OVER = "handed_over", _("Overlevert")
    REMOVED = "removed", _("Innholdet fjernet")
