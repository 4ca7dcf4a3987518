"""Units side by side: how they stand, on one requirement too, what runs out, and where nothing moves.

All of it is read from what is kept (`keeping.py`), and each page says when that was worked out.
"""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from tryggmote.access.requests import PersonRequest
from tryggmote.catalogue.loader import find_requirement
from tryggmote.compliance import across, history
from tryggmote.compliance.columns import Column, by_rule, columns
from tryggmote.compliance.forms import WITHIN, WithinFilter
from tryggmote.compliance.lines import Line, change_of
from tryggmote.compliance.lines import drawn as trend_of
from tryggmote.compliance.picture import drawn, heads, name_side, order_asked
from tryggmote.compliance.registry import rules
from tryggmote.compliance.rollup import picture
from tryggmote.compliance.scopes import Asked, asked_by

ROWS_A_PAGE = 25
LINES_A_PAGE = 30
MOST_DIGITS = 6
PAGES = (
    ("compliance:overview", _("Oversikt")),
    ("compliance:changes", _("Hva har endret seg")),
    ("compliance:running_out", _("Hva går ut")),
    ("compliance:still", _("Står stille")),
)


@require_GET
def overview(request: PersonRequest) -> HttpResponse:
    """Requirements and units as one picture, the weakest first: groups for those above, units for others."""
    asked, seen = asked_by(request), columns()
    order = order_asked(request.GET.get("sort", ""), seen)
    number = _number(request.GET.get("page", ""))
    found = picture(
        asked.units,
        [column.rule.name for column in seen],
        order,
        group=asked.group,
        limit=ROWS_A_PAGE,
        offset=(number - 1) * ROWS_A_PAGE,
    )
    context = {
        **_frame(asked),
        "heads": heads(seen, order, found.total),
        "by_name": name_side(order),
        "rows": drawn(found.rows, seen),
        "page": Paginator(range(found.count), ROWS_A_PAGE).get_page(number),
        "kept_at": across.last_kept(),
    }
    return render(request, "compliance/overview.html", context)


@require_GET
def requirement(request: PersonRequest, set_code: str, number: str) -> HttpResponse:
    """How one requirement stands in each unit in sight, the weakest first, with why; and month by month."""
    found = find_requirement(set_code, number)
    rule = found and rules().get(found[1].evidence.rule or "")
    if not found or not rule:
        raise Http404
    column, asked = Column(*found, rule), asked_by(request)
    page = _page(request, across.on_requirement(asked.units, rule.name))
    context = {
        "column": column,
        **_frame(asked),
        "page": page,
        "lines": [Line(standing, column) for standing in page],
        "trend": trend_of(history.trend(asked.units, [rule.name])),
        "kept_at": across.last_kept(),
    }
    return render(request, "compliance/requirement.html", context)


@require_GET
def changes(request: PersonRequest) -> HttpResponse:
    """What has changed in the units, from what to what and why; and the share met month by month."""
    asked, named = asked_by(request), by_rule()
    page = _page(request, history.changes(asked.units, list(named)))
    context = {
        **_frame(asked),
        "page": page,
        "changes": [change_of(standing, named[standing.rule]) for standing in page],
        "trend": trend_of(history.trend(asked.units, list(named))),
        "first_kept": across.first_kept(),
    }
    return render(request, "compliance/changes.html", context)


@require_GET
def running_out(request: PersonRequest) -> HttpResponse:
    """What the units have in place and will not have in so many days, unless something is done."""
    asked, named, ahead = asked_by(request), by_rule(), WithinFilter(request.GET)
    within = (ahead.is_valid() and ahead.cleaned_data["within"]) or WITHIN[-1]
    page = _page(request, across.running_out(asked.units, list(named), within))
    context = {
        **_frame(asked),
        "within": within,
        "choices": WITHIN,
        "page": page,
        "lines": [Line(standing, named[standing.rule]) for standing in page],
        "kept_at": across.last_kept(),
    }
    return render(request, "compliance/running_out.html", context)


@require_GET
def still(request: PersonRequest) -> HttpResponse:
    """The units where something is missing and nothing has moved for a while."""
    asked = asked_by(request)
    context = {
        **_frame(asked),
        "days": across.STILL_DAYS,
        "page": _page(request, across.where_nothing_moves(asked.units, list(by_rule()))),
        "kept_at": across.last_kept(),
        "first_kept": across.first_kept(),
    }
    return render(request, "compliance/still.html", context)


def _frame(asked: Asked) -> dict[str, Any]:
    """What all these pages have above their own."""
    return {"asked": asked, "filter": asked.form, "across_pages": PAGES}


def _page(request: PersonRequest, found: QuerySet[Any, Any]) -> Page[Any]:
    return Paginator(found, LINES_A_PAGE).get_page(request.GET.get("page"))


def _number(asked: str) -> int:
    """The number of a page; 1 for anything else. A page behind the last is empty, and says so."""
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < MOST_DIGITS else 1
