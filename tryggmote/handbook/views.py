"""The pages of the handbook (3.6): parse, ask, answer. What a book holds is read from the records."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from tryggmote.access.requests import PersonRequest
from tryggmote.handbook import queries
from tryggmote.handbook.printing import as_pdf
from tryggmote.handbook.registry import Book
from tryggmote.handbook.services import open_book
from tryggmote.organisation.standing import Standing, standing_in
from tryggmote.ui.offline import is_fetched_to_keep

LARGEST_ID = 2**31 - 1
# From the page of one's own book and from that of any unit's: the copy on the phone leads to copies.
HERE = {"texts_url": "tekst/", "print_url": "utskrift/"}
Page = Callable[[PersonRequest, Book, Standing], HttpResponse]


def _of_unit(page: Page) -> Callable[[PersonRequest, int], HttpResponse]:
    """The page for the book of a unit whose documents one may read; else there is no such page."""

    @wraps(page)
    def answer(request: PersonRequest, unit_id: int) -> HttpResponse:
        standing = standing_in(unit_id) if unit_id <= LARGEST_ID else None
        if standing is None or not standing.sees:
            raise Http404
        return page(request, queries.book_of(unit_id), standing)

    return answer


def _own(page: Page) -> Callable[[PersonRequest], HttpResponse]:
    """The page for the book of the unit one works in; those without one are told what would be there."""

    @wraps(page)
    def answer(request: PersonRequest) -> HttpResponse:
        unit = request.person.unit
        standing = standing_in(unit.id) if unit else None
        if unit is None or standing is None or not standing.sees:
            return render(request, "handbook/none.html")
        return page(request, queries.book_of(unit.id), standing)

    return answer


def _show_book(request: PersonRequest, book: Book, standing: Standing) -> HttpResponse:
    """The whole book at a glance: what is new, the contents, each chapter."""
    chapters = queries.read(book)
    is_looked_at = not is_fetched_to_keep(request)
    opened = (open_book if is_looked_at else queries.remembered)(by=request.person, book=book)
    counts_readers = standing.leads or standing.represents
    context = {
        "book": book,
        **HERE,
        "chapters": chapters,
        "changes": queries.changes_since(book, chapters, opened.news_since) if opened else None,
        "read_before": opened.before_at if opened else None,
        "changed_at": queries.changed_at(chapters),
        "openers": queries.openers_of(book.unit_id) if counts_readers else None,
    }
    return render(request, "handbook/book.html", context)


def _show_texts(request: PersonRequest, book: Book, standing: Standing) -> HttpResponse:
    """One text in full (`?id=`), or all of them: the page a phone keeps."""
    only = _asked_for(request)
    found = queries.texts_of(book, only, room=None if only else queries.TEXT_KEPT)
    if only and not found:
        raise Http404
    return render(request, "handbook/texts.html", {"book": book, "chapters": found, "is_one": bool(only)})


def _asked_for(request: PersonRequest) -> UUID | None:
    asked = request.GET.get("id", "")
    try:
        return UUID(asked) if asked else None
    except ValueError:
        raise Http404 from None


def _show_print(request: PersonRequest, book: Book, standing: Standing) -> HttpResponse:
    """The book on paper."""
    name = f"handbok-{slugify(book.unit_name) or book.unit_id}.pdf"
    return HttpResponse(
        as_pdf(book),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


# The pages say the same words a thousand times: compressed they are a tenth, whatever stands in front.
own_book = require_GET(gzip_page(_own(_show_book)))
own_texts = require_GET(gzip_page(_own(_show_texts)))
own_print = require_GET(_own(_show_print))
book = require_GET(gzip_page(_of_unit(_show_book)))
texts = require_GET(gzip_page(_of_unit(_show_texts)))
printed = require_GET(_of_unit(_show_print))
