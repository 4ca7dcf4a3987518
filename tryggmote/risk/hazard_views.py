"""The pages of the hazard inbox (1.1, 2.1, 2.2, 2.4). Which hazards there are is decided by the database."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.controls.queries import measures_of_origins
from tryggmote.controls.vocabulary import OriginKind
from tryggmote.notices.services import mark_seen_about
from tryggmote.organisation.standing import deciders_of, standing_in
from tryggmote.risk import hazard_queries, inbox
from tryggmote.risk.hazard_forms import (
    AnswerForm,
    AssessForm,
    DeclineForm,
    HazardFilter,
    HazardForm,
    MergeForm,
)
from tryggmote.risk.hazard_rules import State, may_decide, may_know_who_raised
from tryggmote.risk.models import Hazard
from tryggmote.risk.queries import draft_of
from tryggmote.risk.sources import page_of
from tryggmote.risk.vocabulary import Source
from tryggmote.risk.writing import may_write
from tryggmote.ui.cursors import CURSOR, narrowed, older_url
from tryggmote.ui.templatetags.ui import day, when


@require_GET
def hazard_list(request: PersonRequest) -> HttpResponse:
    """The hazards one sees: those that wait first, then those decided."""
    person = request.person
    narrowing = HazardFilter(request.GET, units=_units_of(request))
    chosen = narrowing.chosen(person.id)
    found = hazard_queries.hazards(**chosen)
    page = hazard_queries.list_page(found, request.GET.get(CURSOR, ""))
    counts = hazard_queries.counts(found)
    context = {
        "filter": narrowing,
        "is_narrowed": any(chosen.values()),
        "page": page,
        "total": counts["total"],
        "is_more": counts["total"] == hazard_queries.COUNT_UP_TO,
        "counted": _counted(request, counts),
        "older_url": older_url(request, page.older),
        "is_first_page": CURSOR not in request.GET,
        "first_url": narrowed(request),
    }
    return render(request, "risk/hazards.html", context)


def _counted(request: PersonRequest, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {"label": state.label, "count": counts[state], "url": narrowed(request, state=state.value)}
        for state in State
        if counts[state]
    ]


def _units_of(request: PersonRequest) -> list[tuple[int, str]]:
    return [(unit.id, unit.name) for unit in request.person.units]


@require_http_methods(["GET", "POST"])
def raise_hazard(request: PersonRequest) -> HttpResponse:
    """Anybody says that something is dangerous."""
    unit = request.person.unit
    if unit is None:
        raise NotAllowed(
            _("Du er ikke registrert i noen enhet, så vi vet ikke hvem som skal vurdere faren."),
            _("En administrator kan registrere arbeidsstedet ditt."),
        )
    form = HazardForm(request.POST or None, units=_units_of(request), initial={"unit": unit.id})
    if request.method == "GET" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "risk/hazard_new.html", {"form": form, "unit": unit}, status=status)
    raised = inbox.raise_hazard(by=request.person, draft=form.draft())
    messages.success(request, _("Takk for at du sa fra. Du får svar her."))
    return redirect(raised)


@require_GET
def hazard(request: PersonRequest, hazard_id: UUID) -> HttpResponse:
    """One hazard: what it is, where it comes from, who decides by when, and what was answered."""
    found = _hazard_or_404(hazard_id)
    mark_seen_about(subject_id=found.id)
    standing = standing_in(found.unit_id)
    is_mine = found.raised_by_id == request.person.id
    decides = may_decide(standing, is_passed_on=found.escalated_at is not None)
    handles = decides or standing.represents
    context = {
        "hazard": found,
        "line": hazard_queries.lines_of([found])[0],
        "story": hazard_queries.story_of(found),
        "facts": _facts(
            found, names_who_raised=is_mine or may_know_who_raised(Source(found.source), standing)
        ),
        "source": _source_of(found),
        "is_mine": is_mine,
        "decides": decides and not found.decided_at,
        "deciders": [leader.name for leader in deciders_of(found.unit_id)],
        "measures": measures_of_origins(OriginKind.HAZARD, [found.id])[found.id] if handles else [],
        "plan_query": _plan_query(found) if standing.leads else "",
    }
    return render(request, "risk/hazard.html", context)


def _facts(found: Hazard, *, names_who_raised: bool) -> list[tuple[str, object]]:
    forms = hazard_queries.form_words(found)
    facts: list[tuple[str, object]] = [
        (_("Enhet"), found.unit.name),
        (_("Meldt"), when(found.raised_at)),
    ]
    if not found.decided_at:
        facts.append((_("Frist"), day(found.due_at)))
    if forms:
        facts.append((_("Møteformer"), ", ".join(forms)))
    if names_who_raised and found.raised_by:
        facts.append((_("Meldt av"), found.raised_by.name))
    return facts


def _source_of(found: Hazard) -> dict[str, object]:
    """What it comes from, and the way there for those who may see it."""
    page = page_of(found.source)
    return {
        "word": Source(found.source).label,
        "label": page.label if page else "",
        "url": page.url(found.source_id) if page and found.source_id else "",
    }


def _plan_query(found: Hazard) -> str:
    """What a measure against the hazard begins with."""
    return urlencode(
        {
            "opphav": f"{OriginKind.HAZARD}:{found.id}",
            "ord": found.what,
            "enhet": found.unit_id,
            "former": ",".join(found.forms),
        }
    )


@require_GET
def choose_assessment(request: PersonRequest, hazard_id: UUID) -> HttpResponse:
    """In which assessment the hazard belongs."""
    found = _hazard_or_404(hazard_id)
    inbox.refuse_unless_decides(found)
    if found.decided_at:
        return _decided_already(request, found)
    context = {
        "hazard": found,
        "assessments": hazard_queries.assessments_for(found),
        "begin_query": urlencode({"form": found.forms}, doseq=True),
        "leads": standing_in(found.unit_id).leads,
    }
    return render(request, "risk/hazard_assess.html", context)


@require_http_methods(["GET", "POST"])
def choose_scenario(request: PersonRequest, hazard_id: UUID, assessment_id: UUID) -> HttpResponse:
    """To which scenario of the assessment it belongs; a new one is written first, and then chosen here."""
    found = _hazard_or_404(hazard_id)
    assessment = get_object_or_404(hazard_queries.assessment_for(found, assessment_id))
    draft = draft_of(assessment)
    scenarios = hazard_queries.scenarios_to_choose(found, assessment)
    thanks = _("Takk for at du sa fra. Vi har tatt dette med i risikovurderingen «%(title)s».")
    begin = {
        "scenario": request.GET.get("situasjon", ""),
        "answer": thanks % {"title": assessment.title},
    }

    def form_of(data: Any) -> AnswerForm:
        return AssessForm(
            data, initial=begin, assessment=assessment, scenarios=scenarios, may_open=draft is None
        )

    context = {
        "assessment": assessment,
        "scenarios": scenarios,
        "fare": f"?fare={found.id}",
        "draft": draft,
        "may_write": may_write(request.person, draft) if draft else standing_in(assessment.unit_id).leads,
    }
    return _deciding(request, found, form_of, "risk/hazard_scenario.html", context)


@require_POST
def open_assessment(request: PersonRequest, hazard_id: UUID, assessment_id: UUID) -> HttpResponse:
    """Open the assessment again, so that the hazard can be written as a new scenario."""
    found = _hazard_or_404(hazard_id)
    assessment = get_object_or_404(hazard_queries.assessment_for(found, assessment_id))
    inbox.assess_hazard_in(by=request.person, hazard=found, assessment=assessment)
    draft = draft_of(assessment)
    if draft and may_write(request.person, draft):
        return redirect(f"{reverse('risk:scenario_new', args=[assessment.id])}?fare={found.id}")
    said = _("Vurderingen er åpnet igjen. Faren venter til situasjonen er beskrevet i den.")
    messages.success(request, said)
    return redirect(found)


@require_http_methods(["GET", "POST"])
def merge(request: PersonRequest, hazard_id: UUID) -> HttpResponse:
    """The hazard is the same as another."""
    found = _hazard_or_404(hazard_id)
    others = hazard_queries.to_merge_with(found)
    begin = {"answer": _("Takk for at du sa fra. Andre har meldt det samme, og vi vurderer det under ett.")}

    def form_of(data: Any) -> AnswerForm:
        return MergeForm(data, initial=begin, others=others)

    return _deciding(request, found, form_of, "risk/hazard_merge.html", {"others": others})


@require_http_methods(["GET", "POST"])
def decline(request: PersonRequest, hazard_id: UUID) -> HttpResponse:
    """The hazard is not taken in, and whoever raised it is told why."""
    return _deciding(request, _hazard_or_404(hazard_id), DeclineForm, "risk/hazard_decline.html", {})


def _deciding(
    request: PersonRequest,
    found: Hazard,
    form_of: Callable[[Any], AnswerForm],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """A page on which a leader decides: the form, and the act when it is filled in."""
    inbox.refuse_unless_decides(found)
    form = form_of(request.POST if request.method == "POST" else None)
    if form.is_valid():
        inbox.decide_hazard(by=request.person, hazard=found, draft=form.draft())
        is_mine = found.raised_by_id == request.person.id
        messages.success(
            request, _("Svaret er lagret.") if is_mine else _("Svaret er sendt til den som meldte.")
        )
        return redirect(found)
    if found.decided_at:
        return _decided_already(request, found)
    status = 422 if form.is_bound else 200
    return render(request, template, {"hazard": found, "form": form, **context}, status=status)


def _decided_already(request: PersonRequest, found: Hazard) -> HttpResponse:
    messages.info(request, _("Noen har allerede tatt stilling til denne faren."))
    return redirect(found)


def _hazard_or_404(hazard_id: UUID) -> Hazard:
    return get_object_or_404(hazard_queries.hazard_in_full(hazard_id))
