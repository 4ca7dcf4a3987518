"""The report in three answers, the leader's answer and level, and the list's filter."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tryggmote.access.ids import new_id
from tryggmote.incidents.levels import LEVELS
from tryggmote.incidents.models import TEXT_LIMIT
from tryggmote.incidents.services import IncidentReport
from tryggmote.incidents.vocabulary import (
    COMMON_NATURES,
    OTHER_NATURES,
    About,
    ImmediateHelp,
    Nature,
    Severity,
    Status,
)
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import Person
from tryggmote.ui.forms import (
    NO_PERSONAL_DATA,
    BigCheckboxSelectMultiple,
    BigRadioSelect,
    ClientMadeId,
    FilterForm,
    FreeText,
)

OSLO = ZoneInfo("Europe/Oslo")
CLOCKS_DIFFER = timedelta(minutes=10)
# Nobody reports what happened before they were born; a year like that is a slip of the finger.
EARLIEST = datetime(1950, 1, 1, tzinfo=OSLO)


class OsloMoment(forms.DateTimeField):
    """A moment on the clock in Oslo. The hour that comes twice in October is an answer too, not an error."""

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            moment = value if isinstance(value, datetime) else parse_datetime(str(value).strip())
        except ValueError:
            moment = None
        if moment is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return moment.replace(tzinfo=OSLO) if timezone.is_naive(moment) else moment


class ReportForm(forms.Form):
    """The report: what, where and how it felt are asked for; the rest may be left or told later."""

    mark_optional = False

    id = ClientMadeId()
    check_id = ClientMadeId()
    natures = forms.MultipleChoiceField(
        label=_("1. Hva skjedde?"),
        help_text=_("Velg alt som passer."),
        choices=[(nature.value, nature.label) for nature in COMMON_NATURES],
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        required=False,
    )
    more_natures = forms.MultipleChoiceField(
        label=_("Noe annet"),
        choices=[(nature.value, nature.label) for nature in OTHER_NATURES],
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        required=False,
    )
    form = forms.ChoiceField(
        label=_("2. Hvor skjedde det?"),
        choices=MeetingForm.choices,
        widget=BigRadioSelect(in_pairs=True),
        error_messages={"required": _("Velg hvor det skjedde.")},
    )
    severity = forms.TypedChoiceField(
        label=_("3. Hvordan opplevdes det?"),
        help_text=_("Din egen opplevelse. Lederen kan ikke endre den."),
        choices=Severity.choices,
        coerce=int,
        widget=BigRadioSelect,
        error_messages={"required": _("Velg hvordan det opplevdes.")},
    )
    about = forms.ChoiceField(
        label=_("Hvem gjelder det?"),
        choices=About.choices,
        initial=About.SELF,
        widget=BigRadioSelect,
        required=False,
    )
    exposed = forms.ModelChoiceField(
        label=_("Hvilken kollega?"),
        help_text=_("Bare når det gjelder en kollega. Hun eller han får vite at du har meldt."),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Ingen valgt"),
        error_messages={"invalid_choice": _("Velg en kollega fra listen.")},
    )
    happened_at = OsloMoment(
        label=_("Når skjedde det?"),
        required=False,
        # On a page that was kept for use without network, "now" is when it is opened (keep.js).
        widget=forms.DateTimeInput(attrs={"data-now": ""}),
        error_messages={"invalid": _("Skriv dato og klokkeslett, for eksempel 23.11.2026 og 13.00.")},
    )
    place = forms.CharField(
        label=_("Sted"),
        help_text=_("For eksempel «samtalerom 3». Ikke skriv adressen til en bruker."),
        max_length=200,
        required=False,
    )
    what_happened = FreeText(
        limit=TEXT_LIMIT,
        label=_("Fortell med egne ord"),
        help_text=NO_PERSONAL_DATA,
        required=False,
    )
    immediate_help = forms.ChoiceField(
        label=_("Fikk du hjelp med en gang?"),
        choices=ImmediateHelp.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    words_only = forms.BooleanField(
        label=_("Det var «bare ord»"),
        help_text=_("Det er viktig å melde ord også. De kan gjøre like vondt, og de varsler ofte noe mer."),
        required=False,
    )
    outside_work = forms.BooleanField(label=_("Det skjedde utenfor arbeidstiden"), required=False)

    def __init__(self, *args: Any, colleagues: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exposed"].queryset = colleagues  # type: ignore[attr-defined]
        self.fields["place"].widget.attrs.pop("maxlength", None)

    @property
    def wants_more(self) -> bool:
        """True when one of the less common natures is chosen or wrong, so that they must be in sight."""
        return bool(self["more_natures"].value() or self.errors.get("more_natures"))

    @property
    def has_told_more(self) -> bool:
        """True when something optional is wrong, or known beforehand, so that it must be in sight."""
        optional = ("about", "exposed", "happened_at", "place", "what_happened", "immediate_help")
        return any(self.errors.get(name) for name in optional) or bool(self["place"].value())

    def clean_happened_at(self) -> datetime | None:
        moment: datetime | None = self.cleaned_data["happened_at"]
        if moment and moment > timezone.now() + CLOCKS_DIFFER:
            raise ValidationError(_("Tidspunktet er fram i tid. Velg når det skjedde."))
        if moment and moment < EARLIEST:
            raise ValidationError(_("Årstallet kan ikke stemme. Velg når det skjedde."))
        return moment

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        natures = [*answers.get("natures", ()), *answers.get("more_natures", ())]
        if not natures and not self.errors.keys() & {"natures", "more_natures"}:
            self.add_error("natures", _("Velg minst én ting som skjedde."))
        if (
            answers.get("about") == About.OTHER
            and not answers.get("exposed")
            and "exposed" not in self.errors
        ):
            self.add_error("exposed", _("Velg hvilken kollega det gjelder."))
        return answers

    def report(self) -> IncidentReport:
        """The answers as a report. Call when the form is valid."""
        answers = self.cleaned_data
        about = _about(answers)
        return IncidentReport(
            id=answers["id"] or new_id(),
            natures=(*answers["natures"], *answers["more_natures"]),
            form=answers["form"],
            severity=answers["severity"],
            about=about,
            exposed_id=answers["exposed"].id if answers["exposed"] and about in _NAMES_A_COLLEAGUE else None,
            happened_at=answers["happened_at"],
            place=answers["place"],
            what_happened=answers["what_happened"],
            words_only=answers["words_only"],
            outside_work=answers["outside_work"] or answers["form"] == MeetingForm.OUTSIDE_WORK,
            immediate_help=answers["immediate_help"],
            check_id=answers["check_id"],
        )


_NAMES_A_COLLEAGUE = (About.OTHER, About.WITNESS)


def _about(answers: dict[str, Any]) -> str:
    """Whom it is about. A colleague who is chosen, and a worry that is all there is, say so themselves."""
    chosen: str = answers["about"] or About.SELF
    if chosen != About.SELF:
        return chosen
    if answers["exposed"]:
        return About.OTHER
    only_worry = [*answers["natures"], *answers["more_natures"]] == [Nature.WORRY]
    return About.WORRY if only_worry else About.SELF


class ReplyForm(forms.Form):
    """The leader's answer. Stands on one page with `LevelForm`, so both name their fields' ids."""

    id = ClientMadeId()
    text = FreeText(
        limit=TEXT_LIMIT,
        label=_("Svar til den som meldte"),
        help_text=_(
            "Si hva du gjør nå, og når dere snakkes. Ikke skriv navn, fødselsnummer eller diagnoser."
        ),
        error_messages={"required": _("Skriv et svar.")},
    )

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="reply_%s")

    def reply(self) -> tuple[UUID, str]:
        return self.cleaned_data["id"] or new_id(), self.cleaned_data["text"]


class LevelForm(forms.Form):
    """The leader's level, 0-5, with the definitions in sight."""

    id = ClientMadeId()
    level = forms.TypedChoiceField(
        label=_("Hvor alvorlig vurderer du hendelsen?"),
        choices=[(level.number, format_lazy("{} – {}", level.number, level.word)) for level in LEVELS],
        coerce=int,
        widget=BigRadioSelect(descriptions={str(level.number): level.typical for level in LEVELS}),
        error_messages={"required": _("Velg et nivå.")},
    )
    reason = FreeText(
        limit=TEXT_LIMIT, label=_("Begrunnelse"), help_text=NO_PERSONAL_DATA, required=False, rows=3
    )

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="level_%s")

    def assessment(self) -> dict[str, Any]:
        """The answers as `services.assess_level` takes them. Call when the form is valid."""
        answers = self.cleaned_data
        return {
            "assessment_id": answers["id"] or new_id(),
            "level": answers["level"],
            "reason": answers["reason"],
        }


class IncidentFilter(FilterForm):
    """Narrow the list by period, form, level and status."""

    PERIODS = (
        (7, _("Siste 7 dager")),
        (30, _("Siste 30 dager")),
        (90, _("Siste 3 måneder")),
        (365, _("Siste år")),
    )
    NOT_ASSESSED = "-"

    period = forms.TypedChoiceField(
        label=_("Meldt"), choices=[("", _("Når som helst")), *PERIODS], coerce=int, empty_value=None
    )
    form = forms.ChoiceField(label=_("Møteform"), choices=[("", _("Alle")), *MeetingForm.choices])
    level = forms.ChoiceField(
        label=_("Vurdert nivå"),
        choices=[
            ("", _("Alle")),
            (NOT_ASSESSED, _("Ikke vurdert")),
            *((level.number, format_lazy("{} – {}", level.number, level.word)) for level in LEVELS),
        ],
    )
    status = forms.ChoiceField(label=_("Status"), choices=[("", _("Alle")), *Status.choices])
