"""The words of training: kinds of elements, where a completion comes from, how somebody stands (4.1)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """§ 23A-2 asks for training and exercise; the standard (4.1) for theory and practice."""

    THEORY = "theory", _("Kunnskap")
    PRACTICE = "practice", _("Trening")
    EXERCISE = "exercise", _("Øvelse")


class Source(TextChoices):
    """How we know that somebody has done it."""

    SESSION = "session", _("Økt på jobben")
    CERTIFICATE = "certificate", _("Kursbevis")
    IMPORTED = "imported", _("Hentet fra en fil")
    LESSON = "lesson", _("Kort økt i et møte")
    EXERCISE = "exercise", _("Øvelse")
    DRILL = "drill", _("Prøvevarsel")
    DECLARED = "declared", _("Registrert av lederen")


class Standing(TextChoices):
    """How one person stands in one element today."""

    HELD = "held", _("I orden")
    RUNNING_OUT = "running_out", _("Går snart ut")
    LATE = "late", _("Må fornyes")
    NEW = "new", _("Gjenstår")
    MISSING = "missing", _("Mangler")
    AWAY = "away", _("Permisjon")

    @property
    def variant(self) -> str:
        """The look of its tag (`ui`)."""
        return _VARIANTS[self]


WORST_FIRST = (
    Standing.MISSING,
    Standing.LATE,
    Standing.NEW,
    Standing.RUNNING_OUT,
    Standing.HELD,
    Standing.AWAY,
)
"""Somebody who owes the same in two units stands as the worst of them."""
COUNTS_TODAY = (Standing.HELD, Standing.RUNNING_OUT, Standing.LATE)

_VARIANTS = {
    Standing.HELD: "success",
    Standing.RUNNING_OUT: "warning",
    Standing.LATE: "warning",
    Standing.NEW: "info",
    Standing.MISSING: "error",
    Standing.AWAY: "neutral",
}


class CertificateState(TextChoices):
    """Where a certificate stands."""

    WAITING = "waiting", _("Venter på lederen")
    APPROVED = "approved", _("Godkjent")
    REFUSED = "refused", _("Må rettes")
    CORRECTED = "corrected", _("Rettet og sendt på nytt")

    @property
    def variant(self) -> str:
        """The look of its tag (`ui`)."""
        return _STATE_VARIANTS[self]


_STATE_VARIANTS = {
    CertificateState.WAITING: "info",
    CertificateState.APPROVED: "success",
    CertificateState.REFUSED: "error",
    CertificateState.CORRECTED: "neutral",
}


class FileKind(TextChoices):
    """What a certificate may be kept as."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"

    @property
    def extension(self) -> str:
        """What the name of such a file ends with."""
        return {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}[self]
