"""The two questions, as they are asked."""

from typing import Any

from django import forms
from django.utils.text import format_lazy

from tryggmote.statistics.survey import survey
from tryggmote.ui.forms import BigRadioSelect


class SurveyForm(forms.Form):
    """One answer to each. Nothing of it is kept as a draft: others may use the phone."""

    reported = forms.ChoiceField(widget=BigRadioSelect(in_pairs=True))
    safe = forms.ChoiceField(widget=BigRadioSelect)

    def __init__(self, *args: Any, version: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            question = survey(version).question(name)
            field.label, field.help_text = format_lazy("{}", question.asks), format_lazy("{}", question.helps)
            field.choices = [  # type: ignore[attr-defined]
                (answer.code.removeprefix(f"{name}_"), format_lazy("{}", answer.says))
                for answer in question.answers
            ]

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, as `surveying.answer` takes it."""
        return {"reported": self.cleaned_data["reported"], "safe": int(self.cleaned_data["safe"])}
