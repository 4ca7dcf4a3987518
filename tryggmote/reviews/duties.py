"""What reviews ask of people on "Now", in words (3.1); `duties.sql` says of whom and by when."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.duties.kinds import DutyKind, Owed, Receiver, Wording
from tryggmote.ui.dates import day

REQUIREMENT = "3.1"


def _signing(owed: Owed) -> Wording:
    return Wording(
        title=_("Signer vernerunden i %(name)s") % owed.words,
        why=_("%(unit)s: Den andre har signert. Den teller først når begge har gjort det.") % owed.words,
        url=reverse("reviews:review", args=[owed.subject]),
        action=_("Les og signer"),
    )


def _finishing(owed: Owed) -> Wording:
    return Wording(
        title=_("Fullfør vernerunden i %(name)s") % owed.words,
        why=_("%(unit)s: Du har begynt på den.") % owed.words,
        url=reverse("reviews:review", args=[owed.subject]),
        action=_("Gå videre"),
    )


def _after_change(owed: Owed) -> Wording:
    why = (
        _("%(unit)s: Endringen ble tatt i bruk %(day)s uten vernerunde.")
        if owed.words["is_late"]
        else _("%(unit)s: Endringen tas i bruk %(day)s. Vernerunden skal være signert før det.")
    )
    return Wording(
        title=_("Gå vernerunde etter endringen i %(name)s") % owed.words,
        why=why % {**owed.words, "day": day(date.fromisoformat(owed.words["day"]))},
        url=reverse("changes:change", args=[owed.subject]),
        action=_("Åpne endringen"),
    )


def _yearly(owed: Owed) -> Wording:
    due = owed.words["day"]
    if due is None:
        why = _("%(unit)s: Bygget har aldri hatt vernerunde.")
    elif owed.words["is_late"]:
        why = _("%(unit)s: Fristen var %(day)s.")
    else:
        why = _("%(unit)s: Fristen er %(day)s.")
    return Wording(
        title=_("Gå vernerunde i %(name)s med verneombudet") % owed.words,
        why=why % {**owed.words, "day": day(date.fromisoformat(due)) if due else ""},
        url=f"{reverse('reviews:begin')}?bygg={owed.subject}",
        action=_("Begynn vernerunden"),
    )


KINDS = (
    DutyKind("review_signature", REQUIREMENT, gettext_lazy("Signatur på en vernerunde"), _signing),
    DutyKind(
        "review_begun", REQUIREMENT, gettext_lazy("Vernerunde som er begynt"), _finishing,
        goes_to=Receiver.LEADER,
    ),
    DutyKind("change_review", REQUIREMENT, gettext_lazy("Vernerunde etter en endring"), _after_change),
    DutyKind(
        "yearly_review", REQUIREMENT, gettext_lazy("Årlig vernerunde"), _yearly,
        goes_to=Receiver.LEADER,
    ),
)  # fmt: skip
