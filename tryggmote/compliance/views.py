"""How a unit stands on each requirement, live. What counts is said in each capability's `evidence.sql`."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from tryggmote.access.requests import PersonRequest
from tryggmote.catalogue.loader import load_standards
from tryggmote.compliance import across, history, queries
from tryggmote.compliance.alike import units_alike
from tryggmote.compliance.beside import shared_evidence
from tryggmote.compliance.columns import by_rule
from tryggmote.compliance.forms import WITHIN, StateFilter
from tryggmote.compliance.lines import change_of, drawn
from tryggmote.compliance.states import State
from tryggmote.compliance.thresholds import thresholds
from tryggmote.duties.owing import in_words
from tryggmote.duties.queries import owed_by_me
from tryggmote.duties.registry import Duty
from tryggmote.organisation.models import Unit
from tryggmote.ui.dates import oslo_today

LINES_A_PAGE = 30


@dataclass(frozen=True)
class Count:
    """How many requirements stand like this; `url` shows which."""

    state: State
    number: int
    url: str


@require_GET
def mine(request: PersonRequest) -> HttpResponse:
    """The status of the chosen unit; for those whose unit is not measured itself, the units below it."""
    chosen = request.person.unit
    unit = queries.measured_units().filter(id=chosen.id).first() if chosen else None
    return _status_page(request, unit) if unit else redirect("compliance:overview")


@require_GET
def of_unit(request: PersonRequest, unit_id: int) -> HttpResponse:
    """The status of another unit in sight."""
    return _status_page(request, _measured(unit_id))


@require_GET
def history_of(request: PersonRequest, unit_id: int) -> HttpResponse:
    """How a unit has stood: the share met month by month, and what has changed from what to what."""
    unit, named = _measured(unit_id), by_rule()
    page = Paginator(history.changes([unit.id], list(named)), LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "unit": unit,
        "page": page,
        "changes": [change_of(standing, named[standing.rule]) for standing in page],
        "trend": drawn(history.trend([unit.id], list(named))),
        "first_kept": across.first_kept(),
    }
    return render(request, "compliance/history.html", context)


@require_GET
def alike(request: PersonRequest, unit_id: int) -> HttpResponse:
    """How a unit stands beside others of its kind and size: their share met, never who they are."""
    unit = _measured(unit_id)
    own = {
        status.rule.name: status for c in queries.chapters_of(unit) for status in c.statuses if status.rule
    }
    context = {
        "unit": unit,
        "lines": [(other, own[other.column.rule.name]) for other in units_alike(unit.id)],
        "kept_at": across.last_kept(),
    }
    return render(request, "compliance/alike.html", context)


def _measured(unit_id: int) -> Unit:
    return get_object_or_404(queries.measured_units(), id=unit_id)


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
        "soon": _running_out(every),
        "mine": _shares_of_mine(unit, every),
        "has_shared_evidence": shared_evidence(load_standards()) is not None,
        "has_more_units": queries.measured_units().exclude(id=unit.id).exists(),
    }
    return render(request, "compliance/status.html", context)


def _running_out(statuses: list[queries.Status]) -> list[queries.Status]:
    """Those that hold and will not in `WITHIN` days, the nearest first."""
    last = oslo_today() + timedelta(days=WITHIN[-1])
    ends = ((s.runs_out_on, s) for s in statuses if s.state == State.MET and s.runs_out_on)
    return [status for until, status in sorted(ends, key=lambda each: each[0]) if until <= last]


@dataclass(frozen=True)
class Share:
    """What the one who looks owes in the unit for one requirement."""

    status: queries.Status
    duties: list[Duty]


def _shares_of_mine(unit: Unit, statuses: list[queries.Status]) -> list[Share]:
    """In the order of the requirements; those one owes nothing for are left out. One query."""
    owed: dict[str, list[Duty]] = defaultdict(list)
    for duty in (in_words(each) for each in owed_by_me() if each.unit_id == unit.id):
        owed[duty.requirement].append(duty)
    shares = ((status, owed.get(status.requirement.number, [])) for status in statuses)
    return [Share(status, duties) for status, duties in shares if duties]
