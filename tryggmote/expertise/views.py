"""Requests for expert help: those of a unit, those one is asked, and one of them with its answer (1.2)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.expertise import queries, services
from tryggmote.expertise.forms import AnswerForm, AskForm, RecordForm, StateFilter, UseForm, WithdrawForm
from tryggmote.expertise.models import ExpertRequest
from tryggmote.expertise.rules import may_ask, may_list, may_record
from tryggmote.expertise.vocabulary import ADVISERS
from tryggmote.notices.services import mark_seen_about
from tryggmote.organisation.standing import standing_in
from tryggmote.training.pages import own_unit_id, unit_or_404

A_PAGE = 25


@require_GET
def home(request: PersonRequest) -> HttpResponse:
    """For experts what they are asked, wherever; for others what their unit has asked."""
    if request.person.has_role(*ADVISERS):
        narrowing, state = _narrowing(request)
        found = queries.requests_put_to_me(state)
        return _list(request, found, {"filter": narrowing, "is_narrowed": bool(state), "is_expert": True})
    unit_id = own_unit_id(request)
    if unit_id is None:
        raise Http404
    return unit(request, unit_id)


@require_GET
def unit(request: PersonRequest, unit_id: int) -> HttpResponse:
    """What the unit has asked, and where each request stands."""
    found, standing = unit_or_404(unit_id)
    narrowing, state = _narrowing(request)
    context = {
        "unit": found,
        "filter": narrowing,
        "is_narrowed": bool(state),
        "may_ask": may_ask(standing),
        "may_list": may_list(standing),
    }
    return _list(request, queries.requests_of(unit_id, state), context)


def _narrowing(request: PersonRequest) -> tuple[StateFilter, str]:
    narrowing = StateFilter(request.GET)
    return narrowing, narrowing.cleaned_data["state"] if narrowing.is_valid() else ""


def _list(request: PersonRequest, found: QuerySet[ExpertRequest], context: dict[str, Any]) -> HttpResponse:
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "expertise/list.html", {**context, "page_obj": page})


@require_http_methods(["GET", "POST"])
def ask(request: PersonRequest, unit_id: int) -> HttpResponse:
    """A leader or a safety representative asks."""
    found, _standing = unit_or_404(unit_id)
    services.refuse_who_may_not_ask(unit_id)
    form = AskForm(
        request.POST if request.method == "POST" else None,
        assessments=queries.assessments_to_choose(unit_id),
        hazards=queries.hazards_to_choose(unit_id),
    )
    if request.method == "POST" and form.is_valid():
        made = services.ask(
            by=request.person, request_id=form.cleaned_data["id"], unit=found, question=form.asked()
        )
        messages.success(request, _("Spørsmålet er registrert, og står åpent til noen har svart."))
        return redirect(made)
    context = {"unit": found, "form": form}
    return render(request, "expertise/ask.html", context, status=422 if form.is_bound else 200)


@require_GET
def request(request: PersonRequest, expert_request_id: UUID) -> HttpResponse:
    """One request: what is asked, what was answered, and where it was used."""
    return _show(request, _request_or_404(expert_request_id))


def _request_or_404(request_id: UUID) -> ExpertRequest:
    return get_object_or_404(queries.request_in_full(request_id))


def _show(request: PersonRequest, found: ExpertRequest, **refused: forms.Form) -> HttpResponse:
    """`refused`: the form that could not be taken, under its name in the page."""
    mark_seen_about(subject_id=found.id)
    context: dict[str, Any] = {
        "asked": found,
        "uses": queries.uses_of(found),
        **_forms_for(request, found),
        **refused,
    }
    return render(request, "expertise/request.html", context, status=422 if refused else 200)


def _forms_for(request: PersonRequest, found: ExpertRequest) -> dict[str, forms.Form]:
    shown: dict[str, forms.Form] = {}
    if found.is_open:
        if services.may_answer(found):
            shown["answer_form"] = _answer_form(found)
        if found.asked_by_id == request.person.id:
            shown["withdraw_form"] = WithdrawForm()
    elif found.answered_at and may_record(standing_in(found.unit_id)):
        shown["use_form"] = UseForm(assessments=queries.assessments_to_choose(found.unit_id))
    return shown


def _answer_form(found: ExpertRequest, data: Any = None) -> AnswerForm:
    """The expert writes the answer; a leader also when it came."""
    if queries.is_put_to_me(found):
        return AnswerForm(data)
    return RecordForm(data, asked_on=timezone.localdate(found.asked_at))


@require_POST
def answer(request: PersonRequest, expert_request_id: UUID) -> HttpResponse:
    """The expert answers, or a leader records what was answered."""
    found = _request_or_404(expert_request_id)
    services.refuse_who_may_not_answer(found)
    form = _answer_form(found, request.POST)
    if not form.is_valid():
        return _show(request, found, answer_form=form)
    said = form.cleaned_data
    services.answer(
        by=request.person,
        request=found,
        answer_id=said["id"],
        text=said["text"],
        answered_on=said.get("answered_on"),
    )
    messages.success(request, _("Svaret er registrert. De som spurte, har fått beskjed."))
    return redirect(found)


@require_POST
def withdraw(request: PersonRequest, expert_request_id: UUID) -> HttpResponse:
    """Whoever asked needs no answer any more."""
    found = _request_or_404(expert_request_id)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _show(request, found, withdraw_form=form)
    services.withdraw(by=request.person, request=found, why=form.cleaned_data["why"])
    messages.success(request, _("Spørsmålet er trukket tilbake."))
    return redirect(found)


@require_POST
def use(request: PersonRequest, expert_request_id: UUID) -> HttpResponse:
    """A leader says where the answer was used."""
    found = _request_or_404(expert_request_id)
    form = UseForm(request.POST, assessments=queries.assessments_to_choose(found.unit_id))
    if not form.is_valid():
        return _show(request, found, use_form=form)
    services.use(by=request.person, request=found, assessment_id=form.cleaned_data["assessment"])
    messages.success(request, _("Det er registrert hvor svaret er brukt."))
    return redirect(found)
