"""What the leader says of a step, and the classification with the code book (2.4)."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tryggmote.access.ids import new_id
from tryggmote.incidents.codebook import Codebook, codebook
from tryggmote.incidents.consequence_rules import StepRule
from tryggmote.incidents.models import Classification, Incident
from tryggmote.incidents.vocabulary import AlarmWorked, Outcome
from tryggmote.ui.forms import NO_PERSONAL_DATA, ClientMadeId, FreeText

NOTE_LIMIT = 1000
MINUTES_IN_A_DAY = 1440


class StepForm(forms.Form):
    """Done, or not this time and why. The button that was pressed is the outcome."""

    outcome = forms.ChoiceField(
        choices=[(Outcome.DONE, Outcome.DONE.label), (Outcome.DECLINED, Outcome.DECLINED.label)],
        widget=forms.HiddenInput,
        error_messages={"required": _("Velg om det er gjort."), "invalid_choice": _("Velg om det er gjort.")},
    )
    note = FreeText(limit=NOTE_LIMIT, label=_("Merknad"), help_text=NO_PERSONAL_DATA, required=False, rows=2)

    def __init__(self, rule: StepRule, data: QueryDict | None = None, *, key: str = "") -> None:
        """`key` tells forms of the same step on one page from each other."""
        super().__init__(data, auto_id=f"step_{key or rule.code}_%s")
        self.rule = rule
        if rule.may_decline:
            self.fields["note"].label = _("Merknad, eller hvorfor det ikke er aktuelt")

    def answer(self) -> tuple[Outcome, str]:
        """What became of the step, and the remark or reason. Call when the form is valid."""
        return Outcome(self.cleaned_data["outcome"]), self.cleaned_data["note"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("outcome") != Outcome.DECLINED:
            return answers
        if not self.rule.may_decline:
            raise ValidationError(_("Dette steget kan ikke velges bort."))
        if not answers.get("note", "").strip() and "note" not in self.errors:
            self.add_error("note", _("Skriv hvorfor det ikke er aktuelt."))
        return answers


def _several(label: Any, group: str, **kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=codebook().choices(group),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        **kwargs,
    )


class ClassificationForm(forms.Form):
    """What happened, in the words of the code book. Only nature and channel are asked for."""

    mark_optional = False

    id = ClientMadeId()
    natures = _several(_("Hva var det?"), "natures", help_text=_("Velg alt som passer."))
    channel = forms.ChoiceField(
        label=_("Hvor eller hvordan?"),
        choices=codebook().choices("channels"),
        error_messages={"required": _("Velg hvor eller hvordan det skjedde.")},
    )
    direction = forms.ChoiceField(
        label=_("Fra hvem?"),
        choices=[("", _("Ikke valgt")), *codebook().choices("directions")],
        required=False,
    )
    triggers = _several(
        _("Hva utløste det?"),
        "triggers",
        help_text=_("Det i systemet eller situasjonen som utløste det. Ikke hvem brukeren er."),
    )
    warning_signs = _several(_("Hvilke tegn var det på forhånd?"), "warning_signs")
    immediate_actions = _several(_("Hva ble gjort med en gang?"), "immediate_actions")
    alarm_worked = forms.ChoiceField(
        label=_("Virket alarmen?"), choices=[("", _("Vet ikke")), *AlarmWorked.choices], required=False
    )
    help_after_minutes = forms.IntegerField(
        label=_("Hvor mange minutter gikk det før hjelpen kom?"),
        help_text=_("La feltet stå tomt hvis ingen ble tilkalt."),
        min_value=0,
        max_value=MINUTES_IN_A_DAY,
        required=False,
        error_messages={
            "invalid": _("Skriv et helt tall, for eksempel 4."),
            "min_value": _("Skriv 0 eller mer."),
            "max_value": _("Skriv høyst 1440 minutter, som er ett døgn."),
        },
    )
    consequences = _several(
        _("Hva ble følgene?"), "consequences", help_text=_("Bare hva slags. Ikke opplysninger om helse.")
    )
    circumstances = _several(
        _("Hva ved arbeidet spilte inn?"),
        "circumstances",
        help_text=_("Hører til de åtte faktorene som alltid skal vurderes (§ 23A-1)."),
    )

    def folded(self) -> list[tuple[forms.BoundField, str]]:
        """The questions that are folded until wanted, each with what is chosen so far in words."""
        groups = ("triggers", "warning_signs", "immediate_actions", "consequences", "circumstances")
        return [
            (self[group], ", ".join(codebook().words(group, self[group].value() or ()))) for group in groups
        ]

    def clean_natures(self) -> list[str]:
        natures: list[str] = self.cleaned_data["natures"]
        if not natures:
            raise ValidationError(_("Velg minst én ting som skjedde."))
        return natures

    def classification(self) -> tuple[UUID, dict[str, Any]]:
        """Id and codes, as `services.classify` takes them. Call when the form is valid."""
        codes = dict(self.cleaned_data)
        return codes.pop("id") or new_id(), codes


def classification_to_begin_with(incident: Incident, latest: Classification | None) -> dict[str, Any]:
    """The latest classification, or what the reporter answered; always with an id of its own."""
    if latest is None:
        return {"id": new_id(), "natures": incident.natures, "channel": incident.form}
    fields = (name for name in ClassificationForm.base_fields if name != "id")
    return {"id": new_id(), **{name: getattr(latest, name) for name in fields}}


def described(classification: Classification) -> list[tuple[str, str]]:
    """The classification in words, as pairs of label and value; what was not answered is left out."""
    book = codebook(classification.codebook)
    fields = ClassificationForm.base_fields
    pairs = [
        (str(fields["natures"].label), _words(book, "natures", classification.natures)),
        (str(fields["channel"].label), _words(book, "channels", [classification.channel])),
        (str(fields["direction"].label), _words(book, "directions", [classification.direction])),
        (str(fields["triggers"].label), _words(book, "triggers", classification.triggers)),
        (str(fields["warning_signs"].label), _words(book, "warning_signs", classification.warning_signs)),
        (
            str(fields["immediate_actions"].label),
            _words(book, "immediate_actions", classification.immediate_actions),
        ),
        (str(fields["alarm_worked"].label), str(classification.get_alarm_worked_display())),
        (str(fields["help_after_minutes"].label), _minutes(classification.help_after_minutes)),
        (str(fields["consequences"].label), _words(book, "consequences", classification.consequences)),
        (str(fields["circumstances"].label), _words(book, "circumstances", classification.circumstances)),
    ]
    return [(label, value) for label, value in pairs if value]


def _words(book: Codebook, group: str, codes: list[str]) -> str:
    return ", ".join(book.words(group, codes))


def _minutes(minutes: int | None) -> str:
    return "" if minutes is None else str(minutes)
