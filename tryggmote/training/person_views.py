"""A leader's page of one employee's training: what is missing, what was done, leave and exceptions (4.1)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.training import queries, services
from tryggmote.training.forms import DeclareForm, ExceptionForm, LeaveForm
from tryggmote.training.models import Absence, Completion, Override
from tryggmote.training.names import names_of
from tryggmote.training.pages import led_person_or_404
from tryggmote.training.progress import progress_of
from tryggmote.ui.dates import oslo_today

A_HISTORY = 30


@require_GET
def person(request: PersonRequest, person_id: int) -> HttpResponse:
    """How an employee stands, and what the leader may do about it."""
    return _show(request, person_id)


def _show(request: PersonRequest, person_id: int, **bound: forms.Form) -> HttpResponse:
    found = led_person_or_404(person_id)
    lines = queries.lines_of(person_id)
    exceptions, leave = queries.exceptions_of(person_id)
    history = list(queries.completions_of(person_id)[:A_HISTORY])
    context: dict[str, Any] = {
        "employee": found,
        "progress": progress_of(lines),
        "exceptions": exceptions,
        "leave": leave,
        "history": history,
        "names": names_of(each.element for each in history),
        "declare_form": _declare_form(None, lines),
        "exception_form": ExceptionForm(auto_id="exception_%s"),
        "leave_form": LeaveForm(auto_id="leave_%s"),
        **bound,
    }
    return render(request, "training/person.html", context, status=422 if bound else 200)


def _declare_form(data: Any, lines: list[queries.Line]) -> DeclareForm:
    return DeclareForm(
        data,
        choices=[(line.element, line.name) for line in lines],
        initial={"done_on": oslo_today()},
        auto_id="declare_%s",
    )


@require_POST
def declare(request: PersonRequest, person_id: int) -> HttpResponse:
    """The leader says what the employee has done."""
    led_person_or_404(person_id)
    form = _declare_form(request.POST, queries.lines_of(person_id))
    if not form.is_valid():
        return _show(request, person_id, declare_form=form)
    services.declare(by=request.person, person_id=person_id, **form.cleaned_data)
    messages.success(request, _("Opplæringen er registrert."))
    return redirect("training:person", person_id)


@require_POST
def withdraw(request: PersonRequest, completion_id: UUID) -> HttpResponse:
    """It was not so."""
    found = get_object_or_404(Completion, id=completion_id)
    services.withdraw(by=request.person, completion=found)
    messages.success(request, _("Registreringen er trukket tilbake."))
    return redirect("training:person", found.person_id)


@require_POST
def except_(request: PersonRequest, person_id: int) -> HttpResponse:
    """The leader lets the employee meet clients for a time."""
    led_person_or_404(person_id)
    form = ExceptionForm(request.POST, auto_id="exception_%s")
    if not form.is_valid():
        return _show(request, person_id, exception_form=form)
    services.let_go_until(
        by=request.person,
        override_id=form.cleaned_data["id"],
        person_id=person_id,
        until=form.cleaned_data["until"],
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, _("Unntaket er gitt, og den ansatte har fått vite det."))
    return redirect("training:person", person_id)


@require_POST
def take_back(request: PersonRequest, exception_id: UUID) -> HttpResponse:
    """The exception holds no longer."""
    found = get_object_or_404(Override, id=exception_id)
    services.take_back_exception(by=request.person, override=found)
    messages.success(request, _("Unntaket gjelder ikke lenger."))
    return redirect("training:person", found.person_id)


@require_POST
def leave(request: PersonRequest, person_id: int) -> HttpResponse:
    """The employee is away."""
    led_person_or_404(person_id)
    form = LeaveForm(request.POST, auto_id="leave_%s")
    if not form.is_valid():
        return _show(request, person_id, leave_form=form)
    services.record_leave(
        by=request.person,
        absence_id=form.cleaned_data["id"],
        person_id=person_id,
        starts_on=form.cleaned_data["starts_on"],
        ends_on=form.cleaned_data["ends_on"],
    )
    messages.success(request, _("Permisjonen er registrert. Ingenting kreves så lenge den varer."))
    return redirect("training:person", person_id)


@require_POST
def back(request: PersonRequest, absence_id: UUID) -> HttpResponse:
    """The employee is back today; yesterday was the last day away."""
    found = get_object_or_404(Absence, id=absence_id)
    services.end_leave(by=request.person, absence=found)
    messages.success(request, _("Velkommen tilbake. Nå vises det som må fornyes."))
    return redirect("training:person", found.person_id)
