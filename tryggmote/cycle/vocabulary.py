"""The words of the annual cycle. Nothing of it is stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What an event is, which decides its colour and shape in the wheel."""

    ASSESSMENT = "assessment", _("Risikovurdering")
    RESIDUAL = "residual", _("Restrisiko")
    REVIEW = "review", _("Vernerunde")
    TEST = "test", _("Test")
    EXERCISE = "exercise", _("Øvelse")
    TRAINING = "training", _("Opplæring")
    AGREEMENT = "agreement", _("Samordning")
    MEETING = "meeting", _("Møte")
    PROCEDURE = "procedure", _("Rutine")
    INFORMATION = "information", _("Informasjon")

    @property
    def shape(self) -> str:
        """The path of its mark around the middle, so that colour is not all that tells kinds apart."""
        return _SHAPES[self]


_SHAPES = {
    Kind.ASSESSMENT: "M0-8 8 6h-16z",
    Kind.RESIDUAL: "M0 8-8-6h16z",
    Kind.REVIEW: "M-6-6h12v12h-12z",
    Kind.TEST: "M0-8 8 0 0 8-8 0z",
    Kind.EXERCISE: "M-3-8h6v5h5v6h-5v5h-6v-5h-5v-6h5z",
    Kind.TRAINING: "M-4-7h8l4 7-4 7h-8l-4-7z",
    Kind.AGREEMENT: "M-7-7 0-2 7-7v14l-7-5-7 5z",
    Kind.MEETING: "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0z",
    Kind.PROCEDURE: "M-6-8h7l5 5v11h-12z",
    Kind.INFORMATION: "M-8-7h16v10h-8l-4 5v-5h-4z",
}


class State(TextChoices):
    """How an event stands on a day."""

    DONE = "done", _("Gjort")
    MISSED = "missed", _("Ikke gjort i tide")
    COMING = "coming", _("Kommer")

    @property
    def variant(self) -> str:
        """The look of its tag."""
        return {State.DONE: "success", State.MISSED: "error", State.COMING: "neutral"}[self]
