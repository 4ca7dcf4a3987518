"""The words of measures and procedures (requirement 2.3). Codes are stored, words are shown."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeasureKind(TextChoices):
    """What a measure is about. The first four are those of § 23A-4."""

    DESIGN = "design", _("Utforming av arbeidsplass og arbeid")
    MAINTENANCE = "maintenance", _("Vedlikehold av utstyr")
    CALLING_HELP = "calling_help", _("Mulighet til å tilkalle hjelp")
    STAFFING = "staffing", _("Bemanning og alenearbeid")
    PROCEDURE = "procedure", _("Rutine")
    TRAINING = "training", _("Opplæring")
    EQUIPMENT = "equipment", _("Utstyr")


class Rung(TextChoices):
    """The hierarchy of controls as a ladder; the first rung protects best. Source: § 23A-4, AML § 3-2."""

    ELIMINATE = "eliminate", _("Fjerne faren")
    DESIGN = "design", _("Utforme rom og teknikk trygt")
    ORGANISE = "organise", _("Organisere arbeidet")
    PROCEDURE_TRAINING = "procedure_training", _("Rutiner, opplæring og øvelse")
    PROTECTIVE = "protective", _("Personlig verneutstyr")

    @property
    def example(self) -> str:
        """What stands on this rung, in a few words."""
        return str(_EXAMPLES[self])

    @property
    def height(self) -> int:
        """1 for the rung that protects best."""
        return list(Rung).index(self) + 1


_EXAMPLES = {
    Rung.ELIMINATE: _("For eksempel: oppgaven løses på en annen måte, så møtet ikke trengs."),
    Rung.DESIGN: _("For eksempel: to utganger, fastmonterte møbler, alarmknapp, ingen løse ting."),
    Rung.ORGANISE: _("For eksempel: to ansatte i møtet, flere på vakt, annen tid eller annet sted."),
    Rung.PROCEDURE_TRAINING: _("For eksempel: en rutine for uro i mottaket, og øvelse på den."),
    Rung.PROTECTIVE: _("For eksempel: bærbar alarm eller vernevest. Beskytter bare den som har det på."),
}

SUGGESTED_RUNG = {
    MeasureKind.DESIGN: Rung.DESIGN,
    MeasureKind.MAINTENANCE: Rung.DESIGN,
    MeasureKind.CALLING_HELP: Rung.DESIGN,
    MeasureKind.STAFFING: Rung.ORGANISE,
    MeasureKind.PROCEDURE: Rung.PROCEDURE_TRAINING,
    MeasureKind.TRAINING: Rung.PROCEDURE_TRAINING,
    MeasureKind.EQUIPMENT: Rung.PROTECTIVE,
}


class OriginKind(TextChoices):
    """What a measure comes from. The page of each is told by whoever owns it (`origins.py`)."""

    SCENARIO = "scenario", _("Risikovurdering")
    HAZARD = "hazard", _("Meldt fare")
    INCIDENT = "incident", _("Hendelse")
    CONCERN = "concern", _("Bekymring")
    REVIEW = "review", _("Gjennomgang av lokaler")
    EXERCISE = "exercise", _("Øvelse eller test")
    EQUIPMENT = "equipment", _("Utstyr som ikke virket")
    MEASURE = "measure", _("Tiltak som ikke virket")
    MEETING = "meeting", _("Møte, for eksempel AMU eller partnerskapsmøte")
    OTHER = "other", _("Noe annet")

    @property
    def has_readers_of_its_own(self) -> bool:
        """Whether fewer people may read it than the unit's measures: hazards, and scenarios of drafts."""
        return self in (OriginKind.SCENARIO, OriginKind.HAZARD)


class Effect(TextChoices):
    """What an evaluation found."""

    REDUCED = "reduced", _("Risikoen er mindre")
    NOT_REDUCED = "not_reduced", _("Risikoen er ikke mindre")
    UNKNOWN = "unknown", _("Vi vet ikke")


class Status(TextChoices):
    """How far a measure has come. Derived from what has been done, never set by hand."""

    PLANNED = "planned", _("Planlagt")
    ESTABLISHED = "established", _("Innført")
    WITHOUT_EFFECT = "without_effect", _("Uten kjent virkning")
    EVALUATED = "evaluated", _("Virker")
    CANCELLED = "cancelled", _("Avsluttet")

    @property
    def variant(self) -> str:
        """How it is coloured, as `ui`'s tag names it."""
        return _VARIANTS[self]


_VARIANTS = {
    Status.PLANNED: "neutral",
    Status.ESTABLISHED: "info",
    Status.WITHOUT_EFFECT: "warning",
    Status.EVALUATED: "success",
    Status.CANCELLED: "neutral",
}


class ProcedureKind(TextChoices):
    PROCEDURE = "procedure", _("Rutine")
    REPORTING = "reporting", _("Rutine for å melde hendelser")
    WRITTEN_INSTRUCTION = "written_instruction", _("Arbeidsinstruks for særlig farlig arbeid")


class PictureKind(TextChoices):
    """Formats a picture is stored in; the value is its media type."""

    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"
    WEBP = "image/webp", "WebP"
