"""The pages of the mapping of the work: activities by meeting forms (1.1, 2.1)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.organisation.standing import standing_in
from tryggmote.risk import mapping as acts
from tryggmote.risk import queries
from tryggmote.risk.mapping_forms import ActivityForm, activity_name
from tryggmote.risk.models import Activity
from tryggmote.risk.pages import unit_of
from tryggmote.risk.versions import refuse_unless_leader


@require_GET
def mapping(request: PersonRequest) -> HttpResponse:
    """What the unit does, in which meeting forms, and whether each is assessed."""
    unit = unit_of(request)
    rows = queries.rows_of(
        queries.activities_of(unit.id), queries.covering(unit, queries.assessments_of(unit.id))
    )
    context = {
        "unit": unit,
        "coverages": list(queries.Coverage),
        "rows": [
            {"activity": row.activity, "name": activity_name(row.activity), "by_coverage": row.by_coverage()}
            for row in rows
        ],
        "leads": standing_in(unit.id).leads,
    }
    return render(request, "risk/mapping.html", context)


@require_POST
def take_starter_set(request: PersonRequest) -> HttpResponse:
    """Begin with the usual activities of an office."""
    unit = unit_of(request)
    count = acts.take_starter_set(by=request.person, unit_id=unit.id, forms=unit.meeting_forms)
    said = ngettext("%(count)s oppgave er lagt til.", "%(count)s oppgaver er lagt til.", count) % {
        "count": count
    }
    messages.success(request, said)
    return redirect("risk:mapping")


@require_http_methods(["GET", "POST"])
def add(request: PersonRequest) -> HttpResponse:
    """Add what the unit does."""
    unit = unit_of(request)
    refuse_unless_leader(unit.id)
    form = ActivityForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _form(request, form)
    acts.add_activity(by=request.person, unit_id=unit.id, draft=_draft(form))
    return redirect("risk:mapping")


@require_http_methods(["GET", "POST"])
def change(request: PersonRequest, activity_id: UUID) -> HttpResponse:
    """Change a row of the mapping."""
    activity = get_object_or_404(Activity, id=activity_id)
    refuse_unless_leader(activity.unit_id)
    initial = {"name": activity_name(activity), "meeting_forms": activity.forms, "places": activity.places}
    form = ActivityForm(request.POST) if request.method == "POST" else ActivityForm(initial=initial)
    if not form.is_valid():
        return _form(request, form, activity)
    acts.change_activity(activity=activity, draft=_draft(form))
    messages.success(request, _("Oppgaven er lagret."))
    return redirect("risk:mapping")


@require_POST
def end(request: PersonRequest, activity_id: UUID) -> HttpResponse:
    """The unit does not do this any more."""
    acts.end_activity(activity=get_object_or_404(Activity, id=activity_id))
    messages.success(request, _("Oppgaven er tatt ut av kartleggingen."))
    return redirect("risk:mapping")


def _form(request: PersonRequest, form: ActivityForm, activity: Activity | None = None) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "risk/activity.html", {"form": form, "activity": activity}, status=status)


def _draft(form: ActivityForm) -> acts.ActivityDraft:
    data = form.cleaned_data
    return acts.ActivityDraft(
        id=data["id"], name=data["name"], forms=tuple(data["meeting_forms"]), places=data["places"]
    )
