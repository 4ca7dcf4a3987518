"""What the co-ordination agreement asks of leaders on "Now", in words (AML § 2-2): sign, and go through it.

`duties.sql` says of whom and by when.
"""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.duties.kinds import DutyKind, Owed, Receiver, Wording
from tryggmote.ui.dates import day

REQUIREMENT = "aml-2-2"


def _signing(owed: Owed) -> Wording:
    return Wording(
        title=_("Signer samordningsavtalen for %(unit)s") % owed.words,
        why=_("Den gjelder først når alle arbeidsgiverne har signert."),
        url=reverse("controls:agreement", args=[owed.unit_id]),
        action=_("Les og signer"),
    )


def _reviewing(owed: Owed) -> Wording:
    return Wording(
        title=_("Gå gjennom samordningsavtalen for %(unit)s") % owed.words,
        why=_("Den må gjennomgås eller erstattes innen %(day)s.")
        % {"day": day(date.fromisoformat(owed.words["due"]))},
        url=reverse("controls:agreement", args=[owed.unit_id]),
        action=_("Åpne avtalen"),
    )


KINDS = (
    # Another leader of the unit need not act for the same employer.
    DutyKind(
        "agreement_to_sign", REQUIREMENT, gettext_lazy("Signering av samordningsavtalen"), _signing
    ),
    DutyKind(
        "agreement_review", REQUIREMENT, gettext_lazy("Gjennomgang av samordningsavtalen"), _reviewing,
        goes_to=Receiver.LEADER,
    ),
)  # fmt: skip
