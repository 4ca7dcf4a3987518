"""What incidents ask of people on "Now", in words (2.4): read it, and read the answer.

`duties.sql` says of whom and by when. `escalation.py` tells the next leader of what nobody reads.
"""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.duties.kinds import DutyKind, Owed, Wording
from tryggmote.incidents.vocabulary import words_of_natures
from tryggmote.ui.dates import when

REQUIREMENT = "2.4"


def _reading(owed: Owed) -> Wording:
    return Wording(
        title=_("Les hendelsen fra %(unit)s") % owed.words,
        why=_what_and_when(owed),
        url=reverse("incidents:detail", args=[owed.subject]),
        action=_("Les hendelsen"),
    )


def _reading_the_answer(owed: Owed) -> Wording:
    return Wording(
        title=_("Les svaret på hendelsen"),
        why=_what_and_when(owed),
        url=reverse("incidents:detail", args=[owed.subject]),
        action=_("Les svaret"),
    )


def _what_and_when(owed: Owed) -> str:
    return _("%(what)s. Meldt %(moment)s.") % {
        "what": ", ".join(words_of_natures(owed.words["natures"])),
        "moment": when(datetime.fromisoformat(owed.words["at"])),
    }


KINDS = (
    DutyKind(
        "incident_unread", REQUIREMENT, gettext_lazy("Lesing av en hendelse"), _reading, escalates=False,
    ),
    DutyKind(
        "incident_answered", REQUIREMENT, gettext_lazy("Lesing av svaret på en hendelse"),
        _reading_the_answer, escalates=False,
    ),
)  # fmt: skip
