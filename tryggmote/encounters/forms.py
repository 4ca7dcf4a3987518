"""What people fill in about a check. Every free text says what not to write; errors say what to do."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from tryggmote.encounters.models import PLACE_LIMIT, WORDS_LIMIT, Meeting
from tryggmote.encounters.question_sets import Question, QuestionSet
from tryggmote.encounters.services import CheckDraft
from tryggmote.encounters.vocabulary import Decision, LeaderAnswer, Outcome
from tryggmote.organisation.meeting_forms import MEETINGS
from tryggmote.organisation.models import Person
from tryggmote.ui.forms import NO_PERSONAL_DATA, BigRadioSelect, SentOnce

# Days that can be meant. What lies outside does not fit in the clock of another time zone.
CONCEIVABLE_DAY = (MinValueValidator(date(1990, 1, 1)), MaxValueValidator(date(2190, 1, 1)))
FORMS = [(form.value, form.label) for form in MEETINGS]
LONGEST_IN_PAIRS = 14  # characters beside each other on a screen of 360 px
PLACE_HELP = _("For eksempel «Samtalerom 3» eller «hos kommunen». Ikke skriv navn eller hjemmeadresse.")


class CheckForm(SentOnce):
    """The questions of one meeting form, as large choices. `rooms`: those it can be held in, by name."""

    room = forms.TypedChoiceField(
        label=_("Hvilket rom?"),
        coerce=UUID,
        empty_value=None,
        required=False,
        help_text=_("Da ser du om rommet passer til møtet."),
        error_messages={"invalid_choice": _("Rommet er ikke i bruk lenger. Velg et annet.")},
    )
    place = forms.CharField(label=_("Sted"), max_length=PLACE_LIMIT, required=False, help_text=PLACE_HELP)
    colleagues = forms.TypedMultipleChoiceField(
        label=_("Kolleger som er med"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("De ser sjekken."),
    )

    def __init__(
        self,
        *args: Any,
        form: str,
        questions: QuestionSet,
        colleagues: Iterable[Person],
        rooms: Mapping[UUID, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.form_code = form
        self.questions = questions.questions_for(form)
        self.fields["colleagues"].choices = [(person.id, person.name) for person in colleagues]  # type: ignore[attr-defined]
        self.rooms = rooms or {}
        self.fields["room"].choices = [("", _("Vet ikke ennå")), *self.rooms.items()]  # type: ignore[attr-defined]
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
            # Where one is, is what a call for help says.
            place=data["place"] or self.rooms.get(data["room"], ""),
            room_id=data["room"],
            starts_at=meeting.starts_at if meeting else None,
            meeting_id=meeting.id if meeting else None,
            colleague_ids=data["colleagues"],
        )


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


def uuid_or_none(text: str) -> UUID | None:
    """The id in an address, or None for one that is missing or broken."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _are_short(question: Question) -> bool:
    """Whether the answers fit two and two on a phone, in the language in force."""
    return all(len(str(answer.text)) <= LONGEST_IN_PAIRS for answer in question.answers)
