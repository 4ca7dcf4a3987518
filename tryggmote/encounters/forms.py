"""What people fill in. Every free text says what not to write; every error says what to do."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggmote.access.ids import new_id
from tryggmote.encounters import feeds
from tryggmote.encounters.calendars import LARGEST_FILE
from tryggmote.encounters.models import PLACE_LIMIT, WORDS_LIMIT, Meeting
from tryggmote.encounters.planning import MeetingPlan
from tryggmote.encounters.question_sets import Question, QuestionSet
from tryggmote.encounters.reporting import RiskWords
from tryggmote.encounters.rules import LEVEL_WORDS, Decision, LeaderAnswer, Outcome
from tryggmote.encounters.services import CheckDraft
from tryggmote.organisation.meeting_forms import MEETINGS, MeetingForm
from tryggmote.organisation.models import Person
from tryggmote.organisation.workdays import OSLO
from tryggmote.ui.dates import oslo_day, oslo_today
from tryggmote.ui.forms import NO_PERSONAL_DATA, BigRadioSelect, FilterForm

FORMS = [(form.value, form.label) for form in MEETINGS]
LONGEST_IN_PAIRS = 14  # characters beside each other on a screen of 360 px
PLACE_HELP = _("For eksempel «Samtalerom 3» eller «hos kommunen». Ikke skriv navn eller hjemmeadresse.")


class SentOnce(forms.Form):
    """A form with an id made when the page is drawn: sending it twice is harmless."""

    id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"id": new_id(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class CheckForm(SentOnce):
    """The questions of one meeting form, as large choices."""

    place = forms.CharField(label=_("Sted"), max_length=PLACE_LIMIT, required=False, help_text=PLACE_HELP)
    colleagues = forms.TypedMultipleChoiceField(
        label=_("Kolleger som er med"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("De ser sjekken."),
    )

    def __init__(
        self, *args: Any, form: str, questions: QuestionSet, colleagues: Iterable[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.form_code = form
        self.questions = questions.questions_for(form)
        self.fields["colleagues"].choices = [(person.id, person.name) for person in colleagues]  # type: ignore[attr-defined]
        for question in self.questions:
            self.fields[f"q_{question.code}"] = forms.ChoiceField(
                label=str(question.text),
                help_text=str(question.help or ""),
                choices=[(answer.code, str(answer.text)) for answer in question.answers],
                widget=BigRadioSelect(in_pairs=_are_short(question)),
                error_messages={
                    "required": _("Velg et svar på «%(question)s»") % {"question": question.text},
                    "invalid_choice": _("Velg et av svarene på «%(question)s»") % {"question": question.text},
                },
            )

    @property
    def question_fields(self) -> list[forms.BoundField]:
        """The questions, in order."""
        return [self[f"q_{question.code}"] for question in self.questions]

    def draft(self, meeting: Meeting | None) -> CheckDraft:
        """What was answered. Call when valid."""
        data = self.cleaned_data
        return CheckDraft(
            id=data["id"],
            form=self.form_code,
            answers={question.code: data[f"q_{question.code}"] for question in self.questions},
            place=data["place"],
            starts_at=meeting.starts_at if meeting else None,
            meeting_id=meeting.id if meeting else None,
            colleague_ids=data["colleagues"],
        )


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
        },
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


class DecisionForm(forms.Form):
    """The employee's decision: which button was pressed."""

    decision = forms.ChoiceField(choices=Decision.choices)


class OutcomeForm(forms.Form):
    """How it went: which button was pressed."""

    outcome = forms.ChoiceField(choices=Outcome.choices)


class LeaderAnswerForm(forms.Form):
    """The leader's answer to a check."""

    answer = forms.ChoiceField(
        label=_("Svar"),
        choices=LeaderAnswer.choices,
        widget=BigRadioSelect,
        error_messages={"required": _("Velg hva den ansatte skal gjøre")},
    )
    words = forms.CharField(
        label=_("Noen ord til den ansatte"),
        required=False,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_PERSONAL_DATA,
    )


class OverrideForm(forms.Form):
    """Why a leader lets somebody untrained hold one meeting."""

    reason = forms.CharField(
        label=_("Begrunnelse"),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Hvorfor kan møtet holdes likevel, og hvem er med? Ikke skriv navn på brukeren."),
        error_messages={"required": _("Skriv hvorfor møtet kan holdes likevel")},
    )


class RiskForm(SentOnce):
    """A risk somebody saw: what it is, and if they like, where."""

    what = forms.CharField(
        label=_("Hva er utrygt?"),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_PERSONAL_DATA,
        error_messages={"required": _("Skriv kort hva som er utrygt")},
    )
    form = forms.ChoiceField(
        label=_("Møteform"), choices=[("", _("Gjelder flere, eller vet ikke")), *FORMS], required=False
    )
    place = forms.CharField(label=_("Sted"), max_length=PLACE_LIMIT, required=False, help_text=PLACE_HELP)

    def words(self) -> RiskWords:
        """What was said. Call when valid."""
        data = self.cleaned_data
        return RiskWords(form=data["form"], place=data["place"], what=data["what"])


class StopWordsForm(RiskForm):
    """Words about a stop, afterwards: all optional."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].required = False
        self.fields["what"].label = _("Hva gjorde at du stanset?")
        del self.fields["id"]


class AnswerRiskForm(forms.Form):
    """The leader's answer to what was reported."""

    answer = forms.CharField(
        label=_("Svar til den som meldte"),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Si hva som blir gjort, og når. Ikke skriv navn, fødselsnummer eller diagnoser."),
        error_messages={"required": _("Skriv et svar til den som meldte")},
    )


class PeriodFilter(FilterForm):
    """Narrows a list to a period and a meeting form."""

    from_day = forms.DateField(label=_("Fra dag"), widget=forms.DateInput)
    to_day = forms.DateField(label=_("Til dag"), widget=forms.DateInput)
    form = forms.ChoiceField(label=_("Møteform"), choices=[("", _("Alle")), *FORMS])

    def period(self) -> dict[str, datetime]:
        """The period as conditions on `created_at`; days that make no sense narrow nothing."""
        data = self.cleaned_data
        conditions = {}
        if data.get("from_day"):
            conditions["created_at__gte"] = oslo_day(data["from_day"])[0]
        if data.get("to_day"):
            conditions["created_at__lt"] = oslo_day(data["to_day"])[1]
        return conditions

    def conditions(self) -> dict[str, Any]:
        """All that was chosen, as conditions on the rows."""
        self.is_valid()
        chosen = {"form": self.cleaned_data["form"]} if self.cleaned_data.get("form") else {}
        return self.period() | chosen


class CheckFilter(PeriodFilter):
    """Narrows the list of checks."""

    level = forms.ChoiceField(
        label=_("Risiko"),
        choices=[("", _("Alle")), *((level.rank, word) for level, word in LEVEL_WORDS.items())],
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[
            ("", _("Alle")),
            ("waits", _("Venter på lederen")),
            ("undecided", _("Ikke avgjort")),
            ("decided", _("Avgjort")),
            (Outcome.ALL_WELL.value, _("Gikk bra")),
            (Outcome.SOMETHING_HAPPENED.value, _("Noe skjedde")),
        ],
    )


class RiskFilter(PeriodFilter):
    """Narrows the list of stops and reported risks."""

    kind = forms.ChoiceField(
        label=_("Type"),
        choices=[("", _("Alle")), ("stop", _("Stanset møte")), ("risk", _("Meldt risiko"))],
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[("", _("Alle")), ("open", _("Venter på svar")), ("answered", _("Besvart"))],
    )


def _are_short(question: Question) -> bool:
    """Whether the answers fit two and two on a phone, in the language in force."""
    return all(len(str(answer.text)) <= LONGEST_IN_PAIRS for answer in question.answers)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=OSLO)


def uuid_or_none(text: str) -> UUID | None:
    """The id in an address, or None for one that is missing or broken."""
    try:
        return UUID(text)
    except ValueError:
        return None


def new_meeting_initial() -> dict[str, Any]:
    """A new meeting is most often today."""
    return {"day": oslo_today()}


FORM_ICONS = {
    MeetingForm.RECEPTION: "ReceptionIcon",
    MeetingForm.PLANNED: "PersonChatIcon",
    MeetingForm.GROUP: "PersonGroupIcon",
    MeetingForm.HOME_VISIT: "HouseIcon",
    MeetingForm.OTHERS_PREMISES: "Buildings3Icon",
    MeetingForm.OUTDOORS: "HikingTrailSignIcon",
    MeetingForm.DRIVING: "CarIcon",
    MeetingForm.TELEPHONE: "PhoneIcon",
    MeetingForm.VIDEO: "VideoIcon",
    MeetingForm.WRITTEN: "ChatElipsisIcon",
}
