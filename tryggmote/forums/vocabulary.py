"""The words of meetings and committees (1.3, AML §§ 6-2, 7-2). Codes are stored, words are shown."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingKind(TextChoices):
    """Which forum it is. Who sits in it, and which two parties approve, follows (`rules.py`)."""

    PARTNERSHIP = "partnership", _("Partnerskapsmøte")
    COMMITTEE = "committee", _("Møte i AMU eller HMS-utvalg")
    CO_DETERMINATION = "co_determination", _("Møte i MBA")
    SAFETY = "safety", _("Møte med verneombudet")
    STAFF = "staff", _("Personalmøte")
    MANAGEMENT_REVIEW = "management_review", _("Ledelsens gjennomgang")

    @property
    def says(self) -> str:
        """Who meets, in a sentence."""
        return str(_SAYS[self])


_SAYS = {
    MeetingKind.PARTNERSHIP: _("Stat og kommune, hvert år og når noe alvorlig har hendt."),
    MeetingKind.COMMITTEE: _("Går gjennom det som har hendt, uten navn og tekst, og gir en årsrapport."),
    MeetingKind.CO_DETERMINATION: _("Ledelsen og de tillitsvalgte."),
    MeetingKind.SAFETY: _("Lederen og verneombudene."),
    MeetingKind.STAFF: _("Alle som arbeider i enheten."),
    MeetingKind.MANAGEMENT_REVIEW: _(
        "Lederen og verneombudene ser hvert år om arbeidet mot vold og trusler virker som det skal."
    ),
}


class Occasion(TextChoices):
    """Why the forum meets."""

    YEARLY = "yearly", _("Det faste møtet")
    SERIOUS = "serious", _("Noe alvorlig har hendt")
    OTHER = "other", _("En annen særlig grunn")


class Side(TextChoices):
    """The party somebody sits for; those without one take part and approve nothing."""

    STATE = "state", _("Staten")
    MUNICIPAL = "municipal", _("Kommunen")
    EMPLOYER = "employer", _("Arbeidsgiver")
    EMPLOYEES = "employees", _("Ansatte")


class Source(TextChoices):
    """What a point on the agenda is proposed from, and a part of the papers is made of."""

    STATUS = "status", _("Slik står vi på standarden")
    INCIDENTS = "incidents", _("Hendelsene i perioden")
    SERIOUS = "serious", _("Alvorlige hendelser")
    MEASURES = "measures", _("Åpne tiltak, og de som er over fristen")
    RESIDUAL = "residual", _("Restrisiko")
    EXERCISES = "exercises", _("Øvelser")
    LAST_TIME = "last_time", _("Det vi bestemte sist")
    REPORT = "report", _("Årsrapporten til utvalget")
    AIMS = "aims", _("Mål, ansvar og planen for neste år")
    OWN = "own", _("Egen sak")


class Becomes(TextChoices):
    """What a decision turns into."""

    TASK = "task", _("En oppgave")
    MEASURE = "measure", _("Et tiltak mot vold og trusler")


class Stage(TextChoices):
    """How far a meeting has come. Derived, never set by hand."""

    PLANNED = "planned", _("Planlagt")
    HELD = "held", _("Referatet skrives")
    SENT = "sent", _("Venter på godkjenning")
    APPROVED = "approved", _("Godkjent")
    PUBLISHED = "published", _("Publisert")
    CALLED_OFF = "called_off", _("Avlyst")

    @property
    def variant(self) -> str:
        """How it is coloured, as `ui`'s tag names it."""
        return _VARIANTS[self]


_VARIANTS = {
    Stage.PLANNED: "info",
    Stage.HELD: "warning",
    Stage.SENT: "warning",
    Stage.APPROVED: "success",
    Stage.PUBLISHED: "success",
    Stage.CALLED_OFF: "neutral",
}
