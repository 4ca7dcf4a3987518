"""A new measure. Every error says what to do."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tryggmote.controls import queries
from tryggmote.controls.models import TEXT_LIMIT, TITLE_LIMIT
from tryggmote.controls.services import MeasureDraft
from tryggmote.controls.vocabulary import SUGGESTED_RUNG, MeasureKind, OriginKind, Rung
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import Person, Unit
from tryggmote.ui.forms import (
    NO_PERSONAL_DATA,
    BigCheckboxSelectMultiple,
    BigRadioSelect,
    FreeText,
    SentOnce,
)

# Days that can be meant. Later ones are a slip of the finger.
LATEST_YEARS_AHEAD = 10


class DayAhead(forms.DateField):
    """A day from today on."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            error_messages={
                "required": _("Velg en dag."),
                "invalid": _("Skriv dagen som dag, måned og år, for eksempel 31.12.2026."),
            },
            **kwargs,
        )

    def clean(self, value: Any) -> date | None:
        chosen: date | None = super().clean(value)
        today = timezone.localdate()
        if chosen and chosen < today:
            raise ValidationError(_("Dagen har vært. Velg en dag fra og med i dag."))
        if chosen and chosen.year > today.year + LATEST_YEARS_AHEAD:
            raise ValidationError(_("Årstallet er for langt fram. Velg en dag de nærmeste ti årene."))
        return chosen


class PersonChoice(forms.ModelChoiceField):
    """Somebody of the unit."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Person.objects.none(),
            empty_label=_("Velg"),
            error_messages={
                "required": _("Velg hvem som skal ha ansvaret."),
                "invalid_choice": _("Personen hører ikke til enheten lenger. Velg en annen."),
            },
            **kwargs,
        )


class MeasureForm(SentOnce):
    """A new measure. What it comes from is filled in when one arrives from there."""

    unit = forms.ModelChoiceField(
        label=_("Enhet"),
        queryset=Unit.objects.none(),
        empty_label=_("Velg"),
        error_messages={
            "required": _("Velg hvilken enhet tiltaket gjelder."),
            "invalid_choice": _("Du leder ikke denne enheten. Velg en annen."),
        },
    )
    title = forms.CharField(
        label=_("Hva skal gjøres?"),
        help_text=_("Kort, slik at alle forstår. For eksempel «To utganger i samtalerom 3»."),
        max_length=TITLE_LIMIT,
        error_messages={"required": _("Skriv hva som skal gjøres.")},
    )
    what = FreeText(
        label=_("Forklar nærmere"), help_text=NO_PERSONAL_DATA, limit=TEXT_LIMIT, required=False, rows=3
    )
    kind = forms.ChoiceField(
        label=_("Hva slags tiltak er det?"),
        choices=[("", _("Velg")), *MeasureKind.choices],
        error_messages={"required": _("Velg hva slags tiltak det er.")},
    )
    owner = PersonChoice(label=_("Hvem har ansvaret?"), help_text=_("Den ansvarlige får beskjed."))
    due_on = DayAhead(label=_("Når skal det være på plass?"))
    meeting_forms = forms.MultipleChoiceField(
        label=_("Hvilke møteformer gjelder det?"),
        help_text=_("Velg ingen hvis det gjelder alle."),
        choices=MeetingForm.choices,
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        required=False,
    )
    hierarchy = forms.ChoiceField(
        label=_("Hvor på tiltakstrappen står det?"),
        help_text=_("Jo høyere opp, jo bedre beskytter det."),
        choices=[
            ("", _("Bruk forslaget for typen")),
            *((rung.value, format_lazy("{}. {}", rung.height, rung.label)) for rung in Rung),
        ],
        widget=BigRadioSelect(descriptions={rung.value: rung.example for rung in Rung}),
        required=False,
    )
    interval_months = forms.IntegerField(
        label=_("Hvor ofte skal det testes?"),
        help_text=_("Antall måneder mellom hver test. La stå tomt hvis det ikke kan testes."),
        min_value=1,
        max_value=60,
        required=False,
        error_messages={
            "invalid": _("Skriv antall måneder som et tall, for eksempel 3."),
            "min_value": _("Skriv minst 1 måned."),
            "max_value": _("Skriv høyst 60 måneder."),
        },
    )
    origin_kind = forms.ChoiceField(
        label=_("Hva kommer tiltaket av?"), choices=OriginKind.choices, initial=OriginKind.OTHER
    )
    origin_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    origin_words = forms.CharField(
        label=_("Hva handlet det om?"),
        help_text=_("Om situasjonen, ikke om en person."),
        max_length=TITLE_LIMIT,
        required=False,
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = list(units)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["owner"].queryset = queries.possible_owners([unit.id for unit in chosen])  # type: ignore[attr-defined]
        if len(chosen) == 1:
            self.fields["unit"].initial = chosen[0].id
            self.fields["unit"].widget = forms.HiddenInput()
        # The browser does not cut what is pasted: the server says that it is too long.
        for name in ("title", "origin_words"):
            self.fields[name].widget.attrs.pop("maxlength", None)

    @property
    def wants_more(self) -> bool:
        """True when something optional is filled in or wrong, so that it must be in sight."""
        optional = ("hierarchy", "interval_months", "origin_kind", "origin_words")
        return self.is_bound and any(self.data.get(name) or self.errors.get(name) for name in optional)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        unit, owner = answers.get("unit"), answers.get("owner")
        if unit and owner and not queries.belongs_to(owner.id, unit.id):
            self.add_error(
                "owner",
                _("%(name)s hører ikke til %(unit)s. Velg en annen.")
                % {"name": owner.name, "unit": unit.name},
            )
        return answers

    def draft(self) -> MeasureDraft:
        """The answers as a draft. Call when the form is valid."""
        answers = self.cleaned_data
        return MeasureDraft(
            id=answers["id"],
            unit_id=answers["unit"].id,
            title=answers["title"],
            what=answers["what"],
            kind=answers["kind"],
            hierarchy=answers["hierarchy"] or SUGGESTED_RUNG[MeasureKind(answers["kind"])],
            forms=tuple(answers["meeting_forms"]),
            owner_id=answers["owner"].id,
            due_on=answers["due_on"],
            origin_kind=answers["origin_kind"],
            origin_id=answers["origin_id"],
            origin_words=answers["origin_words"],
            interval_months=answers["interval_months"],
        )


def origin_of(parameters: Mapping[str, str]) -> dict[str, Any]:
    """What a new measure comes from, as the address says: `?opphav=scenario:<uuid>&ord=…&former=video`.

    An idea for it comes along as `&hva=…&type=design`. What nobody can understand is left out.
    """
    kind, _colon, key = parameters.get("opphav", "").partition(":")
    given: dict[str, Any] = {
        "origin_words": parameters.get("ord", "")[:TITLE_LIMIT],
        "what": parameters.get("hva", "")[:TEXT_LIMIT],
        "kind": kind_asked if (kind_asked := parameters.get("type", "")) in MeasureKind.values else "",
        "meeting_forms": [
            form for form in parameters.get("former", "").split(",") if form in MeetingForm.values
        ],
    }
    try:
        return given | {"origin_id": UUID(key), "origin_kind": OriginKind(kind)}
    except ValueError:
        return given
