"""A procedure written, named, approved and ended. Every error says what to do."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggmote.controls import procedure_queries as queries
from tryggmote.controls.markdown import picture_line
from tryggmote.controls.models import NOTE_LIMIT, PROCEDURE_LIMIT, TITLE_LIMIT, Procedure, ProcedureVersion
from tryggmote.controls.pictures import CleanPicture, NotAPicture, clean_picture
from tryggmote.controls.procedure_rules import ReviewDay, suggested_review, wrong_review_day
from tryggmote.controls.procedures import NewPicture, ProcedureFrame, ProcedureText
from tryggmote.controls.vocabulary import ProcedureKind
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import Unit
from tryggmote.ui.forms import (
    NO_PERSONAL_DATA,
    BigCheckboxSelectMultiple,
    BigRadioSelect,
    FreeText,
    SentOnce,
)

LAST_REVISION = 2_147_483_647
"""The largest number the database's column holds."""


class LongText(FreeText):
    """Text of many lines. A line break counts as one character, as the counter below the field counts it."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class TextForm(SentOnce):
    """The text of a draft, with a picture to put at its end. `revision`: the draft as the page found it."""

    revision = forms.IntegerField(max_value=LAST_REVISION, widget=forms.HiddenInput, required=False)
    text = LongText(
        label=_("Teksten"),
        help_text=NO_PERSONAL_DATA,
        limit=PROCEDURE_LIMIT,
        rows=18,
        error_messages={"required": _("Skriv hva en skal gjøre.")},
    )
    change_note = forms.CharField(
        label=_("Hva er nytt?"),
        help_text=_("En setning til dem som kjenner den forrige versjonen."),
        max_length=NOTE_LIMIT,
        required=False,
    )
    must_be_read = forms.BooleanField(
        label=_("Alle må lese denne versjonen"),
        help_text=_("Velg bort dette for rettelser som ikke endrer hva en skal gjøre."),
        initial=True,
        required=False,
    )
    picture = forms.FileField(
        label=_("Legg til et bilde"),
        help_text=_(
            "PNG, JPEG eller WebP, inntil 5 MB. Bildet kommer nederst i teksten. Flytt linjen dit du vil."
        ),
        required=False,
    )
    picture_alt = forms.CharField(
        label=_("Hva viser bildet?"),
        help_text=_("Leses opp for dem som ikke ser bildet. Ingen personer skal kunne kjennes igjen."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The browser does not cut what is pasted: the server says that it is too long.
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)

    @property
    def wants_picture(self) -> bool:
        """True when something about the picture is filled in or wrong, so that it must be in sight."""
        return bool(self["picture_alt"].value() or self.errors.keys() & {"picture", "picture_alt"})

    def clean_picture(self) -> CleanPicture | None:
        file = self.cleaned_data["picture"]
        if not file:
            return None
        try:
            return clean_picture(file, file.size)
        except NotAPicture as error:
            raise ValidationError(error.message) from error

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("picture") and not answers.get("picture_alt", "").strip():
            if "picture_alt" not in self.errors:
                self.add_error("picture_alt", _("Skriv hva bildet viser."))
        elif answers.get("picture") and "text" in answers:
            line = picture_line(answers["id"], answers["picture_alt"]) if "id" in answers else ""
            if len(answers["text"]) + len(line) + 3 > PROCEDURE_LIMIT:
                self.add_error("picture", _("Det er ikke plass til bildet. Forkort teksten litt."))
        return answers

    def show_conflict(self, now: ProcedureVersion) -> None:
        """Say that somebody else has saved. Saving again is then a choice made with both texts in sight."""
        sent = cast(QueryDict, self.data).copy()
        sent["revision"] = str(now.revision)
        self.data = sent
        self.add_error(
            "text",
            _(
                "Noen andre har lagret utkastet mens du skrev. Teksten deres står nederst på siden. "
                "Ta inn det du vil beholde, og lagre igjen. Da gjelder din tekst."
            ),
        )

    def written(self) -> ProcedureText:
        """The answers as the service takes them. Call when the form is valid."""
        answers = self.cleaned_data
        picture = answers["picture"] and NewPicture(answers["picture"], answers["picture_alt"].strip())
        return ProcedureText(
            id=answers["id"],
            text=answers["text"],
            change_note=answers["change_note"],
            must_be_read=answers["must_be_read"],
            revision=answers["revision"] or 0,
            picture=picture or None,
        )


class FrameFields(forms.Form):
    """What a procedure is called and what it is for."""

    title = forms.CharField(
        label=_("Navn på rutinen"),
        help_text=_("For eksempel «Uro i mottaket» eller «Hjemmebesøk: før, under og etter»."),
        max_length=TITLE_LIMIT,
        error_messages={"required": _("Skriv hva rutinen heter.")},
    )
    kind = forms.ChoiceField(
        label=_("Hva er det?"),
        choices=ProcedureKind.choices,
        initial=ProcedureKind.PROCEDURE,
        widget=BigRadioSelect(
            descriptions={
                ProcedureKind.PROCEDURE.value: _("Slik gjør vi det."),
                ProcedureKind.REPORTING.value: _("Hvordan alle hos dere melder vold og trusler (krav 2.4)."),
                ProcedureKind.WRITTEN_INSTRUCTION.value: _(
                    "Skriftlig instruks for arbeid som kan være særlig farlig for liv og helse (AML § 3-2)."
                ),
            }
        ),
        error_messages={"required": _("Velg hva det er.")},
    )
    meeting_forms = forms.MultipleChoiceField(
        label=_("Hvilke møteformer gjelder den?"),
        help_text=_("Velg ingen hvis den gjelder alle."),
        choices=MeetingForm.choices,
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        required=False,
    )
    parent = forms.ModelChoiceField(
        label=_("Bygger på"),
        help_text=_("En rutine fra nivået over. Den vises først, og deres tekst kommer etter."),
        queryset=Procedure.objects.none(),
        required=False,
        empty_label=_("Ingen"),
        error_messages={"invalid_choice": _("Velg en rutine som gjelder, fra en enhet over deres.")},
    )

    def __init__(self, *args: Any, parents: QuerySet[Procedure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]
        self.fields["parent"].label_from_instance = _named_with_unit  # type: ignore[attr-defined]
        self.fields["title"].widget.attrs.pop("maxlength", None)

    def frame(self) -> ProcedureFrame:
        """The answers as the service takes them. Call when the form is valid."""
        answers = self.cleaned_data
        return ProcedureFrame(
            title=answers["title"],
            kind=answers["kind"],
            forms=tuple(answers["meeting_forms"]),
            parent_id=answers["parent"].id if answers["parent"] else None,
        )


def _named_with_unit(procedure: Procedure) -> str:
    return f"{procedure.title} ({procedure.unit.name})"


class NewProcedureForm(FrameFields, TextForm):
    """A new procedure with its first draft."""

    unit = forms.ModelChoiceField(
        label=_("Enhet"),
        queryset=Unit.objects.none(),
        empty_label=_("Velg"),
        error_messages={
            "required": _("Velg hvilken enhet rutinen er for."),
            "invalid_choice": _("Du kan ikke skrive rutiner for denne enheten. Velg en annen."),
        },
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        chosen = list(units)
        kwargs["parents"] = queries.possible_parents([unit.id for unit in chosen])
        super().__init__(*args, **kwargs)
        del self.fields["change_note"], self.fields["revision"]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if len(chosen) == 1:
            self.fields["unit"].initial = chosen[0].id
            self.fields["unit"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        unit, parent = answers.get("unit"), answers.get("parent")
        if unit and parent and not queries.possible_parents([unit.id]).filter(id=parent.id).exists():
            self.add_error("parent", _("Velg en rutine som gjelder, fra en enhet over deres."))
        # A first draft has nothing to be compared with.
        return {**answers, "change_note": "", "revision": 0}


class FrameForm(FrameFields):
    """The name, the meeting forms and the parent of a procedure that is there."""

    def __init__(self, data: Any = None, *, procedure: Procedure, **kwargs: Any) -> None:
        now = {
            "title": procedure.title,
            "kind": procedure.kind,
            "meeting_forms": procedure.forms,
            "parent": procedure.parent_id,
        }
        parents = queries.possible_parents([procedure.unit_id]) | Procedure.objects.filter(
            Q(id=procedure.parent_id)
        ).order_by("title", "id").select_related("unit")
        super().__init__(data, initial=now, parents=parents, auto_id="frame_%s", **kwargs)


class ApprovalForm(SentOnce):
    """A leader puts a draft in force. `revision`: the one that stands on the page."""

    revision = forms.IntegerField(max_value=LAST_REVISION, widget=forms.HiddenInput)
    review_on = forms.DateField(
        label=_("Når skal den gjennomgås neste gang?"),
        error_messages={
            "required": _("Velg en dag."),
            "invalid": _("Skriv dagen som dag, måned og år, for eksempel 31.12.2026."),
        },
    )

    def __init__(self, data: Any = None, *, draft: ProcedureVersion, **kwargs: Any) -> None:
        shown = {"revision": draft.revision, "review_on": suggested_review(timezone.localdate())}
        super().__init__(data, initial=shown, **kwargs)

    def clean_review_on(self) -> Any:
        chosen = self.cleaned_data["review_on"]
        wrong = wrong_review_day(chosen, timezone.localdate())
        if wrong == ReviewDay.PASSED:
            raise ValidationError(_("Dagen har vært, eller er i dag. Velg en dag fra og med i morgen."))
        if wrong == ReviewDay.TOO_FAR:
            raise ValidationError(_("Velg en dag innen to år."))
        return chosen

    def answers(self) -> dict[str, Any]:
        """The answers as the service takes them. Call when the form is valid."""
        answers = dict(self.cleaned_data)
        return {"approval_id": answers.pop("id"), **answers}


class EndingForm(SentOnce):
    reason = FreeText(
        label=_("Hvorfor gjelder den ikke lenger?"),
        help_text=NO_PERSONAL_DATA,
        limit=NOTE_LIMIT,
        rows=2,
        error_messages={"required": _("Skriv hvorfor den ikke gjelder lenger.")},
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="ending_%s", **kwargs)
