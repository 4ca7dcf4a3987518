"""What is filled in about what must be in place and about residual risk. Every error says what to do."""

from collections.abc import Collection
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tryggmote.controls.models import Measure
from tryggmote.organisation.meeting_forms import MEETINGS
from tryggmote.residual import rules
from tryggmote.residual.cells import Cell
from tryggmote.residual.models import TEXT_LIMIT, TITLE_LIMIT, Version
from tryggmote.residual.services import Subject, Written
from tryggmote.residual.things import Thing
from tryggmote.risk import libraries
from tryggmote.risk.matrix import Area
from tryggmote.risk.models import HIGHEST
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.forms import NO_PERSONAL_DATA, BigCheckboxSelectMultiple, FreeText, SentOnce


class ChooseForm(forms.Form):
    """What sees to a cell, and which other meeting forms it sees to at the same time."""

    things = forms.MultipleChoiceField(
        label=_("Hva ivaretar dette?"),
        widget=BigCheckboxSelectMultiple,
        error_messages={
            "required": _("Velg minst én ting."),
            "invalid_choice": _("Noe av det du valgte, gjelder ikke lenger. Velg på nytt."),
        },
    )
    also = forms.MultipleChoiceField(
        label=_("Gjelder det også i"), widget=BigCheckboxSelectMultiple(in_pairs=True), required=False
    )

    def __init__(
        self, *args: Any, things: Collection[Thing], others: Collection[Cell], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._things, self._others = things, others
        field = cast(forms.MultipleChoiceField, self.fields["things"])
        field.choices = [(thing.key, thing.title) for thing in things]
        field.widget.descriptions = {thing.key: thing.kind for thing in things}
        also = cast(forms.MultipleChoiceField, self.fields["also"])
        also.choices = [(other.form.value, other.form.label) for other in others]
        if not others:
            del self.fields["also"]

    def chosen(self) -> list[Thing]:
        """What was chosen. Call when the form is valid."""
        return [thing for thing in self._things if thing.key in self.cleaned_data["things"]]

    def other_cells(self) -> list[Cell]:
        """The other cells it is chosen for. Call when the form is valid."""
        chosen = self.cleaned_data.get("also", [])
        return [other for other in self._others if other.form.value in chosen]


class RecordForm(SentOnce):
    """What cannot be done, why, and what is done instead. `revision`: the draft as the page found it.

    With a `title` when it is about something else than an element; with a `reason` in another version.
    """

    revision = forms.IntegerField(max_value=HIGHEST, widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=_("Hva lar seg ikke gjøre?"),
        help_text=_("Kort, slik at alle forstår. For eksempel «To utganger i arkivet»."),
        max_length=TITLE_LIMIT,
        error_messages={"required": _("Skriv hva som ikke lar seg gjøre.")},
    )
    form = forms.ChoiceField(
        label=_("Hvilken møteform gjelder det?"),
        help_text=_("Den avgjør hvem som må få vite det."),
        choices=[("", _("Alle møteformer")), *((form.value, form.label) for form in MEETINGS)],
        required=False,
    )
    reason = FreeText(
        label=_("Hvorfor skriver dere en ny versjon?"),
        help_text=_("Hva er endret siden sist, eller hvorfor gjelder det fortsatt?"),
        limit=TEXT_LIMIT,
        rows=2,
        error_messages={"required": _("Skriv hvorfor. Restrisiko fornyes aldri uten en grunn.")},
    )
    why = FreeText(
        label=_("Hvorfor går det ikke?"),
        help_text=NO_PERSONAL_DATA,
        limit=TEXT_LIMIT,
        rows=3,
        error_messages={"required": _("Skriv hvorfor det ikke lar seg gjøre.")},
    )
    instead = FreeText(
        label=_("Hva gjør dere i stedet?"),
        help_text=_("Slik at den som leser det før et møte, vet hva som gjelder."),
        limit=TEXT_LIMIT,
        rows=3,
        error_messages={"required": _("Skriv hva dere gjør i stedet.")},
    )
    measures = forms.TypedMultipleChoiceField(
        label=_("Tiltak som veier opp"), coerce=UUID, widget=forms.CheckboxSelectMultiple, required=False
    )
    likelihood = forms.TypedChoiceField(
        label=_("Hvor ofte kan noe skje?"),
        coerce=int,
        error_messages={"required": _("Velg hvor ofte det kan skje.")},
    )
    consequence = forms.TypedChoiceField(
        label=_("Hvor ille kan det gå?"),
        coerce=int,
        error_messages={"required": _("Velg hvor ille det kan gå.")},
    )

    def __init__(
        self, *args: Any, measures: Collection[Measure], is_of_element: bool, is_review: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, is_asked in (
            ("title", not is_of_element),
            ("form", not is_of_element),
            ("reason", is_review),
        ):
            if not is_asked:
                del self.fields[name]
        if measures:
            self.fields["measures"].choices = [(str(each.id), each.title) for each in measures]  # type: ignore[attr-defined]
        else:
            del self.fields["measures"]
        matrix = libraries.matrix()
        self.fields["likelihood"].choices = [  # type: ignore[attr-defined]
            ("", _("Velg")),
            *((each.number, f"{each.number} – {each.word}: {each.frequency}") for each in matrix.likelihoods),
        ]
        self.fields["consequence"].choices = [  # type: ignore[attr-defined]
            ("", _("Velg")),
            *((each.number, f"{each.number} – {each.word}") for each in matrix.consequences),
        ]

    @staticmethod
    def beginning(draft: Version | None, standing: Version | None) -> dict[str, Any]:
        """What the form begins with: the draft, else what is in force; a review gives its own reason."""
        start = draft or standing
        if start is None:
            return {}
        return {
            "revision": draft.revision if draft else 0,
            "reason": draft.reason if draft else "",
            "why": start.why,
            "instead": start.instead,
            "measures": [str(measure_id) for measure_id in start.measure_ids],
            "likelihood": start.likelihood,
            "consequence": start.consequence,
        }

    def show_conflict(self, now: Version) -> None:
        """Say that somebody else has saved. Saving again is then a choice made with both in sight."""
        sent = cast(QueryDict, self.data).copy()
        sent["revision"] = str(now.revision)
        self.data = sent
        self.add_error(
            "why",
            _(
                "Noen andre har lagret utkastet mens du skrev. Det de skrev, står over. "
                "Ta inn det du vil beholde, og lagre igjen. Da gjelder din tekst."
            ),
        )

    def area(self) -> Area | None:
        """Where the risk that stands in the form lies; None until both are chosen."""
        try:
            return libraries.matrix().area_of(
                *(int(self[name].value()) for name in ("likelihood", "consequence"))
            )
        except (TypeError, ValueError):
            return None

    def subject(self) -> Subject:
        """What something else is about. Call when the form is valid."""
        return Subject(title=self.cleaned_data["title"], form=self.cleaned_data["form"])

    def written(self) -> Written:
        """The answers as the services take them. Call when the form is valid."""
        answers = self.cleaned_data
        return Written(
            form_id=answers["id"],
            why=answers["why"],
            instead=answers["instead"],
            likelihood=answers["likelihood"],
            consequence=answers["consequence"],
            measure_ids=tuple(answers.get("measures") or ()),
            reason=answers.get("reason", ""),
            revision=answers["revision"] or 0,
        )


class ApproveForm(SentOnce):
    """A leader puts a draft in force until a day. `revision`: the one that stands on the page."""

    revision = forms.IntegerField(max_value=HIGHEST, min_value=0, widget=forms.HiddenInput)
    review_on = forms.DateField(
        label=_("Gjelder til"),
        help_text=_("Da må den gås gjennom på nytt. Senest om tolv måneder."),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Velg en dato."),
            "invalid": _("Skriv en dato, for eksempel 23.11.2027."),
        },
    )

    def __init__(self, data: Any = None, *, draft: Version, **kwargs: Any) -> None:
        beginning = {"revision": draft.revision, "review_on": rules.latest_review(oslo_today())}
        super().__init__(data, initial=beginning, auto_id="approve_%s", **kwargs)

    def clean_review_on(self) -> Any:
        day = self.cleaned_data["review_on"]
        if rules.wrong_review_day(day, oslo_today()):
            raise ValidationError(_("Velg en dag fra i morgen og inntil tolv måneder fram."))
        return day


class WithdrawForm(SentOnce):
    """Why the record holds no longer."""

    reason = FreeText(
        label=_("Hvorfor?"),
        help_text=_("For eksempel at det er på plass nå, eller at dere har sluttet med møteformen."),
        limit=TEXT_LIMIT,
        rows=2,
        error_messages={"required": _("Skriv hvorfor restrisikoen trekkes tilbake.")},
    )
