"""The words of lessons and patterns. Codes are stored, words are shown."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Scope(TextChoices):
    """How far a lesson is shared."""

    UNIT = "unit", _("Enheten")
    COUNTY = "county", _("Fylket")
    ALL = "all", _("Alle")


class Answer(TextChoices):
    """What the exposed says to a lesson being shared beyond the unit."""

    YES = "yes", _("Det er greit")
    NO = "no", _("Nei, ikke utenfor enheten")


class PatternKind(TextChoices):
    """What has been seen."""

    PERSON = "person", _("Flere hendelser for én person")
    SETTING = "setting", _("Det samme i en enhet")
    WAVE = "wave", _("Flere hendelser enn vanlig i et fylke")


class Aspect(TextChoices):
    """What the incidents of a setting have in common."""

    FORM = "form", _("Møteform")
    PLACE = "place", _("Sted")
    TRIGGER = "trigger", _("Det som utløste det")


class Status(TextChoices):
    """Where a lesson stands. Derived from what has been done, never set by hand."""

    DRAFT = "draft", _("Utkast")
    ASKED = "asked", _("Venter på svar")
    SHARED = "shared", _("Delt")
    WITHDRAWN = "withdrawn", _("Trukket tilbake")

    @property
    def variant(self) -> str:
        """How it is coloured, as `ui`'s tag names it."""
        return _VARIANTS[self]


_VARIANTS = {
    Status.DRAFT: "neutral",
    Status.ASKED: "info",
    Status.SHARED: "success",
    Status.WITHDRAWN: "neutral",
}
