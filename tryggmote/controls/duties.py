"""What measures ask of people on "Now" (2.3): carry out, evaluate, hand over, look after what is late.

Two queries: what one owns, and what the units one leads are late with.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.controls.models import Measure
from tryggmote.controls.queries import led_by_me, overdue, owner_belongs, unevaluated
from tryggmote.controls.rules import (
    asked_for_evaluation_if_established_by,
    evaluate_by,
    late_after,
    leader_reminded_if_due_by,
)
from tryggmote.controls.vocabulary import Effect, Status
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.organisation.roles import LEADS
from tryggmote.ui.dates import day, oslo_day

AT_MOST = 20
SOON_DAYS = 7


def measure_duties(person: SignedInPerson) -> Iterator[Duty]:
    """What this person owes for the measures they own, and for those of the units they lead."""
    today = timezone.localdate()
    yield from _owned(person, today)
    if person.has_role(*LEADS):
        yield from _led(person, today)


def _owned(person: SignedInPerson, today: date) -> Iterator[Duty]:
    asked_about = Q(established_at__date__lte=asked_for_evaluation_if_established_by(today))
    owed = Q(established_at=None) | Q(evaluated_at__isnull=False) | asked_about
    still_open = Measure.objects.filter(owed, owner_id=person.id, cancelled_at=None).exclude(
        effect=Effect.REDUCED
    )
    for measure in still_open.select_related("unit").defer("what").order_by("due_on")[:AT_MOST]:
        is_planned = measure.status == Status.PLANNED
        yield _establishing(measure, today) if is_planned else _evaluating(measure, today)


def _establishing(measure: Measure, today: date) -> Duty:
    why = _("%(unit)s: Fristen var %(day)s.") if measure.is_overdue else _("%(unit)s: Fristen er %(day)s.")
    return _duty(
        measure,
        title=_("Innfør tiltaket «%(title)s»"),
        why=why % {"unit": measure.unit.name, "day": day(measure.due_on)},
        action=_("Åpne tiltaket"),
        due=measure.due_on,
        today=today,
        kind="measure_planned",
    )


def _evaluating(measure: Measure, today: date) -> Duty:
    due = evaluate_by(measure) or today
    if measure.status == Status.WITHOUT_EFFECT:
        title = _("Finn et tiltak som virker bedre enn «%(title)s»")
        why = _(
            "%(unit)s: Vurderingen viste ingen kjent virkning. Planlegg et nytt tiltak, eller vurder igjen."
        )
    else:
        title = _("Vurder om tiltaket «%(title)s» virker")
        why = _("%(unit)s: Virkningen av et tiltak vurderes i tide.")
    return _duty(
        measure,
        title=title,
        why=why % {"unit": measure.unit.name},
        action=_("Vurder tiltaket"),
        due=due,
        today=today,
        kind="measure_evaluation",
    )


def _led(person: SignedInPerson, today: date) -> Iterator[Duty]:
    after_reminder = leader_reminded_if_due_by(today) + timedelta(days=1)
    late = (overdue(after_reminder) | unevaluated(after_reminder)) & ~Q(owner_id=person.id)
    ownerless = Q(cancelled_at=None, owner_belongs=False) & ~Q(effect=Effect.REDUCED)
    found = (
        Measure.objects.annotate(owner_belongs=owner_belongs())
        .filter(led_by_me(), late | ownerless)
        .select_related("unit", "owner")
        .defer("what")
        .order_by("due_on")[:AT_MOST]
    )
    for measure in found:
        yield _looking_after(measure, today) if measure.owner_belongs else _handing_over(measure, today)


def _handing_over(measure: Measure, today: date) -> Duty:
    return _duty(
        measure,
        title=_("Gi tiltaket «%(title)s» en ny ansvarlig"),
        why=_("%(name)s hører ikke lenger til %(unit)s.")
        % {"name": measure.owner.name, "unit": measure.unit.name},
        action=_("Velg ny ansvarlig"),
        due=None,
        today=today,
        kind="measure_without_owner",
    )


def _looking_after(measure: Measure, today: date) -> Duty:
    missed = late_after(measure) or today
    is_planned = measure.status == Status.PLANNED
    return _duty(
        measure,
        title=_("Få fart på tiltaket «%(title)s»") if is_planned else _("Få vurdert tiltaket «%(title)s»"),
        why=_("%(unit)s: Fristen var %(day)s. %(name)s har ansvaret.")
        % {"unit": measure.unit.name, "day": day(missed), "name": measure.owner.name},
        action=_("Åpne tiltaket"),
        due=missed,
        today=today,
        kind="measure_overdue",
    )


def _duty(
    measure: Measure, *, title: str, why: str, action: str, due: date | None, today: date, kind: str
) -> Duty:
    return Duty(
        title=title % {"title": measure.title},
        why=why,
        url=measure.get_absolute_url(),
        action=action,
        due=_end_of(due) if due else None,
        urgency=_urgency(due, today),
        requirement="2.3",
        kind=kind,
    )


def _end_of(due: date) -> datetime:
    return oslo_day(due)[1]


def _urgency(due: date | None, today: date) -> Urgency:
    if due is None or (due - today).days > SOON_DAYS:
        return Urgency.LATER if due else Urgency.SOON
    return Urgency.TODAY if due <= today else Urgency.SOON
