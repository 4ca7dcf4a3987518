"""What cases ask of the unit's leader on "Now", in words: decide, look again, answer a complaint, archive.

`duties.sql` says of whom and by when. A case is closed: nobody above the leader learns that there is one.
"""

from collections.abc import Callable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.client_measures.vocabulary import StepKind
from tryggmote.duties.kinds import DutyKind, Owed, Wording
from tryggmote.ui.dates import day


def _answering(owed: Owed) -> Wording:
    return _wording(
        owed,
        title=_("Svar på klagen fra en bruker"),
        why=_("Brukeren har klaget på et tiltak, og skal ha et skriftlig svar."),
        action=_("Svar på klagen"),
    )


def _deciding(owed: Owed) -> Wording:
    return _wording(
        owed,
        title=_("Avgjør en sak om tiltak overfor bruker"),
        why=_("Saken er klar. Bare du som leder kan avgjøre den."),
        action=_("Les og avgjør"),
    )


def _reviewing(owed: Owed) -> Wording:
    return _wording(
        owed,
        title=_("Vurder et tiltak overfor bruker på nytt"),
        why=_("Er det ikke lenger nødvendig, opphever du det."),
        action=_("Vurder på nytt"),
    )


def _archiving(owed: Owed) -> Wording:
    return _wording(
        owed,
        title=_("Send en avsluttet sak til arkivet"),
        why=_("Saken slettes her før %(day)s. Last den ned og legg den i arkivet.")
        % {"day": day(date.fromisoformat(owed.words["day"]))},
        action=_("Åpne saken"),
    )


def _wording(owed: Owed, *, title: str, why: str, action: str) -> Wording:
    return Wording(
        title=title,
        why=f"{owed.words['unit']}. {why}",
        url=reverse("client_measures:case", args=[owed.subject]),
        action=action,
    )


def _kind(step: StepKind, says: Callable[[Owed], Wording]) -> DutyKind:
    called = gettext_lazy("Sak om tiltak overfor bruker")
    return DutyKind(f"client_measure_{step.value}", "", called, says, escalates=False)


KINDS = (
    _kind(StepKind.COMPLAINT_ANSWERED, _answering),
    _kind(StepKind.DECIDED, _deciding),
    _kind(StepKind.REVIEWED, _reviewing),
    _kind(StepKind.ARCHIVED, _archiving),
)
