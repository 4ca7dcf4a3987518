"""Forms of units that are merged or split."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.belongings import belongings
from tryggmote.organisation.handing_over import Wish
from tryggmote.organisation.models import WHY_LIMIT, Unit
from tryggmote.ui.forms import BigCheckboxSelectMultiple, BigRadioSelect, FreeText, SentOnce

ALL, SOME = "all", "some"
SCOPES = {
    ALL: _("Alt. Enhetene slås sammen, og denne blir en del av den andre"),
    SOME: _("Noe. Enheten deles, og du velger hva"),
}


class WhyForm(SentOnce):
    """Why units are merged, split, or brought back: everybody in them reads it."""

    why = FreeText(
        label=_("Hva skjer, og hvorfor?"),
        help_text=_(
            "Alle i begge enheter kan lese det. Det blir også stående som endringen vernerunden gjelder."
        ),
        limit=WHY_LIMIT,
        rows=3,
        error_messages={"required": _("Skriv hva som skjer, så alle i enhetene forstår det.")},
    )


class HandoverForm(WhyForm):
    """What a unit hands over, and to which. `scopes`: of `SCOPES`, those that one may choose."""

    to = forms.ModelChoiceField(
        label=_("Hvilken enhet skal overta?"),
        queryset=Unit.objects.none(),
        empty_label=_("Velg"),
        error_messages={
            "required": _("Velg enheten som skal overta."),
            "invalid_choice": _("Du har ikke ansvar for denne enheten. Velg en annen."),
        },
    )
    scope = forms.ChoiceField(
        label=_("Hva skal den overta?"),
        widget=BigRadioSelect,
        error_messages={"required": _("Velg om den skal overta alt eller noe.")},
    )
    field_order = ("id", "to", "scope", "why")

    def __init__(
        self, *args: Any, unit: Unit, receivers: QuerySet[Unit], scopes: tuple[str, ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        self.fields["to"].queryset = receivers  # type: ignore[attr-defined]
        self.fields["scope"].choices = [(scope, SCOPES[scope]) for scope in scopes]  # type: ignore[attr-defined]
        if len(scopes) == 1:
            self.fields["scope"].initial = scopes[0]
        for found in belongings() if SOME in scopes else ():
            if choices := found.choices(unit.id):
                self.fields[f"k_{found.kind}"] = forms.MultipleChoiceField(
                    label=format_lazy("{} ({})", found.label, len(choices)),
                    choices=choices,
                    required=False,
                    widget=BigCheckboxSelectMultiple,
                )

    def kinds(self) -> list[forms.BoundField]:
        """The fields to choose from, one for each kind of thing the unit has."""
        return [self[name] for name in self.fields if name.startswith("k_")]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("scope") == SOME and not self._chosen(cleaned):
            self.add_error("scope", _("Kryss av for det som skal flyttes, under «Hva skal flyttes?»."))
        return cleaned

    def wish(self) -> Wish:
        """What was asked for in a valid form."""
        asked = self.cleaned_data
        chosen = None if asked["scope"] == ALL else [UUID(row) for row in self._chosen(asked)]
        return Wish(id=asked["id"], unit=self.unit, to=asked["to"], chosen=chosen, why=asked["why"])

    def _chosen(self, cleaned: dict[str, Any]) -> list[str]:
        return [row for name in self.fields if name.startswith("k_") for row in cleaned.get(name, [])]
