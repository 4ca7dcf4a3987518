"""What lessons ask of people on "Now", in words (2.4): whether what they stood in may be told to others."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.duties.kinds import DutyKind, Owed, Wording
from tryggmote.ui.dates import day

REQUIREMENT = "2.4"


def _answering(owed: Owed) -> Wording:
    return Wording(
        title=_("Si om en lærdom kan deles"),
        why=f"{owed.words['unit']}: {_why(datetime.fromisoformat(owed.words['answer_by']))}",
        url=reverse("learning:lesson", args=[owed.words["lesson"]]),
        action=_("Les og svar"),
    )


def _why(answer_by: datetime) -> str:
    if answer_by <= timezone.now():
        return _("Den er fra noe du har stått i, og kan bli delt uten svar fra deg. Du kan fortsatt si nei.")
    return _("Den er fra noe du har stått i. Har du ikke svart innen %(day)s, kan lederen dele den.") % {
        "day": day(answer_by)
    }


KINDS = (
    DutyKind(
        "lesson_asks_you", REQUIREMENT, gettext_lazy("Spørsmål om en lærdom"), _answering,
        escalates=False,
    ),
)  # fmt: skip
