"""What is read of safety equipment. The database decides which items there are for whom (3.5)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, F, Func, Min, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.controls.models import Measure
from tryggmote.controls.vocabulary import MeasureKind, OriginKind
from tryggmote.equipment.models import Item, ItemTest, MeasureTest, Responsible
from tryggmote.equipment.rule_sets import ItemType, counted_by, rules_in_force, type_of
from tryggmote.equipment.rules import State, next_due, soon
from tryggmote.organisation.meeting_levels import Level
from tryggmote.organisation.models import Unit
from tryggmote.premises.models import Room, RoomNote, Zone
from tryggmote.premises.rules import Limit
from tryggmote.risk.queries import units_covering

KEPT_ON_PHONE = 12
"""Test pages one's phone keeps: those asked for first. Any other item is tested by typing its code."""


def items(
    *, q: str = "", type: str = "", state: str = "", unit_id: int | None = None, place: UUID | None = None
) -> QuerySet[Item]:
    """The items one sees, those that need somebody first. Taken out: only when `state` asks for them.

    `q`: part of name, serial number or place, or the code on the label. `place`: a room, or a zone with all
    its rooms.
    """
    today = timezone.localdate()
    found = Item.objects.select_related("unit", "room", "zone").order_by(
        "-is_failing", "due_on", "name", "id"
    )
    found = found.filter(_in_state(State(state), today) if state else in_use(today))
    if q:
        found = found.filter(
            Q(name__icontains=q)
            | Q(serial__icontains=q)
            | Q(place__icontains=q)
            | Q(room__name__icontains=q)
            | Q(zone__name__icontains=q)
            | Q(code=_plain(q))
        )
    if type:
        found = found.filter(type=type)
    if unit_id:
        found = found.filter(unit_id=unit_id)
    if place:
        found = found.filter(Q(room=place) | Q(zone=place) | Q(room__zone=place))
    return found


def items_serving(room: Room) -> QuerySet[Item]:
    """What stands in a room or serves its whole zone; of a room that is left, what is said to be in it."""
    here = Q(room=room) if room.left_on else Q(room=room) | Q(zone=room.zone_id)
    return items().filter(here)


@dataclass(frozen=True)
class Counted:
    """How many of a type are in use, how many of them do not work, and when the first was registered."""

    type: str
    n: int
    failing: int
    first: datetime


def counted_by_type(unit_ids: Collection[int], today: date) -> list[Counted]:
    """Each type in use in these units; one query."""
    found = (
        Item.objects.filter(in_use(today), unit_id__in=unit_ids)
        .values_list("type")
        .annotate(n=Count("id"), failing=Count("id", filter=Q(is_failing=True)), first=Min("made_at"))
        .order_by("type")
    )
    return [Counted(*row) for row in found]


def in_use(today: date) -> Q:
    """What has not been taken out."""
    return Q(ended_on=None) | Q(ended_on__gt=today)


def _in_state(state: State, today: date) -> Q:
    """The same as `rules.state_of`, for a list."""
    works = in_use(today) & Q(is_failing=False)
    return {
        State.OUT: Q(ended_on__lte=today),
        State.FAILING: in_use(today) & Q(is_failing=True),
        State.NEVER: works & Q(passed_on=None),
        State.LATE: works & Q(passed_on__isnull=False, due_on__lt=today),
        State.SOON: works & Q(passed_on__isnull=False, due_on__range=(today, soon(today))),
        State.TESTED: works & Q(passed_on__isnull=False, due_on__gt=soon(today)),
    }[state]


def item_in_full(item_id: UUID) -> QuerySet[Item]:
    """The one item with unit and place named."""
    return Item.objects.filter(id=item_id).select_related("unit", "room__zone__building", "zone__building")


def item_coded(code: str) -> QuerySet[Item]:
    """The item with this code, however it was typed."""
    found = Item.objects.filter(code=_plain(code))
    return found.select_related("unit", "room__zone__building", "zone__building")


def _plain(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())


def tests_of(item: Item) -> QuerySet[ItemTest]:
    """All tests of an item, the latest first, with who tested."""
    return item.tests.select_related("by").order_by("-at", "-id")


def address_of_item(item_id: UUID) -> str:
    """The page of an item."""
    return reverse("equipment:item", args=[item_id])


def address_of_tested(tested_id: UUID) -> str:
    """The page of the item or measure that was tested, "" for one who may not see it."""
    for model in (Item, Measure):
        if found := model.objects.filter(id=tested_id).only("id").first():
            return found.get_absolute_url()
    return ""


def failed_before(items: Iterable[Item]) -> set[UUID]:
    """Those of them that failed also at the test before the latest; one query."""
    earlier = ItemTest.objects.filter(item=OuterRef("id")).order_by("-at", "-id").values("passed")[1:2]
    found = Item.objects.filter(id__in=[item.id for item in items]).annotate(passed_before=Subquery(earlier))
    return set(found.filter(passed_before=False).values_list("id", flat=True))


def counted_on(unit_id: int, kinds: Iterable[MeasureKind]) -> list[UUID]:
    """The measures of these kinds that the unit's work may be said to build on; two queries."""
    found = Measure.objects.filter(unit_id__in=units_covering(unit_id), kind__in=kinds, cancelled_at=None)
    return list(found.values_list("id", flat=True))


def answered(kind: OriginKind, ids: Iterable[UUID]) -> set[UUID]:
    """Those of them that a measure in progress comes from; one query."""
    found = _in_progress().filter(origin_kind=kind, origin_id__in=list(ids))
    return {origin for origin in found.values_list("origin_id", flat=True) if origin}


def _in_progress() -> QuerySet[Measure]:
    return Measure.objects.filter(established_at=None, cancelled_at=None)


def measures_in_force() -> QuerySet[Measure]:
    """The measures in force that one sees, with when each last passed a test and whether the latest did."""
    latest = MeasureTest.objects.filter(measure=OuterRef("pk")).order_by("-at", "-id")
    return (
        Measure.objects.filter(established_at__isnull=False, cancelled_at=None)
        .annotate(
            passed_at=Subquery(latest.filter(passed=True).values("at")[:1]),
            works=Subquery(latest.values("passed")[:1]),
        )
        .select_related("unit", "owner")
        .defer("what")
        .order_by(F("passed_at").asc(nulls_first=True), "id")
    )


def measure_due_on(measure: Measure) -> date | None:
    """When one of `measures_in_force` is to be tested; None without an interval.

    One that never passed, or did not work the last time, is due from the day it was established.
    """
    if measure.interval_months is None or measure.established_at is None:
        return None
    passed_at = getattr(measure, "passed_at", None)
    if passed_at is None or getattr(measure, "works", None) is False:
        return timezone.localdate(measure.established_at)
    return next_due(timezone.localdate(passed_at), measure.interval_months)


def troubles_of_rooms(rooms: Collection[UUID]) -> Mapping[UUID, Iterable[Limit]]:
    """What in these rooms, or in their zones, limits who is met there; one query.

    What does not work now; and what was taken out with nothing like it there, until the room is noted again:
    what is noted may rest on it (ADR 0041).
    """
    today = timezone.localdate()
    noted_before = RoomNote.objects.filter(
        room=OuterRef("stands_in"), is_latest=True, at__lt=OuterRef("taken_out_at")
    )
    in_its_place = Item.objects.filter(
        in_use(today),
        Q(room=OuterRef("room")) | Q(zone=OuterRef("zone")),
        type=OuterRef("type"),
        is_failing=False,
    )
    works_not = in_use(today) & Q(is_failing=True)
    is_missed = Q(ended_on__lte=today) & Exists(noted_before) & ~Exists(in_its_place)
    found: dict[UUID, list[Limit]] = {}
    for room, type_, name, taken_out_at in (
        Item.objects.annotate(stands_in=Coalesce("room_id", "zone__rooms__id"))
        .filter(works_not | is_missed, stands_in__in=list(rooms))
        .order_by("name")
        .values_list("stands_in", "type", "name", "taken_out_at")
    ):
        kind = type_of(type_)
        if kind and kind.up_to is not Level.HIGH:
            reason = (
                _("«%(name)s» er tatt ut, og rommet er ikke notert på nytt etter det.")
                if taken_out_at
                else _("«%(name)s» virker ikke.")
            )
            found.setdefault(room, []).append(Limit(kind.up_to, reason % {"name": name}))
    return found


def types_in_use(unit_id: int | None = None) -> list[ItemType]:
    """The types of those items one sees, in the order of the rules; one query."""
    found = items(unit_id=unit_id).order_by().values_list("type", flat=True).distinct()
    used = {type_.code: type_ for code in found if (type_ := type_of(code))}
    order = [type_.code for type_ in rules_in_force().types]
    return sorted(used.values(), key=lambda type_: order.index(type_.code) if type_.code in order else -1)


def units_with_items() -> QuerySet[Unit]:
    """The units whose equipment one sees, in Norwegian order."""
    return Unit.objects.filter(id__in=items().order_by().values("unit_id")).order_by("sort_key")


def zones_with_items() -> list[Zone]:
    """The zones in which equipment stands, in them or in their rooms, by building and name; one query."""
    here = items().order_by()
    found = Zone.objects.filter(
        Q(id__in=here.filter(zone__isnull=False).values("zone_id"))
        | Q(rooms__id__in=here.filter(room__isnull=False).values("room_id"))
    )
    return list(found.select_related("building").distinct().order_by("building__name", "name", "id"))


def places_of(unit_ids: Collection[int]) -> tuple[list[Zone], list[Room]]:
    """Zones and rooms in use in these units' premises, with their buildings, by name; two queries."""
    here = Q(building__unit_id__in=unit_ids, building__left_on=None)
    zones = Zone.objects.filter(here).select_related("building").order_by("building__name", "name")
    rooms = (
        Room.objects.filter(zone__building__unit_id__in=unit_ids, zone__building__left_on=None, left_on=None)
        .select_related("zone__building")
        .order_by("zone__building__name", "zone__name", "name")
    )
    return list(zones), list(rooms)


def responsible_in(unit_id: int) -> dict[str, Responsible]:
    """Who is asked to test each type in a unit, by type; one query."""
    return {
        chosen.type: chosen for chosen in Responsible.objects.filter(unit_id=unit_id).select_related("person")
    }


def addresses_to_keep(person: SignedInPerson) -> list[str]:
    """Test pages for the person's phone, of what stands where they work and is asked for first."""
    if person.unit is None:
        return []
    asked_for = items(unit_id=person.unit.id).filter(
        Q(is_failing=True) | Q(due_on__lte=soon(timezone.localdate()))
    )
    codes = asked_for.values_list("code", flat=True)[:KEPT_ON_PHONE]
    return [reverse("equipment:test", args=[code]) for code in codes]


def tried_by_call(unit_ids: Collection[int], *, place: str, device: str) -> QuerySet[Item]:
    """The items that a call for help from this place, or from this device, has tried (ADR 0037).

    A device is known by serial number or name; a place by the room's name, the item's, or its words.
    """
    here = Item.objects.filter(in_use(timezone.localdate()), unit_id__in=unit_ids).annotate(
        room_name=_lower("room__name"),
        own_name=_lower("name"),
        words=_lower("place"),
        number=_lower("serial"),
    )
    if device:
        said = device.strip().lower()
        return here.filter(Q(number=said) | Q(own_name=said), type__in=counted_by("device"))
    said = place.strip().lower()
    if not said:
        return here.none()
    return here.filter(Q(room_name=said) | Q(own_name=said) | Q(words=said), type__in=counted_by("place"))


def _lower(name: str) -> Func:
    return Func(F(name), function="lower", output_field=TextField())
