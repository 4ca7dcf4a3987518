"""A unit's year: a wheel, and the same as a list month by month."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.views.decorators.http import require_GET

from tryggmote.access.requests import PersonRequest
from tryggmote.cycle import queries
from tryggmote.cycle.forms import YearFilter
from tryggmote.cycle.rules import plans_next_year
from tryggmote.cycle.vocabulary import Kind
from tryggmote.cycle.wheel import wheel_of
from tryggmote.training.pages import own_unit_id, unit_or_404
from tryggmote.ui.dates import oslo_today


@require_GET
def own(request: PersonRequest) -> HttpResponse:
    """The year of the chosen unit."""
    unit_id = own_unit_id(request)
    if unit_id is None:
        raise Http404
    return unit(request, unit_id)


@require_GET
def unit(request: PersonRequest, unit_id: int) -> HttpResponse:
    """The year of a unit that one sees, made from what is registered elsewhere."""
    found, _standing = unit_or_404(unit_id)
    narrowing, today = YearFilter(request.GET), oslo_today()
    year, kind = narrowing.chosen
    units = queries.units_of_year(unit_id)
    events = queries.events_of(units, year, kind=kind)
    months = queries.lines_of(events, year=year, unit_id=unit_id, units=units, today=today)
    context = {
        "unit": found,
        "year": year,
        "today": today,
        "filter": narrowing,
        "kinds": list(Kind),
        "wheel": wheel_of(events, year=year, today=today),
        "months": months,
        "empty_months": [date_format(month.first, "F").lower() for month in months if not month.lines],
        "has_events": bool(events),
        "moves_in": queries.units_led_of(units),
        "next_year": today.year + 1 if plans_next_year(today) and year == today.year else None,
    }
    return render(request, "cycle/year.html", context)
