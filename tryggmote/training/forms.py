"""What is filled in about training. Every error says what to do."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tryggmote.compliance.thresholds import thresholds
from tryggmote.organisation.meeting_forms import MEETINGS
from tryggmote.training.models.exceptions import REASON_LIMIT
from tryggmote.training.models.requirements import TEXT_LIMIT, TITLE_LIMIT
from tryggmote.training.vocabulary import Kind, Standing
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.forms import BigCheckboxSelectMultiple, BigRadioSelect, FilterForm, FreeText, SentOnce

SHOWN_STANDINGS = (Standing.MISSING, Standing.LATE, Standing.RUNNING_OUT, Standing.NEW)


class DayField(forms.DateField):
    """One day, as the browser's own calendar asks for it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {}).setdefault(
            "invalid", _("Skriv en dato, for eksempel 24.12.2026.")
        )
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class PictureFilter(FilterForm):
    """Who is shown in the competence picture."""

    stand = forms.ChoiceField(
        label=_("Vis de som"),
        choices=[("", _("Alle")), *((standing.value, standing.label) for standing in SHOWN_STANDINGS)],
    )


class DeclareForm(forms.Form):
    """What somebody has done, and when."""

    done = forms.MultipleChoiceField(
        label=_("Hva er gjennomført?"),
        widget=BigCheckboxSelectMultiple,
        error_messages={
            "required": _("Velg minst én del av opplæringen."),
            "invalid_choice": _("Noe av det du valgte, kreves ikke lenger. Velg på nytt."),
        },
    )
    done_on = DayField(label=_("Når?"), error_messages={"required": _("Skriv dagen det ble gjennomført.")})

    def __init__(self, *args: Any, choices: Collection[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["done"]).choices = list(choices)

    def clean_done_on(self) -> date:
        """Not a day to come, and not before anybody here was born."""
        day = cast(date, self.cleaned_data["done_on"])
        if day > oslo_today():
            raise ValidationError(_("Dagen har ikke vært ennå. Skriv dagen det ble gjennomført."))
        if day < oslo_today() - timedelta(days=60 * 366):
            raise ValidationError(_("Sjekk årstallet."))
        return day


class ExceptionForm(SentOnce):
    """Why somebody may meet clients for a time though training is missing, and until when."""

    until = DayField(
        label=_("Til og med"), error_messages={"required": _("Skriv siste dag unntaket gjelder.")}
    )
    reason = FreeText(
        label=_("Hvorfor, og hva gjør dere i stedet?"),
        help_text=_("Den ansatte og lederne ser dette. Unntaket teller som et avvik i krav 4.1."),
        limit=REASON_LIMIT,
        rows=3,
        error_messages={"required": _("Skriv hvorfor. Et unntak uten grunn kan ikke gis.")},
    )

    def clean_until(self) -> date:
        """From today and as long as the rule allows."""
        day, days = cast(date, self.cleaned_data["until"]), thresholds().override_days
        if not oslo_today() <= day <= oslo_today() + timedelta(days=days):
            raise ValidationError(
                _("Velg en dag fra i dag og inntil %(days)s dager fram."), params={"days": days}
            )
        return day


class LeaveForm(SentOnce):
    """When somebody is away. Why is nobody's business here."""

    starts_on = DayField(label=_("Fra"), error_messages={"required": _("Skriv første dag.")})
    ends_on = DayField(
        label=_("Til og med"), required=False, help_text=_("La feltet stå tomt hvis dere ikke vet det ennå.")
    )

    def clean(self) -> dict[str, Any]:
        """It ends no sooner than it starts."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Siste dag kan ikke være før første."))
        return cleaned


class LocalElementForm(SentOnce):
    """Something the unit asks of its own."""

    title = forms.CharField(
        label=_("Hva skal alle kunne?"),
        help_text=_("Kort. For eksempel «Rømming fra arkivet»."),
        max_length=TITLE_LIMIT,
        error_messages={"required": _("Skriv hva opplæringen heter.")},
    )
    about = FreeText(label=_("Hva går den ut på?"), limit=TEXT_LIMIT, rows=3, required=False)
    kind = forms.ChoiceField(
        label=_("Hva slags?"),
        choices=Kind.choices,
        widget=BigRadioSelect,
        error_messages={"required": _("Velg kunnskap, trening eller øvelse.")},
    )
    meeting_forms = forms.MultipleChoiceField(
        label=_("For hvilke møteformer?"),
        help_text=_("Velg ingen hvis den gjelder alle som møter brukere."),
        choices=[(form.value, form.label) for form in MEETINGS],
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        required=False,
    )
    months = forms.TypedChoiceField(
        label=_("Hvor lenge gjelder den?"),
        choices=[
            ("12", _("Ett år")),
            ("24", _("To år")),
            ("36", _("Tre år")),
            ("", _("Den går ikke ut")),
        ],
        coerce=int,
        empty_value=None,
        required=False,
        initial="12",
    )
    before_first_meeting = forms.BooleanField(
        label=_("Ingen møter brukere uten denne"),
        help_text=_("Ellers har nyansatte et halvt år på seg."),
        required=False,
    )


class LinkForm(forms.Form):
    """Which risk an element prepares for."""

    element = forms.ChoiceField(
        label=_("Del av opplæringen"), error_messages={"required": _("Velg en del av opplæringen.")}
    )
    lineage = forms.TypedChoiceField(
        label=_("Forbereder på"), coerce=UUID, error_messages={"required": _("Velg en risiko.")}
    )

    def __init__(
        self,
        *args: Any,
        elements: Collection[tuple[str, str]],
        risks: Collection[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["element"]).choices = [("", _("Velg")), *elements]
        cast(forms.ChoiceField, self.fields["lineage"]).choices = [("", _("Velg")), *risks]


class WaiveForm(forms.Form):
    """Why what was learnt is still good enough."""

    why = FreeText(
        label=_("Hvorfor er det fortsatt godt nok?"),
        limit=REASON_LIMIT,
        rows=2,
        error_messages={"required": _("Skriv hvorfor. Ellers må opplæringen gjennomgås på nytt.")},
    )
