"""Which year is shown, and which measure is followed over time and unit by unit."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tryggmote.statistics.definition import definitions
from tryggmote.statistics.pages import ROWS
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.forms import FilterForm

YEARS_BACK = 3


class FiguresFilter(FilterForm):
    """A whole calendar year, and one measure. Nothing else can be chosen, so that no two choices overlap."""

    year = forms.TypedChoiceField(label=_("År"), coerce=int, empty_value=None)
    measure = forms.ChoiceField(label=_("Følg"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = oslo_today().year
        years, measures = self.fields["year"], self.fields["measure"]
        years.choices = [("", this), *((this - n, this - n) for n in range(1, YEARS_BACK + 1))]  # type: ignore[attr-defined]
        named = [(code, format_lazy("{}", definitions().measure(code).name)) for code in ROWS]
        measures.choices = [("", named[0][1]), *named[1:]]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> tuple[int, str]:
        """The year and the measure; what is not understood is this year, and incidents."""
        data = self.cleaned_data if self.is_valid() else {}
        return data.get("year") or oslo_today().year, data.get("measure") or ROWS[0]
