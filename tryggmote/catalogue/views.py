"""The standard as a book, and one page a requirement. The same for all who are signed in."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tryggmote.access.requests import PersonRequest
from tryggmote.catalogue.forms import BookFilter
from tryggmote.catalogue.loader import find_requirement
from tryggmote.catalogue.parties import name_of
from tryggmote.catalogue.queries import address, books, neighbours
from tryggmote.catalogue.references import law_behind
from tryggmote.ui.dates import oslo_today


@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """The whole book, or what is left of it when narrowed (`?q=`, `?hvem=`)."""
    narrowing = BookFilter(request.GET)
    words, parties = narrowing.words(), narrowing.parties(request.person)
    found = books(words, parties)
    context = {
        "filter": narrowing,
        "books": found,
        "is_narrowed": bool(words or parties),
        "count": sum(book.count for book in found),
    }
    return render(request, "catalogue/index.html", context)


@require_safe
def requirement(request: PersonRequest, set_code: str, number: str) -> HttpResponse:
    """One requirement, with the law that stands behind it today."""
    found = find_requirement(set_code, number)
    if found is None:
        raise Http404
    standard, requirement = found
    before, after = neighbours(standard, requirement)
    context = {
        "standard": standard,
        "requirement": requirement,
        "area": next(area for area in standard.areas if requirement in area.requirements),
        "responsible": [name_of(party) for party in requirement.responsible],
        "involved": [name_of(party) for party in requirement.involved],
        "law": law_behind(standard, requirement, oslo_today()),
        "before": before and {"requirement": before[1], "url": address(*before)},
        "after": after and {"requirement": after[1], "url": address(*after)},
    }
    return render(request, "catalogue/requirement.html", context)
