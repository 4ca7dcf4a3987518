"""A certificate as people send it, and what a leader says of it. Every error says what to do."""

from collections.abc import Collection
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tryggmote.exhibits.errors import Refused
from tryggmote.training.certificate_files import ACCEPTED, CleanFile, clean_file
from tryggmote.training.forms import DayField, refuse_impossible_day
from tryggmote.training.models.certificates import REFUSAL_LIMIT, WORDS_LIMIT
from tryggmote.ui.forms import FreeText, SentOnce


class CertificateForm(SentOnce):
    """Which training, when, and the file. `has_file`: one was sent before, and may be used again."""

    element = forms.ChoiceField(
        label=_("Hvilken opplæring gjelder det?"),
        error_messages={
            "required": _("Velg hvilken opplæring kurset svarer til."),
            "invalid_choice": _("Denne opplæringen kreves ikke lenger. Velg en annen."),
        },
    )
    done_on = DayField(
        label=_("Når tok du kurset?"),
        help_text=_("Den siste dagen hvis det gikk over flere."),
        error_messages={"required": _("Skriv dagen du tok kurset.")},
    )
    file = forms.FileField(
        label=_("Kursbeviset"),
        help_text=_(
            "PDF inntil 10 MB, eller et bilde. Dekk til fødselsnummeret hvis det står der. "
            "Bare du og de som leder deg, ser filen."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "data-photo": ""}),
        allow_empty_file=True,
        error_messages={"required": _("Legg ved kursbeviset som PDF eller bilde.")},
    )
    words = FreeText(
        label=_("Noe lederen bør vite?"),
        help_text=_("For eksempel hvem som holdt kurset."),
        limit=WORDS_LIMIT,
        rows=2,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        elements: Collection[tuple[str, Collection[tuple[str, str]]]],
        has_file: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["element"]).choices = [("", _("Velg")), *elements]
        if has_file:
            self.fields["file"].required = False
            self.fields["file"].label = _("Nytt kursbevis")
            self.fields["file"].help_text = _("La feltet stå tomt for å bruke filen du sendte sist.")

    def clean_done_on(self) -> date:
        """Not a day to come, and no impossible year."""
        return refuse_impossible_day(cast(date, self.cleaned_data["done_on"]))

    def clean_file(self) -> CleanFile | None:
        """The file as it may be kept."""
        file = self.cleaned_data["file"]
        if not file:
            return None
        try:
            return clean_file(file, file.size)
        except Refused as error:
            raise ValidationError(error.message) from error


class ApproveForm(SentOnce):
    """A leader's yes."""


class RefuseForm(SentOnce):
    """Why it does not count, so that it can be put right."""

    reason = FreeText(
        label=_("Hva må rettes?"),
        help_text=_("Den ansatte får lese dette."),
        limit=REFUSAL_LIMIT,
        rows=3,
        error_messages={
            "required": _("Skriv hva som må rettes. Ellers vet ikke den ansatte hva som er galt.")
        },
    )
