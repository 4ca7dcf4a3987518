"""After the exercise, as people fill it in: objectives, findings, an evaluation, the end."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggmote.controls.forms import DayAhead
from tryggmote.controls.models import TITLE_LIMIT
from tryggmote.controls.vocabulary import MeasureKind
from tryggmote.exercises.closing import MEASURE_WITHIN, Decision, Opinion
from tryggmote.exercises.models import LINE_LIMIT, TEXT_LIMIT
from tryggmote.exercises.queries import Aim
from tryggmote.exercises.vocabulary import Agreement, Becomes, Change, Reached
from tryggmote.ui.forms import NO_PERSONAL_DATA, BigRadioSelect, FreeText, SentOnce


class ObjectivesForm(forms.Form):
    """Whether each objective was reached."""

    def __init__(self, *args: Any, aims: Iterable[Aim], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids: dict[str, UUID] = {}
        for aim in aims:
            name = f"mal_{aim.objective.id}"
            self.ids[name] = aim.objective.id
            self.fields[name] = forms.ChoiceField(
                label=aim.words,
                choices=Reached.choices,
                widget=BigRadioSelect(in_pairs=True),
                initial=aim.objective.reached,
                error_messages={"required": _("Velg om målet ble nådd.")},
            )

    def reached(self) -> dict[UUID, str]:
        """The answers by objective. Call when valid."""
        return {self.ids[name]: answer for name, answer in self.cleaned_data.items()}


class DecisionForm(forms.Form):
    """What becomes of a finding. A measure is planned by one who leads the unit (`plans`)."""

    mark_optional = False

    becomes = forms.ChoiceField(
        label=_("Hva gjør dere med det?"),
        widget=BigRadioSelect,
        error_messages={"required": _("Velg hva dere gjør med det.")},
    )
    title = forms.CharField(label=_("Hva skal gjøres?"), max_length=TITLE_LIMIT, required=False)
    kind = forms.ChoiceField(
        label=_("Hva slags tiltak?"),
        choices=MeasureKind.choices,
        initial=MeasureKind.PROCEDURE,
        required=False,
    )
    due_on = DayAhead(
        label=_("Når skal det være på plass?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Hvorfor er det ikke noe mer å gjøre?"), max_length=LINE_LIMIT, required=False
    )

    def __init__(self, *args: Any, plans: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [each for each in Becomes if plans or each is not Becomes.MEASURE]
        self.fields["becomes"].choices = [(each.value, each.label) for each in offered]  # type: ignore[attr-defined]
        self.fields["becomes"].initial = offered[1 if plans else 0].value
        self.fields["due_on"].initial = timezone.localdate() + MEASURE_WITHIN
        if not plans:
            for name in ("title", "kind", "due_on"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("becomes") == Becomes.MEASURE and not said.get("title"):
            self.add_error("title", _("Skriv hva som skal gjøres."))
        if said.get("becomes") == Becomes.NOTHING and not said.get("reason"):
            self.add_error("reason", _("Skriv hvorfor, i en setning."))
        return said

    def decision(self) -> Decision:
        """What was decided. Call when valid."""
        said = self.cleaned_data
        return Decision(
            becomes=Becomes(said["becomes"]),
            title=said.get("title") or "",
            kind=MeasureKind(said.get("kind") or MeasureKind.PROCEDURE),
            due_on=said.get("due_on"),
            reason=said["reason"] if said["becomes"] == Becomes.NOTHING else "",
        )


def _agreement(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=Agreement.choices,
        widget=BigRadioSelect(in_pairs=True),
        error_messages={"required": _("Velg ett av svarene.")},
    )


class EvaluationForm(SentOnce):
    """Four taps and one line, if one wants."""

    understood = _agreement(_("Forsto du hva du skulle gjøre?"))
    knew_how = _agreement(_("Visste du hvordan du tilkaller hjelp?"))
    safer = _agreement(_("Er du tryggere etter øvelsen?"))
    change = forms.ChoiceField(
        label=_("Hva bør endres først?"),
        choices=Change.choices,
        widget=BigRadioSelect(in_pairs=True),
        error_messages={"required": _("Velg ett av svarene.")},
    )
    words = forms.CharField(
        label=_("Noe mer?"),
        help_text=_("Én linje. Skriv den slik at ingen kjenner deg igjen. Ikke skriv navn."),
        max_length=LINE_LIMIT,
        required=False,
    )

    def opinion(self) -> Opinion:
        """The answers. Call when valid."""
        return Opinion(**self.cleaned_data)


class CloseForm(SentOnce):
    """What the unit learned, and whether nothing was found."""

    mark_optional = False

    words = FreeText(
        label=_("Hva lærte dere?"),
        help_text=NO_PERSONAL_DATA,
        limit=TEXT_LIMIT,
        rows=3,
        error_messages={"required": _("Skriv i en setning eller to hva dere lærte.")},
    )
    found_nothing = forms.BooleanField(label=_("Vi fant ikke noe som må endres"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The page has another form with words.
        super().__init__(*args, **{"auto_id": "end_%s", **kwargs})
