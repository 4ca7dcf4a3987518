"""Stopping dangerous work, and one stop with what was done about it (AML § 6-3)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.concerns import formal_queries, formal_services
from tryggmote.concerns.formal_forms import DeedForm, StopForm
from tryggmote.concerns.models import Stop
from tryggmote.concerns.rules import deeds_open_to
from tryggmote.concerns.unit_views import unit_or_404
from tryggmote.concerns.vocabulary import Deed
from tryggmote.notices.services import mark_seen_about_any
from tryggmote.organisation.standing import standing_in


@require_http_methods(["GET", "POST"])
def write(request: PersonRequest, unit_id: int) -> HttpResponse:
    """A safety representative stops dangerous work."""
    found, _standing = unit_or_404(unit_id)
    formal_services.refuse_who_does_not_represent(unit_id)
    units = formal_queries.units_to_choose(unit_id)
    form = StopForm(request.POST if request.method == "POST" else None, units=units)
    if request.method == "POST" and form.is_valid():
        made = formal_services.stop(
            by=request.person, stop_id=form.cleaned_data["id"], unit=form.chosen(), stopping=form.stopping()
        )
        messages.success(request, _("Arbeidet er stanset fra nå. Lederne er varslet."))
        return redirect(made)
    context = {"unit": found, "form": form}
    return render(request, "concerns/stop_new.html", context, status=422 if form.is_bound else 200)


@require_GET
def stop(request: PersonRequest, stop_id: UUID) -> HttpResponse:
    """One stop: what, where and since when; why, and what was done, for those who may read it."""
    return _show(request, _stop_or_404(stop_id))


def _stop_or_404(stop_id: UUID) -> Stop:
    return get_object_or_404(formal_queries.stop_in_full(stop_id))


def _show(request: PersonRequest, found: Stop, **refused: forms.Form) -> HttpResponse:
    """`refused`: the form that could not be taken, under its name in the page."""
    acts = formal_queries.acts_on(found)
    mark_seen_about_any(subject_ids=[found.id, *(act.id for act in acts)])
    deeds = deeds_open_to(standing_in(found.unit_id), found.state)
    context: dict[str, Any] = {"stop": found, "reason": formal_queries.reason_of(found), "acts": acts}
    if deeds:
        context["deed_form"] = DeedForm(deeds=deeds)
    return render(request, "concerns/stop.html", context | refused, status=422 if refused else 200)


@require_POST
def act(request: PersonRequest, stop_id: UUID) -> HttpResponse:
    """The employer, the representative or the Labour Inspectorate has taken a stand."""
    found = _stop_or_404(stop_id)
    formal_services.refuse_who_has_no_say(found)
    form = DeedForm(request.POST, deeds=list(Deed))
    if not form.is_valid():
        return _show(request, found, deed_form=form)
    said = form.cleaned_data
    formal_services.act_on_stop(
        by=request.person, stop=found, act_id=said["id"], deed=said["deed"], text=said["text"]
    )
    messages.success(request, _("Det er notert, med tidspunkt."))
    return redirect(found)
