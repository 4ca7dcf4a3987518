"""One's sessions in one's own calendar (4.1)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST

from tryggmote.access.context import UnknownPerson, acting_as
from tryggmote.access.decorators import public
from tryggmote.access.requests import PersonRequest
from tryggmote.training import calendar, session_queries


@require_GET
def file(request: PersonRequest, session_id: UUID) -> HttpResponse:
    """One session as a file to open in a calendar."""
    session = get_object_or_404(session_queries.sessions(), id=session_id)
    answer = _answer(calendar.calendar_of([session], site=_site(request)))
    answer["Content-Disposition"] = 'attachment; filename="opplaering.ics"'
    return answer


@require_POST
def make(request: PersonRequest) -> HttpResponse:
    """A new address; it is shown now, and never again."""
    secret = calendar.new_secret(by=request.person)
    address = f"{_site(request)}{reverse('training:calendar', args=[secret])}"
    return render(request, "training/calendar_address.html", {"calendar_address": address})


@require_POST
def end(request: PersonRequest) -> HttpResponse:
    """The address leads nowhere any more."""
    calendar.end_address(by=request.person)
    return redirect("training:sessions")


@public
@require_GET
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The sessions of whoever has this address, as calendar programs read them: they sign in nowhere."""
    person_id = calendar.whose(secret)
    if person_id is None:
        raise Http404
    try:
        with acting_as(person_id) as person, translation.override(person.language):
            return _answer(calendar.calendar_of(session_queries.for_calendar(person_id), site=_site(request)))
    except UnknownPerson as error:
        raise Http404 from error


def _answer(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
