"""The page of a unit with what is demanded and stopped there (AML §§ 6-2 and 6-3)."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tryggmote.access.requests import PersonRequest
from tryggmote.concerns import formal_queries
from tryggmote.concerns.rules import may_see_formal
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import Standing, standing_in

A_PAGE = 25
MOST_STOPS = 25
"""More than any unit has in many years."""


def unit_or_404(unit_id: int) -> tuple[Unit, Standing]:
    """The unit and what one is to it. Raises: Http404 for those who may not read its documents."""
    standing, unit = standing_in(unit_id), Unit.objects.filter(id=unit_id).first()
    if unit is None or not standing.sees:
        raise Http404
    return unit, standing


@require_GET
def unit(request: PersonRequest, unit_id: int) -> HttpResponse:
    """What is stopped in the unit, and for those who lead or represent it all stops and demands."""
    found, standing = unit_or_404(unit_id)
    context = {
        "unit": found,
        "standing": standing,
        "sees_all": may_see_formal(standing),
        "stops": formal_queries.stops_around(unit_id)[:MOST_STOPS],
        "page_obj": Paginator(formal_queries.demands_around(unit_id), A_PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "concerns/unit.html", context)
