"""A unit's training: who stands where, what is asked, and which risks it answers (4.1, 4.2)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.organisation.models import UnitKind
from tryggmote.training import queries, services
from tryggmote.training.forms import LinkForm, LocalElementForm, PictureFilter, WaiveForm
from tryggmote.training.models import LocalElement, Renewal, RiskLink
from tryggmote.training.names import names_of
from tryggmote.training.pages import own_unit_id, unit_or_404
from tryggmote.training.rules import FEWEST, hides_few, may_lead_training, may_see_counts
from tryggmote.training.vocabulary import Kind

A_PAGE = 25
COUNTED_BEFORE = (UnitKind.COUNTY, UnitKind.MUNICIPALITY, UnitKind.DIRECTORATE)
"""Of these the counts are those last worked out."""


@require_GET
def own_unit(request: PersonRequest) -> HttpResponse:
    """The picture of the chosen unit."""
    unit_id = own_unit_id(request)
    if unit_id is None:
        raise Http404
    return unit(request, unit_id)


@require_GET
def unit(request: PersonRequest, unit_id: int) -> HttpResponse:
    """The competence picture: people and elements for those who lead, counts for others who answer for it."""
    found, standing = unit_or_404(unit_id)
    narrowing = PictureFilter(request.GET)
    stand = narrowing.cleaned_data["stand"] if narrowing.is_valid() else ""
    page = Paginator(queries.people_in(unit_id, standing=stand), A_PAGE).get_page(request.GET.get("page"))
    columns, rows = queries.rows_of(unit_id, list(page.object_list))
    is_counted_live = found.kind not in COUNTED_BEFORE
    counts_in = queries.counts_in if is_counted_live else queries.kept_counts_in
    counts = counts_in(unit_id) if may_see_counts(standing) else []
    shown = [count for count in counts if count.people >= FEWEST or not hides_few(standing)]
    context = {
        "unit": found,
        "filter": narrowing,
        "is_narrowed": bool(stand),
        "page_obj": page,
        "columns": columns,
        "rows": rows,
        "counts": shown,
        "hides_some": len(shown) < len(counts),
        "sees_counts": may_see_counts(standing),
        "is_counted_live": is_counted_live,
        "kept_at": None if is_counted_live else queries.counts_kept_at(),
        "leads": may_lead_training(standing),
    }
    return render(request, "training/unit.html", context)


@require_GET
def requirements(request: PersonRequest, unit_id: int) -> HttpResponse:
    """What is asked in the unit, which risks it prepares for, and what must be renewed."""
    return _requirements(request, unit_id)


def _requirements(request: PersonRequest, unit_id: int, *, link_form: LinkForm | None = None) -> HttpResponse:
    found, standing = unit_or_404(unit_id)
    asked, uncovered = queries.linked_elements(unit_id), queries.uncovered_risks(unit_id)
    renewals = list(queries.renewals_in(unit_id))
    leads = may_lead_training(standing)
    context: dict[str, Any] = {
        "unit": found,
        "leads": leads,
        "asked": asked,
        "uncovered": uncovered,
        "links": queries.links_in(unit_id),
        "renewals": renewals,
        "renewal_names": names_of(renewal.element for renewal in renewals),
        "local": list(queries.local_elements_in(unit_id)),
    }
    if leads:
        context["link_form"] = link_form or _link_form(None, unit_id)
        context["waive_form"] = WaiveForm()
    return render(request, "training/requirements.html", context, status=422 if link_form else 200)


def _link_form(data: Any, unit_id: int) -> LinkForm:
    return LinkForm(
        data,
        elements=[(each.element, each.name) for each in queries.linked_elements(unit_id)],
        risks=[(risk.lineage, risk.hazard) for risk in queries.risks_in(unit_id)],
    )


@require_POST
def link(request: PersonRequest, unit_id: int) -> HttpResponse:
    """A leader says which risk an element prepares for."""
    unit_or_404(unit_id)
    services.refuse_unless_leader(unit_id)
    form = _link_form(request.POST, unit_id)
    if not form.is_valid():
        return _requirements(request, unit_id, link_form=form)
    services.link_risk(by=request.person, unit_id=unit_id, **form.cleaned_data)
    messages.success(request, _("Opplæringen er knyttet til risikoen."))
    return redirect("training:requirements", unit_id)


@require_POST
def unlink(request: PersonRequest, risk_link_id: UUID) -> HttpResponse:
    """It does not prepare for it, after all."""
    found = get_object_or_404(RiskLink, id=risk_link_id)
    services.unlink_risk(by=request.person, link=found)
    messages.success(request, _("Koblingen er fjernet."))
    return redirect("training:requirements", found.unit_id)


@require_http_methods(["GET", "POST"])
def ask_for(request: PersonRequest, unit_id: int) -> HttpResponse:
    """The unit asks something more of its own."""
    found, _standing = unit_or_404(unit_id)
    services.refuse_unless_leader(unit_id)
    form = LocalElementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        services.ask_for(
            by=request.person,
            element_id=said["id"],
            unit_id=unit_id,
            kind=Kind(said["kind"]),
            title=said["title"],
            about=said["about"],
            forms=said["meeting_forms"],
            months=said["months"],
            before_first_meeting=said["before_first_meeting"],
        )
        messages.success(request, _("Opplæringen kreves nå. Knytt den til risikoen den forbereder på."))
        return redirect("training:requirements", unit_id)
    context = {"unit": found, "form": form}
    return render(request, "training/ask_for.html", context, status=422 if form.is_bound else 200)


@require_POST
def ask_no_longer(request: PersonRequest, element_id: UUID) -> HttpResponse:
    """The unit asks for it no longer."""
    found = get_object_or_404(LocalElement, id=element_id)
    services.ask_no_longer(by=request.person, element=found)
    messages.success(request, _("Opplæringen kreves ikke lenger. Det folk har gjort, er tatt vare på."))
    return redirect("training:requirements", found.unit_id)


@require_POST
def waive(request: PersonRequest, renewal_id: UUID) -> HttpResponse:
    """What was learnt is still good enough."""
    found = get_object_or_404(Renewal, id=renewal_id)
    services.refuse_unless_leader(found.unit_id)
    form = WaiveForm(request.POST)
    if form.is_valid():
        services.waive(by=request.person, renewal=found, why=form.cleaned_data["why"])
        messages.success(request, _("Det er registrert at opplæringen fortsatt er god nok."))
    else:
        messages.error(request, " ".join(map(str, form.errors["why"])))
    return redirect("training:requirements", found.unit_id)
