"""Setting up a physical alarm system."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tryggmote.assistance.alarm_systems import AlarmSystemDraft, is_opened
from tryggmote.assistance.models import DEVICE_LIMIT
from tryggmote.organisation.models import Person, Unit
from tryggmote.ui.forms import SentOnce


class WhichUnit(forms.Form):
    """The first step: which unit it is about, asked as `label`."""

    enhet = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        empty_label=_("Velg"),
        error_messages={
            "required": _("Velg enheten."),
            "invalid_choice": _("Du leder ikke denne enheten. Velg en annen."),
        },
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enhet"].label = label
        self.fields["enhet"].queryset = units  # type: ignore[attr-defined]


class AlarmSystemForm(SentOnce):
    """What the system is called, who is responsible, and where it is told of calls."""

    name = forms.CharField(
        label=_("Hva heter alarmanlegget?"),
        help_text=_("For eksempel «Alarmknapper i mottaket». Vises når en knapp ikke sier navnet sitt."),
        max_length=DEVICE_LIMIT,
        error_messages={"required": _("Skriv hva dere kaller anlegget.")},
    )
    responsible = forms.ModelChoiceField(
        label=_("Hvem har ansvaret?"),
        help_text=_(
            "Anropene går i denne personens navn, og personen varsles sammen med de andre. "
            "Slutter personen, går de i lederens navn."
        ),
        queryset=Person.objects.none(),
        empty_label=_("Velg"),
        error_messages={
            "required": _("Velg hvem som har ansvaret for anlegget."),
            "invalid_choice": _("Personen jobber ikke i enheten lenger. Velg en annen."),
        },
    )
    address = forms.CharField(
        label=_("Adresse anlegget får beskjed på"),
        help_text=_("Får beskjed når noen tilkaller hjelp, for eksempel for å tenne et lys. Tom hvis ikke."),
        max_length=500,
        required=False,
        widget=forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = people  # type: ignore[attr-defined]

    def clean_address(self) -> str:
        """Only where those who run the installation have opened: nobody is led into our own network."""
        address: str = self.cleaned_data["address"].strip()
        if address and not is_opened(address):
            raise ValidationError(
                _(
                    "Adressen er ikke åpnet. Be dem som drifter Tryggmøte, om å åpne den "
                    "(ALARM_SYSTEM_ADDRESSES)."
                )
            )
        return address

    def draft(self, unit: Unit) -> AlarmSystemDraft:
        """A new system of `unit`."""
        system_id: UUID = self.cleaned_data["id"]
        return AlarmSystemDraft(id=system_id, unit_id=unit.id, **self.changes())

    def changes(self) -> dict[str, Any]:
        """What can be changed afterwards."""
        answers = self.cleaned_data
        return {
            "name": answers["name"],
            "responsible_id": answers["responsible"].id,
            "address": answers["address"],
        }
