"""Testing as people do it with a phone in their hand: one tap says how it went (3.5)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tryggmote.catalogue.text import Text
from tryggmote.equipment.models import WORDS_LIMIT, Item
from tryggmote.equipment.queries import item_coded
from tryggmote.equipment.rule_sets import ItemType, rules_in_force
from tryggmote.equipment.rules import PASSED, State
from tryggmote.equipment.testing import Finding
from tryggmote.organisation.models import Unit
from tryggmote.organisation.workdays import OSLO
from tryggmote.premises.models import Zone
from tryggmote.ui.forms import NO_PERSONAL_DATA, FilterForm, FreeText, SentOnce

OLDEST = timedelta(days=29)
"""What a phone may have kept; the database takes a day more."""


class OpenedAt(forms.CharField):
    """When a kept page was opened (`keep.js`), on the clock in Oslo; empty, or impossible: now.

    `too_old`: what is said when it was kept for too long.
    """

    TOO_OLD = _("Testen er for gammel til å føres nå. Test på nytt.")

    def __init__(self, *, too_old: Any = TOO_OLD) -> None:
        super().__init__(required=False, widget=forms.HiddenInput(attrs={"data-now": ""}))
        self.too_old = too_old

    def clean(self, value: Any) -> datetime:
        now = timezone.now()
        try:
            moment = parse_datetime(str(super().clean(value)))
        except ValueError:
            moment = None
        if moment is None or not 1990 < moment.year < 2190:
            return now
        opened = moment.replace(tzinfo=OSLO) if timezone.is_naive(moment) else moment
        if opened < now - OLDEST:
            raise forms.ValidationError(self.too_old)
        return min(opened, now)


class TestForm(SentOnce):
    """One test. Each answer is a button: `outcome` is `PASSED`, or what is wrong."""

    __test__ = False  # no test of ours, though its name begins like one

    at = OpenedAt()
    outcome = forms.ChoiceField(
        choices=[],
        error_messages={"required": _("Velg om det virket."), "invalid_choice": _("Velg om det virket.")},
    )
    words = FreeText(
        label=_("Vil du si mer om det?"),
        limit=WORDS_LIMIT,
        rows=2,
        required=False,
        help_text=NO_PERSONAL_DATA,
    )

    def __init__(self, *args: Any, type_: ItemType | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Any reason is taken: a page kept on a phone may be from before the rules changed.
        self.fields["outcome"].choices = [(PASSED, ""), *((code, "") for code in rules_in_force().reasons)]  # type: ignore[attr-defined]
        self.type = type_

    @property
    def reasons(self) -> list[tuple[str, Text]]:
        """What may be wrong with it, as buttons."""
        rules = rules_in_force()
        codes: Sequence[str] = self.type.reasons if self.type else tuple(rules.reasons)
        return [(code, rules.reasons[code]) for code in codes if code in rules.reasons]

    def finding(self, item: Item) -> Finding:
        """The test. Call when valid."""
        data = self.cleaned_data
        return Finding(data["id"], item, data["outcome"], data["words"], data["at"])


class AnyTestForm(TestForm):
    """A test of an item whose code is typed in: what a phone without network can always show."""

    label = forms.CharField(
        label=_("Koden på etiketten"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("Åtte tegn, for eksempel K7RM-2XQD."),
        error_messages={"required": _("Skriv koden på etiketten.")},
    )
    field_order = ("label",)

    def clean_label(self) -> Item:
        item = item_coded(self.cleaned_data["label"]).first()
        if item is None:
            raise forms.ValidationError(
                gettext("Fant ikke noe utstyr med denne koden. Se om den er riktig skrevet.")
            )
        if item.state is State.OUT:
            raise forms.ValidationError(
                gettext("Dette utstyret er tatt ut av bruk, så det testes ikke lenger.")
            )
        return item


@dataclass(frozen=True)
class Row:
    """An item in a round, with its two fields."""

    item: Item
    passed: forms.BoundField
    reason: forms.BoundField


class RoundForm(SentOnce):
    """Several items at once: tick those that worked, say what was wrong with the others, leave the rest."""

    mark_optional = False

    at = OpenedAt()

    def __init__(self, *args: Any, items: Collection[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        rules = rules_in_force()
        for item in self.items:
            self.fields[f"p_{item.code}"] = forms.BooleanField(label=gettext("Virker"), required=False)
            self.fields[f"r_{item.code}"] = forms.ChoiceField(
                label=gettext("Virker ikke"),
                choices=[
                    ("", gettext("Velg hva som er galt")),
                    *(
                        (code, str(rules.reasons[code]))
                        for code in item.kind.reasons
                        if code in rules.reasons
                    ),
                ],
                required=False,
            )

    @property
    def rows(self) -> list[Row]:
        """The items with their fields, in order."""
        return [Row(item, self[f"p_{item.code}"], self[f"r_{item.code}"]) for item in self.items]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        for item in self.items:
            if answers.get(f"p_{item.code}") and answers.get(f"r_{item.code}"):
                self.add_error(
                    f"r_{item.code}",
                    gettext("«%(name)s» kan ikke både virke og ikke virke. Velg én av dem.")
                    % {"name": item.name},
                )
        if not self.errors and not any(self._outcome(item) for item in self.items):
            raise forms.ValidationError(gettext("Kryss av for minst én, eller si hva som er galt."))
        return answers

    def findings(self) -> list[Finding]:
        """What was tested. Call when valid. The ids follow from the form's: sending twice is harmless."""
        round_id: UUID = self.cleaned_data["id"]
        at = self.cleaned_data["at"]
        return [
            Finding(uuid5(round_id, item.code), item, outcome, at=at)
            for item in self.items
            if (outcome := self._outcome(item))
        ]

    def _outcome(self, item: Item) -> str:
        if self.cleaned_data.get(f"p_{item.code}"):
            return PASSED
        return str(self.cleaned_data.get(f"r_{item.code}") or "")


class RoundFilter(FilterForm):
    """Which items a round is of. It stands in the address, changing nothing."""

    sted = forms.ChoiceField(label=_("Sone"))
    type = forms.ChoiceField(label=_("Type"))
    enhet = forms.TypedChoiceField(label=_("Enhet"), coerce=int, empty_value=None)

    def __init__(
        self,
        *args: Any,
        units: Collection[Unit],
        types: Collection[ItemType],
        zones: Collection[Zone],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", gettext("Alle"))
        choices = {
            "sted": [everything, *((str(zone.id), f"{zone.name}, {zone.building.name}") for zone in zones)],
            "type": [everything, *((type_.code, str(type_.name)) for type_ in types)],
            "enhet": [everything, *((unit.id, unit.name) for unit in units)],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        if len(units) < 2:
            del self.fields["enhet"]

    def chosen(self) -> dict[str, Any]:
        """What `queries.items` takes; what nobody can understand is left out."""
        chosen = self.cleaned_data if self.is_valid() else {}
        place = chosen.get("sted")
        return {
            "unit_id": chosen.get("enhet"),
            "type": chosen.get("type", ""),
            "place": UUID(place) if place else None,
        }
