"""What is filled in about concerns. Every error says what to do."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tryggmote.concerns.models.limits import TEXT_LIMIT
from tryggmote.concerns.rules import outcomes_of
from tryggmote.concerns.services import Draft, Reply
from tryggmote.concerns.vocabulary import Capacity, Outcome
from tryggmote.risk.models import HAZARD_LIMIT
from tryggmote.ui.forms import (
    NO_PERSONAL_DATA,
    BigCheckboxSelectMultiple,
    BigRadioSelect,
    FreeText,
    SentOnce,
)

SITUATION = format_lazy(
    "{} {}", _("Fortell om situasjonen, ikke personen: hvor, når og hva som kan skje."), NO_PERSONAL_DATA
)


class WriteForm(SentOnce):
    """A concern, and to whom. `receivers`: the names of those it can go to, by capacity."""

    text = FreeText(
        label=_("Hva er du bekymret for?"),
        help_text=SITUATION,
        limit=TEXT_LIMIT,
        rows=6,
        error_messages={"required": _("Skriv hva du er bekymret for.")},
    )
    to = forms.MultipleChoiceField(
        label=_("Hvem skal få den?"),
        widget=BigCheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én som skal få bekymringen.")},
    )
    may_be_shared = forms.BooleanField(
        label=_("Lederen og verneombudet kan dele den med hverandre"),
        help_text=_("Ellers leser bare den du velger, og de den går videre til."),
        required=False,
    )

    def __init__(self, *args: Any, receivers: Mapping[Capacity, list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {Capacity.LEADER: _("Lederen din"), Capacity.REPRESENTATIVE: _("Verneombudet")}
        to = cast(forms.MultipleChoiceField, self.fields["to"])
        to.choices = [
            (capacity.value, format_lazy("{}: {}", labels[capacity], ", ".join(names)))
            for capacity, names in receivers.items()
            if names
        ]

    def draft(self) -> Draft:
        """What was written. Call when valid."""
        said = self.cleaned_data
        return Draft(
            id=said["id"],
            text=said["text"],
            to=[Capacity(capacity) for capacity in said["to"]],
            may_be_shared=said["may_be_shared"],
        )


class AnswerForm(SentOnce):
    """What is answered: a leader chooses what is done, a representative follows it up."""

    outcome = forms.ChoiceField(
        label=_("Hva gjør dere?"),
        widget=BigRadioSelect(
            descriptions={
                Outcome.MEASURE.value: _("Etterpå planlegger du tiltaket, med ansvarlig og frist."),
                Outcome.HAZARD.value: _("Faren legges i innboksen, og blir vurdert sammen med de andre."),
            }
        ),
        error_messages={"required": _("Velg hva dere gjør.")},
    )
    hazard = FreeText(
        label=_("Hvilken fare skal vurderes?"),
        help_text=_("Bare når den tas opp i risikovurderingen. Skriv med egne ord: flere leser innboksen."),
        limit=HAZARD_LIMIT,
        rows=2,
        required=False,
    )
    text = FreeText(
        label=_("Svaret til den som skrev"),
        help_text=NO_PERSONAL_DATA,
        limit=TEXT_LIMIT,
        error_messages={"required": _("Skriv et svar. Den som skrev, venter på det.")},
    )

    def __init__(self, *args: Any, capacity: Capacity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._outcomes = outcomes_of(capacity)
        if len(self._outcomes) == 1:
            del self.fields["outcome"], self.fields["hazard"]
        else:
            outcome = cast(forms.ChoiceField, self.fields["outcome"])
            outcome.choices = [(each.value, each.label) for each in self._outcomes]

    def clean(self) -> dict[str, Any]:
        """What belongs in the risk assessment is named."""
        said = cast(dict[str, Any], super().clean())
        if said.get("outcome") == Outcome.HAZARD and not said.get("hazard"):
            self.add_error("hazard", _("Skriv kort hvilken fare som skal vurderes."))
        return said

    def reply(self) -> Reply:
        """What was answered. Call when valid."""
        said = self.cleaned_data
        outcome = Outcome(said.get("outcome") or self._outcomes[0])
        return Reply(id=said["id"], outcome=outcome, text=said["text"], hazard=said.get("hazard", ""))


class VerdictForm(SentOnce):
    """Whether the answer settles it."""

    settles = forms.TypedChoiceField(
        label=_("Holder svaret?"),
        choices=[("ja", _("Ja, det holder")), ("nei", _("Nei, send den videre til neste leder"))],
        coerce=lambda said: said == "ja",
        widget=BigRadioSelect,
        error_messages={"required": _("Si om svaret holder.")},
    )
    text = FreeText(
        label=_("Vil du si noe mer?"),
        help_text=NO_PERSONAL_DATA,
        limit=TEXT_LIMIT,
        rows=2,
        required=False,
    )
