"""The page of the search: all kinds or one; a script that asks while one types gets only what was found."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tryggmote.access.requests import PersonRequest
from tryggmote.search.asked import Asked
from tryggmote.search.queries import find
from tryggmote.search.registry import places

PAGE_SIZE = 20
STARTERS = (_("trussel"), _("hjemmebesøk"), _("rutine"), _("verneombud"))
"""Suggestions when nothing was asked or found: words that most units have something about."""


def page(request: PersonRequest) -> HttpResponse:
    """What is found for `?q=`, with `gruppe` only that kind; everybody finds only what they may see."""
    asked = Asked.of(request.GET.get("q", ""))
    only = request.GET.get("gruppe", "")
    if only not in {place.kind for place in places()}:
        only = ""
    found = find(request.person, asked, only)
    context = {"asked": asked, "found": found, "starters": STARTERS, "only": only}
    if only:
        hits = found.groups[0].hits if found.groups else []
        context["shown"] = Paginator(hits, PAGE_SIZE).get_page(request.GET.get("page"))
    is_typing = getattr(request, "htmx", False) and not only
    return render(request, "search/found.html" if is_typing else "search/page.html", context)
