"""Which year and what of it is shown, and when something in it is to be."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tryggmote.cycle.moving import Move
from tryggmote.cycle.vocabulary import Kind
from tryggmote.ui.dates import day, oslo_today
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


MOMENT = "%Y-%m-%dT%H:%M"


class MoveForm(forms.Form):
    """When something is to be. The limit stands beside the field, and the browser's picker keeps to it."""

    starts_at = forms.DateTimeField(
        label=_("Når skal det være?"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        error_messages={
            "required": _("Velg dag og klokkeslett."),
            "invalid": _("Skriv dag og klokkeslett, for eksempel 31.12.2026 kl. 13.00."),
        },
    )

    def __init__(self, *args: Any, found: Move, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        field = self.fields["starts_at"]
        field.initial = found.thing.starts_at
        field.help_text = _now("Senest %(day)s.") % {"day": day(found.last_on)}
        field.widget.attrs |= {
            "min": f"{oslo_today().isoformat()}T00:00",
            "max": f"{found.last_on.isoformat()}T23:59",
        }

    def clean_starts_at(self) -> datetime:
        """Within the limit; else why not."""
        chosen: datetime = self.cleaned_data["starts_at"]
        if why_not := self.found.why_not(chosen):
            raise ValidationError(why_not)
        return chosen
