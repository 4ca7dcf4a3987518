"""The fields a case is written in: text that the client may read, days that can be meant, the reference."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggmote.client_measures import rules
from tryggmote.client_measures.models import REFERENCE_LIMIT, TEXT_LIMIT
from tryggmote.ui.forms import FreeText

READ_BY_CLIENT = _("Skriv det slik at brukeren kan lese det. Ikke skriv navn, fødselsnummer eller diagnoser.")
_A_DAY = {
    "required": _("Velg en dag."),
    "invalid": _("Skriv dagen som dag, måned og år, for eksempel 31.12.2026."),
}
A_YEAR = 365
"""Days: no day in a case lies further off."""


class CaseText(FreeText):
    """A text in a case. It holds nobody's national identity number."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", READ_BY_CLIENT)
        super().__init__(limit=TEXT_LIMIT, rows=rows, **kwargs)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if rules.holds_identity_number(text):
            raise ValidationError(_("Her står det et fødselsnummer. Ta det bort; saken har en referanse."))
        return text


class Day(forms.DateField):
    """A day that can be meant."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(error_messages=_A_DAY, **kwargs)

    def clean(self, value: Any) -> date | None:
        chosen: date | None = super().clean(value)
        if chosen and not abs((chosen - timezone.localdate()).days) <= A_YEAR:
            raise ValidationError(_("Årstallet kan ikke stemme. Velg en annen dag."))
        return chosen


class DayBehind(Day):
    """A day up to today: something that has happened."""

    def clean(self, value: Any) -> date | None:
        chosen = super().clean(value)
        if chosen and chosen > timezone.localdate():
            raise ValidationError(_("Dagen er fram i tid. Velg den dagen det skjedde."))
        return chosen


class CaseReference(forms.CharField):
    """The case in NAV's own system. Eleven digits name a person, and are refused."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Saken i Navs eget system"),
            help_text=_("Saksnummeret. Aldri navn, fødselsnummer eller D-nummer. Ingen kan søke på det her."),
            max_length=REFERENCE_LIMIT,
            error_messages={"required": _("Skriv hvilken sak det gjelder i Navs eget system.")},
        )

    def clean(self, value: Any) -> str:
        reference: str = super().clean(value)
        if rules.names_somebody(reference):
            raise ValidationError(
                _("Elleve siffer er et fødselsnummer eller D-nummer. Skriv saksnummeret i stedet.")
            )
        return reference
