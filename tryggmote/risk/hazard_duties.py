"""What hazards ask of leaders on "Now", in words (1.1, 2.1): judge them before the deadline."""

from datetime import date

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.duties.kinds import DutyKind, Owed, Receiver, Wording
from tryggmote.ui.dates import day

REQUIREMENT = "2.1"
TITLE_CHARACTERS = 80


def _judging(owed: Owed) -> Wording:
    why = _("%(unit)s: Meldt %(day)s. Den som meldte, venter på svar.")
    if owed.words["is_passed_on"]:
        why = _("%(unit)s: Meldt %(day)s. Ingen tok stilling til den innen fristen, så nå er den hos deg.")
    return Wording(
        title=_("Vurder faren «%(what)s»") % {"what": Truncator(owed.words["what"]).chars(TITLE_CHARACTERS)},
        why=why % {**owed.words, "day": day(date.fromisoformat(owed.words["raised"]))},
        url=reverse("risk:hazard", args=[owed.subject]),
        action=_("Åpne faren"),
    )


KINDS = (
    DutyKind(
        "hazard_undecided", REQUIREMENT, gettext_lazy("Fare som er meldt"), _judging,
        escalates=False, goes_to=Receiver.LEADER,
    ),
)  # fmt: skip
