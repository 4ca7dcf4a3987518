"""Which year and what of it is shown."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggmote.cycle.vocabulary import Kind
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.forms import FilterForm


class YearFilter(FilterForm):
    """The year before, this one or the next; everything or one kind."""

    year = forms.TypedChoiceField(label=_("År"), coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("Vis"), choices=[("", _("Alt")), *Kind.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = oslo_today().year
        years = self.fields["year"]
        years.choices = [("", this), (this + 1, this + 1), (this - 1, this - 1)]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> tuple[int, str]:
        """The year and the kind ("" for all); what is not understood is this year, and all."""
        data = self.cleaned_data if self.is_valid() else {}
        return data.get("year") or oslo_today().year, data.get("kind") or ""
