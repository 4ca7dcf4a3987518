"""What is filled in about who takes part, what they say, and approval. Errors say what to do."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.models import Person
from tryggmote.risk import rules
from tryggmote.risk.models import HIGHEST, TEXT_LIMIT
from tryggmote.risk.vocabulary import Answer, Capacity, NotHeard
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.forms import NO_PERSONAL_DATA, BigRadioSelect, FreeText, SentOnce


class InviteForm(forms.Form):
    """Somebody who is to take part."""

    person = forms.ModelChoiceField(
        label=_("Hvem?"),
        queryset=Person.objects.none(),
        empty_label=_("Velg en person"),
        error_messages={"required": _("Velg en person."), "invalid_choice": _("Velg en person fra listen.")},
    )
    capacity = forms.ChoiceField(
        label=_("I hvilken rolle?"), choices=Capacity.choices, initial=Capacity.EMPLOYEE
    )
    writes = forms.BooleanField(
        label=_("Kan skrive i utkastet"),
        help_text=_("Ellers leser de og uttaler seg."),
        required=False,
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class ConsultForm(forms.Form):
    """By when those who take part should answer."""

    answer_by = forms.DateField(
        label=_("Svar innen"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Velg en dato."),
            "invalid": _("Skriv en dato, for eksempel 23.11.2026."),
        },
    )

    def clean_answer_by(self) -> Any:
        day = self.cleaned_data["answer_by"]
        if day < oslo_today():
            raise ValidationError(_("Datoen har vært. Velg en dag fra i dag."))
        return day


class OpinionForm(SentOnce):
    """What a participant says. `edition`: the draft that was read."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=HIGHEST)
    answer = forms.ChoiceField(
        label=_("Hva mener du?"),
        choices=Answer.choices,
        widget=BigRadioSelect,
        error_messages={"required": _("Velg ett svar.")},
    )
    words = FreeText(
        limit=TEXT_LIMIT, label=_("Begrunnelse"), help_text=NO_PERSONAL_DATA, required=False, rows=4
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if (
            answers.get("answer") in {Answer.REMARK, Answer.DISAGREE}
            and not (answers.get("words") or "").strip()
        ):
            self.add_error("words", _("Skriv hva du har merknad til eller er uenig i."))
        return answers


class NotHeardForm(SentOnce):
    """Why a safety representative was not heard."""

    person = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=HIGHEST)
    why = forms.ChoiceField(
        label=_("Hvorfor?"),
        choices=[(why.value, why.label) for why in NotHeard if why is not NotHeard.NOBODY],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvorfor.")},
    )
    reason = FreeText(
        limit=TEXT_LIMIT,
        label=_("Hva har dere gjort?"),
        help_text=_("For eksempel når og hvordan dere prøvde å få tak i verneombudet."),
        rows=3,
    )


class NobodyElectedForm(SentOnce):
    """The unit has no safety representative."""

    reason = FreeText(
        limit=TEXT_LIMIT,
        label=_("Hvorfor er det ikke noe verneombud, og hva gjør dere med det?"),
        help_text=_("Virksomheter med minst fem ansatte skal ha verneombud."),
        rows=3,
    )


class ApproveForm(forms.Form):
    """When the assessment is to be gone through again. `edition`: the draft that was read."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=HIGHEST)
    review_on = forms.DateField(
        label=_("Ny gjennomgang senest"),
        help_text=_("Vanligvis om tolv måneder, og senest om to år."),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Velg en dato."),
            "invalid": _("Skriv en dato, for eksempel 23.11.2027."),
        },
    )

    def clean_review_on(self) -> Any:
        day = self.cleaned_data["review_on"]
        if not rules.review_is_allowed(day, oslo_today()):
            raise ValidationError(_("Velg en dag fra i morgen og inntil to år fram."))
        return day
