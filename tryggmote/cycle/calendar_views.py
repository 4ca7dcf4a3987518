"""A unit's year in one's own calendar, under the one secret each has for calendars (`training.calendar`)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST

from tryggmote.access.context import UnknownPerson, acting_as
from tryggmote.access.decorators import public
from tryggmote.access.requests import PersonRequest
from tryggmote.cycle import queries
from tryggmote.cycle.calendar import calendar_of
from tryggmote.training import calendar as own_calendar
from tryggmote.training.pages import unit_or_404
from tryggmote.ui.dates import oslo_today


@require_POST
def make(request: PersonRequest, unit_id: int) -> HttpResponse:
    """New addresses of this calendar and of one's sessions; they are shown now, and never again."""
    unit, _standing = unit_or_404(unit_id)
    secret, site = own_calendar.new_secret(by=request.person), _site(request)
    context = {
        "unit": unit,
        "cycle_address": f"{site}{reverse('cycle:calendar', args=[unit_id, secret])}",
        "sessions_address": f"{site}{reverse('training:calendar', args=[secret])}",
    }
    return render(request, "cycle/calendar.html", context)


@public
@require_GET
def feed(request: HttpRequest, unit_id: int, secret: str) -> HttpResponse:
    """The year as whoever has this secret sees it today: calendar programs sign in nowhere."""
    person_id = own_calendar.whose(secret)
    if person_id is None:
        raise Http404
    try:
        with acting_as(person_id) as person, translation.override(person.language):
            unit, _standing = unit_or_404(unit_id)
            year = oslo_today().year
            events = queries.events_of(queries.units_of_year(unit_id), year, until=year + 1)
            content = calendar_of(events, unit=unit.name, site=_site(request))
    except UnknownPerson as error:
        raise Http404 from error
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
