"""The pages of the workbook: out, and in by steps of which only the last changes anything (2.1)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from tryggmote.access.requests import PersonRequest
from tryggmote.organisation.forms import UploadForm
from tryggmote.organisation.importing.problems import BadFile
from tryggmote.risk import queries
from tryggmote.risk.compare_views import WORDS
from tryggmote.risk.models import ImportDraft, Version
from tryggmote.risk.pages import assessment_or_404, draft_or_404
from tryggmote.risk.spreadsheet import foreign, reading
from tryggmote.risk.spreadsheet.columns import SHEETS
from tryggmote.risk.spreadsheet.exporting import XLSX, file_name, workbook_of
from tryggmote.risk.spreadsheet.forms import ColumnsForm, SheetForm
from tryggmote.risk.spreadsheet.preview import preview_of
from tryggmote.risk.spreadsheet.rows import Rows
from tryggmote.risk.spreadsheet.taking_in import Outdated, keep_file, plan_of, sheets_of, take_in
from tryggmote.risk.writing import refuse_unless_open_to

PROBLEMS_SHOWN = 200


@require_GET
def export(request: PersonRequest, assessment_id: UUID, number: int) -> HttpResponse:
    """A version, or the draft, as a workbook in the language of the one who asks."""
    version = queries.version_of(assessment_or_404(assessment_id), number)
    if version is None:
        raise Http404
    return HttpResponse(
        workbook_of(version),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{file_name(version)}"'},
    )


@require_http_methods(["GET", "POST"])
def send(request: PersonRequest, assessment_id: UUID) -> HttpResponse:
    """Send in a workbook; nothing is changed until one has seen what it would do."""
    draft = draft_or_404(assessment_id)
    refuse_unless_open_to(request.person, draft)
    if request.method == "GET":
        return _send_page(request, draft, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _send_page(request, draft, form, status=422)
    file = form.cleaned_data["file"]
    try:
        kept = keep_file(
            by=request.person,
            version=draft,
            file_id=form.cleaned_data["id"],
            name=file.name,
            content=file.read(),
        )
    except BadFile as bad:
        return _problems_page(request, draft, file.name, bad)
    return redirect("risk:spreadsheet_preview", assessment_id, kept.id)


def _send_page(
    request: PersonRequest, draft: Version, form: UploadForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "assessment": draft.assessment,
        "version": draft,
        "form": form,
        "sheets": [
            {"title": sheet.title, "columns": [c for c in sheet.columns if not c.is_hidden]}
            for sheet in SHEETS
        ],
    }
    return render(request, "risk/spreadsheet_send.html", context, status=status)


@require_GET
def columns(request: PersonRequest, assessment_id: UUID, file_id: UUID) -> HttpResponse:
    """Which sheet and which columns of somebody else's workbook say what."""
    draft, file = _file_or_404(request, assessment_id, file_id)
    return _columns_page(request, draft, file, None)


def _columns_page(
    request: PersonRequest, draft: Version, file: ImportDraft, form: ColumnsForm | None
) -> HttpResponse:
    sheets = sheets_of(bytes(file.content), file.name)
    table = _table(request, sheets, draft)
    context = {
        "assessment": draft.assessment,
        "file": file,
        "sheet_form": SheetForm(
            initial={"ark": table.sheet, "linje": table.heading_line}, sheets=sheets, sheet=table.sheet
        ),
        "table": table,
        "form": form or ColumnsForm(table=table, initial=request.GET.dict()),
    }
    return render(request, "risk/spreadsheet_columns.html", context, status=422 if form else 200)


def _table(request: PersonRequest, sheets: reading.Sheets, draft: Version) -> foreign.Table:
    """The sheet and the line of headings as chosen in the address, else as guessed."""
    sheet = request.GET.get("ark", "")
    sheet, guessed = foreign.best_guess({sheet: sheets[sheet]} if sheet in sheets else sheets)
    # A line chosen in another sheet means nothing in this one.
    is_here = request.GET.get("fra", sheet) == sheet
    lines = {str(line): line for line in range(1, foreign.LINES_TO_CHOOSE_FROM + 1)} if is_here else {}
    heading_line = lines.get(request.GET.get("linje", ""), guessed)
    return foreign.table_of(sheets, sheet, heading_line, draft.scale)


@require_http_methods(["GET", "POST"])
def preview(request: PersonRequest, assessment_id: UUID, file_id: UUID) -> HttpResponse:
    """What the workbook would do to the draft, and the person's yes to exactly that."""
    draft, file = _file_or_404(request, assessment_id, file_id)
    sheets = sheets_of(bytes(file.content), file.name)
    try:
        if reading.is_our_own(sheets):
            rows = reading.rows_of(sheets, draft.scale)
        else:
            table = _table(request, sheets, draft)
            form = ColumnsForm(request.GET, table=table)
            if not request.GET:
                return redirect("risk:spreadsheet_columns", assessment_id, file_id)
            if not form.is_valid():
                return _columns_page(request, draft, file, form)
            rows = foreign.rows_of(table, form.chosen(), draft.assessment.forms, draft.scale)
        return _decide(request, draft, file, rows)
    except BadFile as bad:
        return _problems_page(request, draft, file.name, bad, file=file)


def _decide(request: PersonRequest, draft: Version, file: ImportDraft, rows: Rows) -> HttpResponse:
    if request.method == "GET":
        return _preview_page(request, draft, file, rows)
    try:
        done = take_in(
            by=request.person, file=file, version=draft, rows=rows, seal=request.POST.get("seal", "")
        )
    except Outdated:
        return _preview_page(request, draft, file, rows, is_outdated=True)
    messages.success(
        request,
        ngettext(
            "%(count)d linje er tatt inn. Filen er slettet.",
            "%(count)d linjer er tatt inn. Filen er slettet.",
            done.writes,
        )
        % {"count": done.writes},
    )
    return redirect(draft.assessment)


def _preview_page(
    request: PersonRequest, draft: Version, file: ImportDraft, rows: Rows, *, is_outdated: bool = False
) -> HttpResponse:
    plan = plan_of(draft, rows)
    if plan.problems:
        raise BadFile(list(plan.problems))
    context = {
        "assessment": draft.assessment,
        "file": file,
        "plan": plan,
        "preview": preview_of(plan, draft.scale),
        "words": WORDS,
        "is_outdated": is_outdated,
        "is_foreign": bool(request.GET),
        "columns_query": request.GET.urlencode(),
    }
    return render(request, "risk/spreadsheet_preview.html", context, status=409 if is_outdated else 200)


def _problems_page(
    request: PersonRequest, draft: Version, name: str, bad: BadFile, *, file: ImportDraft | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "assessment": draft.assessment,
        "name": name,
        "file": file,
        "columns_query": urlencode(request.GET) if request.GET else "",
        "count": len(bad.problems),
        "problems": bad.problems[:PROBLEMS_SHOWN],
        "more": max(0, len(bad.problems) - PROBLEMS_SHOWN),
    }
    return render(request, "risk/spreadsheet_problems.html", context, status=422)


def _file_or_404(request: PersonRequest, assessment_id: UUID, file_id: UUID) -> tuple[Version, ImportDraft]:
    draft = draft_or_404(assessment_id)
    file = get_object_or_404(ImportDraft, id=file_id, version=draft)
    refuse_unless_open_to(request.person, draft)
    return draft, file
