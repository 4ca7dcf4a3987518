"""Linking reports of one event, and telling what came later."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tryggmote.access.ids import new_id
from tryggmote.incidents.linking import LaterWords
from tryggmote.incidents.models import TEXT_LIMIT, Incident
from tryggmote.incidents.vocabulary import Severity
from tryggmote.ui.forms import BigRadioSelect, ClientMadeId, FreeText


class LinkForm(forms.Form):
    """Which report tells of the same event. A button beside each report sends it."""

    other = forms.UUIDField()


class LaterForm(forms.Form):
    """How it is now, in two answers."""

    ME, EXPOSED = "me", "exposed"

    id = ClientMadeId()
    whose = forms.ChoiceField(
        label=_("Hvem gjelder det?"),
        widget=BigRadioSelect,
        initial=ME,
        error_messages={"required": _("Velg hvem det gjelder.")},
    )
    severity = forms.TypedChoiceField(
        label=_("Hvordan oppleves det nå?"),
        help_text=_("Din egen opplevelse. Lederen kan ikke endre den."),
        choices=Severity.choices,
        coerce=int,
        widget=BigRadioSelect,
        error_messages={"required": _("Velg hvordan det oppleves nå.")},
    )
    what_happened = FreeText(
        limit=TEXT_LIMIT,
        label=_("Hva har kommet etterpå?"),
        help_text=_(
            "For eksempel dårlig søvn, uro før møter, eller at du unngår noe på jobb. "
            "Ikke skriv navn, fødselsnummer eller diagnoser."
        ),
        error_messages={"required": _("Skriv noen ord om det som har kommet.")},
    )

    def __init__(self, data: QueryDict | None = None, *, earlier: Incident, person_id: int) -> None:
        super().__init__(data, initial={"id": new_id()})
        choices: list[tuple[str, Any]] = [(self.ME, _("Meg selv"))]
        if earlier.exposed and earlier.exposed_id != person_id:
            choices.append((self.EXPOSED, earlier.exposed.name))
            self.fields["whose"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["whose"]

    def words(self) -> LaterWords:
        """The answers. Call when the form is valid."""
        answers = self.cleaned_data
        return LaterWords(
            id=answers["id"] or new_id(),
            severity=answers["severity"],
            what_happened=answers["what_happened"],
            is_about_me=answers.get("whose", self.ME) == self.ME,
        )
