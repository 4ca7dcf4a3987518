"""The register of safety equipment as people fill it in. Every error says what to do."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tryggmote.equipment.looks import LOOKS
from tryggmote.equipment.models import NAME_LIMIT, PLACE_LIMIT, Item
from tryggmote.equipment.queries import places_of
from tryggmote.equipment.rule_sets import ItemType, rules_in_force, type_of
from tryggmote.equipment.services import ItemDetails
from tryggmote.organisation.models import Person, Unit
from tryggmote.premises.models import Room, Zone
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.forms import FilterForm, SentOnce

ROOM, ZONE = "room", "zone"
_CONCEIVABLE = (MinValueValidator(date(1990, 1, 1)), MaxValueValidator(date(2190, 1, 1)))


def type_choices() -> list[tuple[str, Any]]:
    """The types in force, in words."""
    return [(type_.code, format_lazy("{}", type_.name)) for type_ in rules_in_force().types]


class PlaceChoice(forms.ChoiceField):
    """A room or a zone in the premises of some units, under the name of each building."""

    def offer(self, unit_ids: Collection[int], beside: Item | None = None) -> None:
        """Offer these units' places, and where `beside` stands though it may be out of use."""
        zones, rooms = places_of(unit_ids)
        self.units: dict[str, int] = {}
        groups: dict[str, list[tuple[str, str]]] = {}
        places: list[Room | Zone] = [*zones, *rooms]
        for place in places:
            self._add(groups, place)
        for kept in (beside.room, beside.zone) if beside else ():
            if kept and not self.units.get(_key(kept)):
                self._add(groups, kept)
        self.choices = [("", gettext("Et annet sted, eller bæres med")), *groups.items()]

    def _add(self, groups: dict[str, list[tuple[str, str]]], place: Room | Zone) -> None:
        building = place.zone.building if isinstance(place, Room) else place.building
        label = (
            f"{place.name} ({place.zone.name})"
            if isinstance(place, Room)
            else gettext("Hele sonen %(name)s") % {"name": place.name}
        )
        self.units[_key(place)] = building.unit_id
        groups.setdefault(building.name, []).append((_key(place), label))


def _key(place: Room | Zone) -> str:
    return f"{ROOM if isinstance(place, Room) else ZONE}:{place.id}"


class ItemForm(SentOnce):
    type = forms.ChoiceField(
        label=_("Hva er det?"), choices=[], error_messages={"required": _("Velg hva slags utstyr det er.")}
    )
    name = forms.CharField(
        label=_("Hva kaller dere det?"),
        max_length=NAME_LIMIT,
        help_text=_("Så alle skjønner hvilket det er, for eksempel «Alarmknapp under pulten, rom 3»."),
        error_messages={"required": _("Skriv et navn.")},
    )
    where = PlaceChoice(
        label=_("Hvor er det?"),
        required=False,
        help_text=_("Virker det ikke, sier rommet fra i sjekken før møtet."),
        error_messages={"invalid_choice": _("Stedet finnes ikke lenger. Velg et annet.")},
    )
    place = forms.CharField(
        label=_("Nærmere om stedet"),
        max_length=PLACE_LIMIT,
        required=False,
        help_text=_(
            "For eksempel «under pulten» eller «i skapet ved inngangen». Må fylles ut når det bæres med."
        ),
    )
    interval_months = forms.IntegerField(
        label=_("Hvor mange måneder mellom hver test?"),
        min_value=1,
        max_value=60,
        required=False,
        help_text=_("Tomt: det som er vanlig for typen."),
        error_messages={
            "invalid": _("Skriv antall måneder som et tall, for eksempel 3."),
            "min_value": _("Skriv minst 1 måned."),
            "max_value": _("Skriv høyst 60 måneder."),
        },
    )
    in_use_from = forms.DateField(
        label=_("Tatt i bruk"),
        widget=forms.DateInput,
        validators=_CONCEIVABLE,
        error_messages={
            "required": _("Velg dagen det ble tatt i bruk."),
            "invalid": _("Skriv datoen som dag, måned og år, for eksempel 23.11.2026."),
        },
    )
    supplier = forms.CharField(label=_("Leverandør"), max_length=NAME_LIMIT, required=False)
    serial = forms.CharField(
        label=_("Serienummer"),
        max_length=NAME_LIMIT,
        required=False,
        help_text=_("Samme nummer som alarmsystemet sender, så teller testene derfra av seg selv."),
    )

    def __init__(self, *args: Any, unit_ids: Collection[int], but: Item | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [("", gettext("Velg")), *type_choices()]  # type: ignore[attr-defined]
        self.places.offer(unit_ids, beside=but)

    @property
    def places(self) -> PlaceChoice:
        """The field of rooms and zones."""
        field = self.fields["where"]
        assert isinstance(field, PlaceChoice)
        return field

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not answers.get("where") and not answers.get("place") and "where" in answers:
            self.add_error("place", gettext("Velg et rom, eller skriv hvor det er."))
        return answers

    def details(self) -> ItemDetails:
        """What was filled in. Call when valid."""
        data = self.cleaned_data
        kind, _colon, key = data["where"].partition(":")
        type_ = type_of(data["type"])
        assert type_ is not None, "a choice of the form is a type"
        return ItemDetails(
            type=type_.code,
            name=data["name"],
            interval_months=data["interval_months"] or type_.interval_months,
            in_use_from=data["in_use_from"],
            room_id=UUID(key) if kind == ROOM else None,
            zone_id=UUID(key) if kind == ZONE else None,
            place=data["place"],
            supplier=data["supplier"],
            serial=data["serial"],
        )

    @staticmethod
    def beginning(item: Item) -> dict[str, Any]:
        """What the form shows of an item that is there."""
        place = item.room or item.zone
        return vars(item) | {"where": _key(place) if place else ""}


class NewItemForm(ItemForm):
    """Asks for the unit too, when one leads several: for what stands in no room."""

    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("Enhet"),
        queryset=Unit.objects.none(),
        empty_label=None,
        help_text=_("Har du valgt et rom, følger enheten av det."),
        error_messages={"invalid_choice": _("Du leder ikke denne enheten. Velg en annen.")},
    )

    def __init__(self, *args: Any, units: Collection[Unit], **kwargs: Any) -> None:
        kwargs["initial"] = {"in_use_from": oslo_today(), **(kwargs.get("initial") or {})}
        super().__init__(*args, unit_ids=[unit.id for unit in units], **kwargs)
        self.units = list(units)
        led = Unit.objects.filter(id__in=[unit.id for unit in units]).order_by("sort_key")
        self.fields["unit"].queryset = led  # type: ignore[attr-defined]
        if len(self.units) == 1:
            del self.fields["unit"]

    def unit_id(self) -> int:
        """The unit it belongs to. Call when valid."""
        if where := self.cleaned_data["where"]:
            return self.places.units[where]
        unit: Unit = self.cleaned_data.get("unit") or self.units[0]
        return unit.id


class ItemFilter(FilterForm):
    """Narrows the register."""

    q = forms.CharField(label=_("Søk"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    state = forms.ChoiceField(
        label=_("Status"),
        choices=[("", _("I bruk")), *((state.value, look.word) for state, look in LOOKS.items())],
    )
    type = forms.ChoiceField(label=_("Type"))
    enhet = forms.TypedChoiceField(label=_("Enhet"), coerce=int, empty_value=None)

    def __init__(
        self, *args: Any, types: Collection[ItemType], units: Collection[Unit], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [("", gettext("Alle")), *((t.code, str(t.name)) for t in types)]  # type: ignore[attr-defined]
        self.fields["enhet"].choices = [("", gettext("Alle")), *((u.id, u.name) for u in units)]  # type: ignore[attr-defined]
        if len(units) < 2:
            del self.fields["enhet"]

    def chosen(self) -> dict[str, Any]:
        """What `queries.items` takes; nothing when somebody has written an address of their own."""
        if not self.is_valid():
            return {}
        chosen = dict(self.cleaned_data)
        return {"unit_id": chosen.pop("enhet", None), **chosen}


class ResponsibleForm(forms.Form):
    """Who is asked to test each type in a unit."""

    def __init__(
        self, *args: Any, types: Collection[ItemType], people: Collection[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.types = types
        offered = [("", gettext("Lederen for enheten")), *((person.id, person.name) for person in people)]
        for type_ in types:
            self.fields[type_.code] = forms.TypedChoiceField(
                label=str(type_.name), choices=offered, coerce=int, empty_value=None, required=False
            )

    def chosen(self) -> dict[str, int | None]:
        """Person by type. Call when valid."""
        return {type_.code: self.cleaned_data[type_.code] for type_ in self.types}
