"""What people fill in on the way out, while they are out, and when they are back."""

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggmote.access.ids import new_id
from tryggmote.encounters.outing_models import WHERE_LIMIT
from tryggmote.encounters.outing_rules import AT_ONE_TAP, MORE_MINUTES, OUTING_FORMS, back_at, left_at
from tryggmote.encounters.outings import Answer, Plan
from tryggmote.ui.forms import BigRadioSelect, ClientMadeId, SentOnce


class PressedAt(forms.CharField):
    """When the button was pressed, by the phone's clock (`outing.js`). What cannot be read is left out."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput(attrs={"data-pressed-at": ""}))

    def clean(self, value: Any) -> datetime | None:
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            return None
        # At the ends of the calendar other time zones have no such day.
        is_near = moment.tzinfo is not None and 2000 < moment.year < 2200
        return moment.astimezone(UTC) if is_near else None


class CheckOutForm(SentOnce):
    """How one is out, where, who keeps an eye on it, and when one is back."""

    check = ClientMadeId()
    pressed_at = PressedAt()
    form = forms.ChoiceField(
        label=_("Hva skal du?"),
        choices=[(form.value, form.label) for form in OUTING_FORMS],
        widget=BigRadioSelect(in_pairs=True),
        error_messages={"required": _("Velg hva du skal")},
    )
    place = forms.CharField(
        label=_("Hvor er du?"),
        max_length=WHERE_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Adresse eller område. Ikke skriv hvem du skal møte."),
        error_messages={"required": _("Skriv hvor du er, så noen kan finne deg")},
    )
    contact = forms.TypedChoiceField(
        label=_("Hvem følger med?"),
        coerce=int,
        help_text=_("Får beskjed hvis tiden går og du ikke har svart."),
        error_messages={"required": _("Velg en kollega som følger med")},
    )
    back_at = forms.TimeField(
        label=_("Når er du tilbake?"),
        widget=forms.TimeInput,
        error_messages={
            "required": _("Skriv når du er tilbake"),
            "invalid": _("Skriv klokkeslettet som 14:00"),
        },
    )

    def __init__(self, *args: Any, contacts: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = [("", _("Velg")), *contacts]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if clock := data.get("back_at"):
            data["expected_at"] = _moment(clock, data.get("pressed_at"))
            if data["expected_at"] is None:
                self.add_error(
                    "back_at", _("Skriv et klokkeslett som ikke er passert, høyst tolv timer frem i tid")
                )
        return data

    def plan(self) -> Plan:
        """What was filled in. Call when valid."""
        data = self.cleaned_data
        return Plan(
            id=data["id"],
            form=data["form"],
            place=data["place"],
            contact_id=data["contact"],
            expected_at=data["expected_at"],
            check_id=data["check"],
            pressed_at=data["pressed_at"],
        )


class AnswerForm(forms.Form):
    """One tap while out. Whatever else is wrong with it, the tap itself is taken."""

    id = ClientMadeId()
    pressed_at = PressedAt()
    minutes = forms.CharField(required=False)

    def answer(self) -> Answer:
        """The tap, and when it was."""
        self.full_clean()
        return Answer(
            id=self.cleaned_data.get("id") or new_id(), pressed_at=self.cleaned_data.get("pressed_at")
        )

    def more_minutes(self) -> int:
        """How much more time; half an hour when nothing that is offered was chosen."""
        chosen = {str(minutes): minutes for minutes in MORE_MINUTES}
        return chosen.get(str(self.data.get("minutes", "")), AT_ONE_TAP)


def _moment(clock: time, pressed_at: datetime | None) -> datetime | None:
    return back_at(clock, left=left_at(pressed_at, now=timezone.now()))
