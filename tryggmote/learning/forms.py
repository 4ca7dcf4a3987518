"""A lesson written, shared, answered about and withdrawn, and the filter of the list."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tryggmote.incidents.models import Incident
from tryggmote.learning.lessons import LessonText
from tryggmote.learning.models import REASON_LIMIT, TEXT_LIMIT, TITLE_LIMIT, LessonVersion
from tryggmote.learning.queries import circumstance_choices
from tryggmote.learning.rules import has_national_id
from tryggmote.learning.vocabulary import Answer, Scope
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import Unit
from tryggmote.ui.forms import BigRadioSelect, FilterForm, FreeText, SentOnce

LAST_REVISION = 2_147_483_647
"""The largest number the database's column holds."""
LONGEST_QUERY = 200


class LessonForm(SentOnce):
    """The text of a lesson. `revision`: the draft as the page found it."""

    revision = forms.IntegerField(
        min_value=0, max_value=LAST_REVISION, widget=forms.HiddenInput, required=False
    )
    unit = forms.ModelChoiceField(label=_("Enhet"), queryset=Unit.objects.none(), empty_label=None)
    title = forms.CharField(
        label=_("Lærdommen i én setning"),
        help_text=_("For eksempel «Sitt nærmest døra, også i korte samtaler»."),
        max_length=TITLE_LIMIT,
        error_messages={"required": _("Skriv lærdommen i én setning.")},
    )
    happened = FreeText(
        limit=TEXT_LIMIT,
        label=_("Hva skjedde, i generelle ord?"),
        help_text=_(
            "Skriv om situasjonen, ikke om personene. Ikke navn, dato, fødselsnummer eller diagnoser."
        ),
        error_messages={"required": _("Skriv kort hva som skjedde, i generelle ord.")},
    )
    learned = FreeText(
        limit=TEXT_LIMIT,
        label=_("Hva lærte vi?"),
        help_text=_("Det andre kan ha nytte av."),
        error_messages={"required": _("Skriv hva dere lærte.")},
    )
    changed = FreeText(
        limit=TEXT_LIMIT,
        label=_("Hva har vi endret?"),
        help_text=_("Tiltak, rutiner eller øvelser. La det stå tomt hvis det ikke er bestemt ennå."),
        required=False,
    )
    forms_of_meeting = forms.MultipleChoiceField(
        label=_("Hvilke møteformer gjelder det?"),
        help_text=_("Velg ingen hvis det gjelder alle."),
        choices=MeetingForm.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    circumstances = forms.TypedMultipleChoiceField(
        label=_("Hva hadde betydning?"),
        help_text=_("De åtte forholdene som alltid skal vurderes."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    scope = forms.ChoiceField(
        label=_("Hvem skal få lese den?"),
        choices=Scope.choices,
        initial=Scope.UNIT,
        widget=BigRadioSelect(
            descriptions={
                Scope.UNIT: _("De som jobber i enheten. Du kan dele selv."),
                Scope.COUNTY: _("Alle enheter i fylket. Den det gjelder, blir spurt, og lederen godkjenner."),
                Scope.ALL: _(
                    "Alle som bruker Tryggmøte. Den det gjelder, blir spurt, og lederen godkjenner."
                ),
            }
        ),
        error_messages={"required": _("Velg hvem som skal få lese den.")},
    )

    def __init__(self, *args: Any, units: QuerySet[Unit] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circumstances"].choices = circumstance_choices()  # type: ignore[attr-defined]
        self.fields["title"].widget.attrs.pop("maxlength", None)
        if units is None:
            del self.fields["unit"]
        else:
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        for name in ("title", "happened", "learned", "changed"):
            if has_national_id(answers.get(name) or ""):
                self.add_error(
                    name,
                    ValidationError(_("Dette ser ut som et fødselsnummer. Ta det bort før du lagrer.")),
                )
        return answers

    def written(self) -> LessonText:
        """The answers. Call when the form is valid."""
        answers = self.cleaned_data
        return LessonText(
            id=answers["id"],
            title=answers["title"],
            happened=answers["happened"],
            learned=answers["learned"],
            changed=answers["changed"],
            forms=tuple(answers["forms_of_meeting"]),
            circumstances=tuple(answers["circumstances"]),
            scope=answers["scope"],
            revision=answers["revision"] or 0,
        )

    def show_conflict(self, now: LessonVersion) -> None:
        """Somebody else saved first: keep what was typed, and let the next save be a knowing one."""
        sent = cast(QueryDict, self.data).copy()
        sent["revision"] = str(now.revision)
        self.data = sent
        self.add_error(
            None,
            _("%(name)s har lagret mens du skrev. Ta med det du trenger fra teksten nederst, og lagre igjen.")
            % {"name": now.by.name},
        )


def what_stands(version: LessonVersion) -> dict[str, Any]:
    """A version as the form begins with it."""
    return {
        "revision": version.revision if version.shared_at is None else 0,
        "title": version.title,
        "happened": version.happened,
        "learned": version.learned,
        "changed": version.changed,
        "forms_of_meeting": version.forms,
        "circumstances": version.circumstances,
        "scope": version.scope,
    }


class ShareForm(SentOnce):
    """What whoever shares has looked for. All of it must be so; the way out is to write it otherwise."""

    revision = forms.IntegerField(min_value=0, max_value=LAST_REVISION, widget=forms.HiddenInput)
    no_names = forms.BooleanField(
        label=_("Ingen navn på ansatte, brukere eller andre"),
        error_messages={"required": _("Ta bort navnene, og kryss av når det er gjort.")},
    )
    no_places = forms.BooleanField(
        label=_("Ingen sted, dato eller stilling som røper hvem det er"),
        error_messages={"required": _("Skriv det mer generelt, og kryss av når det er gjort.")},
    )
    no_health = forms.BooleanField(
        label=_("Ingenting om helse, diagnoser eller straff"),
        error_messages={"required": _("Ta bort det som handler om helse eller straff, og kryss av.")},
    )
    could_be_read_aloud = forms.BooleanField(
        label=_("Jeg kunne lest den høyt for den det gjelder"),
        error_messages={"required": _("Skriv den slik at du kunne lest den høyt, og kryss av.")},
    )


class AnswerForm(forms.Form):
    """What the exposed says."""

    answer = forms.ChoiceField(
        label=_("Kan lærdommen deles utenfor enheten?"),
        choices=Answer.choices,
        widget=BigRadioSelect,
        error_messages={"required": _("Velg ja eller nei.")},
    )


class WithdrawalForm(SentOnce):
    """Why a lesson is taken back."""

    reason = FreeText(
        limit=REASON_LIMIT,
        rows=2,
        label=_("Hvorfor trekkes den tilbake?"),
        error_messages={"required": _("Skriv hvorfor, i en setning.")},
    )


class SourceForm(forms.Form):
    """An incident that the lesson comes from."""

    incident = forms.UUIDField(
        label=_("Hendelse"),
        widget=forms.Select,
        error_messages={"required": _("Velg en hendelse."), "invalid": _("Velg en hendelse fra listen.")},
    )

    def __init__(self, *args: Any, incidents: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["incident"].widget.choices = [("", _("Velg en hendelse")), *incidents]


class LessonFilter(FilterForm):
    """Search and narrow the list."""

    MINE = "mine"

    q = forms.CharField(label=_("Søk"), max_length=LONGEST_QUERY)
    form = forms.ChoiceField(label=_("Møteform"), choices=[("", _("Alle")), *MeetingForm.choices])
    circumstance = forms.TypedChoiceField(label=_("Hva hadde betydning"), coerce=int, empty_value=None)
    where = forms.ChoiceField(label=_("Fra"), choices=[("", _("Alle enheter")), (MINE, _("Min enhet"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circumstance"].choices = [("", _("Alle")), *circumstance_choices()]  # type: ignore[attr-defined]

    def chosen(self, unit_id: int | None) -> dict[str, Any]:
        """What `queries.shared_lessons` takes; nothing when somebody has written an address of their own."""
        if not self.is_valid():
            return {}
        chosen = dict(self.cleaned_data)
        chosen["unit_id"] = unit_id if chosen.pop("where") == self.MINE else None
        return chosen


def incident_choice(incident: Incident) -> tuple[UUID, str]:
    """An incident in a list to choose from."""
    return incident.id, f"{incident.created_at:%d.%m.%Y}: {', '.join(incident.nature_words)}"
