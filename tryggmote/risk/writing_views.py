"""The pages on which a draft is written: factors and scenarios, with what others save at the same time."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.controls.models import Procedure
from tryggmote.controls.vocabulary import ProcedureKind
from tryggmote.risk import from_hazard, libraries, queries, suggestions, writing
from tryggmote.risk.content import acting_on, forms_of, instructions_on, lacks_instruction
from tryggmote.risk.models import FactorJudgement, Scenario, Version
from tryggmote.risk.pages import areas_by_cell, draft_or_404, findings_on, hazards_in, measures_to_choose
from tryggmote.risk.writing_forms import FactorForm, RemovalForm, ScenarioForm


@require_GET
def changes(request: PersonRequest, assessment_id: UUID) -> HttpResponse:
    """What others have saved since the page was drawn; 204 when nothing."""
    draft = draft_or_404(assessment_id)
    since = _moment(request.GET.get("siden", ""))
    found = queries.changes_since(draft, since=since, passed=request.person.id) if since else []
    if not found:
        return HttpResponse(status=204)
    return render(request, "risk/changes.html", {"changes": found, "assessment": draft.assessment})


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None


@require_http_methods(["GET", "POST"])
def factor(request: PersonRequest, assessment_id: UUID, factor: int) -> HttpResponse:
    """Judge one of the eight factors, or all of them together."""
    draft = draft_or_404(assessment_id)
    judgement = get_object_or_404(
        FactorJudgement.objects.select_related("saved_by"), version=draft, factor=factor
    )
    judgement.version = draft
    if request.method == "GET":
        return _factor_page(request, judgement, FactorForm.of(judgement))
    form = FactorForm(request.POST)
    if not form.is_valid():
        return _factor_page(request, judgement, form, status=422)
    try:
        writing.judge_factor(
            by=request.person,
            judgement=judgement,
            text=form.cleaned_data["text"],
            revision=form.cleaned_data["revision"],
        )
    except writing.Conflict:
        judgement.refresh_from_db(fields=["revision", "text", "saved_by", "saved_at"])
        mine = FactorForm(initial={"revision": judgement.revision, "text": form.cleaned_data["text"]})
        return _factor_page(request, judgement, mine, status=409)
    messages.success(request, _("Vurderingen er lagret."))
    return redirect(_after(draft, factor, request.POST.get("videre", "")))


def _after(draft: Version, factor: int, onward: str) -> str:
    """The next factor for those who go on, else the draft."""
    address = draft.assessment.get_absolute_url()
    following = factor + 1 if 0 < factor < 8 else 0
    return f"{address}faktor/{following}/" if onward and factor else address


def _factor_page(
    request: PersonRequest, judgement: FactorJudgement, form: FactorForm, *, status: int = 200
) -> HttpResponse:
    draft = draft_or_404(judgement.version.assessment_id)
    known = libraries.factor(judgement.factor)
    context = {
        "assessment": draft.assessment,
        "version": draft,
        "judgement": judgement,
        "factor": known,
        "prompts": libraries.prompts_for(known, draft.assessment.forms),
        "form": form,
        "is_conflict": status == 409,
        "writes": writing.may_write(request.person, draft),
        "others": [j for j in queries.factors_of(draft) if j.factor] if not judgement.factor else [],
        "titles": {f.number: f.title for f in libraries.factors()},
        "now": timezone.now(),
    }
    return render(request, "risk/factor.html", context, status=status)


@require_http_methods(["GET", "POST"])
def add_scenario(request: PersonRequest, assessment_id: UUID) -> HttpResponse:
    """Describe something that can happen."""
    draft = draft_or_404(assessment_id)
    writing.refuse_unless_open_to(request.person, draft)
    known: dict[str, Any] = {"matrix": draft.scale, "measures": measures_to_choose(draft)}
    if request.method == "GET":
        forms = draft.assessment.forms
        beginning = {"meeting_forms": forms} | suggestions.beginning(request.GET, forms)
        beginning |= from_hazard.beginning(request.GET)
        return _scenario_page(request, draft, None, ScenarioForm(initial=beginning, **known))
    form = ScenarioForm(request.POST, **known)
    if not form.is_valid():
        return _scenario_page(request, draft, None, form, status=422)
    try:
        scenario = writing.add_scenario(by=request.person, version=draft, draft=form.draft())
    except writing.Unsound as unsound:
        return _scenario_page(request, draft, None, _with_problems(form, unsound), status=422)
    if back := from_hazard.way_back(request.GET, scenario):
        messages.success(request, _("Situasjonen er lagret. Svar nå den som meldte faren."))
        return redirect(back)
    messages.success(request, _("Situasjonen er lagret."))
    return redirect("risk:scenario", draft.assessment_id, scenario.id)


@require_http_methods(["GET", "POST"])
def scenario(request: PersonRequest, assessment_id: UUID, scenario_id: UUID) -> HttpResponse:
    """Change a scenario and its three risks."""
    draft = draft_or_404(assessment_id)
    row = _scenario_or_404(draft, scenario_id)
    known: dict[str, Any] = {"matrix": draft.scale, "measures": measures_to_choose(draft)}
    if request.method == "GET":
        return _scenario_page(
            request, draft, row, ScenarioForm.filled_with(row, acting_on(draft, [row])[row.id], **known)
        )
    form = ScenarioForm(request.POST, **known)
    if not form.is_valid():
        return _scenario_page(request, draft, row, form, status=422)
    try:
        writing.change_scenario(by=request.person, scenario=row, draft=form.draft())
    except writing.Unsound as unsound:
        return _scenario_page(request, draft, row, _with_problems(form, unsound), status=422)
    except writing.Conflict:
        return _conflict_page(request, draft, _scenario_or_404(draft, scenario_id))
    messages.success(request, _("Situasjonen er lagret."))
    return redirect(f"{draft.assessment.get_absolute_url()}#situasjoner")


def _with_problems(form: ScenarioForm, unsound: writing.Unsound) -> ScenarioForm:
    for part, problem in unsound.problems.items():
        form.add_error(f"{part}_likelihood", problem)
    return form


def _conflict_page(request: PersonRequest, draft: Version, theirs: Scenario) -> HttpResponse:
    """Mine in the form, theirs beside it; saving again saves mine over what is now shown."""
    mine = request.POST.copy()
    mine["revision"] = str(theirs.revision)
    again = ScenarioForm(mine, matrix=draft.scale, measures=measures_to_choose(draft))
    again.full_clean()
    return _scenario_page(request, draft, theirs, again, status=409)


def _scenario_page(
    request: PersonRequest, draft: Version, row: Scenario | None, form: ScenarioForm, *, status: int = 200
) -> HttpResponse:
    instructions = instructions_on(draft, [row])[row.id] if row else []
    context = {
        "assessment": draft.assessment,
        "version": draft,
        "scenario": row,
        "form": form,
        "matrix": draft.scale,
        "areas": areas_by_cell(draft.scale),
        "is_conflict": status == 409,
        "writes": writing.may_write(request.person, draft),
        "hazards": hazards_in(row) if row else [],
        "findings": findings_on(draft, row) if row else [],
        "instructions": instructions,
        "instruction_url": _new_instruction(draft, row, instructions) if row else "",
        "removal": RemovalForm(initial={"revision": row.revision}, auto_id=False) if row else None,
        "now": timezone.now(),
    }
    return render(request, "risk/scenario.html", context, status=status)


def _new_instruction(draft: Version, row: Scenario, instructions: list[Procedure]) -> str:
    """Where an instruction that is missing is written, with what is known of it; "" when none is."""
    if not lacks_instruction(draft, row, instructions):
        return ""
    known = {
        "kind": ProcedureKind.WRITTEN_INSTRUCTION.value,
        "enhet": draft.assessment.unit_id,
        "former": ",".join(forms_of(draft, row)),
    }
    return f"{reverse('controls:new_procedure')}?{urlencode(known)}"


@require_POST
def take_out(request: PersonRequest, assessment_id: UUID, scenario_id: UUID) -> HttpResponse:
    """Take a scenario out of the draft."""
    draft = draft_or_404(assessment_id)
    row = _scenario_or_404(draft, scenario_id)
    form = RemovalForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        writing.take_out_scenario(by=request.person, scenario=row, revision=form.cleaned_data["revision"])
    except writing.Conflict:
        messages.warning(
            request, _("Noen har endret situasjonen mens du så på den. Les den igjen før du tar den ut.")
        )
        return redirect("risk:scenario", assessment_id, scenario_id)
    messages.success(request, _("Situasjonen er tatt ut. Du kan sette den inn igjen."))
    return redirect("risk:scenario", assessment_id, scenario_id)


@require_POST
def put_back(request: PersonRequest, assessment_id: UUID, scenario_id: UUID) -> HttpResponse:
    """Put a scenario back into the draft."""
    row = _scenario_or_404(draft_or_404(assessment_id), scenario_id)
    try:
        writing.put_back_scenario(by=request.person, scenario=row)
    except writing.Conflict:
        messages.info(request, _("Noen endret situasjonen i samme øyeblikk. Dette er slik den er nå."))
    return redirect("risk:scenario", assessment_id, scenario_id)


def _scenario_or_404(draft: Version, scenario_id: UUID) -> Scenario:
    row = get_object_or_404(Scenario.objects.select_related("saved_by"), id=scenario_id, version=draft)
    row.version = draft
    return row
