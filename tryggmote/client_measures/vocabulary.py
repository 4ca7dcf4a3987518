"""The words a case about a measure towards a client is told with. Codes are stored, words are shown."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StepKind(TextChoices):
    """What can be done in a case: by those who handle it, from `DECIDED` on by the unit's leader alone."""

    FOREWARNED = "forewarned", _("Brukeren er varslet")
    EXEMPTED = "exempted", _("Unntak fra varsel")
    ANSWERED = "answered", _("Brukeren har svart")
    SILENT = "silent", _("Brukeren har ikke svart")
    SUBMITTED = "submitted", _("Lederen er bedt om å avgjøre")
    TOLD = "told", _("Brukeren har fått vedtaket")
    COMPLAINED = "complained", _("Brukeren har klaget")
    ARCHIVED = "archived", _("Lastet ned til arkivet")
    DECIDED = "decided", _("Avgjort")
    REVIEWED = "reviewed", _("Vurdert på nytt")
    LIFTED = "lifted", _("Opphevet")
    COMPLAINT_ANSWERED = "complaint_answered", _("Klagen er besvart")


BY_LEADER = (StepKind.DECIDED, StepKind.REVIEWED, StepKind.LIFTED, StepKind.COMPLAINT_ANSWERED)


class State(TextChoices):
    """Where a case stands. Worked out from its steps and the day, never set by hand."""

    DRAFT = "draft", _("Utkast")
    FOREWARNED = "forewarned", _("Brukeren er varslet")
    HEARD = "heard", _("Klar til å avgjøres")
    DECIDED = "decided", _("Vedtatt, gjelder ikke ennå")
    IN_FORCE = "in_force", _("Gjelder nå")
    EXPIRED = "expired", _("Utløpt")
    LIFTED = "lifted", _("Opphevet")
    DECLINED = "declined", _("Ingen tiltak")

    @property
    def variant(self) -> str:
        """How it is coloured, as `ui`'s tag names it."""
        return _VARIANTS.get(self, "neutral")


_VARIANTS = {
    State.FOREWARNED: "info",
    State.HEARD: "warning",
    State.DECIDED: "warning",
    State.IN_FORCE: "success",
}


class How(TextChoices):
    """How somebody was told, or answered."""

    LETTER = "letter", _("Brev")
    DIGITAL = "digital", _("Digital melding")
    MEETING = "meeting", _("Samtale ansikt til ansikt")
    PHONE = "phone", _("Telefon")


class Outcome(TextChoices):
    """What the leader decides."""

    IMPOSED = "imposed", _("Tiltaket blir satt i verk")
    DECLINED = "declined", _("Ingen tiltak overfor brukeren")


class Weighed(TextChoices):
    """What was done about a milder means."""

    TRIED = "tried", _("Prøvd")
    CONSIDERED = "considered", _("Vurdert, men passer ikke")


class LetterLanguage(TextChoices):
    """The client's own form of Norwegian (språklova § 15)."""

    BOKMAL = "nb", _("Bokmål")
    NYNORSK = "nn", _("Nynorsk")
