"""Forms of a police report. Every error says what to do."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggmote.controls.forms import DayAhead
from tryggmote.exhibits.queries import Numbered
from tryggmote.incidents.models import TEXT_LIMIT
from tryggmote.organisation.workdays import add_workdays
from tryggmote.police.guidance import guidance
from tryggmote.police.models import NUMBER_LIMIT, PLACE_LIMIT
from tryggmote.police.services import Sending, Told
from tryggmote.police.vocabulary import NEWS, Channel, Deed, SentHow
from tryggmote.ui.forms import (
    NO_PERSONAL_DATA,
    BigCheckboxSelectMultiple,
    BigRadioSelect,
    ClientMadeId,
    FreeText,
    SentOnce,
)

EARLIEST = date(2000, 1, 1)


class DayPast(forms.DateField):
    """A day up to today."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            error_messages={
                "required": _("Velg en dag."),
                "invalid": _("Skriv dagen som dag, måned og år, for eksempel 31.12.2026."),
            },
            **kwargs,
        )

    def clean(self, value: Any) -> date | None:
        chosen: date | None = super().clean(value)
        if chosen and chosen > timezone.localdate():
            raise ValidationError(_("Dagen er fram i tid. Velg dagen det skjedde."))
        if chosen and chosen < EARLIEST:
            raise ValidationError(_("Årstallet kan ikke stemme. Velg dagen det skjedde."))
        return chosen


class CaseNumber(forms.CharField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Politiets saksnummer"),
            help_text=_("Står på kvitteringen. Det kan fylles inn senere."),
            max_length=NUMBER_LIMIT,
            required=False,
            error_messages={"max_length": _("Saksnummeret er for langt. Skriv bare nummeret.")},
        )


class DecisionForm(SentOnce):
    """Report, not report, or later."""

    deed = forms.ChoiceField(
        label=_("Skal hendelsen anmeldes?"),
        choices=[
            (Deed.REPORT.value, _("Ja, arbeidsgiveren anmelder")),
            (Deed.NOT_REPORT.value, _("Nei")),
            (Deed.LATER.value, _("Vi avgjør det senere")),
        ],
        widget=BigRadioSelect(
            descriptions={
                Deed.REPORT.value: _("Neste steg er å gjøre grunnlaget ferdig og sende det til politiet."),
                Deed.NOT_REPORT.value: _(
                    "Skriv hvorfor. Den det gjelder, og verneombudet kan lese begrunnelsen."
                ),
                Deed.LATER.value: _("Skriv hva dere venter på. Du blir minnet på det."),
            }
        ),
        error_messages={"required": _("Velg ett av svarene.")},
    )
    reason = FreeText(
        label=_("Begrunnelse"), help_text=NO_PERSONAL_DATA, limit=TEXT_LIMIT, rows=3, required=False
    )
    later_on = DayAhead(label=_("Når avgjør dere det?"), help_text=_("Bare når dere venter."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        days = guidance().remind_after_workdays.later
        kwargs["initial"] = {
            "later_on": add_workdays(timezone.now(), days).date(),
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, auto_id="decision_%s", **kwargs)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        is_without_reason = not answers.get("reason", "").strip() and "reason" not in self.errors
        if answers.get("deed") in (Deed.NOT_REPORT, Deed.LATER) and is_without_reason:
            self.add_error("reason", _("Skriv hvorfor det ikke blir anmeldt nå."))
        return answers

    def decision(self) -> dict[str, Any]:
        """The answers as `services.decide` takes them. Call when the form is valid."""
        answers = self.cleaned_data
        return {
            "act_id": answers["id"],
            "deed": Deed(answers["deed"]),
            "reason": answers["reason"],
            "later_on": answers["later_on"],
        }


class AccountForm(SentOnce):
    """What happened, as the police need it. `based_on`: the account that the page showed."""

    based_on = ClientMadeId()
    channel = forms.ChoiceField(
        label=_("Hvordan skjedde det?"),
        choices=Channel.choices,
        widget=BigRadioSelect(in_pairs=True),
        error_messages={"required": _("Velg hvordan det skjedde.")},
    )
    exact_words = FreeText(
        label=_("Hva ble sagt eller skrevet, ord for ord?"),
        help_text=_("Bruk anførselstegn. Skriv også banning. Er du ikke sikker, så skriv «omtrent slik»."),
        limit=TEXT_LIMIT,
        required=False,
    )
    course = FreeText(
        label=_("Hva skjedde, i rekkefølge?"),
        help_text=_(
            "Før, under og etter: hva begge gjorde, hvor dere sto, hvor lenge det varte, hvordan det endte."
        ),
        limit=TEXT_LIMIT,
        rows=6,
        required=False,
    )
    witnesses = FreeText(
        label=_("Hvem så eller hørte det?"),
        help_text=_("Bare ansatte og vektere, med navn. Andre vitner sier dere til politiet."),
        limit=TEXT_LIMIT,
        rows=3,
        required=False,
    )
    harm = FreeText(
        label=_("Hva førte det til?"),
        help_text=_(
            "For eksempel redsel, at noen ble fulgt hjem, eller ødelagte ting. Ikke skriv diagnoser."
        ),
        limit=TEXT_LIMIT,
        rows=3,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not self.errors.keys() & {"exact_words", "course"} and not any(
            answers.get(name, "").strip() for name in ("exact_words", "course")
        ):
            self.add_error("course", _("Skriv hva som ble sagt, eller hva som skjedde."))
        return answers

    def show_conflict(self, name: str, based_on: UUID) -> None:
        """Say that somebody else has saved. Saving again is then a choice made with both texts in sight."""
        sent = cast(QueryDict, self.data).copy()
        sent["based_on"] = str(based_on)
        self.data = sent
        self.add_error(
            None,
            _(
                "%(name)s har lagret mens du skrev. Deres tekst står under. "
                "Ta med det du vil beholde, og lagre igjen."
            )
            % {"name": name},
        )

    def told(self) -> Told:
        """The answers. Call when the form is valid."""
        return Told(**{name: self.cleaned_data[name] for name in Told.__dataclass_fields__})


class FiledForm(SentOnce):
    """The report has been sent. `exhibits`: what there is to go with it."""

    day = DayPast(label=_("Når ble den sendt eller levert?"))
    how = forms.ChoiceField(
        label=_("Hvordan?"),
        choices=SentHow.choices,
        widget=BigRadioSelect(in_pairs=True),
        error_messages={"required": _("Velg hvordan den ble sendt.")},
    )
    police_place = forms.CharField(
        label=_("Hvilket politikontor?"), max_length=PLACE_LIMIT, required=False,
        error_messages={"max_length": _("Skriv det kortere: det er plass til %(limit_value)d tegn.")},
    )  # fmt: skip
    case_number = CaseNumber()
    exhibits = forms.MultipleChoiceField(
        label=_("Hvilke bevis fikk politiet?"),
        help_text=_("Overleveringen blir skrevet ned på hvert av dem."),
        widget=BigCheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, exhibits: Sequence[Numbered], **kwargs: Any) -> None:
        self._exhibits = {str(e.exhibit.id): e.exhibit for e in exhibits if e.removal is None}
        kwargs["initial"] = {
            "day": timezone.localdate(),
            "exhibits": list(self._exhibits),
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, auto_id="filed_%s", **kwargs)
        choices = [
            (str(e.exhibit.id), f"{e.number}. {e.exhibit.what}") for e in exhibits if e.removal is None
        ]
        self.fields["exhibits"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["exhibits"]
        for name in ("police_place", "case_number"):
            self.fields[name].widget.attrs.pop("maxlength", None)

    def filing(self) -> dict[str, Any]:
        """The answers as `services.file_report` takes them. Call when the form is valid."""
        answers = self.cleaned_data
        chosen = tuple(self._exhibits[key] for key in answers.get("exhibits", ()))
        return {
            "act_id": answers["id"],
            "day": answers["day"],
            "case_number": answers["case_number"],
            "sending": Sending(answers["how"], answers["police_place"], chosen),
        }


class NewsForm(SentOnce):
    """Something was heard from the police, or they were asked."""

    deed = forms.ChoiceField(
        label=_("Hva har skjedd?"),
        choices=[(deed.value, deed.label) for deed in NEWS],
        widget=BigRadioSelect(in_pairs=True),
        error_messages={"required": _("Velg hva som har skjedd.")},
    )
    day = DayPast(label=_("Når fikk dere vite det?"))
    case_number = CaseNumber()
    note = FreeText(label=_("Merknad"), help_text=NO_PERSONAL_DATA, limit=TEXT_LIMIT, rows=3, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"day": timezone.localdate(), **(kwargs.get("initial") or {})}
        super().__init__(*args, auto_id="news_%s", **kwargs)
        self.fields["case_number"].widget.attrs.pop("maxlength", None)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if (
            answers.get("deed") == Deed.NUMBER
            and not answers.get("case_number")
            and "case_number" not in self.errors
        ):
            self.add_error("case_number", _("Skriv saksnummeret."))
        return answers

    def news(self) -> dict[str, Any]:
        """The answers as `services.record_news` takes them. Call when the form is valid."""
        answers = self.cleaned_data
        return {
            "act_id": answers["id"],
            "deed": Deed(answers["deed"]),
            "day": answers["day"],
            "case_number": answers["case_number"],
            "note": answers["note"],
        }
