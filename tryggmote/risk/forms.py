"""What leaders fill in about an assessment as a whole. Errors say what to do."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.risk.mapping_forms import activity_name
from tryggmote.risk.models import TEXT_LIMIT, TITLE_LIMIT, Activity
from tryggmote.risk.versions import AssessmentDraft
from tryggmote.risk.vocabulary import Subject
from tryggmote.ui.forms import NO_PERSONAL_DATA, BigCheckboxSelectMultiple, BigRadioSelect, FreeText, SentOnce


class AssessmentForm(SentOnce):
    """What is to be assessed. No field is called optional: the subject decides about meeting forms."""

    mark_optional = False

    title = forms.CharField(
        label=_("Hva skal vurderes?"),
        max_length=TITLE_LIMIT,
        help_text=_("For eksempel «Samtaler på kontoret» eller «Hjemmebesøk»."),
    )
    meeting_forms = forms.MultipleChoiceField(
        label=_("Hvilke møteformer gjelder det?"),
        help_text=_("Velg dem som hører sammen. Rommet, folkene og farene bør være noenlunde de samme."),
        choices=MeetingForm.choices,
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        required=False,
    )
    subject = forms.ChoiceField(
        label=_("Hva slags vurdering er det?"),
        choices=Subject.choices,
        initial=Subject.WORK,
        widget=BigRadioSelect,
    )
    activities = forms.MultipleChoiceField(
        label=_("Hvilke oppgaver gjelder det?"),
        help_text=_("Ingen valgt betyr alle oppgaver i disse møteformene."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, activities: Iterable[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activities"].choices = [  # type: ignore[attr-defined]
            (str(activity.id), activity_name(activity)) for activity in activities
        ]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("subject") == Subject.WORK and not answers.get("meeting_forms"):
            self.add_error("meeting_forms", _("Velg minst én møteform."))
        return answers

    def draft(self, unit_id: int) -> AssessmentDraft:
        """What was filled in. Call when valid."""
        data = self.cleaned_data
        return AssessmentDraft(
            id=data["id"],
            unit_id=unit_id,
            title=data["title"],
            subject=data["subject"],
            forms=tuple(data["meeting_forms"]),
            activity_ids=tuple(UUID(activity) for activity in data["activities"]),
        )


class ReopenForm(forms.Form):
    """Why an approved assessment is opened again."""

    cause = forms.ChoiceField(
        label=_("Hva er grunnen?"),
        widget=BigRadioSelect,
        error_messages={"required": _("Velg en grunn.")},
    )
    words = FreeText(limit=TEXT_LIMIT, label=_("Fortell kort"), help_text=NO_PERSONAL_DATA, rows=3)

    def __init__(self, *args: Any, causes: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].choices = causes  # type: ignore[attr-defined]
