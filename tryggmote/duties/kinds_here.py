"""What the ledger itself asks of leaders: to see to what is late below them."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tryggmote.duties.kinds import DutyKind, Owed, Wording


def _late_below(owed: Owed) -> Wording:
    in_unit = ngettext(
        "%(count)d gjøremål er lenge over fristen i %(unit)s",
        "%(count)d gjøremål er lenge over fristen i %(unit)s",
        owed.words["count"],
    )
    of_people = ngettext(
        "%(count)d gjøremål er lenge over fristen hos dem du leder",
        "%(count)d gjøremål er lenge over fristen hos dem du leder",
        owed.words["count"],
    )
    return Wording(
        title=(in_unit if owed.unit_id else of_people) % owed.words,
        why=_("Den som har ansvaret, har ikke gjort det. Snakk med dem, og hjelp dem å få det gjort."),
        url=f"{reverse('duties:late')}?enhet={owed.unit_id or ''}",
        action=_("Se hva som er sent"),
    )


KINDS = (
    DutyKind("late_below", "", gettext_lazy("Gjøremål som er sene"), _late_below, escalates=False),
)  # fmt: skip
