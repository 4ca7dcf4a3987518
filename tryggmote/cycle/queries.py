"""What is read of a unit's year. The database decides which events there are for whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tryggmote.cycle import registry
from tryggmote.cycle.registry import Event, Span
from tryggmote.cycle.vocabulary import State
from tryggmote.organisation.models import UnitClosure, UnitKind
from tryggmote.organisation.standing import units_led
from tryggmote.ui.dates import oslo_today

_NOT_OF_AN_OFFICE = (UnitKind.DIRECTORATE, UnitKind.COUNTY, UnitKind.MUNICIPALITY)


def units_of_year(unit_id: int) -> dict[int, str]:
    """The unit and those above it up to the office, whose year is its year too, by name; one query."""
    found = UnitClosure.objects.filter(descendant_id=unit_id).exclude(
        depth__gt=0, ancestor__kind__in=_NOT_OF_AN_OFFICE
    )
    return dict(found.order_by("depth").values_list("ancestor_id", "ancestor__name"))


def units_led_of(unit_ids: Iterable[int]) -> set[int]:
    """Those of the units that the one who asks leads; one query."""
    return set(units_led().filter(id__in=list(unit_ids)).order_by().values_list("id", flat=True))


def events_of(unit_ids: Iterable[int], year: int, *, until: int | None = None, kind: str = "") -> list[Event]:
    """What the one who asks may see of the years to `until` (or one), in order. `kind`: "" for all kinds."""
    span = Span(tuple(unit_ids), date(year, 1, 1), date(until or year, 12, 31), oslo_today())
    found = (event for source in registry.sources(kind) for event in source.read(span))
    return sorted(found, key=lambda event: (event.on, event.kind, event.title, event.key))


@dataclass(frozen=True)
class Line:
    """An event as the list shows it. `unit`: whose it is, when it is not the unit's own; else ""."""

    event: Event
    state: State
    unit: str


@dataclass(frozen=True)
class Month:
    """A month of a year and what is in it. `first`: its first day."""

    first: date
    lines: list[Line]


def lines_of(
    events: Iterable[Event], *, year: int, unit_id: int, units: Mapping[int, str], today: date
) -> list[Month]:
    """The twelve months of the year, each with its events of those given."""
    months = [Month(date(year, number, 1), []) for number in range(1, 13)]
    for event in events:
        whose = "" if event.unit_id == unit_id else units.get(event.unit_id, "")
        months[event.on.month - 1].lines.append(Line(event, event.state(today), whose))
    return months
