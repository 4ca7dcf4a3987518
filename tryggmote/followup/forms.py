"""What people fill in about a plan: an answer, a time, a wish, a pause, a name."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggmote.followup.models import NAME_LIMIT, WORDS_LIMIT, Step
from tryggmote.followup.rules import pause_ends_by
from tryggmote.followup.services import PlanDeed, StepDeed
from tryggmote.followup.steps import StepText, step_rules
from tryggmote.followup.vocabulary import PlanActKind, StepActKind
from tryggmote.organisation.models import Person
from tryggmote.organisation.workdays import OSLO
from tryggmote.ui.dates import day, when
from tryggmote.ui.forms import FreeText, SentOnce

NO_DETAILS = _(
    "Skriv bare det dere trenger å huske. Ikke skriv hva som skjedde, navn på brukere eller diagnoser."
)


FURTHEST = timedelta(days=731)


class StepActForm(SentOnce):
    """One tap on a step: yes, no, done, not done."""

    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in StepActKind if kind != StepActKind.PLANNED]
    )
    note = FreeText(limit=WORDS_LIMIT, required=False)

    def deed(self) -> StepDeed:
        """What was tapped. Call when the form is valid."""
        given = self.cleaned_data
        return StepDeed(id=given["id"], kind=StepActKind(given["kind"]), note=given["note"])


class StepTimeForm(SentOnce):
    """When a step is done, and by whom. Whoever follows up cannot put it after the deadline."""

    on = forms.DateField(
        label=_("Dag"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Velg en dag."), "invalid": _("Velg en dag, for eksempel 3.12.2026.")},
    )
    clock = forms.TimeField(
        label=_("Klokkeslett"),
        widget=forms.TimeInput(attrs={"type": "time"}),
        required=False,
        error_messages={"invalid": _("Skriv klokkeslettet som 14:00.")},
    )
    who = forms.CharField(
        label=_("Hvem gjør det?"),
        help_text=_("For eksempel navnet på en kollega eller bedriftshelsetjenesten."),
        max_length=NAME_LIMIT,
        required=False,
    )

    def __init__(self, *args: Any, step: Step, is_persons: bool, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_{step.id.hex}_%s", **kwargs)
        self.step, self.is_persons = step, is_persons

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if on := given.get("on"):
            moment = datetime.combine(on, given.get("clock") or time(23, 59), OSLO)
            if moment < timezone.now():
                self.add_error("on", _("Tidspunktet er passert. Velg et som kommer."))
            elif moment > timezone.now() + FURTHEST:
                self.add_error("on", _("Det er mer enn to år fram. Velg en dag som er nærmere."))
            elif not self.is_persons and moment > self.step.due_at:
                late = _("Fristen er %(due)s. Bare den planen gjelder, kan flytte den lenger fram.")
                self.add_error("on", ValidationError(late, params={"due": when(self.step.due_at)}))
            given["planned_at"] = moment
        return given

    def deed(self) -> StepDeed:
        """The time that was agreed. Call when the form is valid."""
        given = self.cleaned_data
        return StepDeed(
            id=given["id"], kind=StepActKind.PLANNED, planned_at=given["planned_at"], who=given["who"]
        )


class OfferForm(SentOnce):
    """One thing more to offer."""

    code = forms.ChoiceField(
        label=_("Hva vil du tilby?"), error_messages={"required": _("Velg hva du vil tilby.")}
    )

    def __init__(self, *args: Any, others: list[StepText], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            ("", _("Velg")), *((text.code, str(text.title)) for text in others),
        ]  # fmt: skip


class WishForm(SentOnce):
    """What the person asks for in their own words."""

    words = FreeText(
        limit=WORDS_LIMIT,
        rows=3,
        label=_("Hva ønsker du?"),
        help_text=NO_DETAILS,
        error_messages={"required": _("Skriv hva du ønsker.")},
    )


class PlanActForm(SentOnce):
    """An act on the whole plan that may come with some words."""

    kind: PlanActKind
    words = FreeText(limit=WORDS_LIMIT, rows=3, label=_("Vil du si noe til slutt?"), required=False)

    def deed(self) -> PlanDeed:
        """What is to be done. Call when the form is valid."""
        given = self.cleaned_data
        return PlanDeed(id=given["id"], kind=self.kind, words=given.get("words", ""))


class CloseForm(PlanActForm):
    kind = PlanActKind.CLOSED


class ReopenForm(PlanActForm):
    kind = PlanActKind.REOPENED
    words = FreeText(
        limit=WORDS_LIMIT, rows=3, label=_("Hva trenger du nå?"), help_text=NO_DETAILS, required=False
    )


class ResumeForm(SentOnce):
    def deed(self) -> PlanDeed:
        """The plan goes on. Call when the form is valid."""
        return PlanDeed(id=self.cleaned_data["id"], kind=PlanActKind.RESUMED)


class PauseForm(PlanActForm):
    """Nobody can be reached: why, and until when."""

    kind = PlanActKind.PAUSED
    words = FreeText(
        limit=WORDS_LIMIT,
        rows=2,
        label=_("Hvorfor er planen på vent?"),
        help_text=_("Den det gjelder, ser dette. For eksempel: «Jeg har ringt to ganger uten å få svar.»"),
        error_messages={"required": _("Skriv hvorfor, så den det gjelder kan se det.")},
    )
    until = forms.DateField(
        label=_("Når prøver du igjen?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Velg en dag."), "invalid": _("Velg en dag, for eksempel 3.12.2026.")},
    )

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        today, last = timezone.localdate(), pause_ends_by(timezone.localdate(), step_rules())
        if until <= today:
            raise ValidationError(_("Velg en dag som kommer."))
        if until > last:
            too_long = _("En plan kan ikke stå på vent så lenge. Velg senest %(last)s.")
            raise ValidationError(too_long, params={"last": day(last)})
        return until

    def deed(self) -> PlanDeed:
        given = self.cleaned_data
        until = datetime.combine(given["until"], time(8), OSLO)
        return PlanDeed(id=given["id"], kind=self.kind, words=given["words"], until=until)


class HandOverForm(SentOnce):
    """Who follows up from now on."""

    to_person = forms.TypedChoiceField(
        label=_("Hvem skal følge opp?"), coerce=int, error_messages={"required": _("Velg en leder.")}
    )

    def __init__(self, *args: Any, leaders: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_person"].choices = [  # type: ignore[attr-defined]
            ("", _("Velg")), *((leader.id, leader.name) for leader in leaders),
        ]  # fmt: skip

    def deed(self) -> PlanDeed:
        """Whom it is handed to. Call when the form is valid."""
        given = self.cleaned_data
        return PlanDeed(id=given["id"], kind=PlanActKind.HANDED_OVER, to_person_id=given["to_person"])


class LetInForm(SentOnce):
    """One named person who may read the plan."""

    to_person = forms.ModelChoiceField(
        label=_("Hvem vil du dele planen med?"),
        help_text=_("Én person om gangen. Du kan trekke det tilbake når du vil."),
        queryset=Person.objects.none(),
        empty_label=_("Velg"),
        error_messages={"required": _("Velg en person."), "invalid_choice": _("Velg en person fra listen.")},
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_person"].queryset = people  # type: ignore[attr-defined]


class NobodyForm(forms.Form):
    """Why nobody is to be offered follow-up after a report that names nobody."""

    reason = FreeText(
        limit=WORDS_LIMIT,
        rows=2,
        label=_("Hvorfor trenger ingen oppfølging?"),
        help_text=_("For eksempel: «Det var en bekymring. Ingen var til stede.»"),
        error_messages={"required": _("Skriv hvorfor.")},
    )


class WitnessForm(forms.Form):
    """Somebody who was there."""

    person = forms.ModelChoiceField(
        label=_("Hvem så eller hørte det, eller var også utsatt?"),
        help_text=_("De får vite enhet, dag og hva slags hendelse, ikke hva som står i meldingen."),
        queryset=Person.objects.none(),
        empty_label=_("Velg"),
        error_messages={"required": _("Velg en person."), "invalid_choice": _("Velg en person fra listen.")},
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
