"""Two sets of requirements side by side."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from tryggmote.access.requests import PersonRequest
from tryggmote.catalogue.loader import load_standards
from tryggmote.compliance import queries
from tryggmote.compliance.beside import shared_evidence, side_by_side
from tryggmote.ui.forms import FilterForm


class SetsFilter(FilterForm):
    """Which two sets; the first two that share evidence, until somebody chooses."""

    one = forms.ChoiceField(label=_("Krav"))
    other = forms.ChoiceField(label=_("Ved siden av"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(standard.code, str(standard.title)) for standard in load_standards()]
        for field in self.fields.values():
            field.choices = choices  # type: ignore[attr-defined]


@require_GET
def beside(request: PersonRequest, unit_id: int) -> HttpResponse:
    """The rows of one set, and which of another rest on the same evidence, as they stand in the unit."""
    unit = get_object_or_404(queries.measured_units(), id=unit_id)
    standards = {standard.code: standard for standard in load_standards()}
    codes = list(standards)
    usual = shared_evidence(load_standards()) or (codes[0], codes[-1])
    asked = SetsFilter(request.GET)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    one, other = chosen.get("one") or usual[0], chosen.get("other") or usual[1]
    context = {
        "unit": unit,
        "filter": SetsFilter({"one": one, "other": other}),
        "beside": side_by_side(unit, standards[one], standards[other]),
    }
    return render(request, "compliance/beside.html", context)
