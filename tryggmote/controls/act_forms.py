"""What is done about a measure: carried out, evaluated, postponed, handed over, cancelled."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggmote.controls import queries
from tryggmote.controls.forms import DayAhead, PersonChoice
from tryggmote.controls.models import TEXT_LIMIT, Measure
from tryggmote.controls.vocabulary import Effect, OriginKind
from tryggmote.ui.forms import NO_PERSONAL_DATA, BigRadioSelect, FreeText, SentOnce


class ActForm(SentOnce):
    """One thing done about a measure. Several stand on one page, so each names its fields' ids by itself."""

    def __init__(self, data: Any = None, *, measure: Measure, **kwargs: Any) -> None:
        super().__init__(data, auto_id=f"{type(self).__name__.lower()}_%s", **kwargs)

    def answers(self) -> dict[str, Any]:
        """The answers as the service takes them. Call when the form is valid."""
        answers = dict(self.cleaned_data)
        return {"act_id": answers.pop("id"), **answers}


class EstablishForm(ActForm):
    words = FreeText(
        label=_("Hva er gjort?"), help_text=NO_PERSONAL_DATA, limit=TEXT_LIMIT, required=False, rows=3
    )


class EvaluateForm(ActForm):
    """Whether it works. A measure that comes from a scored situation may be scored anew."""

    SCORES = (("", _("Ikke vurdert")), *((n, str(n)) for n in range(1, 6)))

    effect = forms.ChoiceField(
        label=_("Er risikoen blitt mindre?"),
        choices=[
            (Effect.REDUCED, _("Ja, risikoen er mindre")),
            (Effect.NOT_REDUCED, _("Nei")),
            (Effect.UNKNOWN, _("Vi vet ikke")),
        ],
        widget=BigRadioSelect(
            descriptions={
                Effect.REDUCED.value: _("Tiltaket er ferdig behandlet. Det kan vurderes igjen senere."),
                Effect.NOT_REDUCED.value: _("Tiltaket blir stående åpent til dere har funnet noe bedre."),
                Effect.UNKNOWN.value: _("Tiltaket blir stående åpent til dere har vurdert det på nytt."),
            }
        ),
        error_messages={"required": _("Velg om risikoen er blitt mindre.")},
    )
    words = FreeText(
        label=_("Hva bygger dere det på?"),
        help_text=_("For eksempel færre hendelser, en øvelse, eller det ansatte sier. Ikke skriv navn."),
        limit=TEXT_LIMIT,
        rows=3,
        error_messages={"required": _("Skriv hva vurderingen bygger på.")},
    )
    likelihood = forms.TypedChoiceField(
        label=_("Sannsynlighet nå"),
        help_text=_("1 er minst, 5 er mest sannsynlig."),
        choices=SCORES,
        coerce=int,
        empty_value=None,
        required=False,
    )
    consequence = forms.TypedChoiceField(
        label=_("Konsekvens nå"),
        help_text=_("1 er minst, 5 er mest alvorlig."),
        choices=SCORES,
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, data: Any = None, *, measure: Measure, **kwargs: Any) -> None:
        super().__init__(data, measure=measure, **kwargs)
        if measure.origin_kind != OriginKind.SCENARIO:
            del self.fields["likelihood"], self.fields["consequence"]


class PostponeForm(ActForm):
    to_on = DayAhead(label=_("Ny frist"))
    reason = FreeText(
        label=_("Hvorfor?"),
        help_text=NO_PERSONAL_DATA,
        limit=TEXT_LIMIT,
        rows=2,
        error_messages={"required": _("Skriv hvorfor fristen flyttes.")},
    )


class HandOverForm(ActForm):
    to_owner = PersonChoice(label=_("Ny ansvarlig"), help_text=_("Den nye ansvarlige får beskjed."))
    reason = FreeText(
        label=_("Hvorfor?"), help_text=NO_PERSONAL_DATA, limit=TEXT_LIMIT, rows=2, required=False
    )

    def __init__(self, data: Any = None, *, measure: Measure, **kwargs: Any) -> None:
        super().__init__(data, measure=measure, **kwargs)
        others = queries.possible_owners([measure.unit_id]).exclude(id=measure.owner_id)
        self.fields["to_owner"].queryset = others  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        answers = super().answers()
        return {"to_owner_id": answers.pop("to_owner").id, **answers}


class CancelForm(ActForm):
    reason = FreeText(
        label=_("Hvorfor?"),
        help_text=NO_PERSONAL_DATA,
        limit=TEXT_LIMIT,
        rows=2,
        error_messages={"required": _("Skriv hvorfor tiltaket avsluttes.")},
    )
