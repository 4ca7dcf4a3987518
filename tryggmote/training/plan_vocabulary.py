"""The words of the year's plan: why something is in it, how it is held, how far it has come (4.1)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Cause(TextChoices):
    """Why something is in the plan."""

    MISSING = "missing", _("Noen mangler den")
    RUNS_OUT = "runs_out", _("Den går ut")
    RENEWAL = "renewal", _("Risikoen er endret")
    OWN = "own", _("Lagt til av lederen")


class Way(TextChoices):
    """How it is held."""

    SESSION = "session", _("Økt på jobben")
    EXERCISE = "exercise", _("Øvelse")
    COURSE = "course", _("Kurs hos andre")
    LESSON = "lesson", _("Kort økt i et møte")


class Progress(TextChoices):
    """How far something in the plan has come."""

    PLANNED = "planned", _("Planlagt")
    STARTED = "started", _("I gang")
    BEHIND = "behind", _("Etter planen")
    DONE = "done", _("Gjennomført")

    @property
    def variant(self) -> str:
        """The look of its tag (`ui`)."""
        return _VARIANTS[self]


_VARIANTS = {
    Progress.PLANNED: "neutral",
    Progress.STARTED: "info",
    Progress.BEHIND: "warning",
    Progress.DONE: "success",
}
