"""The words of a call for help (requirements 3.2-3.4). Codes are stored, words are shown."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """Chosen before the call: a drill and a test must never be taken for the real thing, or the other way."""

    REAL = "real", _("Ekte")
    DRILL = "drill", _("Øvelse")
    TEST = "test", _("Test")


class Kind(TextChoices):
    """What it is about; optional, and may be added afterwards."""

    THREAT = "threat", _("Truende situasjon")
    VIOLENCE = "violence", _("Pågående vold")
    MEDICAL = "medical", _("Akutt syk eller skadd")
    REMOTE = "remote", _("Telefon eller digitalt")


class Answer(TextChoices):
    COMING = "coming", _("Kommer")
    CANNOT = "cannot", _("Kan ikke")


class Outcome(TextChoices):
    """What it was. A false alarm is welcome: the word says what happened and blames nobody."""

    REAL = "real", _("Det var behov for hjelp")
    MISTAKE = "mistake", _("Sendt ved en feil")
    NOT_NEEDED = "not_needed", _("Det løste seg før noen kom")
    DONE = "done", _("Øvelsen er gjennomført")
    WORKED = "worked", _("Det virket")
    FAILED = "failed", _("Det virket ikke")


OUTCOMES = {
    Purpose.REAL: (Outcome.REAL, Outcome.NOT_NEEDED, Outcome.MISTAKE),
    Purpose.DRILL: (Outcome.DONE, Outcome.MISTAKE),
    Purpose.TEST: (Outcome.WORKED, Outcome.FAILED, Outcome.MISTAKE),
}


class EventKind(TextChoices):
    """A step on the timeline."""

    RAISED = "raised", _("Hjelp er tilkalt")
    RUNG = "rung", _("Flere er varslet")
    UNANSWERED = "unanswered", _("Ingen har svart")
    COMING = "coming", _("Kommer")
    CANNOT = "cannot", _("Kan ikke komme")
    DESCRIBED = "described", _("Mer er fortalt")
    ENDED = "ended", _("Avsluttet")


class ChannelTrouble(TextChoices):
    """Why a unit's channel was not told, and what helps."""

    NOT_TAKEN = (
        "not_taken",
        _("Kanalen tok ikke imot meldingen. Prøv igjen, eller legg inn adressen på nytt."),
    )
    NOT_OPENED = "not_opened", _("Adressen er ikke åpnet lenger. Snakk med dem som drifter Tryggmøte.")
    UNREADABLE = "unreadable", _("Adressen kan ikke leses lenger. Legg den inn på nytt.")


class AlarmTrouble(TextChoices):
    """Why an alarm system was not told, and what helps."""

    NO_ANSWER = "no_answer", _("Fikk ikke svar. Sjekk at anlegget er på, og at adressen er riktig.")
    REFUSED = "refused", _("Anlegget avviste meldingen. Sjekk adressen og hemmeligheten.")
    FAILED = "failed", _("Anlegget svarte med en feil. Spør leverandøren.")
    NOT_OPENED = "not_opened", _("Adressen er ikke åpnet lenger. Snakk med dem som drifter Tryggmøte.")
