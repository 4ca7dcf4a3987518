"""Forms of evidence. Every error says what to do."""

from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tryggmote.exhibits.errors import Refused
from tryggmote.exhibits.limits import limits
from tryggmote.exhibits.models import REASON_LIMIT, WHAT_LIMIT
from tryggmote.exhibits.services import Examined, examine
from tryggmote.ui.forms import FreeText, SentOnce

TEXT_LIMIT = 50_000


def _accepted() -> str:
    # Whole kinds first: a telephone then offers its camera and its recordings.
    return ",".join(["image/*", "audio/*", "video/*", ".eml", ".txt", *limits().kinds["document"].types])


class ExhibitForm(SentOnce):
    """One piece of evidence: a file, or a text that was copied from somewhere."""

    # Of file and text one is needed: neither is optional.
    mark_optional = False

    what = forms.CharField(
        label=_("Hva er det?"),
        help_text=_("Noen få ord, for eksempel «SMS mandag kveld». Ikke skriv navnet på brukeren."),
        max_length=WHAT_LIMIT,
        error_messages={
            "required": _("Skriv hva det er."),
            "max_length": _("Skriv det kortere: det er plass til %(limit_value)d tegn."),
        },
    )
    file = forms.FileField(
        label=_("Fil"),
        help_text=format_lazy(
            _(
                "Bilde, skjermbilde, opptak, e-post (.eml), PDF eller tekst. "
                "Video inntil {video} MB, ellers {image} MB."
            ),
            video=limits().kinds["video"].largest_mb,
            image=limits().kinds["image"].largest_mb,
        ),
        required=False,
        # An empty file is judged with all others, in words of ours.
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": _accepted()}),
    )
    text = FreeText(
        label=_("Eller lim inn tekst"),
        help_text=_("En SMS, en melding eller en e-post, ord for ord. Ta bort navn og fødselsnummer."),
        limit=TEXT_LIMIT,
        required=False,
    )

    def __init__(self, *args: Any, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_too_large = is_too_large
        self.fields["what"].widget.attrs.pop("maxlength", None)

    @property
    def has_text(self) -> bool:
        """True when a text was pasted or is wrong, so that its field must be in sight."""
        return bool(self["text"].value() or self.errors.get("text"))

    def clean_file(self) -> Examined | None:
        if self.is_too_large:
            raise ValidationError(
                _("Filen er for stor. Det er plass til %(limit)s MB. Klipp den, og prøv igjen.")
                % {"limit": limits().largest_mb}
            )
        file = self.cleaned_data["file"]
        return _examined(file.file, file.size) if file else None

    def clean_text(self) -> Examined | None:
        content = self.cleaned_data["text"].encode()
        return _examined(BytesIO(content), len(content)) if content else None

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not self.errors.keys() & {"file", "text"}:
            if not answers.get("file") and not answers.get("text"):
                self.add_error("file", _("Velg en fil, eller lim inn tekst."))
            elif answers.get("file") and answers.get("text"):
                self.add_error("text", _("Legg inn én ting om gangen: enten filen eller teksten."))
        return answers

    @property
    def examined(self) -> Examined:
        """What is to be stored. Call when the form is valid."""
        found: Examined = self.cleaned_data["file"] or self.cleaned_data["text"]
        return found


class RemovalForm(forms.Form):
    """Why the content must go."""

    reason = FreeText(
        label=_("Hvorfor skal innholdet bort?"),
        help_text=_(
            "For eksempel feil fil, eller opplysninger som ikke hører hjemme her. Begrunnelsen blir stående."
        ),
        limit=REASON_LIMIT,
        rows=3,
        error_messages={"required": _("Skriv hvorfor innholdet skal bort.")},
    )


def _examined(file: Any, size: int) -> Examined:
    try:
        return examine(file, size)
    except Refused as refused:
        raise ValidationError(refused.message) from refused
