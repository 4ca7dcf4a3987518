"""What is filled in around a short lesson. Every error says what to do (4.1)."""

from collections.abc import Collection
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tryggmote.lessons.library import Lesson, Option, Question
from tryggmote.lessons.rules import AT_LEAST, can_be_of
from tryggmote.organisation.meeting_forms import MEETINGS
from tryggmote.organisation.models import Person
from tryggmote.training.forms import DayField
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.forms import BigCheckboxSelectMultiple, BigRadioSelect, FilterForm, SentOnce


class LibraryFilter(FilterForm):
    """For which meeting form lessons are shown."""

    form = forms.ChoiceField(
        label=_("Møteform"), choices=[("", _("Alle")), *((form.value, form.label) for form in MEETINGS)]
    )


class QuestionsForm(SentOnce):
    """The questions of a lesson, each with its answers."""

    def __init__(self, *args: Any, lesson: Lesson, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._questions = lesson.questions
        for number, question in enumerate(lesson.questions):
            self.fields[f"question_{number}"] = forms.TypedChoiceField(
                label=format_lazy("{}", question.text),
                coerce=int,
                choices=[
                    (place, format_lazy("{}", option.text)) for place, option in enumerate(question.options)
                ],
                widget=BigRadioSelect,
                error_messages={"required": _("Velg et svar. Det er lov å ta feil.")},
            )

    def answered(self) -> list[tuple[Question, Option]]:
        """Each question with the answer chosen. Call when the form is valid."""
        return [
            (question, question.options[self.cleaned_data[f"question_{number}"]])
            for number, question in enumerate(self._questions)
        ]


class AttendanceForm(SentOnce):
    """Who was there."""

    people = forms.TypedMultipleChoiceField(
        label=_("Hvem var her?"),
        coerce=int,
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        error_messages={
            "required": _("Velg dem som var her."),
            "invalid_choice": _("Noen av dem arbeider ikke her lenger. Velg på nytt."),
        },
    )

    def __init__(self, *args: Any, people: Collection[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["people"]).choices = [
            (person.id, person.name) for person in people
        ]

    def clean_people(self) -> list[int]:
        """At least two."""
        chosen = cast(list[int], self.cleaned_data["people"])
        if len(chosen) < AT_LEAST:
            raise ValidationError(_("Velg minst to som var der. Er du alene, kan du lese økten selv."))
        return chosen


class HeldForm(AttendanceForm):
    """Who was there, and on which day."""

    held_on = DayField(label=_("Når?"), error_messages={"required": _("Velg dagen dere hadde økten.")})
    field_order = ("people", "held_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"held_on": oslo_today()}, **kwargs)

    def clean_held_on(self) -> date:
        """Today, or not long ago."""
        day = cast(date, self.cleaned_data["held_on"])
        if not can_be_of(day, oslo_today()):
            raise ValidationError(_("Økten kan føres samme dag, og inntil 30 dager etter."))
        return day
