"""What a leader judges, records and sends, and what the injured consents to. Every error says what to do."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggmote.incidents.forms import CLOCKS_DIFFER, EARLIEST, OsloMoment
from tryggmote.organisation.models import Person, Unit
from tryggmote.statutory.legal_data import Criterion, Recipient, legal_data
from tryggmote.statutory.models import REFERENCE_LIMIT, TEXT_LIMIT
from tryggmote.statutory.notifying import Call
from tryggmote.statutory.registering import InjuryEntry
from tryggmote.statutory.reporting import Sending
from tryggmote.statutory.vocabulary import CALLS, Absence, InjuryKind
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.forms import (
    BigCheckboxSelectMultiple,
    BigRadioSelect,
    FilterForm,
    FreeText,
    SentOnce,
)

YES, NO = "yes", "no"
_WRITE_A_DAY = {
    "required": _("Velg en dag."),
    "invalid": _("Skriv dagen som dag, måned og år, for eksempel 31.12.2026."),
}


class PastMoment(OsloMoment):
    """When something was done: now when left empty, never in the future."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            error_messages={"invalid": _("Skriv dato og klokkeslett, for eksempel 23.11.2026 og 13.00.")},
            **kwargs,
        )

    def clean(self, value: Any) -> datetime | None:
        moment: datetime | None = super().clean(value)
        if moment and moment > timezone.now() + CLOCKS_DIFFER:
            raise ValidationError(_("Tidspunktet er fram i tid. Skriv når det ble gjort."))
        if moment and moment < EARLIEST:
            raise ValidationError(_("Årstallet kan ikke stemme. Skriv når det ble gjort."))
        return moment


class PastDay(forms.DateField):
    """A day that has been, or today."""

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and day > oslo_today():
            raise ValidationError(_("Dagen er fram i tid. Velg i dag eller en dag som har vært."))
        if day and day < EARLIEST.date():
            raise ValidationError(_("Årstallet kan ikke stemme. Velg dagen en gang til."))
        return day


class _WeighedForm(SentOnce):
    """What holds, yes or no, and why: the shape of both judgements the law asks a leader for."""

    mark_optional = False

    holds = forms.MultipleChoiceField(widget=BigCheckboxSelectMultiple, required=False)
    answer = forms.ChoiceField(widget=BigRadioSelect)
    reason = FreeText(
        limit=TEXT_LIMIT,
        label=_("Hvorfor?"),
        help_text=_("Skriv det du vet og bygger på. Må fylles ut når svaret er nei. Ikke skriv diagnoser."),
        required=False,
        rows=3,
    )
    contradicted = _("Du har krysset av for noe som tilsier ja. Velg ja, eller fjern krysset.")

    def weigh(self, criteria: Iterable[Criterion]) -> None:
        """Offer the criteria of the rule data."""
        listed = list(criteria)
        self.fields["holds"].choices = [(c.code, str(c.says)) for c in listed]  # type: ignore[attr-defined]
        widget = self.fields["holds"].widget
        widget.descriptions = {c.code: str(c.more) for c in listed if c.more}

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("answer") == NO and answers.get("holds"):
            self.add_error("answer", self.contradicted)
        elif answers.get("answer") == NO and not answers.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Skriv hvorfor svaret er nei."))
        return answers


class JudgementForm(_WeighedForm):
    """Whether notice is due (AML § 5-2)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.weigh(legal_data().notice.criteria)
        self.fields["holds"].label = _("Stemmer noe av dette?")
        self.fields["holds"].help_text = _("Kryss av for alt som stemmer, eller kan komme til å stemme.")
        answer = self.fields["answer"]
        answer.label = _("Må dere varsle?")
        answer.help_text = _("Er du i tvil, så varsle. Ingen blir klandret for å varsle en gang for mye.")
        answer.choices = [  # type: ignore[attr-defined]
            (YES, _("Ja, vi varsler nå")),
            (NO, _("Nei, dette er ikke så alvorlig")),
        ]
        answer.error_messages["required"] = _("Velg ja eller nei.")

    def judgement(self) -> dict[str, Any]:
        """The answers as `notifying.judge_notice` takes them. Call when the form is valid."""
        answers = self.cleaned_data
        return {
            "judgement_id": answers["id"],
            "criteria": answers["holds"],
            "must_notify": answers["answer"] == YES,
            "reason": answers["reason"],
        }


class DecisionForm(_WeighedForm):
    """Whether an injury is reported as occupational (folketrygdloven § 13-14)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.weigh(legal_data().report.grounds)
        self.fields["holds"].label = _("Stemmer noe av dette?")
        answer = self.fields["answer"]
        answer.label = _("Skal skaden meldes som yrkesskade?")
        answer.help_text = _("Stemmer ett av punktene, skal den meldes.")
        answer.choices = [  # type: ignore[attr-defined]
            (YES, _("Ja, den skal meldes")),
            (NO, _("Nei, den skal ikke meldes")),
        ]
        answer.error_messages["required"] = _("Velg ja eller nei.")

    def decision(self) -> dict[str, Any]:
        """The answers as `reporting.decide_report` takes them. Call when the form is valid."""
        answers = self.cleaned_data
        return {
            "decision_id": answers["id"],
            "grounds": answers["holds"],
            "is_due": answers["answer"] == YES,
            "reason": answers["reason"],
        }


class CallForm(SentOnce):
    """A call to an authority. "Ringt nå" sends only which one; the rest corrects it afterwards."""

    authority = forms.ChoiceField(choices=[(code, code) for code in CALLS], widget=forms.HiddenInput)
    done_at = PastMoment(label=_("Når ringte dere?"))
    done_by = forms.ModelChoiceField(
        label=_("Hvem ringte?"), queryset=Person.objects.none(), required=False, empty_label=_("Jeg ringte")
    )
    reference = forms.CharField(
        label=_("Saksnummer eller navn på den du snakket med"),
        help_text=_("Hos Arbeidstilsynet eller politiet. Aldri navnet på en bruker."),
        max_length=REFERENCE_LIMIT,
        required=False,
    )

    def __init__(self, *args: Any, callers: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_by"].queryset = callers  # type: ignore[attr-defined]

    def call(self) -> Call:
        """The answers as a call. Call when the form is valid."""
        answers = self.cleaned_data
        return Call(
            id=answers["id"],
            authority=answers["authority"],
            done_at=answers["done_at"],
            done_by_id=answers["done_by"].id if answers["done_by"] else None,
            reference=answers["reference"],
        )


class ConfirmationForm(SentOnce):
    """The written confirmation, and when it was sent."""

    text = FreeText(
        limit=TEXT_LIMIT,
        label=_("Teksten dere sender"),
        help_text=_("Les gjennom og rett det som er feil. Navnet på brukeren skal ikke med."),
        rows=14,
        error_messages={"required": _("Skriv teksten som ble sendt.")},
    )
    done_at = PastMoment(label=_("Når ble den sendt?"), help_text=_("La stå tomt hvis du sender den nå."))


class CopyForm(SentOnce):
    """When the safety representative got the copy outside Tryggmøte."""

    done_at = PastMoment(label=_("Når fikk verneombudet kopien?"), help_text=_("La stå tomt for nå."))


class InjuryForm(SentOnce):
    """A line of the register: who, what kind, how long away. No medical information."""

    injured = forms.TypedChoiceField(
        label=_("Hvem ble skadet?"),
        coerce=int,
        widget=BigRadioSelect,
        error_messages={"required": _("Velg hvem som ble skadet.")},
    )
    kinds = forms.MultipleChoiceField(
        label=_("Hva slags skade?"),
        help_text=_("Velg det som passer. Psykisk skade teller like mye som fysisk."),
        choices=InjuryKind.choices,
        widget=BigCheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én.")},
    )
    absence = forms.ChoiceField(
        label=_("Fravær fra jobb"),
        help_text=_("Du kan rette dette når du vet mer."),
        choices=Absence.choices,
        initial=Absence.UNKNOWN,
        widget=BigRadioSelect(in_pairs=True),
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["injured"].choices = [(person.id, person.name) for person in people]  # type: ignore[attr-defined]
        if len(people) == 1:
            self.fields["injured"].initial = people[0].id

    def entry(self) -> InjuryEntry:
        """The answers as the service takes them. Call when the form is valid."""
        answers = self.cleaned_data
        return InjuryEntry(
            id=answers["id"],
            injured_id=answers["injured"],
            kinds=answers["kinds"],
            absence=answers["absence"],
        )


class NoInjuryForm(SentOnce):
    """Nobody was injured, and how the leader knows."""

    reason = FreeText(
        limit=TEXT_LIMIT,
        label=_("Hvordan vet du det?"),
        help_text=_("For eksempel: «Vi har snakket sammen, og ingen er skadet.» Ikke skriv diagnoser."),
        rows=2,
        error_messages={"required": _("Skriv hvordan du vet det.")},
    )


class ConsentForm(SentOnce):
    """The injured's own words about their health, and that they consent."""

    text = FreeText(
        limit=TEXT_LIMIT,
        label=_("Det du vil at registeret skal ha"),
        help_text=_("Med dine egne ord. Skriv bare det du vil at andre skal lese."),
        error_messages={"required": _("Skriv det du vil at registeret skal ha.")},
    )
    agrees = forms.BooleanField(
        label=_("Jeg samtykker til at dette står i skaderegisteret, til jeg trekker det tilbake"),
        error_messages={"required": _("Kryss av hvis du samtykker. Uten samtykke blir ingenting lagret.")},
    )


class SendingForm(SentOnce):
    """The report was sent: to whom, when, and their receipt."""

    to = forms.ChoiceField(widget=forms.HiddenInput)
    sent_on = PastDay(label=_("Dagen den ble sendt"), error_messages=_WRITE_A_DAY)
    receipt = forms.CharField(
        label=_("Kvittering eller referanse"),
        help_text=_("Det du fikk tilbake, så dere kan finne meldingen igjen."),
        max_length=REFERENCE_LIMIT,
        required=False,
    )

    def __init__(self, *args: Any, recipients: Iterable[Recipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(r.code, str(r.name)) for r in recipients]  # type: ignore[attr-defined]

    def sending(self) -> Sending:
        """The answers as the service takes them. Call when the form is valid."""
        answers = self.cleaned_data
        return Sending(
            id=answers["id"], to=answers["to"], sent_on=answers["sent_on"], receipt=answers["receipt"]
        )


class RegisterFilter(FilterForm):
    """Narrow the register by when it happened."""

    from_on = forms.DateField(label=_("Skjedde fra"), error_messages=_WRITE_A_DAY)
    to_on = forms.DateField(label=_("Skjedde til"), error_messages=_WRITE_A_DAY)


class ExportForm(forms.Form):
    """A file of the register for a unit and a period."""

    mark_optional = False

    unit = forms.ModelChoiceField(
        label=_("Enhet"),
        queryset=Unit.objects.none(),
        empty_label=_("Velg"),
        error_messages={
            "required": _("Velg enheten registeret gjelder."),
            "invalid_choice": _("Du leder ikke denne enheten. Velg en annen."),
        },
    )
    from_on = forms.DateField(label=_("Fra og med"), error_messages=_WRITE_A_DAY)
    to_on = forms.DateField(label=_("Til og med"), error_messages=_WRITE_A_DAY)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("from_on") and answers.get("to_on") and answers["to_on"] < answers["from_on"]:
            self.add_error("to_on", _("Perioden slutter før den begynner. Velg en senere dag."))
        return answers
