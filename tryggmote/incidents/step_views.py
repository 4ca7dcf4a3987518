"""The steps of an incident: taking one, describing what happened, and the other employer's part (2.4)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.incidents import codebook, consequences, queries, services
from tryggmote.incidents.consequence_rules import StepRule, consequence_rules
from tryggmote.incidents.levels import LEVELS
from tryggmote.incidents.models import Step
from tryggmote.incidents.rules import may_handle
from tryggmote.incidents.step_forms import ClassificationForm, StepForm, classification_to_begin_with
from tryggmote.incidents.views import show_incident


@require_POST
def take(request: PersonRequest, incident_id: UUID, code: str) -> HttpResponse:
    """The leader says that a step is done, or why it is not to be."""
    incident = get_object_or_404(queries.incident_in_full(incident_id))
    form = StepForm(_rule(code), request.POST)
    if not form.is_valid():
        return show_incident(request, incident, step_form=form, status=422)
    outcome, note = form.answer()
    consequences.take_step(by=request.person, incident=incident, code=code, outcome=outcome, note=note)
    messages.success(request, _("Lagret."))
    return redirect(incident)


@require_http_methods(["GET", "POST"])
def classify(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """The leader describes what happened with the code book."""
    incident = get_object_or_404(queries.incident_in_full(incident_id))
    if not may_handle(request.person, incident):
        raise Http404
    services.open_incident(by=request.person, incident=incident)
    latest = queries.latest_classification(incident)
    form = ClassificationForm(
        request.POST or None, initial=classification_to_begin_with(incident, latest), auto_id="classify_%s"
    )
    if request.method == "POST" and form.is_valid():
        classification_id, codes = form.classification()
        services.classify(
            by=request.person, incident=incident, classification_id=classification_id, codes=codes
        )
        messages.success(request, _("Beskrivelsen er lagret."))
        return redirect(incident)
    context = {"incident": incident, "form": form, "codebook": codebook.codebook()}
    return render(request, "incidents/classify.html", context, status=422 if form.is_bound else 200)


@require_GET
def shared(request: PersonRequest) -> HttpResponse:
    """Serious incidents in an office one shares with another employer: what each must do (AML § 2-2)."""
    return _shared(request)


@require_POST
def take_shared(request: PersonRequest, step_id: UUID) -> HttpResponse:
    """The other employer has done its part."""
    step = get_object_or_404(Step.objects.all(), id=step_id)
    form = StepForm(_rule(step.code), request.POST, key=str(step_id))
    if not form.is_valid():
        return _shared(request, broken=(step_id, form), status=422)
    outcome, note = form.answer()
    consequences.take_shared_step(by=request.person, step=step, outcome=outcome, note=note)
    messages.success(request, _("Lagret."))
    return redirect("incidents:shared")


@require_GET
def code_book(request: PersonRequest, version: str = codebook.NEWEST) -> HttpResponse:
    """The words incidents are described with, and the levels with their definitions."""
    if version not in codebook.versions():
        raise Http404
    book = codebook.codebook(version)
    fields = ClassificationForm.base_fields
    titles = {"channels": fields["channel"].label, "directions": fields["direction"].label}
    context = {
        "book": book,
        "groups": [
            {"title": titles.get(group) or fields[group].label, "codes": getattr(book, group)}
            for group in codebook.GROUPS
        ],
        "versions": codebook.versions(),
        "levels": LEVELS,
        "rules": consequence_rules(),
    }
    return render(request, "incidents/codebook.html", context)


def _shared(
    request: PersonRequest, *, broken: tuple[UUID, StepForm] | None = None, status: int = 200
) -> HttpResponse:
    rule = consequence_rules().step("coordinate")
    sent = dict([broken]) if broken else {}
    rows = [
        {
            "step": shared_step,
            "form": sent.get(shared_step.step.id) or StepForm(rule, key=str(shared_step.step.id)),
        }
        for shared_step in queries.shared_steps()
    ]
    return render(request, "incidents/shared.html", {"rows": rows, "rule": rule}, status=status)


def _rule(code: str) -> StepRule:
    try:
        return consequence_rules().step(code)
    except KeyError:
        raise Http404 from None
