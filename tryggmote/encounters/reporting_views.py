"""Stop the meeting, report a risk, and the answers to them (requirement 2.2, AML § 2-3)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tryggmote.access.ids import new_id
from tryggmote.access.reading import log_read, reads_of
from tryggmote.access.requests import PersonRequest
from tryggmote.encounters import queries, reporting
from tryggmote.encounters.filters import RiskFilter
from tryggmote.encounters.forms import uuid_or_none
from tryggmote.encounters.hazards import source_of
from tryggmote.encounters.models import Check, RiskReport
from tryggmote.encounters.reporting_forms import AnswerRiskForm, RiskForm, StopWordsForm
from tryggmote.encounters.views import MOST_LISTED, PER_PAGE
from tryggmote.notices.services import mark_seen_about
from tryggmote.risk.hazard_queries import hazard_from


def stop(request: PersonRequest) -> HttpResponse:
    """One tap records that work was interrupted and tells leader and safety representative."""
    if request.method == "POST":
        report = reporting.stop_meeting(
            by=request.person,
            report_id=uuid_or_none(request.POST.get("id", "")) or new_id(),
            check_id=uuid_or_none(request.POST.get("check", "")),
        )
        messages.success(request, _("Møtet er stanset. Lederen og verneombudet har fått beskjed."))
        return redirect(report)
    context = {"id": new_id(), "check": uuid_or_none(request.GET.get("check", ""))}
    return render(request, "encounters/stop.html", context)


def risk_new(request: PersonRequest) -> HttpResponse:
    """Report a risk."""
    form = RiskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        report = reporting.report_risk(
            by=request.person, report_id=form.cleaned_data["id"], words=form.words()
        )
        messages.success(request, _("Risikoen er meldt. Lederen og verneombudet har fått beskjed."))
        return redirect(report)
    return render(request, "encounters/risk_new.html", {"form": form}, status=422 if form.is_bound else 200)


def risk(request: PersonRequest, report_id: UUID) -> HttpResponse:
    """One stop or reported risk, with its answer."""
    return _show(request, _find(report_id))


@require_POST
def risk_describe(request: PersonRequest, report_id: UUID) -> HttpResponse:
    """The reporter adds words to a stop."""
    found = _find(report_id)
    form = StopWordsForm(request.POST)
    if not form.is_valid():
        return _show(request, found, words_form=form)
    reporting.describe(by=request.person, report=found, words=form.words())
    messages.success(request, _("Lagret."))
    return redirect(found)


@require_POST
def risk_answer(request: PersonRequest, report_id: UUID) -> HttpResponse:
    """A leader answers."""
    found = _find(report_id)
    form = AnswerRiskForm(request.POST)
    if not form.is_valid():
        return _show(request, found, answer_form=form)
    reporting.answer_risk(by=request.person, report=found, answer=form.cleaned_data["answer"])
    messages.success(request, _("Svaret er sendt."))
    return redirect(found)


def risks(request: PersonRequest) -> HttpResponse:
    """Stops and reported risks one may see, latest first."""
    form = RiskFilter(request.GET or None)
    found = queries.risk_reports()
    if form.is_bound:
        found = found.filter(**form.conditions())
        if kind := form.cleaned_data.get("kind"):
            found = found.filter(stopped_work=kind == "stop")
        if status := form.cleaned_data.get("status"):
            found = found.filter(answered_at__isnull=status == "open")
    page = Paginator(found[:MOST_LISTED], PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "encounters/risks.html", {"filter": form, "page": page})


def _find(report_id: UUID) -> RiskReport:
    return get_object_or_404(RiskReport.objects.select_related("reporter", "answered_by"), id=report_id)


def _show(request: PersonRequest, found: RiskReport, **bound: Any) -> HttpResponse:
    person = request.person
    is_reporter = found.reporter_id == person.id
    mark_seen_about(subject_id=found.id)
    if not is_reporter:
        log_read(person, "risk", found.id)
    may_describe = is_reporter and found.stopped_work and not found.answered_at
    said = {"what": found.what, "form": found.form, "place": found.place}
    context = {
        "report": found,
        "check": Check.objects.filter(id=found.check_id).first() if found.check_id else None,
        "is_reporter": is_reporter,
        "words_form": StopWordsForm(initial=said) if may_describe else None,
        "answer_form": AnswerRiskForm() if reporting.leads(person, found) and not found.answered_at else None,
        "readers": reads_of("risk", found.id) if is_reporter else [],
        "hazard": hazard_from(source_of(found), found.id),
        **bound,
    }
    return render(request, "encounters/risk.html", context, status=422 if bound else 200)
