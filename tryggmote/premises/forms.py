"""Buildings, zones and rooms as people fill them in. Every error says what to do."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.models import Unit
from tryggmote.premises.fact_sets import FactSet
from tryggmote.premises.models import NAME_LIMIT, TEXT_LIMIT, Building, Room, Zone
from tryggmote.premises.rules import IN_OFFICE
from tryggmote.premises.services import BuildingDetails, RoomDetails, ZoneDetails
from tryggmote.premises.vocabulary import Access, RoomKind
from tryggmote.ui.forms import BigCheckboxSelectMultiple, BigRadioSelect, FreeText, SentOnce

_WRITE_A_NAME = {"required": _("Skriv et navn.")}


class BuildingForm(SentOnce):
    name = forms.CharField(
        label=_("Hva kaller dere bygget?"),
        max_length=NAME_LIMIT,
        help_text=_("For eksempel «Storgata 4» eller «Rådhuset»."),
        error_messages=_WRITE_A_NAME,
    )
    address = forms.CharField(
        label=_("Adresse"),
        max_length=200,
        required=False,
        help_text=_("Den dere gir til nødetatene."),
    )
    public_entrance = FreeText(
        label=_("Inngang for publikum"),
        limit=TEXT_LIMIT,
        rows=2,
        required=False,
        help_text=_("Hvor den er, når den er åpen, og hvem som ser den."),
    )
    staff_entrance = FreeText(
        label=_("Inngang for ansatte"),
        limit=TEXT_LIMIT,
        rows=2,
        required=False,
        help_text=_("En egen inngang som ikke ses fra publikumssiden, gjør det tryggere å komme og gå."),
    )
    parking = FreeText(
        label=_("Parkering"),
        limit=TEXT_LIMIT,
        rows=2,
        required=False,
        help_text=_("Hvor ansatte parkerer, og om veien dit er opplyst og i bruk av andre."),
    )
    is_temporary = forms.BooleanField(
        label=_("Midlertidige lokaler"),
        required=False,
        help_text=_("Også midlertidige lokaler skal være vurdert før de tas i bruk."),
    )

    def details(self) -> BuildingDetails:
        """What was filled in. Call when valid."""
        return BuildingDetails(**{name: self.cleaned_data[name] for name in BuildingDetails.__annotations__})


class NewBuildingForm(BuildingForm):
    """Asks for the unit too, when one leads several."""

    unit = forms.ModelChoiceField(
        label=_("Enhet"),
        queryset=Unit.objects.none(),
        empty_label=_("Velg"),
        error_messages={
            "required": _("Velg hvilken enhet som bruker bygget."),
            "invalid_choice": _("Du leder ikke denne enheten. Velg en annen."),
        },
    )
    field_order = ("id", "unit")

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class ZoneForm(SentOnce):
    name = forms.CharField(
        label=_("Hva kaller dere sonen?"),
        max_length=NAME_LIMIT,
        help_text=_("For eksempel «Publikumsmottak», «Samtalerom» eller «Arbeidsplasser»."),
        error_messages=_WRITE_A_NAME,
    )
    access = forms.ChoiceField(
        label=_("Hvem kan være her?"),
        choices=Access.choices,
        widget=BigRadioSelect(
            descriptions={
                Access.PUBLIC: _("Publikum kan gå inn på egen hånd."),
                Access.MEETING: _("Brukere kommer hit bare sammen med en ansatt."),
                Access.STAFF: _("Låst. Brukere kommer ikke hit."),
            }
        ),
        error_messages={"required": _("Velg hvem som kan være i sonen.")},
    )
    control = FreeText(
        label=_("Hvordan styres adgangen?"),
        limit=TEXT_LIMIT,
        rows=2,
        required=False,
        help_text=_("For eksempel kortleser, lås, vekter eller skranke. Ikke skriv koder."),
    )

    def __init__(self, *args: Any, building: Building, but: Zone | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Zone.objects.filter(building=building)
        self.others = others.exclude(id=but.id) if but else others

    def clean_name(self) -> str:
        return _a_free_name(self.cleaned_data["name"], self.others, self.data.get("id"))

    def details(self) -> ZoneDetails:
        """What was filled in. Call when valid."""
        data = self.cleaned_data
        return ZoneDetails(name=data["name"], access=data["access"], control=data["control"])


class RoomForm(SentOnce):
    name = forms.CharField(
        label=_("Hva heter rommet?"),
        max_length=NAME_LIMIT,
        help_text=_("Slik det står på døren. Navnet vises når noen ber om hjelp."),
        error_messages=_WRITE_A_NAME,
    )
    zone = forms.ModelChoiceField(
        label=_("Hvilken sone ligger det i?"),
        queryset=Zone.objects.none(),
        empty_label=_("Velg"),
        error_messages={
            "required": _("Velg en sone."),
            "invalid_choice": _("Sonen hører til et annet bygg. Velg en sone i dette bygget."),
        },
    )
    kind = forms.ChoiceField(
        label=_("Hva slags rom er det?"),
        choices=RoomKind.choices,
        widget=BigRadioSelect(in_pairs=False),
        error_messages={"required": _("Velg hva slags rom det er.")},
    )
    forms = forms.MultipleChoiceField(
        label=_("Hvilke møter holdes her?"),
        choices=[(form.value, form.label) for form in IN_OFFICE],
        widget=BigCheckboxSelectMultiple,
        required=False,
        help_text=_(
            "Da foreslås rommet i sjekken før møtet når det er trygt nok. "
            "Velg ingen hvis brukere ikke møtes her."
        ),
    )

    def __init__(self, *args: Any, building: Building, but: Room | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].queryset = Zone.objects.filter(building=building).order_by("name")  # type: ignore[attr-defined]
        others = Room.objects.filter(left_on=None)
        self.others = others.exclude(id=but.id) if but else others

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if "name" in answers and "zone" in answers:
            try:
                _a_free_name(answers["name"], self.others.filter(zone=answers["zone"]), self.data.get("id"))
            except forms.ValidationError as error:
                self.add_error("name", error)
        return answers

    def details(self) -> RoomDetails:
        """What was filled in. Call when valid."""
        data = self.cleaned_data
        return RoomDetails(data["name"], data["zone"].id, data["kind"], tuple(data["forms"]))


def _a_free_name(name: str, others: QuerySet[Any], sent_id: Any) -> str:
    """The name, when nothing else there has it; what was sent a moment ago under the same id is no other."""
    if any(str(other) != str(sent_id) for other in others.filter(name=name).values_list("id", flat=True)):
        raise forms.ValidationError(_("Navnet er i bruk her allerede. Velg et annet."))
    return name


class MoveForm(SentOnce):
    unit = forms.ModelChoiceField(
        label=_("Hvilken enhet skal ha bygget?"),
        queryset=Unit.objects.none(),
        empty_label=_("Velg"),
        error_messages={
            "required": _("Velg hvilken enhet som skal ha bygget."),
            "invalid_choice": _("Du har ikke ansvar for denne enheten. Velg en annen."),
        },
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class NoteForm(SentOnce):
    """How a room is: one question for each fact. One can send what one knows and come back."""

    mark_optional = False

    def __init__(self, *args: Any, asked: FactSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for fact in asked.facts:
            self.fields[f"f_{fact.code}"] = forms.ChoiceField(
                label=str(fact.text),
                help_text=str(fact.help or ""),
                choices=[(answer.code, str(answer.text)) for answer in fact.answers],
                widget=BigRadioSelect,
                required=False,
                error_messages={
                    "invalid_choice": _("Velg et av svarene på «%(question)s»") % {"question": fact.text}
                },
            )

    @property
    def fact_fields(self) -> list[forms.BoundField]:
        """The questions, in order."""
        return [self[f"f_{fact.code}"] for fact in self.asked.facts]

    def facts(self) -> dict[str, str]:
        """The answers by code. Call when valid."""
        return {fact.code: self.cleaned_data[f"f_{fact.code}"] for fact in self.asked.facts}
