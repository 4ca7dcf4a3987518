"""What is filled in about expert help. Every error says what to do (1.2)."""

from collections.abc import Collection
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tryggmote.expertise.models import REASON_LIMIT, TEXT_LIMIT, WHOM_LIMIT
from tryggmote.expertise.rules import LONGEST_WAIT
from tryggmote.expertise.services import Question
from tryggmote.expertise.vocabulary import Kind, State
from tryggmote.risk.models import Assessment, Hazard
from tryggmote.training.forms import DayField
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.forms import NO_PERSONAL_DATA, BigRadioSelect, FilterForm, FreeText, SentOnce


class StateFilter(FilterForm):
    """Which requests are shown."""

    state = forms.ChoiceField(label=_("Status"), choices=[("", _("Alle")), *State.choices])


def assessment_choices(assessments: Collection[Assessment]) -> list[tuple[str, str]]:
    """Assessments as choices, with the unit they are of."""
    return [(str(each.id), f"{each.title} ({each.unit.name})") for each in assessments]


class AskForm(SentOnce):
    """What one needs help with, from whom and by when."""

    kind = forms.ChoiceField(
        label=_("Hvem spør du?"),
        choices=Kind.choices,
        widget=BigRadioSelect,
        error_messages={"required": _("Velg hvem du spør.")},
    )
    whom = forms.CharField(
        label=_("Hvilke andre?"),
        help_text=_("Fagmiljø eller firma, ikke navnet på en person. Bare når du velger «Andre»."),
        max_length=WHOM_LIMIT,
        required=False,
    )
    question = FreeText(
        label=_("Hva trenger dere hjelp til?"),
        help_text=NO_PERSONAL_DATA,
        limit=TEXT_LIMIT,
        error_messages={"required": _("Skriv hva dere trenger hjelp til.")},
    )
    wanted_by = DayField(label=_("Når trenger dere svaret?"), error_messages={"required": _("Velg en dag.")})
    assessment = forms.TypedChoiceField(
        label=_("Hvilken risikovurdering gjelder det?"), coerce=UUID, empty_value=None, required=False
    )
    hazard = forms.TypedChoiceField(
        label=_("Hvilken fare gjelder det?"), coerce=UUID, empty_value=None, required=False
    )

    def __init__(
        self, *args: Any, assessments: Collection[Assessment], hazards: Collection[Hazard], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        none = ("", _("Ingen"))
        self._offer("assessment", [none, *assessment_choices(assessments)])
        self._offer("hazard", [none, *((str(hazard.id), hazard.what) for hazard in hazards)])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices
        if len(choices) == 1:
            del self.fields[name]

    def clean_wanted_by(self) -> date:
        """A day to come, and within a year."""
        day = cast(date, self.cleaned_data["wanted_by"])
        if day < oslo_today():
            raise ValidationError(_("Dagen har vært. Velg i dag eller en dag som kommer."))
        if day > oslo_today() + LONGEST_WAIT:
            raise ValidationError(_("Velg en dag innen ett år."))
        return day

    def clean(self) -> dict[str, Any]:
        """Others must be named."""
        said = cast(dict[str, Any], super().clean())
        if said.get("kind") == Kind.OTHER and not said.get("whom"):
            self.add_error("whom", _("Skriv hvilket fagmiljø eller firma du spør."))
        return said

    def asked(self) -> Question:
        """What is asked. Call when the form is valid."""
        said = self.cleaned_data
        return Question(
            kind=Kind(said["kind"]),
            text=said["question"],
            wanted_by=said["wanted_by"],
            whom=said["whom"],
            assessment_id=said.get("assessment"),
            hazard_id=said.get("hazard"),
        )


class AnswerForm(SentOnce):
    """What the expert answers."""

    text = FreeText(
        label=_("Svaret"),
        help_text=NO_PERSONAL_DATA,
        limit=TEXT_LIMIT,
        error_messages={"required": _("Skriv svaret.")},
    )


class RecordForm(AnswerForm):
    """What was answered outside the system, and when. `asked_on`: not before that day."""

    answered_on = DayField(
        label=_("Når svarte de?"), error_messages={"required": _("Velg dagen dere fikk svaret.")}
    )
    field_order = ("answered_on", "text")

    def __init__(self, *args: Any, asked_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked_on = asked_on

    def clean_answered_on(self) -> date:
        """Since it was asked, and not a day to come."""
        day = cast(date, self.cleaned_data["answered_on"])
        if day > oslo_today():
            raise ValidationError(_("Dagen har ikke vært ennå. Velg dagen dere fikk svaret."))
        if day < self._asked_on:
            raise ValidationError(_("Dagen er før dere spurte. Velg dagen dere fikk svaret."))
        return day


class WithdrawForm(forms.Form):
    """Why no answer is needed any more."""

    why = FreeText(
        label=_("Hvorfor trenger dere ikke svaret lenger?"),
        limit=REASON_LIMIT,
        rows=2,
        error_messages={"required": _("Skriv hvorfor.")},
    )


class UseForm(forms.Form):
    """In which assessment the answer was used."""

    assessment = forms.TypedChoiceField(
        label=_("Hvilken risikovurdering?"),
        coerce=UUID,
        error_messages={"required": _("Velg en risikovurdering.")},
    )

    def __init__(self, *args: Any, assessments: Collection[Assessment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["assessment"]).choices = [
            ("", _("Velg")),
            *assessment_choices(assessments),
        ]
