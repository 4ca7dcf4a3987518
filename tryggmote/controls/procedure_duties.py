"""What procedures ask of people on "Now", in words (2.3, 2.4): read; of leaders, approve and review.

`duties.sql` says of whom and by when.
"""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.duties.kinds import DutyKind, Owed, Receiver, Wording
from tryggmote.ui.dates import day

REQUIREMENT = "2.3"


def _reading(owed: Owed) -> Wording:
    return Wording(
        title=_("Les rutinen «%(title)s»") % owed.words,
        why=_("%(unit)s: Alle må lese den og si at de har forstått.") % owed.words,
        url=reverse("controls:procedure", args=[owed.subject]),
        action=_("Les rutinen"),
    )


def _approving(owed: Owed) -> Wording:
    return Wording(
        title=_("Les og godkjenn utkastet til «%(title)s»") % owed.words,
        why=_("%(unit)s: Utkastet er klart. Rutinen gjelder først når du har godkjent den.") % owed.words,
        url=f"{reverse('controls:procedure', args=[owed.subject])}utkast/",
        action=_("Les utkastet"),
    )


def _reviewing(owed: Owed) -> Wording:
    words = {**owed.words, "day": day(date.fromisoformat(owed.words["due"]))}
    return Wording(
        title=_("Gå gjennom rutinen «%(title)s»") % words,
        why=_("%(unit)s: Den skal gjennomgås innen %(day)s.") % words,
        url=reverse("controls:procedure", args=[owed.subject]),
        action=_("Åpne rutinen"),
    )


KINDS = (
    # Leaders see who has not read beside the procedure; a list of what is late would be about the person.
    DutyKind(
        "procedure_unread", REQUIREMENT, gettext_lazy("Lesing av en rutine"), _reading, escalates=False
    ),
    DutyKind(
        "procedure_waiting", REQUIREMENT, gettext_lazy("Godkjenning av en rutine"), _approving,
        goes_to=Receiver.LEADER,
    ),
    DutyKind(
        "procedure_review", REQUIREMENT, gettext_lazy("Gjennomgang av en rutine"), _reviewing,
        goes_to=Receiver.LEADER,
    ),
)  # fmt: skip
