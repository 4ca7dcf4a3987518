"""The year's plan of tests, and who is asked to test what (3.5)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tryggmote.access.requests import PersonRequest
from tryggmote.controls.queries import possible_owners
from tryggmote.equipment import queries, services
from tryggmote.equipment.forms import ResponsibleForm
from tryggmote.equipment.planning import measures_of, year_plan
from tryggmote.equipment.rules import may_register
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import standing_in
from tryggmote.ui.dates import oslo_today


@require_GET
def plan(request: PersonRequest) -> HttpResponse:
    """The coming year, month by month."""
    units = list(queries.units_with_items())
    unit = _chosen(request, units)
    context: dict[str, Any] = {"units": units, "unit": unit, "leads": bool(request.person.led)}
    if unit:
        context |= {
            "months": year_plan(unit.id, oslo_today()),
            "measures": measures_of(unit.id),
            "may_change": may_register(standing_in(unit.id)),
        }
    return render(request, "equipment/plan.html", context)


def _chosen(request: PersonRequest, units: list[Unit]) -> Unit | None:
    """The unit in the address, else one's own, else the first of those with equipment."""
    own = str(request.person.unit.id) if request.person.unit else ""
    wanted = (request.GET.get("enhet", ""), own)
    by_id = {str(unit.id): unit for unit in units}
    return next((by_id[key] for key in wanted if key in by_id), units[0] if units else None)


@require_http_methods(["GET", "POST"])
def responsible(request: PersonRequest, unit_id: int) -> HttpResponse:
    """A leader says who is asked to test each type in the unit."""
    if not standing_in(unit_id).sees:
        raise Http404
    unit = get_object_or_404(Unit, id=unit_id)
    services.must_lead(unit.id)
    types, now = queries.types_in_use(unit.id), queries.responsible_in(unit.id)
    form = ResponsibleForm(
        request.POST or None,
        types=types,
        people=possible_owners([unit.id]),
        initial={code: chosen.person_id for code, chosen in now.items()},
    )
    if request.method == "POST" and form.is_valid():
        services.choose_responsible(by=request.person, unit_id=unit.id, chosen=form.chosen())
        messages.success(request, _("Lagret. De blir bedt om å teste når tiden er inne."))
        return redirect("equipment:plan")
    context = {"unit": unit, "form": form, "has_types": bool(types)}
    return render(request, "equipment/responsible.html", context, status=422 if form.is_bound else 200)
