"""The pages of the spreadsheet: send, see, take in. Only the last step changes anything (3.5)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.equipment.importing.columns import sheet
from tryggmote.equipment.importing.taking_in import keep_file, plan_of, take_in
from tryggmote.equipment.importing.template import template_workbook
from tryggmote.equipment.models import ImportDraft
from tryggmote.organisation.forms import UploadForm
from tryggmote.organisation.importing.problems import BadFile
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import units_led

PROBLEMS_SHOWN = 200
ROWS_SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SendForm(UploadForm):
    """A list, and whose it is."""

    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("Enhet"),
        queryset=Unit.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Velg hvilken enhet utstyret hører til."),
            "invalid_choice": _("Du leder ikke denne enheten. Velg en annen."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_led()  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def send(request: PersonRequest) -> HttpResponse:
    """Send in a workbook; nothing is changed until one has seen what it would do."""
    if not units_led().exists():
        raise NotAllowed(gettext("Bare en leder for enheten fører listen over utstyr."))
    own = request.person.unit and request.person.unit.id
    form = SendForm(request.POST or None, request.FILES or None, initial={"unit": own})
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = keep_file(
                by=request.person,
                unit_id=form.cleaned_data["unit"].id,
                file_id=form.cleaned_data["id"],
                name=file.name,
                content=file.read(),
            )
        except BadFile as bad:
            return _problems(request, file.name, bad)
        return redirect("equipment:spreadsheet_preview", kept.id)
    context = {"form": form, "columns": sheet().columns}
    return render(request, "equipment/spreadsheet_send.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def preview(request: PersonRequest, sheet_id: UUID) -> HttpResponse:
    """What the workbook would do, and the person's yes to it."""
    file = get_object_or_404(ImportDraft.objects.select_related("unit"), id=sheet_id)
    try:
        if request.method == "POST":
            count = take_in(by=request.person, file=file)
            said = ngettext("%(count)d linje er registrert.", "%(count)d linjer er registrert.", count)
            messages.success(request, said % {"count": count})
            return redirect("equipment:items")
        plan = plan_of(file)
    except BadFile as bad:
        return _problems(request, file.name, bad)
    context = {
        "file": file,
        "plan": plan,
        "shown": plan.new[:ROWS_SHOWN],
        "more": max(0, len(plan.new) - ROWS_SHOWN),
        "known": plan.known[:ROWS_SHOWN],
    }
    return render(request, "equipment/spreadsheet_preview.html", context)


@require_GET
def template(request: PersonRequest) -> HttpResponse:
    """The workbook to fill in."""
    name = gettext("utstyr.xlsx")
    return HttpResponse(
        template_workbook(),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _problems(request: PersonRequest, name: str, bad: BadFile) -> HttpResponse:
    context = {
        "name": name,
        "count": len(bad.problems),
        "problems": bad.problems[:PROBLEMS_SHOWN],
        "more": max(0, len(bad.problems) - PROBLEMS_SHOWN),
    }
    return render(request, "equipment/spreadsheet_problems.html", context, status=422)
