"""The words of follow-up (forskrift om utførelse av arbeid § 23A-5). Codes are stored, words are shown."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Relation(TextChoices):
    """What the incident was to the one who is followed up."""

    EXPOSED = "exposed", pgettext_lazy("person", "Utsatt")
    WITNESS = "witness", _("Vitne")


class Answer(TextChoices):
    """What the person has said to an offer."""

    WAITING = "", _("Venter på svar")
    ACCEPTED = "accepted", _("Ja takk")
    DECLINED = "declined", _("Nei takk")
    LAPSED = "lapsed", _("Falt bort")


class StepActKind(TextChoices):
    """What is done with one step. The first three belong to the person alone; the last is time's."""

    ACCEPTED = "accepted", _("Takket ja")
    DECLINED = "declined", _("Takket nei")
    NOT_DONE = "not_done", _("Sa at det ikke er gjort")
    PLANNED = "planned", _("Avtalte tid")
    DONE = "done", _("Gjort")
    LAPSED = "lapsed", _("Falt bort")


class PlanActKind(TextChoices):
    """What is done with the whole plan. Only the person closes it and opens it again."""

    CLOSED = "closed", _("Avsluttet")
    REOPENED = "reopened", _("Åpnet igjen")
    PAUSED = "paused", _("Satt på vent")
    RESUMED = "resumed", _("Tatt opp igjen")
    HANDED_OVER = "handed_over", _("Følges opp av en annen")
    ENDED = "ended", _("Sluttet her")


class State(TextChoices):
    """Where a plan stands. Derived from what has been done, never set by hand."""

    OPEN = "open", _("Pågår")
    OVERDUE = "overdue", _("Over tiden")
    PAUSED = "paused", _("På vent")
    CLOSED = "closed", _("Avsluttet")

    @property
    def variant(self) -> str:
        """How it is coloured, as `ui`'s tag names it."""
        return _VARIANTS[self]


_VARIANTS = {
    State.OPEN: "info",
    State.OVERDUE: "warning",
    State.PAUSED: "neutral",
    State.CLOSED: "success",
}


class ReminderKind(TextChoices):
    """Why somebody was told that a plan waits."""

    DUE = "due", _("Frist i dag")
    OVERDUE = "overdue", _("Over tiden")
    PASSED_UP = "passed_up", _("Sagt fra til neste leder")
