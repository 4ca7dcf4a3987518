"""What equipment asks of people on "Now" (3.5): test in time, see to what failed, evaluate yearly.

Two queries: what one is to test in the register, and the measures one owns.
"""

from collections.abc import Iterator
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggmote.access.context import SignedInPerson
from tryggmote.controls.models import Measure
from tryggmote.controls.vocabulary import Effect, MeasureKind, OriginKind
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.equipment.models import Item, Responsible
from tryggmote.equipment.queries import in_use, measure_due_on, measures_in_force
from tryggmote.equipment.rule_sets import rules_in_force
from tryggmote.equipment.rules import soon
from tryggmote.organisation.standing import units_decided_by_me
from tryggmote.ui.dates import day, oslo_day, oslo_today

AT_MOST = 20
TESTABLE_KINDS = (
    MeasureKind.DESIGN,
    MeasureKind.CALLING_HELP,
    MeasureKind.EQUIPMENT,
    MeasureKind.MAINTENANCE,
)
"""Technical and physical measures: these wear out, and what they do may change without anybody seeing it."""


def equipment_duties(person: SignedInPerson) -> Iterator[Duty]:
    """What is to be tested within the month, and what fails with nobody at it; one of each for a unit."""
    today = oslo_today()
    decided = Q(unit_id__in=units_decided_by_me())
    for_this_type = Responsible.objects.filter(unit_id=OuterRef("unit_id"), type=OuterRef("type"))
    mended = Measure.objects.filter(
        origin_kind=OriginKind.EQUIPMENT, origin_id=OuterRef("pk"), established_at=None, cancelled_at=None
    )
    is_mine = Q(is_chosen=True) | decided & Q(has_chosen=False)
    is_due = is_mine & Q(is_failing=False, due_on__lte=soon(today))
    is_left = decided & Q(is_failing=True, is_being_mended=False)
    found = (
        Item.objects.filter(in_use(today), Q(is_failing=True) | Q(due_on__lte=soon(today)))
        .annotate(
            is_chosen=Exists(for_this_type.filter(person_id=person.id)),
            has_chosen=Exists(for_this_type),
            is_being_mended=Exists(mended),
        )
        .filter(is_due | is_left)
        .values("unit_id", "unit__name")
        .annotate(
            due=Count("id", filter=Q(is_failing=False)),
            late=Count("id", filter=Q(is_failing=False, due_on__lt=today)),
            first=Min("due_on", filter=Q(is_failing=False)),
            left=Count("id", filter=Q(is_failing=True)),
        )
        .order_by("unit__sort_key")[:AT_MOST]
    )
    for row in found:
        if row["left"]:
            yield _left(row["unit_id"], row["unit__name"], row["left"])
        if row["due"]:
            yield _testing(row["unit_id"], row["unit__name"], row["due"], row["late"], row["first"], today)


def _left(unit_id: int, unit: str, count: int) -> Duty:
    why = ngettext(
        "%(unit)s: Ingen er i gang med å rette det. Er det rettet, test det på nytt.",
        "%(unit)s: %(count)d virker ikke, og ingen retter dem nå. Test på nytt det som er rettet.",
        count,
    )
    return Duty(
        title=_("Se til sikkerhetsutstyr som ikke virker"),
        why=why % {"unit": unit, "count": count},
        url=f"{reverse('equipment:items')}?state=failing&enhet={unit_id}",
        action=_("Se hva som ikke virker"),
        due=None,
        urgency=Urgency.TODAY,
        requirement="3.5",
        kind="equipment_failing",
    )


def _testing(unit_id: int, unit: str, count: int, late: int, first: date, today: date) -> Duty:
    late_words = ngettext(
        "%(unit)s: Én test er over fristen. Alle i enheten kan teste.",
        "%(unit)s: %(late)d tester er over fristen. Alle i enheten kan teste.",
        late,
    )
    soon_words = ngettext(
        "%(unit)s: Én test skal gjøres innen %(day)s.",
        "%(unit)s: %(count)d tester skal gjøres, den første innen %(day)s.",
        count,
    )
    why = late_words if late else soon_words
    return Duty(
        title=_("Test sikkerhetsutstyr"),
        why=why % {"unit": unit, "count": count, "late": late, "day": day(first)},
        url=f"{reverse('equipment:round')}?enhet={unit_id}",
        action=_("Test nå"),
        due=oslo_day(first)[1],
        urgency=_urgency(first, today),
        requirement="3.5",
        kind="equipment_due",
    )


def measure_test_duties(person: SignedInPerson) -> Iterator[Duty]:
    """Of the measures in force that one owns: those to test within the month, and those to evaluate anew."""
    today = oslo_today()
    year_ago = today - relativedelta(months=rules_in_force().evaluate_after_months)
    is_evaluated = Q(effect=Effect.REDUCED, evaluated_at__date__lt=year_ago)
    needs_years = is_evaluated & (Q(interval_months__isnull=False) | Q(kind__in=TESTABLE_KINDS))
    found = (
        measures_in_force()
        .filter(Q(interval_months__isnull=False) | needs_years, owner_id=person.id)
        .annotate(is_old=needs_years)[:AT_MOST]
    )
    for measure in found:
        due = measure_due_on(measure)
        if due is not None and due <= soon(today):
            yield _testing_measure(measure, due, today)
        if measure.is_old:
            yield _evaluating(measure)


def _testing_measure(measure: Measure, due: date, today: date) -> Duty:
    return Duty(
        title=_("Test tiltaket «%(title)s»") % {"title": measure.title},
        why=_("%(unit)s: Tiltaket skal testes i en fast rytme.") % {"unit": measure.unit.name},
        url=reverse("equipment:measure_test", args=[measure.id]),
        action=_("Test tiltaket"),
        due=oslo_day(due)[1],
        urgency=_urgency(due, today),
        requirement="3.5",
        kind="measure_test_due",
    )


def _evaluating(measure: Measure) -> Duty:
    return Duty(
        title=_("Vurder igjen om tiltaket «%(title)s» virker") % {"title": measure.title},
        why=_("%(unit)s: Det er over et år siden noen vurderte det.") % {"unit": measure.unit.name},
        url=measure.get_absolute_url(),
        action=_("Vurder tiltaket"),
        due=None,
        urgency=Urgency.SOON,
        requirement="3.5",
        kind="measure_yearly_evaluation",
    )


def _urgency(due: date, today: date) -> Urgency:
    if due <= today:
        return Urgency.TODAY
    return Urgency.SOON if (due - today).days <= 7 else Urgency.LATER
