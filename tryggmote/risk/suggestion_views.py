"""The page of what could go into a draft (1.1, 2.1)."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from tryggmote.access.requests import PersonRequest
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.risk import libraries, suggestions
from tryggmote.risk.pages import draft_or_404
from tryggmote.risk.writing import may_write
from tryggmote.ui.forms import FilterForm


class LibraryFilter(FilterForm):
    """Narrows the library."""

    q = forms.CharField(
        label=_("Søk i biblioteket"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    form = forms.ChoiceField(label=_("Møteform"))

    def __init__(self, *args: Any, covered: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(form.value, form.label) for form in MeetingForm if form.value in covered]
        self.fields["form"].choices = [("", _("Alle")), *choices]  # type: ignore[attr-defined]


@require_GET
def suggested(request: PersonRequest, assessment_id: UUID) -> HttpResponse:
    """What the unit has met itself, and the starter library."""
    draft = draft_or_404(assessment_id)
    used = suggestions.used_in(draft)
    covered = suggestions.forms_of(draft.assessment)
    narrowing = LibraryFilter(request.GET, covered=covered)
    chosen = narrowing.cleaned_data if narrowing.is_valid() else {}
    in_library = libraries.scenarios_for(covered)
    context = {
        "assessment": draft.assessment,
        "months": suggestions.MONTHS,
        "own": suggestions.from_own_unit(draft.assessment, used),
        "filter": narrowing,
        "is_narrowed": any(chosen.values()),
        "groups": suggestions.from_library(
            covered, used, words=chosen.get("q", ""), form=chosen.get("form", "")
        ),
        "in_library": len(in_library),
        "used": sum(scenario.code in used for scenario in in_library),
        "writes": may_write(request.person, draft),
    }
    return render(request, "risk/suggestions.html", context)
