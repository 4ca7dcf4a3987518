"""What measures ask of people on "Now", in words (2.3): carry out, evaluate, hand over, look after the late.

`duties.sql` says of whom and by when. `escalation.py` tells the next leader of what waits too long.
"""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.controls.models import Measure
from tryggmote.controls.queries import possible_owners
from tryggmote.controls.services import hand_over
from tryggmote.duties.kinds import DutyKind, OneOfSeveral, Owed, Receiver, Together, Wording
from tryggmote.ui.dates import day

REQUIREMENT = "2.3"


def _establishing(owed: Owed) -> Wording:
    why = _("%(unit)s: Fristen var %(day)s.") if owed.words["is_late"] else _("%(unit)s: Fristen er %(day)s.")
    return _wording(owed, _("Innfør tiltaket «%(title)s»"), why, _("Åpne tiltaket"))


def _evaluating(owed: Owed) -> Wording:
    if owed.words["is_without_effect"]:
        title = _("Finn et tiltak som virker bedre enn «%(title)s»")
        why = _(
            "%(unit)s: Vurderingen viste ingen kjent virkning. Planlegg et nytt tiltak, eller vurder igjen."
        )
    else:
        title = _("Vurder om tiltaket «%(title)s» virker")
        why = _("%(unit)s: Virkningen av et tiltak vurderes i tide.")
    return _wording(owed, title, why, _("Vurder tiltaket"))


def _handing_over(owed: Owed) -> Wording:
    return _wording(
        owed,
        _("Gi tiltaket «%(title)s» en ny ansvarlig"),
        _("%(name)s hører ikke lenger til %(unit)s."),
        _("Velg ny ansvarlig"),
    )


def _looking_after(owed: Owed) -> Wording:
    is_planned = owed.words["is_planned"]
    return _wording(
        owed,
        _("Få fart på tiltaket «%(title)s»") if is_planned else _("Få vurdert tiltaket «%(title)s»"),
        _("%(unit)s: Fristen var %(day)s. %(name)s har ansvaret."),
        _("Åpne tiltaket"),
    )


def _wording(owed: Owed, title: str, why: str, action: str) -> Wording:
    due = owed.words.get("due")
    words = {**owed.words, "day": day(date.fromisoformat(due)) if due else ""}
    return Wording(title % words, why % words, reverse("controls:measure", args=[owed.subject]), action)


def _hand_over(one: OneOfSeveral) -> None:
    assert one.to_person_id is not None, "the form asks who"
    measure = Measure.objects.select_related("unit").get(id=one.subject)
    hand_over(by=one.by, measure=measure, act_id=one.id, to_owner_id=one.to_person_id)


HANDED_OVER_TOGETHER = Together(
    title=gettext_lazy("Gi tiltak en ny ansvarlig"),
    says=gettext_lazy("Den du velger, får alle du har valgt, og beskjed om hvert av dem."),
    button=gettext_lazy("Gi dem ny ansvarlig"),
    act=_hand_over,
    people=lambda owed: possible_owners([each.unit_id for each in owed if each.unit_id]),
)
KINDS = (
    DutyKind(
        "measure_planned", REQUIREMENT, gettext_lazy("Innføring av et tiltak"), _establishing,
        escalates=False, goes_to=Receiver.LEADER,
    ),
    DutyKind(
        "measure_evaluation", REQUIREMENT, gettext_lazy("Vurdering av et tiltak"), _evaluating,
        escalates=False, goes_to=Receiver.LEADER,
    ),
    DutyKind(
        "measure_overdue", REQUIREMENT, gettext_lazy("Et tiltak som er over fristen"), _looking_after,
        escalates=False, goes_to=Receiver.LEADER,
    ),
    DutyKind(
        "measure_without_owner", REQUIREMENT, gettext_lazy("Et tiltak uten ansvarlig"), _handing_over,
        goes_to=Receiver.LEADER, together=HANDED_OVER_TOGETHER,
    ),
)  # fmt: skip
