"""Demands of the safety representative: writing one, answering it and taking it further (AML § 6-2)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.compliance.thresholds import thresholds
from tryggmote.concerns import formal_queries, formal_services
from tryggmote.concerns.formal_forms import DemandAnswerForm, DemandForm, FurtherForm
from tryggmote.concerns.models import Demand
from tryggmote.concerns.rules import may_take_further
from tryggmote.concerns.unit_views import unit_or_404
from tryggmote.concerns.vocabulary import Body
from tryggmote.notices.services import mark_seen_about
from tryggmote.organisation.standing import standing_in


@require_http_methods(["GET", "POST"])
def write(request: PersonRequest, unit_id: int) -> HttpResponse:
    """A safety representative demands something."""
    found, _standing = unit_or_404(unit_id)
    formal_services.refuse_who_does_not_represent(unit_id)
    units = formal_queries.units_to_choose(unit_id)
    form = DemandForm(request.POST if request.method == "POST" else None, units=units)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = formal_services.demand(
            by=request.person,
            demand_id=said["id"],
            unit=form.chosen(),
            danger=said["danger"],
            wanted=said["wanted"],
        )
        messages.success(request, _("Kravet er sendt. Tidspunktet og fristen er notert."))
        return redirect(made)
    context = {"unit": found, "form": form, "days": thresholds().demand_days}
    return render(request, "concerns/demand_new.html", context, status=422 if form.is_bound else 200)


@require_GET
def demand(request: PersonRequest, demand_id: UUID) -> HttpResponse:
    """One demand, with its times."""
    return _show(request, _demand_or_404(demand_id))


def _demand_or_404(demand_id: UUID) -> Demand:
    return get_object_or_404(formal_queries.demand_in_full(demand_id))


def _show(request: PersonRequest, found: Demand, **refused: forms.Form) -> HttpResponse:
    """`refused`: the form that could not be taken, under its name in the page."""
    mark_seen_about(subject_id=found.id)
    context: dict[str, Any] = {"demand": found}
    if found.answered_at is None and formal_services.may_answer_demand(request.person, found):
        context["answer_form"] = DemandAnswerForm()
    if standing_in(found.unit_id).represents and may_take_further(found.state) and (bodies := _bodies(found)):
        context["further_form"] = FurtherForm(bodies=bodies)
    return render(request, "concerns/demand.html", context | refused, status=422 if refused else 200)


def _bodies(found: Demand) -> list[Body]:
    told = {each.body for each in found.taken_further.all()}
    return [body for body in Body if body not in told]


@require_POST
def answer(request: PersonRequest, demand_id: UUID) -> HttpResponse:
    """The employer answers."""
    found = _demand_or_404(demand_id)
    form = DemandAnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, found, answer_form=form)
    said = form.cleaned_data
    formal_services.answer_demand(by=request.person, demand=found, answer_id=said["id"], text=said["text"])
    messages.success(request, _("Svaret er sendt til verneombudet."))
    return redirect(found)


@require_POST
def further(request: PersonRequest, demand_id: UUID) -> HttpResponse:
    """The representative has reported it to the committee or the Labour Inspectorate."""
    found = _demand_or_404(demand_id)
    form = FurtherForm(request.POST, bodies=list(Body))
    if not form.is_valid():
        return _show(request, found, further_form=form)
    formal_services.take_further(by=request.person, demand=found, body=form.cleaned_data["body"])
    messages.success(request, _("Det er notert når kravet ble meldt videre."))
    return redirect(found)
