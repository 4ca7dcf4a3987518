"""What people choose on the way from a workbook to the draft. It stands in the address, changing nothing."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.organisation.importing.workbooks import Numbered
from tryggmote.risk.spreadsheet.cells import is_empty, text_of
from tryggmote.risk.spreadsheet.foreign import FIELDS, LINES_TO_CHOOSE_FROM, SAID_BY_SEVERAL, Table

COLUMN = "kolonne_"


class SheetForm(forms.Form):
    """Which sheet, and which line of it holds the headings."""

    ark = forms.ChoiceField(label=gettext_lazy("Hvilket ark?"))
    linje = forms.TypedChoiceField(label=gettext_lazy("På hvilken linje står overskriftene?"), coerce=int)

    def __init__(self, *args: Any, sheets: Mapping[str, Numbered], sheet: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ark"].choices = [(name, name) for name in sheets]  # type: ignore[attr-defined]
        self.fields["linje"].choices = [  # type: ignore[attr-defined]
            (line, _("%(line)d: %(cells)s") % {"line": line, "cells": _beginning(cells)})
            for line, cells in sheets.get(sheet, [])[:LINES_TO_CHOOSE_FROM]
        ]


def _beginning(cells: list[Any]) -> str:
    return Truncator(" | ".join(text_of(cell) for cell in cells if not is_empty(cell))).chars(70) or "–"


class ColumnsForm(forms.Form):
    """What each column of theirs is."""

    mark_optional = False

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        for column in table.columns:
            self.fields[f"{COLUMN}{column.place}"] = forms.ChoiceField(
                label=column.title,
                help_text=" · ".join(column.samples) or _("Tom kolonne."),
                choices=[("", _("Ta ikke med")), *FIELDS.items()],
                initial=column.guess,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        chosen = [field for field in answers.values() if field]
        if "hazard" not in chosen:
            raise forms.ValidationError(
                _("Velg hvilken kolonne som er «%(field)s».") % {"field": FIELDS["hazard"]}
            )
        for field in FIELDS:
            if chosen.count(field) > 1 and field not in SAID_BY_SEVERAL:
                raise forms.ValidationError(
                    _("To kolonner er valgt som «%(field)s». Velg én av dem.") % {"field": FIELDS[field]}
                )
        return answers

    def chosen(self) -> dict[int, str]:
        """What each column is, by its place. Call when valid."""
        return {int(name.removeprefix(COLUMN)): field for name, field in self.cleaned_data.items() if field}
