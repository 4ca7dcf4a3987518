"""Figures of a unit: how many, how often, and how that changes."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tryggmote.access.requests import PersonRequest
from tryggmote.statistics import queries
from tryggmote.statistics.definition import definitions
from tryggmote.statistics.forms import FiguresFilter
from tryggmote.statistics.pages import page_of
from tryggmote.ui.dates import oslo_today


@require_GET
def own(request: PersonRequest) -> HttpResponse:
    """The figures of the unit that lies highest of those one sees."""
    unit_id = queries.uppermost()
    return render(request, "statistics/none.html") if unit_id is None else _figures(request, unit_id)


@require_GET
def unit(request: PersonRequest, unit_id: int) -> HttpResponse:
    """The figures of a unit. Raises: Http404 for one whose figures one may not ask for."""
    return _figures(request, unit_id)


def _figures(request: PersonRequest, unit_id: int) -> HttpResponse:
    around = queries.around(unit_id)
    if around is None:
        raise Http404
    narrowing = FiguresFilter(request.GET)
    year, measure = narrowing.chosen
    context = {
        "page": page_of(around, year=year, measure=measure, today=oslo_today()),
        "filter": narrowing,
        "definitions": definitions(),
        "query": request.GET.urlencode(),
    }
    return render(request, "statistics/figures.html", context)
