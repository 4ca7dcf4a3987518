"""Minutes as people fill them in: what was said, decided, who was there, and what must be corrected."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tryggmote.controls.forms import DayAhead, PersonChoice
from tryggmote.controls.vocabulary import MeasureKind
from tryggmote.forums.minutes import DecisionDraft
from tryggmote.forums.models import TEXT_LIMIT, TITLE_LIMIT, WORDS_LIMIT, Participant
from tryggmote.forums.vocabulary import Becomes, Side
from tryggmote.organisation.models import Person
from tryggmote.ui.forms import (
    NO_PERSONAL_DATA,
    BigCheckboxSelectMultiple,
    BigRadioSelect,
    FreeText,
    SentOnce,
)


class MinutesForm(forms.Form):
    """What is said of one point. `seen_at`: when it was last written, as the page showed it."""

    mark_optional = False

    minutes = FreeText(
        label=_("Referat"), help_text=NO_PERSONAL_DATA, limit=TEXT_LIMIT, rows=4, required=False
    )
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_seen_at(self) -> datetime | None:
        """The moment; none that can be understood is none at all."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen_at"])
        except ValueError:
            return None


class DecisionForm(SentOnce):
    """What is decided at a point."""

    words = forms.CharField(
        label=_("Hva er bestemt?"),
        help_text=_("Som noe som skal gjøres. Ikke skriv navn."),
        max_length=TITLE_LIMIT,
        error_messages={"required": _("Skriv hva som er bestemt.")},
    )
    becomes = forms.ChoiceField(
        label=_("Hva blir det til?"),
        choices=Becomes.choices,
        widget=BigRadioSelect(in_pairs=True),
        initial=Becomes.TASK,
        error_messages={"required": _("Velg hva det blir til.")},
    )
    measure_kind = forms.ChoiceField(
        label=_("Hva slags tiltak er det?"),
        help_text=_("Bare når det blir et tiltak."),
        choices=[("", _("Velg")), *MeasureKind.choices],
        required=False,
    )
    owner = PersonChoice(label=_("Hvem har ansvaret?"))
    due_on = DayAhead(label=_("Frist"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, owners: QuerySet[Person], plans: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        if not plans:
            # Measures are planned by leaders of the unit (2.3).
            self.fields["becomes"].choices = [(Becomes.TASK, Becomes.TASK.label)]  # type: ignore[attr-defined]
            self.fields["becomes"].widget = forms.HiddenInput()
            del self.fields["measure_kind"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("becomes") == Becomes.MEASURE and not answers.get("measure_kind"):
            self.add_error("measure_kind", _("Velg hva slags tiltak det er."))
        return answers

    def draft(self) -> DecisionDraft:
        """The answers. Call when valid."""
        said = self.cleaned_data
        return DecisionDraft(
            id=said["id"],
            words=said["words"],
            becomes=Becomes(said["becomes"]),
            owner_id=said["owner"].id,
            due_on=said["due_on"],
            measure_kind=said.get("measure_kind", ""),
        )


class AttendanceForm(forms.Form):
    """Who of those invited was there."""

    mark_optional = False

    present = forms.TypedMultipleChoiceField(
        label=_("Hvem er til stede?"),
        coerce=int,
        widget=BigCheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, members: list[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = self.fields["present"]
        present.choices = [  # type: ignore[attr-defined]
            (
                member.person_id,
                format_lazy("{} ({})", member.person.name, Side(member.side).label)
                if member.side
                else member.person.name,
            )
            for member in members
        ]
        present.initial = [member.person_id for member in members if member.attended]


class SendBackForm(SentOnce):
    """Why the minutes are not right."""

    words = FreeText(
        label=_("Hva må rettes?"),
        help_text=NO_PERSONAL_DATA,
        limit=WORDS_LIMIT,
        rows=3,
        error_messages={"required": _("Skriv hva som må rettes.")},
    )
