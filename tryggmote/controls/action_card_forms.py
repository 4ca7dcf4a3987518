"""What a unit adds to an action card, written and approved. Every error says what to do."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tryggmote.controls.action_card_additions import LocalFacts
from tryggmote.controls.models import LOCAL_LIMIT, MOST_MINUTES, CardAddition
from tryggmote.controls.procedure_forms import LAST_REVISION
from tryggmote.ui.forms import NO_PERSONAL_DATA, FreeText, SentOnce

FACTS = ("exits", "assembly_point", "police_minutes", "meets_police", "more")


class AdditionForm(SentOnce):
    """The local lines of a card. `revision`: the draft as the page found it."""

    revision = forms.IntegerField(max_value=LAST_REVISION, widget=forms.HiddenInput, required=False)
    exits = FreeText(
        label=_("Utganger"),
        help_text=_("Hvor de er, og hvilken som er best. For eksempel: «Bakdøra ved kjøkkenet.»"),
        limit=LOCAL_LIMIT,
        rows=2,
        required=False,
    )
    assembly_point = FreeText(
        label=_("Møteplass"),
        help_text=_("Hvor dere samles og teller. Ikke der andre ser dere fra inngangen."),
        limit=LOCAL_LIMIT,
        rows=2,
        required=False,
    )
    police_minutes = forms.IntegerField(
        label=_("Minutter til politiet er her"),
        help_text=_("Spør politiet hva dere må regne med på det dårligste, og skriv det."),
        min_value=1,
        max_value=MOST_MINUTES,
        required=False,
        error_messages={
            "invalid": _("Skriv minutter som et helt tall, for eksempel 25."),
            "min_value": _("Skriv minst 1 minutt."),
            "max_value": _("Skriv høyst 600 minutter."),
        },
    )
    meets_police = FreeText(
        label=_("Hvem møter politiet, og hvor?"),
        help_text=_("Skriv en rolle, ikke et navn. For eksempel: «Vekteren, ved varemottaket.»"),
        limit=LOCAL_LIMIT,
        rows=2,
        required=False,
    )
    more = FreeText(
        label=_("Noe annet alle her må huske"),
        help_text=NO_PERSONAL_DATA,
        limit=LOCAL_LIMIT,
        rows=2,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not self.errors and not any(answers.get(name) for name in FACTS):
            self.add_error("exits", _("Skriv minst én ting som gjelder her."))
        return answers

    def show_conflict(self, now: CardAddition) -> None:
        """Say that somebody else has saved. Saving again is then a choice made with both in sight."""
        sent = cast(QueryDict, self.data).copy()
        sent["revision"] = str(now.revision)
        self.data = sent
        self.add_error(
            "exits",
            _(
                "Noen andre har lagret utkastet mens du skrev. Det de skrev, står over. "
                "Ta inn det du vil beholde, og lagre igjen. Da gjelder din tekst."
            ),
        )

    def facts(self) -> LocalFacts:
        """The answers as the service takes them. Call when the form is valid."""
        return LocalFacts(**{name: self.cleaned_data[name] for name in FACTS})


class AdditionApprovalForm(SentOnce):
    """A leader puts a draft in force. `revision`: the one that stands on the page."""

    revision = forms.IntegerField(max_value=LAST_REVISION, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, draft: CardAddition, **kwargs: Any) -> None:
        super().__init__(data, initial={"revision": draft.revision}, **kwargs)
