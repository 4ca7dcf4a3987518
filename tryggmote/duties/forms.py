"""What is filled in about duties."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.models import Person, Unit
from tryggmote.ui.forms import FilterForm

STATES = [
    ("", _("Alle")),
    ("late", _("Over fristen")),
    ("given", _("Gitt videre")),
    ("received", _("Fått av andre")),
]


class StateFilter(FilterForm):
    """Which of one's duties are shown."""

    state = forms.ChoiceField(label=_("Vis"), choices=STATES)


class UnitFilter(FilterForm):
    """What is late in which unit."""

    enhet = forms.TypedChoiceField(label=_("Enhet"), coerce=int, empty_value=None)

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enhet"].choices = [("", _("Alle")), *((unit.id, unit.name) for unit in units)]  # type: ignore[attr-defined]


class ReceiverForm(forms.Form):
    """Whom what is chosen is handed to."""

    to = forms.TypedChoiceField(
        label=_("Hvem skal gjøre det?"),
        help_text=_("De som kan gjøre alt du har valgt. De får beskjed, og du ser når det er gjort."),
        coerce=int,
        error_messages={
            "required": _("Velg hvem som skal gjøre det."),
            "invalid_choice": _("Velg en av dem i lista."),
        },
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", _("Velg")), *((each.id, each.name) for each in people)]  # type: ignore[attr-defined]
