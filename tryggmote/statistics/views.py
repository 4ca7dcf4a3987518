"""Figures of a unit: how many, how often, and how that changes."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tryggmote.access.requests import PersonRequest
from tryggmote.statistics import culture, exporting, queries, survey_queries
from tryggmote.statistics.definition import definitions
from tryggmote.statistics.forms import FiguresFilter
from tryggmote.statistics.pages import Page, page_of
from tryggmote.statistics.survey import next_round
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.spreadsheets import FileKind


@require_GET
def own(request: PersonRequest) -> HttpResponse:
    """The figures of the unit that lies highest of those one sees."""
    unit_id = queries.uppermost()
    return render(request, "statistics/none.html") if unit_id is None else _figures(request, unit_id)


@require_GET
def unit(request: PersonRequest, unit_id: int) -> HttpResponse:
    """The figures of a unit. Raises: Http404 for one whose figures one may not ask for."""
    return _figures(request, unit_id)


@require_GET
def export(request: PersonRequest, unit_id: int) -> HttpResponse:
    """What the page of the unit shows, as a file. Raises: Http404 as the page does."""
    kind, page = FileKind(request.GET.get("file", "")), _page(unit_id, FiguresFilter(request.GET))
    return HttpResponse(
        exporting.file_of(page, kind),
        content_type=kind.content_type,
        headers={"Content-Disposition": f'attachment; filename="{exporting.file_name(page, kind)}"'},
    )


@require_GET
def reporting_culture(request: PersonRequest) -> HttpResponse:
    """Signs that less is reported than happens, in the units one leads, represents or stands above; and what
    was answered in the uppermost of them.
    """
    held = survey_queries.last_closed()
    uppermost = survey_queries.results_of(held)[:1] if held else ()
    context = {
        "talks": culture.talks(),
        "round": held,
        "answered": survey_queries.with_before(list(uppermost), held) if held else [],
        "next": next_round(oslo_today()),
    }
    return render(request, "statistics/culture.html", context)


def _figures(request: PersonRequest, unit_id: int) -> HttpResponse:
    narrowing = FiguresFilter(request.GET)
    context = {
        "page": _page(unit_id, narrowing),
        "filter": narrowing,
        "definitions": definitions(),
        "query": request.GET.urlencode(),
        "files": list(FileKind),
    }
    return render(request, "statistics/figures.html", context)


def _page(unit_id: int, narrowing: FiguresFilter) -> Page:
    around = queries.around(unit_id)
    if around is None:
        raise Http404
    year, measure = narrowing.chosen
    return page_of(around, year=year, measure=measure, today=oslo_today())
