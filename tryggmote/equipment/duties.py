"""What equipment asks of people on "Now", in words (3.5); `duties.sql` says of whom and by when."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tryggmote.duties.kinds import DutyKind, Owed, Receiver, Wording
from tryggmote.ui.dates import day

REQUIREMENT = "3.5"


def _failing(owed: Owed) -> Wording:
    why = ngettext(
        "%(unit)s: Ingen er i gang med å rette det. Er det rettet, test det på nytt.",
        "%(unit)s: %(count)d virker ikke, og ingen retter dem nå. Test på nytt det som er rettet.",
        owed.words["count"],
    )
    return Wording(
        title=_("Se til sikkerhetsutstyr som ikke virker"),
        why=why % owed.words,
        url=f"{reverse('equipment:items')}?state=failing&enhet={owed.unit_id}",
        action=_("Se hva som ikke virker"),
    )


def _testing(owed: Owed) -> Wording:
    words = {**owed.words, "day": day(date.fromisoformat(owed.words["first"]))}
    late = ngettext(
        "%(unit)s: Én test er over fristen. Alle i enheten kan teste.",
        "%(unit)s: %(late)d tester er over fristen. Alle i enheten kan teste.",
        words["late"],
    )
    soon = ngettext(
        "%(unit)s: Én test skal gjøres innen %(day)s.",
        "%(unit)s: %(count)d tester skal gjøres, den første innen %(day)s.",
        words["count"],
    )
    return Wording(
        title=_("Test sikkerhetsutstyr"),
        why=(late if words["late"] else soon) % words,
        url=f"{reverse('equipment:round')}?enhet={owed.unit_id}",
        action=_("Test nå"),
    )


def _testing_measure(owed: Owed) -> Wording:
    return Wording(
        title=_("Test tiltaket «%(title)s»") % owed.words,
        why=_("%(unit)s: Tiltaket skal testes i en fast rytme.") % owed.words,
        url=reverse("equipment:measure_test", args=[owed.subject]),
        action=_("Test tiltaket"),
    )


def _evaluating(owed: Owed) -> Wording:
    return Wording(
        title=_("Vurder igjen om tiltaket «%(title)s» virker") % owed.words,
        why=_("%(unit)s: Det er over et år siden noen vurderte det.") % owed.words,
        url=reverse("controls:measure", args=[owed.subject]),
        action=_("Vurder tiltaket"),
    )


KINDS = (
    DutyKind(
        "equipment_failing", REQUIREMENT, gettext_lazy("Sikkerhetsutstyr som ikke virker"), _failing,
        goes_to=Receiver.LEADER,
    ),
    DutyKind(
        "equipment_due", REQUIREMENT, gettext_lazy("Test av sikkerhetsutstyr"), _testing,
        goes_to=Receiver.COLLEAGUE,
    ),
    DutyKind(
        "measure_test_due", REQUIREMENT, gettext_lazy("Test av et tiltak"), _testing_measure,
        goes_to=Receiver.COLLEAGUE,
    ),
    DutyKind("measure_yearly_evaluation", REQUIREMENT, gettext_lazy("Vurdering av et tiltak"), _evaluating),
)  # fmt: skip
