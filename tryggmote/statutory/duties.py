"""What injuries ask of leaders on "Now": finish the notice, decide on and send the report. One query."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.organisation.roles import OVERSEES
from tryggmote.statutory.queries import Waiting, notice_url, waiting
from tryggmote.statutory.rules import claim_lost_on, register_by, report_by
from tryggmote.ui.dates import day


def statutory_duties(person: SignedInPerson) -> Iterator[Duty]:
    """What this leader has begun, and the law wants finished."""
    if person.is_leader or person.has_role(*OVERSEES):
        yield from (_duty(one) for one in waiting())


def _duty(one: Waiting) -> Duty:
    if one.kind == "notice":
        return Duty(
            title=_("Fullfør varselet til Arbeidstilsynet og politiet"),
            why=_("%(unit)s: Skaden er vurdert som alvorlig. Varselet skal gis straks.")
            % {"unit": one.unit_name},
            url=notice_url(one.id),
            action=_("Fullfør varselet"),
            due=one.since,
            urgency=Urgency.AT_ONCE,
            requirement="aml-5-2",
            kind="notice_5_2",
        )
    if one.kind == "enter":
        return Duty(
            title=_("Før skaden i skaderegisteret"),
            why=_("%(unit)s: Beskrivelsen av hendelsen sier at noen kan være skadet.")
            % {"unit": one.unit_name},
            url=reverse("statutory:enter", args=[one.id]),
            action=_("Før skaden"),
            due=register_by(one.since),
            urgency=Urgency.TODAY,
            requirement="aml-5-1",
            kind="injury_entry",
        )
    is_decided = one.kind == "send"
    return Duty(
        title=_("Send skademeldingen til Nav") if is_decided else _("Bestem om skaden skal meldes til Nav"),
        why=_("%(unit)s: Den ansatte kan miste rettigheter %(day)s hvis ingen melder.")
        % {"unit": one.unit_name, "day": day(claim_lost_on(one.happened_on))},
        url=f"{reverse('statutory:injury', args=[one.id])}#yrkesskade",
        action=_("Send meldingen") if is_decided else _("Bestem"),
        due=report_by(one.since),
        urgency=Urgency.TODAY,
        requirement="ftrl-13-14",
        kind="injury_report",
    )
