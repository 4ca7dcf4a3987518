"""The pages of a file of completions: send, see, say what courses are, record. Only the last counts (4.1)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.organisation.importing.problems import BadFile
from tryggmote.organisation.standing import units_led
from tryggmote.training import elements, queries
from tryggmote.training.import_forms import MOST_COURSES, CoursesForm, ImportForm
from tryggmote.training.importing import taking_in
from tryggmote.training.importing.matching import Plan
from tryggmote.training.importing.spreadsheets import sheet
from tryggmote.training.importing.template import template_workbook
from tryggmote.training.models import TrainingFile
from tryggmote.training.names import names_of

ROWS_SHOWN = 200
PROBLEMS_ON_A_PAGE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def send(request: PersonRequest) -> HttpResponse:
    """Send in a file; nothing is recorded until one has seen what it would do."""
    if not units_led().exists():
        raise NotAllowed(_("Bare en leder registrerer opplæring fra en fil."))
    own = request.person.unit and request.person.unit.id
    form = ImportForm(request.POST or None, request.FILES or None, initial={"unit": own})
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = taking_in.keep_file(
                by=request.person,
                unit_id=form.cleaned_data["unit"].id,
                file_id=form.cleaned_data["id"],
                name=file.name,
                content=file.read(),
            )
        except BadFile as bad:
            return _bad(request, file.name, bad)
        return redirect("training:import_preview", kept.id)
    context = {"form": form, "columns": sheet().columns}
    return render(request, "training/import_send.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def preview(request: PersonRequest, training_file_id: UUID) -> HttpResponse:
    """What the file would do, and the person's yes to it."""
    file = _find(training_file_id)
    try:
        if request.method == "POST":
            count = taking_in.take_in(by=request.person, file=file)
            said = ngettext("%(count)d linje er registrert.", "%(count)d linjer er registrert.", count)
            messages.success(request, said % {"count": count})
            return redirect("training:unit", file.unit_id)
        plan = taking_in.plan_for_leader(file)
    except BadFile as bad:
        return _bad(request, file.name, bad)
    return _preview(request, file, plan, _courses_form(file, plan))


def _preview(request: PersonRequest, file: TrainingFile, plan: Plan, form: CoursesForm) -> HttpResponse:
    shown = plan.new[:ROWS_SHOWN]
    page = Paginator(plan.problems, PROBLEMS_ON_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "file": file,
        "plan": plan,
        "shown": shown,
        "more_rows": len(plan.new) - len(shown),
        "names": names_of(row.element for row in shown),
        "page_obj": page,
        "courses_form": form,
    }
    return render(request, "training/import_preview.html", context, status=422 if form.errors else 200)


@require_POST
def name_courses(request: PersonRequest, training_file_id: UUID) -> HttpResponse:
    """The leader says which training the courses are; it is remembered for the next file too."""
    file = _find(training_file_id)
    try:
        plan = taking_in.plan_for_leader(file)
    except BadFile as bad:
        return _bad(request, file.name, bad)
    form = _courses_form(file, plan, request.POST)
    if not form.is_valid():
        return _preview(request, file, plan, form)
    taking_in.name_courses(by=request.person, unit_id=file.unit_id, courses=form.named)
    messages.success(request, _("Det er husket, også til neste fil."))
    return redirect("training:import_preview", file.id)


def _courses_form(file: TrainingFile, plan: Plan, data: Any = None) -> CoursesForm:
    """The courses met most often first, so many that they can be looked through."""
    courses = [course for course, _count in plan.unknown.most_common(MOST_COURSES)]
    ours = [(each.code, str(each.title)) for each in elements.current().elements]
    local = [(str(each.id), each.title) for each in queries.local_elements_in(file.unit_id)]
    return CoursesForm(data, courses=courses, elements=[*ours, *local])


@require_GET
def template(request: PersonRequest) -> HttpResponse:
    """The workbook to fill in."""
    name = _("opplaering.xlsx")
    return HttpResponse(
        template_workbook(),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _find(training_file_id: UUID) -> TrainingFile:
    return get_object_or_404(TrainingFile.objects.select_related("unit"), id=training_file_id)


def _bad(request: PersonRequest, name: str, bad: BadFile) -> HttpResponse:
    context = {"name": name, "problems": bad.problems}
    return render(request, "training/import_problems.html", context, status=422)
