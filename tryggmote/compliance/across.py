"""What is kept of how units stand now: on one requirement, what runs out, and where nothing moves."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Max, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.utils import timezone

from tryggmote.compliance.models import LastKept, Standing
from tryggmote.compliance.states import State
from tryggmote.ui.dates import oslo_today

STILL_DAYS = 90
WEAK = (State.MISSING, State.PARTLY)
_WEAKEST_FIRST = Case(
    *(
        When(state=state, then=Value(at))
        for at, state in enumerate((State.MISSING, State.PARTLY, State.MET, State.NOT_APPLICABLE))
    )
)


def last_kept() -> datetime | None:
    """When how units stand was last worked out; None before the first time."""
    return LastKept.objects.values_list("at", flat=True).first()


def standing_now(units: Collection[int]) -> QuerySet[Standing]:
    """How these units stand, with their names."""
    return Standing.objects.filter(unit_id__in=_these(units), until_at=None).select_related("unit")


def standing_at(moment: datetime) -> QuerySet[Standing]:
    """How all units in sight stood at a moment."""
    return Standing.objects.filter(Q(until_at=None) | Q(until_at__gt=moment), from_at__lte=moment)


def on_requirement(units: Collection[int], rule: str) -> QuerySet[Standing]:
    """How these units stand on one requirement, the weakest first and of those the oldest."""
    found = standing_now(units).filter(rule=rule)
    return found.order_by(_WEAKEST_FIRST, "since", "unit__sort_key", "unit_id")


def running_out(units: Collection[int], rules: Collection[str], days: int) -> QuerySet[Standing]:
    """What holds in these units and will not in so many days, unless something is done; the nearest first."""
    found = standing_now(units).filter(
        rule__in=rules, state=State.MET, runs_out_on__lte=oslo_today() + timedelta(days=days)
    )
    return found.order_by("runs_out_on", "unit__sort_key", "unit_id", "rule")


def where_nothing_moves(units: Collection[int], rules: Collection[str]) -> QuerySet[Standing, Any]:
    """The units where something is missing and nothing has changed state for `STILL_DAYS`; the oldest first.

    A row has the unit's id and name, `missing` and `partly` as numbers, and `moved_at`.
    """
    now = Standing.objects.filter(unit_id__in=_these(units), rule__in=rules, until_at=None)
    return (
        now.values("unit_id", "unit__name", "unit__sort_key")
        .annotate(
            missing=Count("id", filter=Q(state=State.MISSING)),
            partly=Count("id", filter=Q(state=State.PARTLY)),
            moved_at=Max("since"),
        )
        .filter(Q(missing__gt=0) | Q(partly__gt=0), moved_at__lt=timezone.now() - timedelta(days=STILL_DAYS))
        .order_by("moved_at", "unit__sort_key", "unit_id")
    )


def first_kept() -> datetime | None:
    """From when there is a history, of what one may see."""
    return Standing.objects.order_by("from_at").values_list("from_at", flat=True).first()


def _these(units: Collection[int]) -> RawSQL:
    return RawSQL("select unnest(%s::bigint[])", [list(units)])
