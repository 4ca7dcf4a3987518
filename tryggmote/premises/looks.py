"""How suitability is said and shown: a tag that says it in words too (colour is never alone)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.meeting_levels import Level


@dataclass(frozen=True)
class Look:
    """The words on the tag, the sentence below it, and the tag's variant."""

    word: str | Promise
    sentence: str | Promise
    variant: str


LOOKS: dict[Level | None, Look] = {
    Level.HIGH: Look(_("For alle møter"), _("Rommet passer også når sjekken viser høy risiko."), "success"),
    Level.RAISED: Look(
        _("Ikke ved høy risiko"), _("Rommet passer ved lav og forhøyet risiko, ikke ved høy."), "warning"
    ),
    Level.LOW: Look(
        _("Bare ved lav risiko"),
        _("Rommet passer bare når sjekken viser lav risiko."),
        "warning",
    ),
    None: Look(_("Ikke til møter nå"), _("Rommet skal ikke brukes til møter nå."), "error"),
}
