"""What is read of demands and stops. The database decides which, whoever is looking (AML §§ 6-2 and 6-3)."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from tryggmote.concerns.models import Demand, Stop, StopAct, StopReason
from tryggmote.organisation.models import Unit, UnitClosure, UnitKind

ABOVE_OFFICES = (UnitKind.DIRECTORATE, UnitKind.COUNTY, UnitKind.MUNICIPALITY)


def demands_around(unit_id: int) -> QuerySet[Demand]:
    """Demands in the unit, below it and above it up to the office, the latest first."""
    return Demand.objects.filter(_around(unit_id)).select_related("by", "unit").order_by("-at", "-id")


def stops_around(unit_id: int) -> QuerySet[Stop]:
    """Stops in the unit, below it and above it up to the office, the latest first."""
    return Stop.objects.filter(_around(unit_id)).select_related("by", "unit").order_by("-at", "-id")


def _around(unit_id: int) -> Q:
    return Q(unit_id__in=_ids_around(unit_id))


def _ids_around(unit_id: int) -> QuerySet[UnitClosure, Any]:
    """What holds for the office holds for its parts, and whoever answers for the office sees theirs."""
    covering = UnitClosure.objects.filter(descendant_id=unit_id).exclude(
        depth__gt=0, ancestor__kind__in=ABOVE_OFFICES
    )
    below = UnitClosure.objects.filter(ancestor_id=unit_id)
    return covering.values("ancestor_id").union(below.values("descendant_id"))


def units_to_choose(unit_id: int) -> list[Unit]:
    """Where around a unit one represents the employees: itself first, then by name; one query."""
    represented = RawSQL(
        "organisation_unit.id = any ((select app.units_represented())::integer[])",
        [],
        output_field=BooleanField(),
    )
    found = Unit.objects.filter(represented, id__in=_ids_around(unit_id), ended_on=None)
    return sorted(found.order_by("sort_key"), key=lambda unit: unit.id != unit_id)


def demand_in_full(demand_id: UUID) -> QuerySet[Demand]:
    """The one demand with its answer and how it went further."""
    return (
        Demand.objects.filter(id=demand_id)
        .select_related("unit", "by", "answer__by")
        .prefetch_related("taken_further__by")
    )


def stop_in_full(stop_id: UUID) -> QuerySet[Stop]:
    """The one stop, with who stopped."""
    return Stop.objects.filter(id=stop_id).select_related("unit", "by")


def reason_of(stop: Stop) -> StopReason | None:
    """Why it was stopped; None for those who may not read it."""
    return StopReason.objects.filter(stop=stop).first()


def acts_on(stop: Stop) -> list[StopAct]:
    """What was done about it, in order; nothing for those who may not read it."""
    return list(StopAct.objects.filter(stop=stop).select_related("by").order_by("at", "id"))


def stops_in(unit_ids: Collection[int]) -> QuerySet[Stop]:
    """What is stopped now in these units, the first one first."""
    stopped = Stop.objects.filter(unit_id__in=unit_ids, ended_at=None)
    return stopped.select_related("unit").order_by("at", "id")
