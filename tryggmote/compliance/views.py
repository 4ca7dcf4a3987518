"""How a unit stands on each requirement, and units side by side. What counts is said in `evidence.sql`."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tryggmote.access.requests import PersonRequest
from tryggmote.catalogue.loader import load_standards
from tryggmote.compliance import queries
from tryggmote.compliance.beside import shared_evidence
from tryggmote.compliance.forms import StateFilter, UnitFilter
from tryggmote.compliance.states import State
from tryggmote.compliance.thresholds import thresholds
from tryggmote.organisation.models import Unit

UNITS_A_PAGE = 50
COMPARED = (State.MISSING, State.PARTLY, State.MET)


@dataclass(frozen=True)
class Count:
    """How many requirements stand like this; `url` shows which."""

    state: State
    number: int
    url: str


@dataclass(frozen=True)
class UnitRow:
    """A unit in the list, with how many requirements stand how."""

    unit: Unit
    counts: list[Count]


@require_GET
def mine(request: PersonRequest) -> HttpResponse:
    """The status of the chosen unit; for those whose unit is not measured itself, the units below it."""
    chosen = request.person.unit
    unit = queries.measured_units().filter(id=chosen.id).first() if chosen else None
    return _status_page(request, unit) if unit else redirect("compliance:units")


@require_GET
def of_unit(request: PersonRequest, unit_id: int) -> HttpResponse:
    """The status of another unit in sight."""
    return _status_page(request, get_object_or_404(queries.measured_units(), id=unit_id))


@require_GET
def units(request: PersonRequest) -> HttpResponse:
    """The units in sight side by side, with how many requirements are missing, partly met and met."""
    narrowing = UnitFilter(request.GET)
    chosen = narrowing.cleaned_data if narrowing.is_valid() else {}
    found = queries.measured_units()
    if chosen.get("kind"):
        found = found.filter(kind=chosen["kind"])
    if chosen.get("name"):
        found = found.filter(name__icontains=chosen["name"])
    page = Paginator(found, UNITS_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    counts = queries.counts_of([unit.id for unit in shown])
    context = {
        "filter": narrowing,
        "is_narrowed": any(chosen.values()),
        "page": page,
        "states": COMPARED,
        "rows": [UnitRow(unit, _counts(unit, counts[unit.id])) for unit in shown],
    }
    return render(request, "compliance/units.html", context)


def _counts(unit: Unit, found: dict[State, int]) -> list[Count]:
    url = reverse("compliance:of_unit", args=[unit.id])
    return [Count(state, found.get(state, 0), f"{url}?state={state}") for state in COMPARED]


def _status_page(request: PersonRequest, unit: Unit) -> HttpResponse:
    narrowing = StateFilter(request.GET)
    wanted = narrowing.cleaned_data.get("state") if narrowing.is_valid() else ""
    chapters = queries.chapters_of(unit)
    every = [status for chapter in chapters for status in chapter.statuses]
    numbers = [(state, sum(status.state == state for status in every)) for state in State]
    shown = [
        queries.Chapter(c.standard, c.area, [s for s in c.statuses if not wanted or s.state == wanted])
        for c in chapters
    ]
    context = {
        "unit": unit,
        "counts": [Count(state, number, f"?state={state}") for state, number in numbers if number],
        "has_unmeasured": any(status.rule is None for status in every),
        "chosen": State(wanted) if wanted else None,
        "chapters": [chapter for chapter in shown if chapter.statuses],
        "thresholds": thresholds(),
        "has_shared_evidence": shared_evidence(load_standards()) is not None,
        "has_more_units": queries.measured_units().exclude(id=unit.id).exists(),
    }
    return render(request, "compliance/status.html", context)
