"""Widgets and small form parts that capabilities share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NO_PERSONAL_DATA = _("Ikke skriv navn, fødselsnummer eller diagnoser.")


class BigChoices(forms.widgets.ChoiceWidget):
    """Choices as rows large enough for a thumb; `descriptions` maps a value to a sentence under its label.

    `in_pairs` puts short choices two and two on a phone, so that a long list fits fewer screens.
    """

    is_big = True

    def __init__(
        self, *args: Any, descriptions: dict[str, Any] | None = None, in_pairs: bool = False, **kwargs: Any
    ) -> None:
        self.descriptions = descriptions or {}
        self.in_pairs = in_pairs
        super().__init__(*args, **kwargs)

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "description": self.descriptions.get(str(value), "")}


class BigRadioSelect(BigChoices, forms.RadioSelect):
    """One answer among few."""


class BigCheckboxSelectMultiple(BigChoices, forms.CheckboxSelectMultiple):
    """Several answers among few."""


class FilterForm(forms.Form):
    """A form of GET parameters that narrow a list: nothing is required, and nothing is marked optional."""

    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
