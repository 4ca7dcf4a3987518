"""What is filled in about duties."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggmote.duties.kinds import DutyKind
from tryggmote.duties.registry import Duty
from tryggmote.duties.rules import key_of
from tryggmote.duties.substitution import LONGEST
from tryggmote.organisation.models import Person, Unit
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.forms import BigCheckboxSelectMultiple, FilterForm, SentOnce

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
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


class SubstituteForm(forms.Form):
    """Who stands in for a leader, and when."""

    who = forms.TypedChoiceField(
        label=_("Hvem er stedfortreder?"),
        help_text=_("De som arbeider i enheten du leder. Stedfortrederen ser det du ser som leder."),
        coerce=int,
        error_messages={
            "required": _("Velg hvem som er stedfortreder."),
            "invalid_choice": _("Velg en av dem i lista."),
        },
    )
    first = forms.DateField(
        label=_("Første dag"),
        widget=DAY,
        error_messages={"required": _("Velg den første dagen."), "invalid": _("Skriv en dato.")},
    )
    last = forms.DateField(
        label=_("Siste dag"),
        widget=DAY,
        error_messages={"required": _("Velg den siste dagen."), "invalid": _("Skriv en dato.")},
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", _("Velg")), *((each.id, each.name) for each in people)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Days that can be, in their order. The service says so too."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and first < oslo_today():
            self.add_error("first", _("Velg en dag fra i dag og framover."))
        if first and last and last < first:
            self.add_error("last", _("Den siste dagen er før den første."))
        if first and last and last > first + LONGEST:
            self.add_error("last", _("Velg høyst et år."))
        return cleaned


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


class TogetherForm(SentOnce):
    """Which of several things of a kind are done at once, and for kinds that ask it, who all are given to."""

    chosen = forms.MultipleChoiceField(
        label=_("Hvilke?"),
        widget=BigCheckboxSelectMultiple,
        error_messages={
            "required": _("Velg minst ett."),
            "invalid_choice": _("Noe av dette er allerede gjort. Se over listen."),
        },
    )

    def __init__(self, *args: Any, kind: DutyKind, duties: Sequence[Duty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        owed = {key_of(duty.owed): duty for duty in duties if duty.owed}
        chosen = self.fields["chosen"]
        chosen.choices = [(key, duty.title) for key, duty in owed.items()]  # type: ignore[attr-defined]
        chosen.widget.descriptions = {key: duty.why for key, duty in owed.items()}
        if kind.together and kind.together.people:
            people = kind.together.people([duty.owed for duty in duties if duty.owed])
            self.fields["to"] = forms.TypedChoiceField(
                label=_("Hvem?"),
                choices=[("", _("Velg")), *((person.id, person.name) for person in people)],
                coerce=int,
                error_messages={
                    "required": _("Velg hvem."),
                    "invalid_choice": _("Velg en av dem i lista."),
                },
            )
