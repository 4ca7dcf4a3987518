"""Reviews of the premises (3.1), and tests of equipment and of measures that have an interval (3.5)."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import Count, Max, Min
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import gettext as _

from tryggmote.compliance.thresholds import thresholds
from tryggmote.cycle.registry import Event, Source, Span
from tryggmote.cycle.rules import due_days
from tryggmote.cycle.vocabulary import Kind
from tryggmote.equipment.models import ItemTest
from tryggmote.equipment.queries import items, measure_due_on, measures_in_force
from tryggmote.equipment.rule_sets import type_of
from tryggmote.premises.models import Building
from tryggmote.reviews.models import Review
from tryggmote.reviews.queries import last_day, with_last_review
from tryggmote.reviews.rules import next_review_by
from tryggmote.ui.dates import OSLO

MOST_MEASURES = 100


def _reviews_due(span: Span) -> Iterator[Event]:
    months = thresholds().review_months
    for building in with_last_review(Building.objects.filter(unit_id__in=span.unit_ids, left_on=None)):
        last_on = last_day(building)
        for day in due_days(next_review_by(last_on) if last_on else None, months, span):
            yield Event(
                kind=Kind.REVIEW,
                key=str(building.id),
                unit_id=building.unit_id,
                on=day,
                title=_("Vernerunde: %(name)s") % {"name": building.name},
                url=reverse("reviews:home"),
                requirement="3.1",
            )


def _reviews_signed(span: Span) -> Iterator[Event]:
    found = Review.objects.filter(building__unit_id__in=span.unit_ids, signed_at__range=span.moments)
    for review in found.select_related("building"):
        at = review.signed_at
        assert at is not None  # as asked for
        yield Event(
            kind=Kind.REVIEW,
            key=str(review.id),
            unit_id=review.building.unit_id,
            on=at.astimezone(OSLO).date(),
            title=_("Vernerunde: %(name)s") % {"name": review.building.name},
            url=reverse("reviews:review", args=[review.id]),
            requirement="3.1",
            is_done=True,
        )


def _tests_due(span: Span) -> Iterator[Event]:
    """One event for all of a type that are due in the same month, however many there are."""
    rows = (
        items()
        .filter(unit_id__in=span.unit_ids)
        .order_by()
        .annotate(month=TruncMonth("due_on"))
        .values_list("unit_id", "type", "interval_months", "month")
        .annotate(count=Count("id"), first=Min("due_on"))
    )
    for unit_id, code, interval, month, number, first in rows:
        url = f"{reverse('equipment:round')}?{urlencode({'enhet': unit_id, 'type': code})}"
        for day in due_days(first, interval, span):
            key = f"{unit_id}-{code}-{interval}-{month:%Y%m}"
            yield Event(Kind.TEST, key, unit_id, day, _tested(code, number), url, "3.5")


def _tests_passed(span: Span) -> Iterator[Event]:
    rows = (
        ItemTest.objects.filter(item__unit_id__in=span.unit_ids, passed=True, at__range=span.moments)
        .order_by()
        .annotate(month=TruncMonth("at", tzinfo=OSLO))
        .values_list("item__unit_id", "item__type", "month")
        .annotate(count=Count("item_id", distinct=True), last=Max("at"))
    )
    for unit_id, code, month, number, last in rows:
        url = f"{reverse('equipment:items')}?{urlencode({'type': code})}"
        key, day = f"{unit_id}-{code}-{month:%Y%m}", last.astimezone(OSLO).date()
        yield Event(Kind.TEST, key, unit_id, day, _tested(code, number), url, "3.5", is_done=True)


def _tested(code: str, number: int) -> str:
    kind = type_of(code)
    return _("Test av utstyr: %(type)s (%(number)s)") % {
        "type": kind.name if kind else code,
        "number": number,
    }


def _measures(span: Span) -> Iterator[Event]:
    found = measures_in_force().filter(unit_id__in=span.unit_ids, interval_months__isnull=False)
    for measure in found[:MOST_MEASURES]:
        title = _("Test av tiltaket «%(title)s»") % {"title": measure.title}
        url = reverse("equipment:measure_test", args=[measure.id])
        about = (str(measure.id), measure.unit_id)
        passed_at = getattr(measure, "passed_at", None)
        if passed_at and span.holds(passed_on := passed_at.astimezone(OSLO).date()):
            yield Event(Kind.TEST, *about, passed_on, title, url, "3.5", is_done=True)
        for day in due_days(measure_due_on(measure), measure.interval_months or 0, span):
            yield Event(Kind.TEST, *about, day, title, url, "3.5")


SOURCES = (
    Source("reviews_due", Kind.REVIEW, _reviews_due),
    Source("reviews_signed", Kind.REVIEW, _reviews_signed),
    Source("tests_due", Kind.TEST, _tests_due),
    Source("tests_passed", Kind.TEST, _tests_passed),
    Source("measures", Kind.TEST, _measures),
)
