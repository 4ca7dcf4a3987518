"""What those who write in a draft fill in. Every free text says what not to write; errors say what to do."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggmote.controls.models import Measure
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.risk import libraries
from tryggmote.risk.matrix import Area, Matrix
from tryggmote.risk.models import HIGHEST, STARTER_LIMIT, TEXT_LIMIT, TITLE_LIMIT, FactorJudgement, Scenario
from tryggmote.risk.rules import Score
from tryggmote.risk.writing import ScenarioDraft
from tryggmote.ui.forms import NO_PERSONAL_DATA, BigCheckboxSelectMultiple, FreeText, SentOnce


class FactorForm(forms.Form):
    """What is judged of a factor. `revision`: what was on the screen when the text was written.

    It can be saved blank, and is not called optional: a blank factor stops the approval.
    """

    mark_optional = False

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
    is_especially_dangerous = forms.BooleanField(
        label=_("Særlig farlig arbeid"),
        help_text=_(
            "Kan det koste liv eller gi varig skade, må det finnes en skriftlig instruks før vurderingen kan "
            "godkjennes (arbeidsmiljøloven § 3-2)."
        ),
        required=False,
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

    def __init__(self, *args: Any, matrix: Matrix, measures: Collection[Measure], **kwargs: Any) -> None:
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
                "is_especially_dangerous",
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

    def _area(self, part: str) -> Area | None:
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
            is_especially_dangerous=data["is_especially_dangerous"],
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


def _likelihoods(matrix: Matrix) -> list[tuple[int, str]]:
    return [
        (level.number, f"{level.number} – {level.word}: {level.frequency}") for level in matrix.likelihoods
    ]


def _consequences(matrix: Matrix) -> list[tuple[int, str]]:
    # What is typical of each is too long for a list of choices: the page says it above.
    return [(level.number, f"{level.number} – {level.word}") for level in matrix.consequences]


class RemovalForm(forms.Form):
    """Taking a scenario out."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=HIGHEST)
