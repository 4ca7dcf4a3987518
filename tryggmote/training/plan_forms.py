"""What is filled in about the year's plan. Every error says what to do."""

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from tryggmote.risk.models import HIGHEST
from tryggmote.training.models.plans import TEXT_LIMIT, WORDS_LIMIT, Plan
from tryggmote.training.models.sessions import MOST_PLACES
from tryggmote.training.plan_vocabulary import Way
from tryggmote.ui.forms import FreeText, SentOnce

MONTH_ERRORS = {"required": _("Velg en måned."), "invalid_choice": _("Velg en måned fra listen.")}


def month_field() -> forms.TypedChoiceField:
    """One of the twelve."""
    return forms.TypedChoiceField(
        label=_("Måned"), choices=list(MONTHS.items()), coerce=int, error_messages=MONTH_ERRORS
    )


class AddForm(SentOnce):
    """Something a leader puts in the plan."""

    element = forms.ChoiceField(
        label=_("Hva?"),
        error_messages={
            "required": _("Velg en del av opplæringen."),
            "invalid_choice": _("Velg en del av opplæringen fra listen."),
        },
    )
    month = month_field()
    people = forms.IntegerField(
        label=_("For hvor mange?"),
        min_value=1,
        max_value=MOST_PLACES,
        error_messages={
            "required": _("Skriv hvor mange det er for."),
            "invalid": _("Skriv et tall."),
            "min_value": _("Skriv minst 1."),
            "max_value": _("Skriv høyst %(limit_value)s."),
        },
    )
    way = forms.ChoiceField(label=_("Hvordan?"), choices=Way.choices)
    words = FreeText(label=_("Hvorfor?"), limit=WORDS_LIMIT, rows=2, required=False)

    def __init__(self, *args: Any, elements: Collection[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["element"]).choices = [("", _("Velg")), *elements]


class MoveForm(forms.Form):
    """Another month."""

    month = month_field()


class RemoveForm(forms.Form):
    """Why something is taken out."""

    why = FreeText(
        label=_("Hvorfor tas det ut?"),
        help_text=_("Noen trenger det. Verneombudet ser hva du skriver."),
        limit=WORDS_LIMIT,
        rows=2,
        error_messages={"required": _("Skriv hvorfor det tas ut.")},
    )


class ReviseForm(SentOnce):
    """Why another edition is needed."""

    reason = FreeText(
        label=_("Hvorfor endres planen?"),
        limit=TEXT_LIMIT,
        rows=2,
        error_messages={"required": _("Skriv hvorfor planen endres.")},
    )


class ApprovePlanForm(SentOnce):
    """A leader puts the draft in force. `revision`: the one that stands on the page."""

    revision = forms.IntegerField(max_value=HIGHEST, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, plan: Plan, **kwargs: Any) -> None:
        super().__init__(data, initial={"revision": plan.revision}, auto_id="approve_%s", **kwargs)
