"""Going out alone: on the way out, while out, and for those who keep an eye on it (AML § 4-1)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tryggmote.access.ids import new_id
from tryggmote.access.reading import log_read, reads_of
from tryggmote.access.requests import PersonRequest
from tryggmote.encounters import outing_queries, outing_rules, outings
from tryggmote.encounters.forms import uuid_or_none
from tryggmote.encounters.models import Check, Meeting, Outing
from tryggmote.encounters.outing_forms import AnswerForm, CheckOutForm
from tryggmote.encounters.outing_panel import panel_of
from tryggmote.encounters.outing_rules import OUTING_FORMS
from tryggmote.encounters.outing_timing import timing
from tryggmote.encounters.services import placement_or_refuse
from tryggmote.notices.services import mark_seen_about_any
from tryggmote.organisation.workdays import OSLO
from tryggmote.ui.dates import clock

USUALLY_LASTS = timedelta(hours=1)


def outing_new(request: PersonRequest) -> HttpResponse:
    """Check out: from a check, from a meeting, or just like that."""
    person = request.person
    out = outing_queries.my_outing(person)
    if out and request.method == "GET":
        return redirect(out)
    contacts = outing_queries.contacts_for(person, placement_or_refuse(person).unit_id)
    form = CheckOutForm(request.POST or None, contacts=contacts, initial=_what_is_known(request))
    if request.method == "POST" and form.is_valid():
        outing = outings.check_out(by=person, plan=form.plan())
        messages.success(request, _("Du er sjekket ut. Ha en god tur."))
        return redirect(outing)
    return render(request, "encounters/outing_new.html", {"form": form}, status=422 if form.is_bound else 200)


def outing_list(request: PersonRequest) -> HttpResponse:
    """Who is out now, of those one keeps an eye on; and oneself."""
    person = request.person
    out = outing_queries.my_outing(person)
    context = {
        "shown": panel_of(person, out) if out else None,
        "others": outing_queries.others_out(person),
        "now": timezone.now(),
    }
    return render(request, "encounters/outings.html", context)


def outing(request: PersonRequest, outing_id: UUID) -> HttpResponse:
    """One outing: what one can say oneself, or for those who keep an eye on it, where they are."""
    try:
        found = _find(outing_id)
    except Http404:
        # The page looks again by itself, and there is nothing more to see once the person is back.
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": reverse("encounters:outings")})
        raise
    mark_seen_about_any(subject_ids=[found.id, found.overdue_id])
    if found.employee_id == request.person.id:
        return _show_own(request, found)
    if not request.headers.get("HX-Request"):
        log_read(request.person, "outing", found.id)
    context = {
        "outing": found,
        "minutes": timing().forms[found.form],
        "is_overdue": found.expected_at < timezone.now(),
        "may_speak": outing_rules.may_speak_for(request.person, found),
        "answer_id": new_id(),
        "more_minutes": outing_rules.MORE_MINUTES,
    }
    return render(request, "encounters/outing_watched.html", context)


@require_POST
def outing_well(request: PersonRequest, outing_id: UUID) -> HttpResponse:
    """All is well, more time is needed: said oneself, or by somebody who has spoken with them."""
    found, form = _find(outing_id), AnswerForm(request.POST)
    outings.say_all_is_well(
        by=request.person, outing=found, answer=form.answer(), minutes=form.more_minutes()
    )
    if found.is_out:
        messages.success(
            request, _("Fint. Den nye tiden er kl. %(time)s.") % {"time": clock(found.expected_at)}
        )
    return redirect(found if found.employee_id == request.person.id else "encounters:outings")


@require_POST
def outing_back(request: PersonRequest, outing_id: UUID) -> HttpResponse:
    """Back: the check asks how it went, where there is one."""
    found = _find(outing_id)
    outings.come_back(by=request.person, outing=found, answer=AnswerForm(request.POST).answer())
    messages.success(request, _("Velkommen tilbake. Den som fulgte med, har fått beskjed."))
    made = Check.objects.filter(employee_id=request.person.id, outcome="")
    check = made.filter(id=found.check_id).first() if found.check_id else None
    return redirect(f"{check.get_absolute_url()}#utfall" if check else "encounters:today")


def _find(outing_id: UUID) -> Outing:
    return get_object_or_404(outing_queries.outings(), id=outing_id)


def _show_own(request: PersonRequest, found: Outing) -> HttpResponse:
    context = {
        "outing": found,
        "shown": panel_of(request.person, found) if found.is_out else None,
        "minutes": timing().forms[found.form],
        "readers": reads_of("outing", found.id),
    }
    return render(request, "encounters/outing.html", context)


def _what_is_known(request: PersonRequest) -> dict[str, Any]:
    """What the form can be filled in with, from the person's own check or meeting."""
    check_id = uuid_or_none(request.GET.get("check", ""))
    mine = Check.objects.filter(employee_id=request.person.id)
    check = mine.filter(id=check_id).first() if check_id else None
    meeting_id = check.meeting_id if check else uuid_or_none(request.GET.get("meeting", ""))
    meeting = Meeting.objects.filter(id=meeting_id).first() if meeting_id else None
    known = check or meeting
    return {
        "check": check.id if check else None,
        "form": known.form if known and known.form in OUTING_FORMS else None,
        "place": known.place if known else "",
        "back_at": _usually_back(meeting).astimezone(OSLO).time(),
    }


def _usually_back(meeting: Meeting | None) -> datetime:
    """When the meeting ends, else in an hour; on the nearest five minutes that are left."""
    now = timezone.now()
    planned = (meeting.ends_at or meeting.starts_at + USUALLY_LASTS) if meeting else now + USUALLY_LASTS
    back = planned if now < planned <= now + outing_rules.LONGEST else now + USUALLY_LASTS
    return (back + timedelta(minutes=-back.minute % 5)).replace(second=0, microsecond=0)
