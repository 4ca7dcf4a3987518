"""A review as people fill it in: which building, what each place is like, a signature."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggmote.controls.forms import DayAhead
from tryggmote.controls.pictures import CleanPicture, NotAPicture, clean_picture
from tryggmote.premises.models import Building
from tryggmote.reviews.checklists import Point
from tryggmote.reviews.findings import MEASURE_WITHIN, FindingDraft
from tryggmote.reviews.models import TEXT_LIMIT, TITLE_LIMIT, Finding
from tryggmote.reviews.queries import Place
from tryggmote.reviews.services import PartDraft
from tryggmote.reviews.vocabulary import Answer, Becomes, Occasion
from tryggmote.ui.forms import NO_PERSONAL_DATA, BigRadioSelect, FreeText, SentOnce


class BeginForm(SentOnce):
    building = forms.ModelChoiceField(
        label=_("Hvilket bygg?"),
        queryset=Building.objects.none(),
        empty_label=_("Velg"),
        error_messages={
            "required": _("Velg et bygg."),
            "invalid_choice": _("Du går ikke vernerunder i dette bygget. Velg et annet."),
        },
    )
    occasion = forms.ChoiceField(
        label=_("Hvorfor går dere runden?"),
        choices=[(Occasion.YEARLY, Occasion.YEARLY.label), (Occasion.INCIDENT, Occasion.INCIDENT.label)],
        widget=BigRadioSelect,
        error_messages={"required": _("Velg hvorfor dere går runden.")},
    )

    def __init__(self, *args: Any, buildings: QuerySet[Building], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["building"].queryset = buildings  # type: ignore[attr-defined]


class Photograph(forms.FileField):
    """A photograph from the phone, cleaned of everything else; none when nothing is sent."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Bilde"),
            help_text=_("Ingen personer skal være med. Bare de som hører til enheten, ser bildet."),
            required=False,
            widget=forms.FileInput(attrs={"accept": "image/*", "data-photo": ""}),
        )

    def clean(self, data: Any, initial: Any = None) -> CleanPicture | None:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return clean_picture(file, file.size)
        except NotAPicture as error:
            raise forms.ValidationError(error.message) from error


@dataclass(frozen=True)
class PointFields:
    """One point on the page: the answer, and what is asked when it is not in order.

    `found`: what was found about it already in this review.
    """

    point: Point
    answer: forms.BoundField
    more: list[forms.BoundField]
    measure: list[forms.BoundField]
    found: Finding | None


class PartForm(SentOnce):
    """One place of a review. One can send what one has seen, and come back."""

    mark_optional = False

    words = FreeText(
        label=_("Noe annet dere så her?"),
        help_text=NO_PERSONAL_DATA,
        limit=TEXT_LIMIT,
        rows=2,
        required=False,
    )

    def __init__(
        self, *args: Any, place: Place, plans: bool, found: Iterable[Finding] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        self.plans = plans
        self.found: Mapping[str, Finding] = {finding.point: finding for finding in found}
        known = place.part.answers if place.part else {}
        for point in place.points:
            self._ask(point, known.get(point.code, ""))
        if place.part:
            self.fields["words"].initial = place.part.words

    def _ask(self, point: Point, known: str) -> None:
        code = point.code
        self.fields[f"p_{code}"] = forms.ChoiceField(
            label=str(point.text),
            help_text=str(point.help or ""),
            choices=Answer.choices,
            widget=BigRadioSelect(in_pairs=True),
            required=False,
            initial=known,
            error_messages={
                "invalid_choice": _("Velg et av svarene på «%(question)s»") % {"question": point.text}
            },
        )
        self.fields[f"w_{code}"] = FreeText(
            label=_("Hva er ikke i orden?"),
            help_text=NO_PERSONAL_DATA,
            limit=TEXT_LIMIT,
            rows=2,
            required=False,
        )
        self.fields[f"f_{code}"] = Photograph()
        if self.plans:
            self._ask_for_measure(point)

    def _ask_for_measure(self, point: Point) -> None:
        code = point.code
        self.fields[f"b_{code}"] = forms.ChoiceField(
            label=_("Hva gjør dere med det?"),
            choices=Becomes.choices,
            widget=BigRadioSelect(in_pairs=True),
            required=False,
            initial=Becomes.HAZARD,
        )
        self.fields[f"t_{code}"] = forms.CharField(
            label=_("Hva skal gjøres?"),
            max_length=TITLE_LIMIT,
            required=False,
            initial=f"{point.fix}: {self.place.name}"[:TITLE_LIMIT],
        )
        self.fields[f"d_{code}"] = DayAhead(
            label=_("Når skal det være på plass?"),
            required=False,
            initial=timezone.localdate() + MEASURE_WITHIN,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )

    @property
    def points(self) -> list[PointFields]:
        """The points in order."""
        return [
            PointFields(
                point=point,
                answer=self[f"p_{point.code}"],
                more=self._fields(point, "wf" if point.code in self.found else "wfb"),
                measure=[] if point.code in self.found else self._fields(point, "td"),
                found=self.found.get(point.code),
            )
            for point in self.place.points
        ]

    def draft(self) -> PartDraft:
        """What was found. Call when valid."""
        data = self.cleaned_data
        answers = {point.code: data[f"p_{point.code}"] for point in self.place.points}
        return PartDraft(
            id=data["id"],
            answers={code: answer for code, answer in answers.items() if answer},
            words=data["words"],
            findings=tuple(
                self._finding(point) for point in self.place.points if answers[point.code] == Answer.NOT_OK
            ),
        )

    def _fields(self, point: Point, kinds: str) -> list[forms.BoundField]:
        names = (f"{kind}_{point.code}" for kind in kinds)
        return [self[name] for name in names if name in self.fields]

    def _finding(self, point: Point) -> FindingDraft:
        def said(kind: str) -> Any:
            return self.cleaned_data.get(f"{kind}_{point.code}")

        return FindingDraft(
            point=point,
            words=said("w"),
            picture=said("f"),
            becomes=Becomes(said("b") or Becomes.HAZARD),
            title=said("t") or "",
            due_on=said("d"),
        )


class SignForm(SentOnce):
    words = FreeText(
        label=_("Merknad"),
        help_text=_("Det du vil at den andre og enheten skal vite. Den følger runden."),
        limit=TEXT_LIMIT,
        rows=2,
        required=False,
    )
