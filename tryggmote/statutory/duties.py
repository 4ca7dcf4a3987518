"""What injuries ask of leaders on "Now", in words: finish the notice, enter, decide on and send the report.

`duties.sql` says of whom and by when.
"""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.duties.kinds import DutyKind, Owed, Wording
from tryggmote.statutory.rules import claim_lost_on
from tryggmote.ui.dates import day


def _finishing_the_notice(owed: Owed) -> Wording:
    return Wording(
        title=_("Fullfør varselet til Arbeidstilsynet og politiet"),
        why=_("%(unit)s: Skaden er vurdert som alvorlig. Varselet skal gis straks.") % owed.words,
        url=reverse("statutory:notice", args=[owed.subject]),
        action=_("Fullfør varselet"),
    )


def _entering(owed: Owed) -> Wording:
    return Wording(
        title=_("Før skaden i skaderegisteret"),
        why=_("%(unit)s: Beskrivelsen av hendelsen sier at noen kan være skadet.") % owed.words,
        url=reverse("statutory:enter", args=[owed.subject]),
        action=_("Før skaden"),
    )


def _reporting(owed: Owed) -> Wording:
    is_decided = owed.words["is_decided"]
    lost_on = claim_lost_on(date.fromisoformat(owed.words["happened_on"]))
    return Wording(
        title=_("Send skademeldingen til Nav") if is_decided else _("Bestem om skaden skal meldes til Nav"),
        why=_("%(unit)s: Den ansatte kan miste rettigheter %(day)s hvis ingen melder.")
        % {"unit": owed.words["unit"], "day": day(lost_on)},
        url=f"{reverse('statutory:injury', args=[owed.subject])}#yrkesskade",
        action=_("Send meldingen") if is_decided else _("Bestem"),
    )


KINDS = (
    DutyKind(
        "notice_5_2", "aml-5-2", gettext_lazy("Varsel til Arbeidstilsynet og politiet"), _finishing_the_notice
    ),
    DutyKind("injury_entry", "aml-5-1", gettext_lazy("Føring i skaderegisteret"), _entering),
    DutyKind("injury_report", "ftrl-13-14", gettext_lazy("Melding av en skade til Nav"), _reporting),
)
