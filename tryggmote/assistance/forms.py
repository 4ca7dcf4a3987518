"""What is filled in around a call: how it ended, a drill or test, who is told first, where one sits."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tryggmote.assistance.models import PLACE_LIMIT, Responder
from tryggmote.assistance.requests import CallRequest
from tryggmote.assistance.vocabulary import Kind, Outcome, Purpose
from tryggmote.incidents.vocabulary import COMMON_NATURES, Nature, Severity
from tryggmote.organisation.models import Person
from tryggmote.ui.forms import BigCheckboxSelectMultiple, BigRadioSelect, SentOnce

WEEKDAYS = (
    (1, _("Mandag")),
    (2, _("Tirsdag")),
    (3, _("Onsdag")),
    (4, _("Torsdag")),
    (5, _("Fredag")),
    (6, _("Lørdag")),
    (7, _("Søndag")),
)
WORKING_DAYS = [1, 2, 3, 4, 5]
_EXPLAINED = {
    Outcome.REAL.value: _("Blir en hendelse med tid, sted og forløp. Leder og verneombud får beskjed."),
    Outcome.NOT_NEEDED.value: _("Fint at du tilkalte. Ingen melding blir laget."),
    Outcome.MISTAKE.value: _("Helt greit. Heller én gang for mye enn én for lite."),
    Outcome.FAILED.value: _("Si fra til den som har ansvar for utstyret."),
}


class EndForm(forms.Form):
    """How a call ended. Where help was needed, what happened and how it felt are asked for as well."""

    mark_optional = False

    natures = forms.MultipleChoiceField(
        label=_("Hva skjedde?"),
        help_text=_("Velg alt som passer."),
        choices=[(nature.value, nature.label) for nature in COMMON_NATURES],
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        required=False,
    )
    severity = forms.TypedChoiceField(
        label=_("Hvordan opplevdes det?"),
        choices=Severity.choices,
        coerce=int,
        empty_value=None,
        widget=BigRadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, outcomes: tuple[Outcome, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"] = forms.TypedChoiceField(
            label=_("Hva var det?"),
            choices=[(outcome.value, outcome.label) for outcome in outcomes],
            coerce=Outcome,
            widget=BigRadioSelect(descriptions=_EXPLAINED),
            error_messages={"required": _("Velg hva det var.")},
        )
        self.asks_what_happened = Outcome.REAL in outcomes
        if not self.asks_what_happened:
            del self.fields["natures"], self.fields["severity"]

    def clean(self) -> dict[str, Any]:
        """Help that was needed becomes an incident, which says what happened and how it felt (2.4)."""
        answers = super().clean() or {}
        if answers.get("outcome") is Outcome.REAL:
            if not answers.get("natures"):
                self.add_error("natures", _("Velg minst ett svar, så blir hendelsen meldt."))
            if not answers.get("severity"):
                self.add_error("severity", _("Velg hvordan det opplevdes."))
        return answers

    def what_happened(self) -> tuple[tuple[Nature, ...], int]:
        """Natures and severity of a call that was the real thing."""
        return tuple(Nature(value) for value in self.cleaned_data["natures"]), self.cleaned_data["severity"]


class PracticeForm(SentOnce):
    """A drill or a test, chosen before it is sent."""

    purpose = forms.ChoiceField(
        label=_("Hva skal du gjøre?"),
        choices=[(Purpose.DRILL.value, Purpose.DRILL.label), (Purpose.TEST.value, Purpose.TEST.label)],
        widget=BigRadioSelect(
            descriptions={
                Purpose.DRILL.value: _(
                    "Kollegene øver på å komme. Tiden blir målt, og står på enhetens side."
                ),
                Purpose.TEST.value: _(
                    "Du prøver om anropet virker fra et rom eller en knapp. Teller for 3.5."
                ),
            }
        ),
        error_messages={"required": _("Velg øvelse eller test.")},
    )
    place = forms.CharField(
        label=_("Hvor er du?"),
        help_text=_("Rommet eller knappen som prøves, for eksempel «Samtalerom 3»."),
        max_length=PLACE_LIMIT,
        error_messages={"required": _("Skriv hvilket rom eller hvilken knapp det gjelder.")},
    )
    kind = forms.ChoiceField(
        label=_("Hva øves det på?"),
        choices=[("", _("Ikke noe bestemt")), *Kind.choices],
        required=False,
    )

    def request(self, unit_id: int | None) -> CallRequest:
        """The call that is sent."""
        return CallRequest.read({**self.cleaned_data, "unit": unit_id})


class RespondersForm(forms.Form):
    """Who is told first in a unit, and on which days."""

    mark_optional = False

    people = forms.ModelMultipleChoiceField(
        label=_("Hvem varsles først?"),
        help_text=_("Velg ingen hvis alle skal varsles samtidig."),
        queryset=Person.objects.none(),
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        required=False,
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Hvilke dager?"),
        choices=WEEKDAYS,
        coerce=int,
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        required=False,
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]

    @classmethod
    def beginning(cls, responders: list[Responder]) -> dict[str, Any]:
        """What the form begins with."""
        days = {day for responder in responders for day in responder.weekdays}
        return {
            "people": [responder.person_id for responder in responders],
            "weekdays": sorted(days) or WORKING_DAYS,
        }

    def clean(self) -> dict[str, Any]:
        """People without days are nobody: then say which days, or choose nobody."""
        answers = super().clean() or {}
        if answers.get("people") and not answers.get("weekdays"):
            self.add_error("weekdays", _("Velg minst én dag."))
        return answers

    def chosen(self) -> dict[int, list[int]]:
        """Weekdays by person id."""
        return {person.id: self.cleaned_data["weekdays"] for person in self.cleaned_data["people"]}


class UsualPlaceForm(forms.Form):
    """Where one usually sits."""

    place = forms.CharField(
        label=_("Hvor sitter du til vanlig?"),
        help_text=_("Brukes når du tilkaller hjelp og ikke er i et planlagt møte. Bare du ser det."),
        max_length=PLACE_LIMIT,
        required=False,
    )
