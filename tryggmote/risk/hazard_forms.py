"""What people fill in about a hazard: raising it, deciding about it, and narrowing the inbox."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.risk.hazard_queries import Line
from tryggmote.risk.hazard_rules import State
from tryggmote.risk.inbox import DecisionDraft, HazardDraft
from tryggmote.risk.models import HAZARD_LIMIT, TEXT_LIMIT, Assessment, Scenario
from tryggmote.risk.vocabulary import Outcome, Source
from tryggmote.ui.dates import day
from tryggmote.ui.forms import (
    NO_PERSONAL_DATA,
    BigCheckboxSelectMultiple,
    BigRadioSelect,
    FilterForm,
    FreeText,
    SentOnce,
)

Choices = list[tuple[Any, Any]]
ANY: Choices = [("", gettext_lazy("Alle"))]


class HazardForm(SentOnce):
    """Something dangerous that somebody has met or seen."""

    what = FreeText(
        limit=HAZARD_LIMIT,
        rows=3,
        label=gettext_lazy("Hva er farlig?"),
        help_text=gettext_lazy(
            "Beskriv situasjonen, ikke personen: hvor, når og hva som kan skje. "
            "Ikke skriv navn, fødselsnummer eller diagnoser."
        ),
        error_messages={"required": gettext_lazy("Skriv kort hva som er farlig.")},
    )
    meeting_forms = forms.MultipleChoiceField(
        label=gettext_lazy("I hvilke møteformer?"),
        help_text=gettext_lazy("Velg dem du vet om. Ingen valgt er også greit."),
        choices=MeetingForm.choices,
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        required=False,
    )
    found_in_review = forms.BooleanField(
        label=gettext_lazy("Funnet i en gjennomgang av lokalene"),
        help_text=gettext_lazy("For eksempel på vernerunde."),
        required=False,
    )
    unit = forms.TypedChoiceField(
        label=gettext_lazy("Hvilken enhet gjelder det?"),
        coerce=int,
        error_messages={"invalid_choice": gettext_lazy("Velg en enhet fra listen.")},
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()

    def draft(self) -> HazardDraft:
        """What was filled in. Call when valid."""
        data = self.cleaned_data
        return HazardDraft(
            id=data["id"],
            unit_id=data["unit"],
            what=data["what"],
            forms=tuple(data["meeting_forms"]),
            found_in_review=data["found_in_review"],
        )


class AnswerForm(SentOnce):
    """Every decision has an answer to whoever raised the hazard."""

    outcome: Outcome
    answer = FreeText(
        limit=TEXT_LIMIT,
        label=gettext_lazy("Svar til den som meldte"),
        help_text=NO_PERSONAL_DATA,
        error_messages={"required": gettext_lazy("Skriv et svar. Den som meldte, venter på det.")},
    )

    def draft(self) -> DecisionDraft:
        """What was decided. Call when valid."""
        return DecisionDraft(
            id=self.cleaned_data["id"],
            outcome=self.outcome,
            answer=self.cleaned_data["answer"],
            **self.leads_to(),
        )

    def leads_to(self) -> dict[str, Any]:
        """Where the decision leads, as `DecisionDraft` names it."""
        return {}


class DeclineForm(AnswerForm):
    """The hazard is not taken in."""

    outcome = Outcome.DECLINED


class MergeForm(AnswerForm):
    """The hazard is the same as another."""

    outcome = Outcome.MERGED
    field_order = ("other", "answer")

    other = forms.TypedChoiceField(
        label=gettext_lazy("Hvilken fare er det samme?"),
        coerce=UUID,
        widget=BigRadioSelect,
        error_messages={
            "required": gettext_lazy("Velg hvilken fare det er."),
            "invalid_choice": gettext_lazy("Faren er ikke lenger på listen. Velg en av dem som er der nå."),
        },
    )

    def __init__(self, *args: Any, others: Collection[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["other"]
        field.choices = [(str(line.hazard.id), line.hazard.what) for line in others]
        field.widget.descriptions = {str(line.hazard.id): _about(line) for line in others}

    def leads_to(self) -> dict[str, Any]:
        return {"merged_into_id": self.cleaned_data["other"]}


def _about(line: Line) -> str:
    raised = _("meldt %(day)s") % {"day": day(line.hazard.raised_at)}
    return " · ".join([str(line.state.label), line.source_word, raised, *line.form_words])


class AssessForm(AnswerForm):
    """The hazard belongs to a scenario of an assessment."""

    outcome = Outcome.ASSESSED
    field_order = ("scenario", "reopens", "answer")

    scenario = forms.TypedChoiceField(
        label=gettext_lazy("Situasjoner i vurderingen"),
        coerce=UUID,
        widget=BigRadioSelect,
        error_messages={
            "required": gettext_lazy("Velg situasjonen faren hører til."),
            "invalid_choice": gettext_lazy(
                "Situasjonen er ikke lenger med i vurderingen. Velg en av dem som er der nå."
            ),
        },
    )
    reopens = forms.BooleanField(
        label=gettext_lazy("Åpne vurderingen igjen"),
        help_text=gettext_lazy(
            "Når faren viser at risikoen kan være en annen enn dere trodde. "
            "Versjonen som er godkjent, gjelder så lenge."
        ),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        assessment: Assessment,
        scenarios: Collection[Scenario],
        may_open: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.assessment = assessment
        field: Any = self.fields["scenario"]
        field.choices = [(str(scenario.lineage), scenario.hazard) for scenario in scenarios]
        field.widget.descriptions = {
            str(scenario.lineage): Truncator(scenario.situation).chars(160) for scenario in scenarios
        }
        if not may_open:
            del self.fields["reopens"]

    def leads_to(self) -> dict[str, Any]:
        return {
            "assessment_id": self.assessment.id,
            "lineage": self.cleaned_data["scenario"],
            "reopens": self.cleaned_data.get("reopens", False),
        }


class HazardFilter(FilterForm):
    """Narrow the inbox."""

    MINE = "mine"

    state = forms.ChoiceField(label=gettext_lazy("Status"), choices=[*ANY, *State.choices])
    source = forms.ChoiceField(label=gettext_lazy("Kommer fra"), choices=[*ANY, *Source.choices])
    form = forms.ChoiceField(label=gettext_lazy("Møteform"), choices=[*ANY, *MeetingForm.choices])
    raised_by = forms.ChoiceField(label=gettext_lazy("Meldt av"), choices=[*ANY, (MINE, gettext_lazy("Meg"))])
    unit = forms.TypedChoiceField(label=gettext_lazy("Enhet"), coerce=int, empty_value=None)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [*ANY, *units]  # type: ignore[attr-defined]
        if len(units) < 2:
            del self.fields["unit"]

    def chosen(self, person_id: int) -> dict[str, Any]:
        """What `hazard_queries.hazards` takes; nothing when somebody has written an address of their own."""
        if not self.is_valid():
            return {}
        chosen = dict(self.cleaned_data)
        mine = chosen.pop("raised_by") == self.MINE
        return {"unit_id": chosen.pop("unit", None), "raised_by_id": person_id if mine else None, **chosen}
