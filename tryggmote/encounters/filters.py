"""How the lists are narrowed. What makes no sense narrows nothing."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggmote.encounters.forms import CONCEIVABLE_DAY, FORMS
from tryggmote.encounters.vocabulary import LEVEL_WORDS, Outcome
from tryggmote.ui.dates import oslo_day
from tryggmote.ui.forms import FilterForm


class PeriodFilter(FilterForm):
    """Narrows a list to a period and a meeting form."""

    from_day = forms.DateField(label=_("Fra dag"), widget=forms.DateInput, validators=CONCEIVABLE_DAY)
    to_day = forms.DateField(label=_("Til dag"), widget=forms.DateInput, validators=CONCEIVABLE_DAY)
    form = forms.ChoiceField(label=_("Møteform"), choices=[("", _("Alle")), *FORMS])

    def period(self) -> dict[str, datetime]:
        """The period as conditions on `created_at`; days that make no sense narrow nothing."""
        data = self.cleaned_data
        conditions = {}
        if data.get("from_day"):
            conditions["created_at__gte"] = oslo_day(data["from_day"])[0]
        if data.get("to_day"):
            conditions["created_at__lt"] = oslo_day(data["to_day"])[1]
        return conditions

    def conditions(self) -> dict[str, Any]:
        """All that was chosen, as conditions on the rows."""
        self.is_valid()
        chosen = {"form": self.cleaned_data["form"]} if self.cleaned_data.get("form") else {}
        return self.period() | chosen


class CheckFilter(PeriodFilter):
    """Narrows the list of checks."""

    level = forms.ChoiceField(
        label=_("Risiko"),
        choices=[("", _("Alle")), *((level.rank, word) for level, word in LEVEL_WORDS.items())],
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[
            ("", _("Alle")),
            ("waits", _("Venter på lederen")),
            ("undecided", _("Ikke avgjort")),
            ("decided", _("Avgjort")),
            (Outcome.ALL_WELL.value, _("Gikk bra")),
            (Outcome.SOMETHING_HAPPENED.value, _("Noe skjedde")),
        ],
    )


class RiskFilter(PeriodFilter):
    """Narrows the list of stops and reported risks."""

    kind = forms.ChoiceField(
        label=_("Type"),
        choices=[("", _("Alle")), ("stop", _("Stanset møte")), ("risk", _("Meldt risiko"))],
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[("", _("Alle")), ("open", _("Venter på svar")), ("answered", _("Besvart"))],
    )
