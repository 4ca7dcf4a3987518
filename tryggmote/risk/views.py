"""The pages of risk assessments (requirements 1.1, 2.1). Which there are is decided by the database."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.information.services import mark_read_about
from tryggmote.organisation.standing import standing_in
from tryggmote.risk import queries, rules, versions
from tryggmote.risk.content import consultation_of, content, factor_titles
from tryggmote.risk.forms import AssessmentForm, ReopenForm
from tryggmote.risk.models import Approval, Assessment, Version
from tryggmote.risk.pages import (
    assessment_or_404,
    by_risk,
    draft_or_404,
    factor_rows,
    lines_of,
    matrix_rows,
    reasons_of,
    shown_of,
    unit_of,
)
from tryggmote.risk.versions import refuse_unless_leader
from tryggmote.risk.vocabulary import Cause, Subject
from tryggmote.risk.writing import may_write


@require_GET
def home(request: PersonRequest) -> HttpResponse:
    """Which meeting forms are assessed, the assessments, and the way to the mapping and the inbox."""
    unit = unit_of(request)
    assessments = queries.assessments_of(unit.id)
    counts = queries.counts_of_scenarios(assessments)
    context = {
        "unit": unit,
        "coverage": queries.coverage_by_form(unit, queries.covering(unit, assessments)),
        "assessments": [{"assessment": row, "scenarios": counts.get(row.id, 0)} for row in assessments],
        "hazards": queries.hazards_waiting(unit.id),
        "leads": standing_in(unit.id).leads,
        "meets_clients": unit.kind not in queries.NOT_OF_AN_OFFICE,
    }
    return render(request, "risk/home.html", context)


@require_http_methods(["GET", "POST"])
def begin(request: PersonRequest) -> HttpResponse:
    """Begin an assessment of the unit."""
    unit = unit_of(request)
    refuse_unless_leader(unit.id)
    activities = queries.activities_of(unit.id)
    if request.method == "GET":
        beginning = {
            "meeting_forms": request.GET.getlist("form"),
            "title": request.GET.get("tittel", ""),
            "subject": Subject.LEVEL if unit.kind in queries.NOT_OF_AN_OFFICE else Subject.WORK,
        }
        form = AssessmentForm(initial=beginning, activities=activities)
        return render(request, "risk/begin.html", {"form": form, "unit": unit})
    form = AssessmentForm(request.POST, activities=activities)
    if not form.is_valid():
        return render(request, "risk/begin.html", {"form": form, "unit": unit}, status=422)
    return redirect(versions.begin_assessment(by=request.person, draft=form.draft(unit.id)))


@require_GET
def assessment(request: PersonRequest, assessment_id: UUID) -> HttpResponse:
    """The draft to those who work on it, else what is in force."""
    row = assessment_or_404(assessment_id)
    draft = queries.draft_of(row)
    if draft is not None:
        return _draft_page(request, row, draft)
    if row.approved_number is None:
        raise Http404
    return redirect("risk:version", row.id, row.approved_number)


def _draft_page(request: PersonRequest, row: Assessment, draft: Version) -> HttpResponse:
    lines = lines_of(draft)
    factors = factor_rows(draft)
    consultation = consultation_of(draft)
    stands_in_the_way = rules.obstacles(
        content(draft, [f["judgement"] for f in factors], [line.facts for line in lines], consultation),
        draft.scale,
        factor_titles(),
    )
    context = {
        "assessment": row,
        "version": draft,
        "factors": factors,
        "judged": sum(factor["is_judged"] for factor in factors),
        "lines": lines,
        "shown": shown_of(lines, all_of_them="alle" in request.GET),
        "matrix": draft.scale,
        "rows": matrix_rows(draft.scale, lines, "current"),
        "consultation": consultation,
        "answered": sum(said.opinion is not None for said in consultation.said),
        "obstacles": stands_in_the_way,
        "approvals": list(Approval.objects.filter(version=draft).select_related("by", "employer")),
        "reasons": reasons_of(draft),
        "writes": may_write(request.person, draft),
        "leads": standing_in(row.unit_id).leads,
    }
    return render(request, "risk/draft.html", context)


@require_http_methods(["GET", "POST"])
def scope(request: PersonRequest, assessment_id: UUID) -> HttpResponse:
    """Change what is assessed, while it is worked on."""
    row = draft_or_404(assessment_id).assessment
    refuse_unless_leader(row.unit_id)
    activities = queries.activities_of(row.unit_id)
    saved = {
        "id": row.id,
        "title": row.title,
        "subject": row.subject,
        "meeting_forms": row.forms,
        "activities": [str(activity_id) for activity_id in row.activity_ids],
    }
    if request.method == "GET":
        form = AssessmentForm(initial=saved, activities=activities)
    else:
        form = AssessmentForm(request.POST, activities=activities)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "risk/scope.html", {"form": form, "assessment": row}, status=status)
    filled = form.draft(row.unit_id)
    versions.change_scope(
        assessment=row, title=filled.title, forms=filled.forms, activity_ids=filled.activity_ids
    )
    messages.success(request, _("Omfanget er lagret."))
    return redirect(row)


@require_http_methods(["GET", "POST"])
def reopen(request: PersonRequest, assessment_id: UUID) -> HttpResponse:
    """Open an approved assessment again, and say why."""
    row = assessment_or_404(assessment_id)
    _refuse_unless_may_reopen(row)
    causes = [(cause.value, cause.label) for cause in (Cause.CHANGE, Cause.REMARK, Cause.DATE)]
    form = ReopenForm(request.POST or None, causes=causes)
    if request.method == "GET" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "risk/reopen.html", {"form": form, "assessment": row}, status=status)
    versions.reopen(
        by=request.person,
        assessment=row,
        cause=Cause(form.cleaned_data["cause"]),
        words=form.cleaned_data["words"],
    )
    messages.success(
        request, _("Vurderingen er åpnet igjen. Den godkjente versjonen gjelder til den nye er godkjent.")
    )
    return redirect(row)


def _refuse_unless_may_reopen(row: Assessment) -> None:
    standing = standing_in(row.unit_id)
    if not (standing.leads or standing.represents):
        raise NotAllowed(
            _("Bare ledere og verneombud i enheten åpner en risikovurdering igjen."),
            who_can_help=_("Meld heller en fare, så blir den vurdert."),
        )


@require_GET
def version(request: PersonRequest, assessment_id: UUID, number: int) -> HttpResponse:
    """One version to read and to print: a page of what matters first, then all of it."""
    row = assessment_or_404(assessment_id)
    shown = queries.version_of(row, number)
    if shown is None:
        raise Http404
    if shown.is_draft:
        return redirect(row)
    mark_read_about(by=request.person, subject_id=row.id)
    lines = lines_of(shown)
    standing = standing_in(row.unit_id)
    is_in_force = number == row.approved_number
    context = {
        "assessment": row,
        "version": shown,
        "is_in_force": is_in_force,
        "opened_again": queries.opened_again(row) if is_in_force else [],
        "is_expired": not row.is_in_force(queries.oslo_today()),
        "lines": lines,
        "shown": shown_of(lines, all_of_them="alle" in request.GET),
        "gravest": by_risk(lines)[:5],
        "factors": factor_rows(shown),
        "matrix": shown.scale,
        "rows": matrix_rows(shown.scale, lines, "current"),
        "rows_after": matrix_rows(shown.scale, lines, "residual"),
        "consultation": consultation_of(shown),
        "approvals": list(Approval.objects.filter(version=shown).select_related("by", "employer")),
        "versions": queries.versions_of(row),
        "may_reopen": standing.leads or standing.represents,
        "has_draft": queries.draft_of(row) is not None,
    }
    return render(request, "risk/version.html", context)
