"""The page of figures about a unit's incidents (2.4)."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from tryggmote.access.requests import PersonRequest
from tryggmote.compliance.queries import measured_units
from tryggmote.compliance.thresholds import thresholds
from tryggmote.incidents.codebook import codebook
from tryggmote.incidents.consequence_rules import consequence_rules
from tryggmote.incidents.figures import figures_of, rates_of
from tryggmote.organisation.models import Unit
from tryggmote.ui.forms import FilterForm

A_YEAR = 365


class PeriodFilter(FilterForm):
    """How far back the figures go."""

    days = forms.TypedChoiceField(
        label=_("Meldt"),
        choices=[(A_YEAR, _("Siste år")), (90, _("Siste 3 måneder")), (30, _("Siste 30 dager"))],
        coerce=int,
        empty_value=None,
    )


@require_GET
def mine(request: PersonRequest) -> HttpResponse:
    """The figures of the chosen unit; for those above units, of the first one they see."""
    chosen = request.person.unit
    found = measured_units()
    unit = (chosen and found.filter(id=chosen.id).first()) or found.first()
    return _figures(request, unit)


@require_GET
def of_unit(request: PersonRequest, unit_id: int) -> HttpResponse:
    """The figures of another unit in sight."""
    return _figures(request, get_object_or_404(measured_units(), id=unit_id))


def _figures(request: PersonRequest, unit: Unit | None) -> HttpResponse:
    narrowing = PeriodFilter(request.GET)
    days = (narrowing.is_valid() and narrowing.cleaned_data["days"]) or A_YEAR
    context = {
        "unit": unit,
        "filter": narrowing,
        "met": rates_of(unit.id) if unit else None,
        "figures": figures_of(unit.id, days=days) if unit else None,
        "codebook": codebook(),
        "rules": consequence_rules(),
        "thresholds": thresholds(),
    }
    return render(request, "incidents/figures.html", context)
