"""A co-ordination agreement proposed. Every error says what to do."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggmote.controls import queries
from tryggmote.controls.agreements import AgreementDraft
from tryggmote.controls.forms import PersonChoice
from tryggmote.controls.models import TEXT_LIMIT
from tryggmote.organisation.models import Unit
from tryggmote.ui.forms import BigCheckboxSelectMultiple, FreeText, SentOnce

_WRITE_A_DAY = {
    "required": _("Velg en dag."),
    "invalid": _("Skriv dagen som dag, måned og år, for eksempel 31.12.2026."),
}


class AgreementForm(SentOnce):
    employers = forms.TypedMultipleChoiceField(
        label=_("Hvem er avtalen mellom?"),
        coerce=int,
        widget=BigCheckboxSelectMultiple,
        error_messages={"required": _("Velg arbeidsgiverne.")},
    )
    co_ordinator = PersonChoice(
        label=_("Hvem samordner?"),
        help_text=_("Én person som ser til at begge arbeidsgiverne gjør det de skal, og ikke hvert sitt."),
    )
    text = FreeText(
        label=_("Hva er dere enige om?"),
        help_text=_(
            "For eksempel: felles risikovurdering, hvem som varsler hvem, felles opplæring og øvelser, "
            "hvordan begge verneombudene er med."
        ),
        limit=TEXT_LIMIT,
        rows=8,
        error_messages={"required": _("Skriv hva dere er enige om.")},
    )
    from_on = forms.DateField(label=_("Gjelder fra"), error_messages=_WRITE_A_DAY)
    to_on = forms.DateField(
        label=_("Gjelder til"),
        help_text=_("La stå tomt hvis den gjelder til dere lager en ny."),
        required=False,
        error_messages=_WRITE_A_DAY,
    )

    def __init__(self, *args: Any, unit: Unit, employers: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        choices = [(employer.id, employer.name) for employer in employers]
        self.fields["employers"].choices = choices  # type: ignore[attr-defined]
        self.fields["employers"].initial = [key for key, _name in choices]
        self.fields["co_ordinator"].queryset = queries.possible_owners([unit.id])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if "employers" in answers and len(answers["employers"]) < 2:
            self.add_error("employers", _("En avtale er mellom to arbeidsgivere eller flere."))
        begins, ends = answers.get("from_on"), answers.get("to_on")
        if ends and ends < timezone.localdate():
            self.add_error("to_on", _("Dagen har vært. Velg en dag fra og med i dag."))
        elif begins and ends and ends < begins:
            self.add_error("to_on", _("Avtalen slutter før den begynner. Velg en senere dag."))
        return answers

    def draft(self) -> AgreementDraft:
        """The answers as the service takes them. Call when the form is valid."""
        answers = self.cleaned_data
        return AgreementDraft(
            id=answers["id"],
            unit_id=self.unit.id,
            employer_ids=tuple(answers["employers"]),
            co_ordinator_id=answers["co_ordinator"].id,
            text=answers["text"],
            from_on=answers["from_on"],
            to_on=answers["to_on"],
        )
