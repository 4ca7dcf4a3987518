"""What people fill in about an assessment. Every free text says what not to write; errors say what to do."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tryggmote.controls.models import Measure
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import Person
from tryggmote.risk import libraries, rules
from tryggmote.risk.models import (
    STARTER_LIMIT,
    TEXT_LIMIT,
    TITLE_LIMIT,
    Activity,
    FactorJudgement,
    Scenario,
)
from tryggmote.risk.rules import Score
from tryggmote.risk.versions import AssessmentDraft
from tryggmote.risk.vocabulary import Answer, Capacity, NotHeard, Subject
from tryggmote.risk.writing import ScenarioDraft
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.forms import (
    NO_PERSONAL_DATA,
    BigCheckboxSelectMultiple,
    BigRadioSelect,
    FreeText,
    SentOnce,
)

HIGHEST = 2_000_000_000  # of a number that the database keeps in four bytes


class ActivityForm(SentOnce):
    """A row of the mapping: what the unit does, and how it meets people while doing it."""

    name = forms.CharField(
        label=_("Hva gjør dere?"),
        max_length=TITLE_LIMIT,
        help_text=_("For eksempel «Samtale om økonomi». Ikke skriv om enkeltbrukere."),
    )
    meeting_forms = forms.MultipleChoiceField(
        label=_("Hvordan møter dere folk da?"),
        choices=MeetingForm.choices,
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        error_messages={"required": _("Velg minst én møteform.")},
    )
    places = forms.CharField(
        label=_("Hvor?"),
        max_length=TITLE_LIMIT,
        required=False,
        help_text=_("For eksempel «samtalerom 1–4» eller «hjemme hos folk»."),
    )


class AssessmentForm(SentOnce):
    """What is to be assessed."""

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


def activity_name(activity: Activity) -> str:
    """The unit's own name for it, else the one of the starter set in the language in force."""
    if activity.name:
        return activity.name
    starter = next((row for row in libraries.activities() if row.code == activity.starter), None)
    return str(starter.title) if starter else activity.starter


class FactorForm(forms.Form):
    """What is judged of a factor. `revision`: what was on the screen when the text was written."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=HIGHEST)
    text = FreeText(
        limit=TEXT_LIMIT, label=_("Vurderingen deres"), help_text=NO_PERSONAL_DATA, required=False, rows=8
    )

    @classmethod
    def of(cls, judgement: FactorJudgement) -> "FactorForm":
        """Filled in with what is saved."""
        return cls(initial={"revision": judgement.revision, "text": judgement.text})


class ScenarioForm(SentOnce):
    """Something that can happen, and its three risks."""

    revision = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0, max_value=HIGHEST)
    starter = forms.CharField(widget=forms.HiddenInput, required=False, max_length=STARTER_LIMIT)
    hazard = forms.CharField(
        label=_("Hva kan skje?"),
        max_length=TITLE_LIMIT,
        help_text=_("Én setning, for eksempel «Noen trekker kniv i en samtale»."),
    )
    meeting_forms = forms.MultipleChoiceField(
        label=_("I hvilke møteformer?"),
        choices=MeetingForm.choices,
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        required=False,
    )
    situation = FreeText(
        limit=TEXT_LIMIT,
        label=_("Hvor, når og i hvilken situasjon?"),
        help_text=NO_PERSONAL_DATA,
        required=False,
        rows=3,
    )
    causes = FreeText(limit=TEXT_LIMIT, label=_("Hva kan utløse det?"), required=False, rows=3)
    consequences = FreeText(
        limit=TEXT_LIMIT,
        label=_("Hva kan det føre til?"),
        help_text=_("Liv og helse først."),
        required=False,
        rows=3,
    )
    existing = FreeText(
        limit=TEXT_LIMIT,
        label=_("Hva gjør dere allerede for å hindre det?"),
        help_text=_("Bare det som faktisk er på plass i dag."),
        required=False,
        rows=3,
    )
    factors = forms.TypedMultipleChoiceField(
        label=_("Hvilke av de åtte faktorene henger det sammen med?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    measures = forms.TypedMultipleChoiceField(
        label=_("Tiltak som virker på dette"),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self, *args: Any, matrix: libraries.Matrix, measures: Collection[Measure], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.matrix = matrix
        self.fields["factors"].choices = [  # type: ignore[attr-defined]
            (factor.number, str(factor.title)) for factor in libraries.factors() if factor.number
        ]
        self.fields["measures"].choices = [(str(measure.id), measure.title) for measure in measures]  # type: ignore[attr-defined]
        if not measures:
            del self.fields["measures"]
        for part, _label in PARTS:
            self.fields[f"{part}_likelihood"] = _level_field(_("Hvor ofte?"), _likelihoods(matrix))
            self.fields[f"{part}_consequence"] = _level_field(
                _("Hvor ille kan det gå?"), _consequences(matrix)
            )

    @classmethod
    def filled_with(cls, scenario: Scenario, acting: Collection[Measure], **kwargs: Any) -> "ScenarioForm":
        """The form with what is saved, and the measures that act on it."""
        initial: dict[str, Any] = {
            name: getattr(scenario, name)
            for name in (
                "id",
                "revision",
                "hazard",
                "situation",
                "causes",
                "consequences",
                "existing",
                "factors",
            )
        }
        initial["meeting_forms"] = scenario.forms
        initial["measures"] = [str(measure.id) for measure in acting]
        for part, _label in PARTS:
            for scale in ("likelihood", "consequence"):
                initial[f"{part}_{scale}"] = getattr(scenario, f"{part}_{scale}")
        return cls(initial=initial, **kwargs)

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The three risks: what each asks, its two fields, and the area it lies in as filled in."""
        return [
            {
                "name": part,
                "label": label,
                "help": PART_HELP[part],
                "likelihood": self[f"{part}_likelihood"],
                "consequence": self[f"{part}_consequence"],
                "area": self._area(part),
            }
            for part, label in PARTS
        ]

    def _area(self, part: str) -> libraries.Area | None:
        values = [self[f"{part}_{scale}"].value() for scale in ("likelihood", "consequence")]
        if not all(str(value) in {"1", "2", "3", "4", "5"} for value in values):
            return None
        return self.matrix.area_of(int(values[0]), int(values[1]))

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        for part, _label in PARTS:
            likelihood, consequence = (
                answers.get(f"{part}_{scale}") for scale in ("likelihood", "consequence")
            )
            if bool(likelihood) != bool(consequence):
                missing = "consequence" if likelihood else "likelihood"
                self.add_error(f"{part}_{missing}", _("Velg både hvor ofte og hvor ille."))
        return answers

    def draft(self) -> ScenarioDraft:
        """What was filled in. Call when valid."""
        data = self.cleaned_data
        return ScenarioDraft(
            id=data["id"],
            revision=data["revision"],
            hazard=data["hazard"],
            starter=data["starter"],
            forms=tuple(data["meeting_forms"]),
            factors=tuple(data["factors"]),
            situation=data["situation"],
            causes=data["causes"],
            consequences=data["consequences"],
            existing=data["existing"],
            measure_ids=tuple(data.get("measures", ())),
            **{part: self._score(part) for part, _label in PARTS},
        )

    def _score(self, part: str) -> Score | None:
        likelihood, consequence = (
            self.cleaned_data[f"{part}_{scale}"] for scale in ("likelihood", "consequence")
        )
        return Score(likelihood, consequence) if likelihood and consequence else None


PARTS = (
    ("inherent", _("Uten tiltak")),
    ("current", _("Slik det er nå")),
    ("residual", _("Når tiltakene er på plass")),
)
PART_HELP = {
    "inherent": _("Tenk at dere ikke gjorde noe for å hindre det."),
    "current": _("Med det dere faktisk gjør i dag."),
    "residual": _("Kan bare bli lavere enn nå når et tiltak gjør den det."),
}


def _level_field(label: Any, choices: list[tuple[int, str]]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=[("", _("Ikke vurdert")), *choices], coerce=int, empty_value=None, required=False
    )


def _likelihoods(matrix: libraries.Matrix) -> list[tuple[int, str]]:
    return [
        (level.number, f"{level.number} – {level.word}: {level.frequency}") for level in matrix.likelihoods
    ]


def _consequences(matrix: libraries.Matrix) -> list[tuple[int, str]]:
    # What is typical of each is too long for a list of choices: the page says it above.
    return [(level.number, f"{level.number} – {level.word}") for level in matrix.consequences]


class InviteForm(forms.Form):
    """Somebody who is to take part."""

    person = forms.ModelChoiceField(
        label=_("Hvem?"),
        queryset=Person.objects.none(),
        empty_label=_("Velg en person"),
        error_messages={"required": _("Velg en person."), "invalid_choice": _("Velg en person fra listen.")},
    )
    capacity = forms.ChoiceField(
        label=_("I hvilken rolle?"), choices=Capacity.choices, initial=Capacity.EMPLOYEE
    )
    writes = forms.BooleanField(
        label=_("Kan skrive i utkastet"),
        help_text=_("Ellers leser de og uttaler seg."),
        required=False,
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class ConsultForm(forms.Form):
    """By when those who take part should answer."""

    answer_by = forms.DateField(
        label=_("Svar innen"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Velg en dato."),
            "invalid": _("Skriv en dato, for eksempel 23.11.2026."),
        },
    )

    def clean_answer_by(self) -> Any:
        day = self.cleaned_data["answer_by"]
        if day < oslo_today():
            raise ValidationError(_("Datoen har vært. Velg en dag fra i dag."))
        return day


class OpinionForm(SentOnce):
    """What a participant says. `edition`: the draft that was read."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=HIGHEST)
    answer = forms.ChoiceField(
        label=_("Hva mener du?"),
        choices=Answer.choices,
        widget=BigRadioSelect,
        error_messages={"required": _("Velg ett svar.")},
    )
    words = FreeText(
        limit=TEXT_LIMIT, label=_("Begrunnelse"), help_text=NO_PERSONAL_DATA, required=False, rows=4
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if (
            answers.get("answer") in {Answer.REMARK, Answer.DISAGREE}
            and not (answers.get("words") or "").strip()
        ):
            self.add_error("words", _("Skriv hva du har merknad til eller er uenig i."))
        return answers


class NotHeardForm(SentOnce):
    """Why a safety representative was not heard."""

    person = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=HIGHEST)
    why = forms.ChoiceField(
        label=_("Hvorfor?"),
        choices=[(why.value, why.label) for why in NotHeard if why is not NotHeard.NOBODY],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvorfor.")},
    )
    reason = FreeText(
        limit=TEXT_LIMIT,
        label=_("Hva har dere gjort?"),
        help_text=_("For eksempel når og hvordan dere prøvde å få tak i verneombudet."),
        rows=3,
    )


class NobodyElectedForm(SentOnce):
    """The unit has no safety representative."""

    reason = FreeText(
        limit=TEXT_LIMIT,
        label=_("Hvorfor er det ikke noe verneombud, og hva gjør dere med det?"),
        help_text=_("Virksomheter med minst fem ansatte skal ha verneombud."),
        rows=3,
    )


class ApproveForm(forms.Form):
    """When the assessment is to be gone through again. `edition`: the draft that was read."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=HIGHEST)
    review_on = forms.DateField(
        label=_("Ny gjennomgang senest"),
        help_text=_("Vanligvis om tolv måneder, og senest om to år."),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Velg en dato."),
            "invalid": _("Skriv en dato, for eksempel 23.11.2027."),
        },
    )

    def clean_review_on(self) -> Any:
        day = self.cleaned_data["review_on"]
        if not rules.review_is_allowed(day, oslo_today()):
            raise ValidationError(_("Velg en dag fra i morgen og inntil to år fram."))
        return day


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


class RemovalForm(forms.Form):
    """Taking a scenario out."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=HIGHEST)
