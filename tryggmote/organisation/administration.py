"""Pages of administrators: people and units, never the content of incidents."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tryggmote.access.requests import PersonRequest
from tryggmote.organisation import directory, services
from tryggmote.organisation.forms import ConfirmForm, UploadForm
from tryggmote.organisation.importing.columns import SHEETS
from tryggmote.organisation.importing.problems import BadFile
from tryggmote.organisation.importing.template import template_workbook
from tryggmote.organisation.models import ImportDraft

PROBLEMS_SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def home(request: PersonRequest) -> HttpResponse:
    """What an administrator can do."""
    services.refuse_others(request.person)
    return render(request, "organisation/administration.html", {"counts": directory.counts()})


@require_http_methods(["GET", "POST"])
def import_file(request: PersonRequest) -> HttpResponse:
    """Send in a file; nothing is changed until the difference has been seen."""
    services.refuse_others(request.person)
    if request.method == "GET":
        return _ask_for_file(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask_for_file(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        draft = services.keep_import(
            by=request.person, draft_id=form.cleaned_data["id"], name=file.name, content=file.read()
        )
    except BadFile as error:
        return _show_problems(request, file.name, error)
    return redirect("organisation:import_difference", draft.id)


@require_http_methods(["GET", "POST"])
def import_difference(request: PersonRequest, draft_id: UUID) -> HttpResponse:
    """What the file would change, and the administrator's yes to exactly that file."""
    draft = get_object_or_404(ImportDraft, id=draft_id)
    try:
        proposal = services.proposal_of(by=request.person, draft=draft)
    except BadFile as error:
        return _show_problems(request, draft.name, error)
    answer = request.POST if request.method == "POST" else None
    form = ConfirmForm(answer, ends_too_many=bool(proposal.ends_too_many))
    if form.is_valid():
        services.import_draft(
            by=request.person,
            draft=draft,
            proposal=proposal,
            may_end_many=form.cleaned_data.get("end_many", False),
        )
        messages.success(request, _("Importen er ferdig. Filen er slettet."))
        return redirect("organisation:administration")
    context = {"draft": draft, "proposal": proposal, "tables": proposal.summary(), "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "organisation/import_difference.html", context, status=status)


@require_GET
def import_template(request: PersonRequest) -> HttpResponse:
    """The workbook to fill in."""
    services.refuse_others(request.person)
    return HttpResponse(
        template_workbook(),
        content_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="tryggmote-mal.xlsx"'},
    )


def _ask_for_file(request: PersonRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    return render(request, "organisation/import.html", {"form": form, "sheets": SHEETS}, status=status)


def _show_problems(request: PersonRequest, name: str, error: BadFile) -> HttpResponse:
    context = {
        "name": name,
        "count": len(error.problems),
        "problems": error.problems[:PROBLEMS_SHOWN],
        "more": max(0, len(error.problems) - PROBLEMS_SHOWN),
    }
    return render(request, "organisation/import_problems.html", context, status=422)
