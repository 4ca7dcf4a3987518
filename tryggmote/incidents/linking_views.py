"""The pages on which reports of one event stand side by side, and on which what came later is told (2.4)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tryggmote.access.errors import NotAllowed
from tryggmote.access.reading import log_read
from tryggmote.access.requests import PersonRequest
from tryggmote.incidents import linking, queries
from tryggmote.incidents import linking_queries as found
from tryggmote.incidents.linking_forms import LaterForm, LinkForm
from tryggmote.incidents.models import Incident, SameEvent
from tryggmote.incidents.rules import involved
from tryggmote.incidents.services import READ_LOG_KIND


@require_http_methods(["GET", "POST"])
def same_event(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """The reports of one event side by side, and those that may be of the same."""
    incident = get_object_or_404(queries.incident_in_full(incident_id))
    linking.must_handle(request.person, incident)
    if request.method == "POST":
        return _link(request, incident)
    reports = found.reports_of_event(incident, request.person)
    for told in reports:
        if told.has_read:  # its words are on the screen now
            log_read(request.person, READ_LOG_KIND, told.incident.id)
    context = {
        "incident": incident,
        "reports": reports,
        "candidates": found.candidates_for(incident, request.person),
        "is_later": found.is_later(incident),
    }
    return render(request, "incidents/same_event.html", context)


def _link(request: PersonRequest, incident: Incident) -> HttpResponse:
    form = LinkForm(request.POST)
    if not form.is_valid():
        raise Http404
    other = get_object_or_404(Incident, id=form.cleaned_data["other"])
    linking.link_same_event(by=request.person, incident=incident, other=other)
    messages.success(request, _("Meldingene er koblet. De teller som én hendelse."))
    return redirect("incidents:same_event", incident.id)


@require_POST
def undo(request: PersonRequest, incident_id: UUID, link_id: UUID) -> HttpResponse:
    """They were not the same event after all."""
    incident = get_object_or_404(Incident, id=incident_id)
    link = get_object_or_404(SameEvent.objects.select_related("incident", "event"), id=link_id)
    linking.undo_link(by=request.person, link=link)
    messages.success(request, _("Koblingen er fjernet. Begge meldingene står som før."))
    return redirect("incidents:same_event", incident.id)


@require_http_methods(["GET", "POST"])
def later(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """What came after: for whoever reported it, and whoever it happened to."""
    earlier = get_object_or_404(queries.incident_in_full(incident_id))
    if request.person.id not in involved(earlier):
        raise NotAllowed(_("Bare den som meldte, og den det gjelder, kan melde det som kom etterpå."))
    form = LaterForm(request.POST or None, earlier=earlier, person_id=request.person.id)
    if request.method == "POST" and form.is_valid():
        report = linking.report_later(by=request.person, earlier=earlier, words=form.words())
        return redirect("incidents:received", report.id)
    status = 422 if request.method == "POST" else 200
    return render(request, "incidents/later.html", {"form": form, "earlier": earlier}, status=status)
