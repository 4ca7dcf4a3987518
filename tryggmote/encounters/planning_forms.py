"""What people fill in about their own plan: a meeting, a calendar file, a calendar address."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggmote.encounters import feeds
from tryggmote.encounters.calendars import LARGEST_FILE
from tryggmote.encounters.forms import CONCEIVABLE_DAY, FORMS, PLACE_HELP
from tryggmote.encounters.models import PLACE_LIMIT, Meeting
from tryggmote.encounters.planning import MeetingPlan
from tryggmote.organisation.workdays import OSLO
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.forms import BigRadioSelect, SentOnce


class MeetingFields(SentOnce):
    """A meeting typed in: when, how, and if one likes, where."""

    form = forms.ChoiceField(
        label=_("Hvordan møtes dere?"),
        choices=FORMS,
        widget=BigRadioSelect(in_pairs=True),
        error_messages={"required": _("Velg hvordan dere møtes")},
    )
    day = forms.DateField(
        label=_("Dag"),
        widget=forms.DateInput,
        error_messages={
            "required": _("Skriv hvilken dag møtet er"),
            "invalid": _("Skriv dagen som dag, måned og år"),
            "min_value": _("Skriv dagen som dag, måned og år"),
            "max_value": _("Skriv dagen som dag, måned og år"),
        },
        validators=CONCEIVABLE_DAY,
    )
    starts = forms.TimeField(
        label=_("Fra klokka"),
        widget=forms.TimeInput,
        error_messages={
            "required": _("Skriv når møtet begynner"),
            "invalid": _("Skriv klokkeslettet som 13:00"),
        },
    )
    ends = forms.TimeField(
        label=_("Til klokka"),
        widget=forms.TimeInput,
        required=False,
        error_messages={"invalid": _("Skriv klokkeslettet som 14:00")},
    )
    place = forms.CharField(label=_("Sted"), max_length=PLACE_LIMIT, required=False, help_text=PLACE_HELP)

    field_order = ("form", "day", "starts", "ends", "place")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts") and data.get("ends") and data["ends"] < data["starts"]:
            self.add_error("ends", _("Møtet slutter før det begynner. Skriv et senere klokkeslett."))
        return data

    def plan(self, *, title: str = "") -> MeetingPlan:
        """What was filled in. Call when valid."""
        data = self.cleaned_data
        return MeetingPlan(
            form=data["form"],
            starts_at=_at(data["day"], data["starts"]),
            ends_at=_at(data["day"], data["ends"]) if data["ends"] else None,
            place=data["place"],
            title=title,
        )

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        """The fields as the meeting has them."""
        starts = meeting.starts_at.astimezone(OSLO)
        return {
            "id": meeting.id,
            "form": meeting.form,
            "day": starts.date(),
            "starts": starts.time(),
            "ends": meeting.ends_at.astimezone(OSLO).time() if meeting.ends_at else None,
            "place": meeting.place,
        }


class CalendarFile(forms.Form):
    """A calendar file to choose meetings from."""

    file = forms.FileField(
        label=_("Kalenderfil"),
        help_text=_("En .ics-fil fra Outlook eller en annen kalender, inntil 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
        error_messages={
            "required": _("Velg en kalenderfil"),
            "empty": _("Filen er tom. Eksporter kalenderen på nytt og prøv igjen."),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("Filen er for stor. Den kan være på 2 MB. Eksporter bare de neste ukene.")
            )
        return file


class CalendarAddress(forms.Form):
    """A calendar to subscribe to."""

    address = forms.CharField(
        label=_("Kalenderadresse"),
        max_length=2_000,
        help_text=_(
            "Adressen som kalenderen din gir når du deler eller publiserer den. Den begynner med https."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
        error_messages={"required": _("Lim inn adressen til kalenderen")},
    )

    def clean_address(self) -> str:
        address = feeds.tidy(self.cleaned_data["address"])
        try:
            feeds.judge(address)
        except feeds.FeedTrouble as error:
            raise forms.ValidationError(_REFUSED_ADDRESS[error.trouble]) from error
        return address


_REFUSED_ADDRESS = {
    feeds.Trouble.NOT_PUBLIC: _("Adressen må begynne med https og lede til en kalender på internett."),
    feeds.Trouble.NO_ANSWER: _("Vi finner ikke adressen. Se etter skrivefeil, eller prøv igjen om litt."),
}


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=OSLO)


def new_meeting_initial() -> dict[str, Any]:
    """A new meeting is most often today."""
    return {"day": oslo_today()}
