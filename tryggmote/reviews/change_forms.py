"""A registered change as people fill it in. Every error says what to do."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggmote.controls.forms import DayAhead
from tryggmote.premises.models import Building, Room
from tryggmote.reviews.changes import ChangeDraft
from tryggmote.reviews.models import TEXT_LIMIT
from tryggmote.reviews.vocabulary import ChangeKind
from tryggmote.ui.forms import BigCheckboxSelectMultiple, BigRadioSelect, FreeText, SentOnce

LATEST_YEARS_AWAY = 5


def _date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ChangeForm(SentOnce):
    kind = forms.ChoiceField(
        label=_("Hva slags endring er det?"),
        choices=ChangeKind.choices,
        widget=BigRadioSelect(in_pairs=True),
        error_messages={"required": _("Velg hva slags endring det er.")},
    )
    what = FreeText(
        label=_("Hva skal endres?"),
        limit=TEXT_LIMIT,
        rows=3,
        help_text=_("For eksempel «Skranken flyttes, og venteområdet får nye møbler»."),
        error_messages={"required": _("Skriv hva som skal endres.")},
    )
    rooms = forms.ModelMultipleChoiceField(
        label=_("Hvilke rom gjelder det?"),
        queryset=Room.objects.none(),
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        required=False,
        help_text=_("Velg ingen hvis det gjelder hele bygget. Da går dere hele bygget."),
        error_messages={"invalid_choice": _("Et av rommene er ikke i dette bygget. Velg på nytt.")},
    )
    in_use_on = forms.DateField(
        label=_("Når tas det i bruk?"),
        widget=_date_input(),
        help_text=_("Vernerunden skal være gått og signert før denne dagen."),
        error_messages={
            "required": _("Velg en dag."),
            "invalid": _("Skriv dagen som dag, måned og år, for eksempel 31.12.2026."),
        },
    )

    def __init__(self, *args: Any, rooms: QuerySet[Room], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rooms"].queryset = rooms  # type: ignore[attr-defined]

    def clean_in_use_on(self) -> Any:
        chosen = self.cleaned_data["in_use_on"]
        if abs(chosen.year - timezone.localdate().year) > LATEST_YEARS_AWAY:
            raise forms.ValidationError(_("Årstallet er for langt unna. Velg en dag de nærmeste fem årene."))
        return chosen

    def draft(self) -> ChangeDraft:
        """What was filled in. Call when valid."""
        data = self.cleaned_data
        return ChangeDraft(
            id=data["id"],
            kind=data["kind"],
            what=data["what"],
            in_use_on=data["in_use_on"],
            room_ids=tuple(room.id for room in data["rooms"]),
        )


class ChooseBuildingForm(forms.Form):
    """Which building a change is in, when one has several."""

    bygg = forms.ModelChoiceField(
        label=_("Hvilket bygg?"), queryset=Building.objects.none(), empty_label=_("Velg"),
        error_messages={"required": _("Velg et bygg."), "invalid_choice": _("Velg et av byggene.")},
    )  # fmt: skip

    def __init__(self, *args: Any, buildings: QuerySet[Building], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bygg"].queryset = buildings  # type: ignore[attr-defined]


class PutOffForm(forms.Form):
    in_use_on = DayAhead(label=_("Ny dag"), widget=_date_input())


class CallOffForm(SentOnce):
    reason = FreeText(
        label=_("Hvorfor ble det ikke noe av?"),
        limit=TEXT_LIMIT,
        rows=2,
        error_messages={"required": _("Skriv hvorfor det ikke ble noe av endringen.")},
    )
