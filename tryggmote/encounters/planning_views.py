"""Today, and one's own plan: meetings typed in, from a file, from a feed (requirement 2.2)."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.encounters import outing_queries, planning, queries
from tryggmote.encounters.calendars import BadCalendar, CalendarEntry, read_calendar
from tryggmote.encounters.models import CalendarFeed, Meeting
from tryggmote.encounters.outing_panel import panel_of
from tryggmote.encounters.planning_forms import (
    CalendarAddress,
    CalendarFile,
    MeetingFields,
    new_meeting_initial,
)
from tryggmote.ui.dates import oslo_today

# The meetings of an uploaded file wait in the page itself, signed, until their owner has chosen: nothing of
# it lies on the server meanwhile.
PREVIEW_SALT = "encounters.calendar-preview"
PREVIEW_LASTS_S = 60 * 60


def today(request: PersonRequest) -> HttpResponse:
    """My meetings today and in the days to come, each with the next step."""
    now = timezone.now()
    planned = queries.todays_meetings(request.person, oslo_today())
    out = outing_queries.my_outing(request.person)
    context = {
        "today": oslo_today(),
        "shown": panel_of(request.person, out) if out else None,
        "to_come": [p for p in planned if not p.meeting.is_over(now)],
        "earlier": [p for p in planned if p.meeting.is_over(now)],
        "ahead": queries.meetings_ahead(request.person, oslo_today()),
    }
    return render(request, "encounters/today.html", context)


def meeting_new(request: PersonRequest) -> HttpResponse:
    """Type in a meeting."""
    form = MeetingFields(request.POST or None, initial=new_meeting_initial())
    if request.method == "POST" and form.is_valid():
        planning.add_meeting(by=request.person, meeting_id=form.cleaned_data["id"], plan=form.plan())
        messages.success(request, _("Møtet er lagt til."))
        return redirect("encounters:today")
    return render(request, "encounters/meeting.html", {"form": form}, status=422 if form.is_bound else 200)


def meeting(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    """Change one's own meeting."""
    found = get_object_or_404(Meeting, id=meeting_id)
    form = MeetingFields(request.POST or None, initial=MeetingFields.initial_of(found))
    if request.method == "POST" and form.is_valid():
        planning.change_meeting(meeting=found, plan=form.plan(title=found.title))
        messages.success(request, _("Møtet er endret."))
        return redirect("encounters:today")
    context = {"form": form, "meeting": found}
    return render(request, "encounters/meeting.html", context, status=422 if form.is_bound else 200)


@require_POST
def meeting_remove(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    """Take a meeting out of one's plan."""
    planning.remove_meeting(meeting=get_object_or_404(Meeting, id=meeting_id))
    messages.success(request, _("Møtet er fjernet."))
    return redirect("encounters:today")


def calendar(request: PersonRequest) -> HttpResponse:
    """Bring meetings in from a calendar: a file now, or an address that is fetched regularly."""
    return _calendar_page(request, file_form=CalendarFile(), address_form=CalendarAddress())


@require_POST
def calendar_file(request: PersonRequest) -> HttpResponse:
    """Read an uploaded calendar and show what is in it. Nothing is stored yet."""
    form = CalendarFile(request.POST, request.FILES)
    if form.is_valid():
        try:
            entries = read_calendar(form.cleaned_data["file"].read(), today=oslo_today())
        except BadCalendar as error:
            form.add_error("file", str(error.message))
        else:
            return _preview(request, entries)
    return _calendar_page(request, file_form=form, address_form=CalendarAddress())


@require_POST
def calendar_take(request: PersonRequest) -> HttpResponse:
    """Store the meetings that were ticked, with the titles that were ticked."""
    try:
        rows = signing.loads(request.POST.get("entries", ""), salt=PREVIEW_SALT, max_age=PREVIEW_LASTS_S)
    except signing.BadSignature:
        messages.error(request, _("Det gikk for lang tid. Velg kalenderfilen en gang til."))
        return redirect("encounters:calendar")
    taken, titled = set(request.POST.getlist("take")), frozenset(request.POST.getlist("title"))
    chosen = [entry for row in rows if (entry := _unpacked(row)).uid in taken]
    count = planning.take_from_calendar(by=request.person, entries=chosen, titled=titled)
    messages.success(
        request,
        ngettext("%(count)d møte er lagt til.", "%(count)d møter er lagt til.", count) % {"count": count},
    )
    return redirect("encounters:today")


@require_POST
def calendar_subscribe(request: PersonRequest) -> HttpResponse:
    """Subscribe to a calendar address; the worker fetches it at once."""
    form = CalendarAddress(request.POST)
    if not form.is_valid():
        return _calendar_page(request, file_form=CalendarFile(), address_form=form)
    planning.subscribe(by=request.person, address=form.cleaned_data["address"])
    messages.success(request, _("Kalenderen er lagt til. Møtene kommer om litt."))
    return redirect("encounters:calendar")


@require_POST
def calendar_unsubscribe(request: PersonRequest, feed_id: UUID) -> HttpResponse:
    """Stop fetching a calendar."""
    planning.unsubscribe(feed=get_object_or_404(CalendarFeed, id=feed_id))
    messages.success(request, _("Kalenderen er fjernet."))
    return redirect("encounters:calendar")


def _calendar_page(
    request: PersonRequest, *, file_form: CalendarFile, address_form: CalendarAddress
) -> HttpResponse:
    wrong = file_form if file_form.errors else address_form
    context = {
        "file_form": file_form,
        "address_form": address_form,
        "wrong_form": wrong,
        "feeds": queries.calendars(),
    }
    return render(request, "encounters/calendar.html", context, status=422 if wrong.errors else 200)


def _preview(request: PersonRequest, entries: list[CalendarEntry]) -> HttpResponse:
    packed = signing.dumps([_packed(entry) for entry in entries], salt=PREVIEW_SALT, compress=True)
    return render(request, "encounters/calendar_choose.html", {"entries": entries, "packed": packed})


def _packed(entry: CalendarEntry) -> dict[str, str]:
    ends_at = entry.ends_at.isoformat() if entry.ends_at else ""
    return asdict(entry) | {"starts_at": entry.starts_at.isoformat(), "ends_at": ends_at}


def _unpacked(row: dict[str, str]) -> CalendarEntry:
    ends_at = datetime.fromisoformat(row["ends_at"]) if row["ends_at"] else None
    return CalendarEntry(
        **row | {"starts_at": datetime.fromisoformat(row["starts_at"]), "ends_at": ends_at}  # type: ignore[arg-type]
    )
