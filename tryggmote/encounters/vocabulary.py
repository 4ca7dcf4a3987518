"""The words of the check (requirement 2.2). Codes are stored, words are shown."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.meeting_levels import Level


class Decision(TextChoices):
    """What the employee decides after the check. Always theirs, except where the level asks for a leader."""

    GO = "go", _("Gjennomfør som planlagt")
    GO_WITH_MEASURES = "go_with_measures", _("Gjennomfør med tiltak")
    CHANGE_FORM = "change_form", _("Bytt møteform")
    POSTPONE = "postpone", _("Utsett møtet")
    ASK_LEADER = "ask_leader", _("Spør lederen")


class LeaderAnswer(TextChoices):
    """What the leader answers when asked."""

    GO_WITH_MEASURES = "go_with_measures", _("Gjennomfør med tiltakene")
    JOIN = "join", _("Jeg blir med i møtet")
    CHANGE_FORM = "change_form", _("Bytt møteform")
    POSTPONE = "postpone", _("Utsett møtet")

    @property
    def lets_go(self) -> bool:
        """Whether the meeting may be held as it is planned after this answer."""
        return self in {LeaderAnswer.GO_WITH_MEASURES, LeaderAnswer.JOIN}


class Outcome(TextChoices):
    """How the meeting went."""

    ALL_WELL = "all_well", _("Alt gikk bra")
    SOMETHING_HAPPENED = "something_happened", _("Noe skjedde")


LEVEL_WORDS: dict[Level, str | Promise] = {
    Level.LOW: _("Lav risiko"),
    Level.RAISED: _("Forhøyet risiko"),
    Level.HIGH: _("Høy risiko"),
}
