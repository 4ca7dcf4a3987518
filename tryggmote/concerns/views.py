"""Concerns: one's own and those one was sent, writing one, and one of them with what was answered."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.context import PlacementInfo
from tryggmote.access.reading import reads_of
from tryggmote.access.requests import PersonRequest
from tryggmote.concerns import queries, services
from tryggmote.concerns.forms import AnswerForm, VerdictForm, WriteForm
from tryggmote.concerns.models import Concern
from tryggmote.concerns.origin import address_to_plan
from tryggmote.concerns.receivers import first_receivers
from tryggmote.concerns.rules import answers_as, missing_capacity
from tryggmote.concerns.vocabulary import Outcome
from tryggmote.organisation.queries import names
from tryggmote.organisation.standing import standing_in

A_PAGE = 25


@require_GET
def home(request: PersonRequest) -> HttpResponse:
    """One's own concerns, and those one was sent."""
    page = Paginator(queries.concerns_in_sight(), A_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "me": request.person.id, "unit": request.person.unit}
    return render(request, "concerns/list.html", context)


@require_http_methods(["GET", "POST"])
def write(request: PersonRequest) -> HttpResponse:
    """Write a concern about where one works. Of several workplaces, the one that is chosen at the top."""
    place = _place_of(request)
    if place is None:
        return render(request, "concerns/nowhere.html")
    receivers = first_receivers(request.person.id, place)
    by_id = names([person for people in receivers.values() for person in people])
    form = WriteForm(
        request.POST if request.method == "POST" else None,
        receivers={capacity: [by_id[each] for each in people] for capacity, people in receivers.items()},
    )
    if request.method == "POST" and form.is_valid():
        made = services.write(by=request.person, place=place, draft=form.draft())
        messages.success(request, _("Bekymringen er sendt. Her ser du hvem som har lest den, og svaret."))
        return redirect(made)
    context = {"form": form, "place": place}
    return render(request, "concerns/write.html", context, status=422 if form.is_bound else 200)


def _place_of(request: PersonRequest) -> PlacementInfo | None:
    places, chosen = request.person.placements, request.person.unit
    here = (place for place in places if chosen and place.unit_id == chosen.id)
    return next(here, places[0] if places else None)


@require_GET
def concern(request: PersonRequest, concern_id: UUID) -> HttpResponse:
    """One concern: what was written, who has read it and when, and what was answered."""
    return _show(request, _concern_or_404(concern_id))


def _concern_or_404(concern_id: UUID) -> Concern:
    return get_object_or_404(queries.concern_in_full(concern_id))


def _show(request: PersonRequest, found: Concern, **refused: forms.Form) -> HttpResponse:
    """`refused`: the form that could not be taken, under its name in the page."""
    answers = queries.answers_to(found)
    services.note_read(by=request.person, concern=found, answers=answers)
    is_mine = found.writer_id == request.person.id
    recipients = queries.recipients_of(found)
    capacity = answers_as(request.person.id, recipients)
    measures = queries.measures_from(found)
    promised = not measures and any(each.outcome == Outcome.MEASURE for each in answers)
    plans = promised and standing_in(found.workforce.unit_id).leads
    context: dict[str, Any] = {
        "concern": found,
        "is_mine": is_mine,
        "recipients": recipients,
        "answers": answers,
        "readings": reads_of("concern", found.id) if is_mine else [],
        "measures": measures,
        "plan_url": address_to_plan(found) if plans else "",
        "missing": missing_capacity(recipients) if found.may_be_shared and not is_mine else None,
    }
    if capacity and found.answered_at is None:
        context["answer_form"] = AnswerForm(capacity=capacity)
    if is_mine and found.answered_at and found.is_settled is None:
        context["verdict_form"] = VerdictForm()
    return render(request, "concerns/concern.html", context | refused, status=422 if refused else 200)


@require_POST
def answer(request: PersonRequest, concern_id: UUID) -> HttpResponse:
    """Somebody it was sent to answers; whoever promises something plans it next."""
    found = _concern_or_404(concern_id)
    capacity = services.refuse_who_does_not_answer(by=request.person, concern=found)
    form = AnswerForm(request.POST, capacity=capacity)
    if not form.is_valid():
        return _show(request, found, answer_form=form)
    made = services.answer(by=request.person, concern=found, reply=form.reply())
    if made.outcome == Outcome.MEASURE and standing_in(found.workforce.unit_id).leads:
        messages.success(request, _("Svaret er sendt. Planlegg tiltaket her."))
        return redirect(address_to_plan(found))
    messages.success(request, _("Svaret er sendt."))
    return redirect(found)


@require_POST
def share(request: PersonRequest, concern_id: UUID) -> HttpResponse:
    """Let the other one, leader or representative, read it too."""
    found = _concern_or_404(concern_id)
    services.share(by=request.person, concern=found)
    messages.success(request, _("Bekymringen er delt."))
    return redirect(found)


@require_POST
def judge(request: PersonRequest, concern_id: UUID) -> HttpResponse:
    """The writer says whether the answer settles it."""
    found = _concern_or_404(concern_id)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return _show(request, found, verdict_form=form)
    said = form.cleaned_data
    went_on = services.judge(
        by=request.person,
        concern=found,
        verdict_id=said["id"],
        settles=said["settles"],
        text=said["text"],
    )
    if said["settles"]:
        messages.success(request, _("Takk for at du sa fra, og for at du sa at svaret holder."))
    elif went_on:
        messages.success(request, _("Bekymringen er sendt videre. Du får beskjed når noen svarer."))
    else:
        messages.warning(
            request, _("Det er ingen flere å sende den til. Snakk med verneombudet om veien videre.")
        )
    return redirect(found)
