"""The words of exercises (requirement 4.1, § 23A-2). Codes are stored, words are shown."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Way(TextChoices):
    """How it is exercised."""

    TABLETOP = "tabletop", _("Rundt bordet")
    PRACTICAL = "practical", _("I praksis")


class Part(TextChoices):
    """What somebody does in an exercise. Whoever leads it runs the clock and says the injects."""

    LEADS = "leads", _("Leder øvelsen")
    OBSERVES = "observes", _("Observerer")
    TAKES_PART = "takes_part", _("Deltar")


class StepKind(TextChoices):
    """A step of an exercise, in the order they are taken. Called off: instead of all that follow."""

    DECIDED = "decided", _("Bestemt")
    CALLED_OFF = "called_off", _("Ble ikke noe av")
    STARTED = "started", _("Begynt")
    INJECT = "inject", _("Innspill gitt")
    HELD = "held", _("Gjennomført")
    CLOSED = "closed", _("Ferdig")


class Stage(TextChoices):
    """Where an exercise stands. Derived from its steps, never set by hand."""

    SUGGESTED = "suggested", _("Foreslått")
    PLANNED = "planned", _("Planlagt")
    RUNNING = "running", _("Pågår")
    HELD = "held", _("Gjennomført, rapport gjenstår")
    CLOSED = "closed", _("Ferdig")
    CALLED_OFF = "called_off", _("Ble ikke noe av")

    @property
    def variant(self) -> str:
        """How it is coloured, as `ui`'s tag names it."""
        return _VARIANTS[self]


_VARIANTS = {
    Stage.SUGGESTED: "warning",
    Stage.PLANNED: "info",
    Stage.RUNNING: "info",
    Stage.HELD: "warning",
    Stage.CLOSED: "success",
    Stage.CALLED_OFF: "neutral",
}


class Reached(TextChoices):
    """Whether an objective was reached."""

    YES = "yes", _("Nådd")
    PARTLY = "partly", _("Delvis nådd")
    NO = "no", _("Ikke nådd")

    @property
    def variant(self) -> str:
        """How it is coloured, as `ui`'s tag names it."""
        return {Reached.YES: "success", Reached.PARTLY: "warning", Reached.NO: "error"}[self]


class Becomes(TextChoices):
    """What is done about a finding."""

    HAZARD = "hazard", _("Meld det som en fare")
    MEASURE = "measure", _("Planlegg et tiltak nå")
    NOTHING = "nothing", _("Ikke noe mer å gjøre")


class Agreement(TextChoices):
    """An answer in the evaluation."""

    YES = "yes", _("Ja")
    PARTLY = "partly", _("Litt")
    NO = "no", _("Nei")


class Change(TextChoices):
    """What should be changed, as participants see it."""

    NOTHING = "nothing", _("Ingenting")
    PREMISES = "premises", _("Lokaler eller utstyr")
    PROCEDURES = "procedures", _("Rutiner")
    PRACTICE = "practice", _("Vi må øve mer")
