"""What is filled in about demands and stops. Every error says what to do (AML §§ 6-2 and 6-3)."""

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggmote.concerns.formal_services import Stopping
from tryggmote.concerns.forms import SITUATION
from tryggmote.concerns.models.limits import LINE_LIMIT, TEXT_LIMIT
from tryggmote.concerns.vocabulary import Body, Deed
from tryggmote.organisation.models import Unit
from tryggmote.ui.forms import NO_PERSONAL_DATA, BigRadioSelect, FreeText, SentOnce


class InAUnit(SentOnce):
    """A form about one of the units one represents; with one only there is nothing to choose."""

    unit = forms.TypedChoiceField(
        label=_("Hvor gjelder det?"),
        coerce=int,
        error_messages={
            "required": _("Velg hvor det gjelder."),
            "invalid_choice": _("Velg en enhet fra listen."),
        },
    )

    def __init__(self, *args: Any, units: Collection[Unit], **kwargs: Any) -> None:
        super().__init__(*args, initial={"unit": next(iter(units)).id}, **kwargs)
        self._units = {unit.id: unit for unit in units}
        field = cast(forms.ChoiceField, self.fields["unit"])
        field.choices = [(unit.id, unit.name) for unit in units]
        if len(units) == 1:
            field.widget = forms.HiddenInput()

    def chosen(self) -> Unit:
        """The unit that was chosen. Call when valid."""
        return self._units[self.cleaned_data["unit"]]


class DemandForm(InAUnit):
    """A danger, and what the employer is to do."""

    danger = FreeText(
        label=_("Hvilken fare melder du?"),
        help_text=SITUATION,
        limit=TEXT_LIMIT,
        error_messages={"required": _("Skriv hvilken fare det gjelder.")},
    )
    wanted = FreeText(
        label=_("Hva krever du at arbeidsgiveren gjør?"),
        help_text=NO_PERSONAL_DATA,
        limit=TEXT_LIMIT,
        rows=3,
        error_messages={"required": _("Skriv hva du krever.")},
    )


class DemandAnswerForm(SentOnce):
    """The employer's answer."""

    text = FreeText(
        label=_("Svaret til verneombudet"),
        help_text=NO_PERSONAL_DATA,
        limit=TEXT_LIMIT,
        error_messages={"required": _("Skriv hva dere gjør, eller hvorfor dere ikke gjør det.")},
    )


class FurtherForm(forms.Form):
    """To whom the demand has been reported."""

    body = forms.TypedChoiceField(
        label=_("Hvem har du meldt det til?"),
        coerce=Body,
        widget=BigRadioSelect,
        error_messages={"required": _("Velg hvem du har meldt det til.")},
    )

    def __init__(self, *args: Any, bodies: Collection[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["body"]).choices = [(body.value, body.label) for body in bodies]


class StopForm(InAUnit):
    """What is stopped, where, and why it must be."""

    work = forms.CharField(
        label=_("Hvilket arbeid stanser du?"),
        help_text=_("Bare så mye som trengs for å avverge faren. Alle som jobber her, ser dette."),
        max_length=LINE_LIMIT,
        error_messages={"required": _("Skriv hvilket arbeid som stanses.")},
    )
    place = forms.CharField(
        label=_("Hvor?"),
        help_text=_("Alle som jobber her, ser dette."),
        max_length=LINE_LIMIT,
        error_messages={"required": _("Skriv hvor arbeidet er stanset.")},
    )
    danger = FreeText(
        label=_("Hvorfor er det fare for liv eller helse akkurat nå?"),
        help_text=SITUATION,
        limit=TEXT_LIMIT,
        rows=3,
        error_messages={"required": _("Skriv hva som er farlig akkurat nå.")},
    )
    not_averted = FreeText(
        label=_("Hvorfor kan faren ikke avverges på en annen måte med en gang?"),
        help_text=NO_PERSONAL_DATA,
        limit=TEXT_LIMIT,
        rows=3,
        error_messages={"required": _("Skriv hvorfor ikke noe annet hjelper.")},
    )

    def stopping(self) -> Stopping:
        """What was filled in. Call when valid."""
        said = self.cleaned_data
        return Stopping(
            work=said["work"],
            place=said["place"],
            danger=said["danger"],
            not_averted=said["not_averted"],
        )


class DeedForm(SentOnce):
    """What one says about a stop. `deeds`: those open to this person now."""

    deed = forms.TypedChoiceField(
        label=_("Hva skjer nå?"),
        coerce=Deed,
        widget=BigRadioSelect,
        error_messages={"required": _("Velg hva som skjer nå.")},
    )
    text = FreeText(
        label=_("Hva er gjort, eller hvorfor?"),
        help_text=NO_PERSONAL_DATA,
        limit=TEXT_LIMIT,
        rows=3,
        error_messages={"required": _("Skriv hva som er gjort, eller hvorfor.")},
    )

    def __init__(self, *args: Any, deeds: Collection[Deed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["deed"]).choices = [(deed.value, deed.label) for deed in deeds]
