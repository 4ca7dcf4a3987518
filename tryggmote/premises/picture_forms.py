"""A picture or a plan as people send it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggmote.controls.pictures import CleanPicture, NotAPicture, clean_picture
from tryggmote.premises.models import NAME_LIMIT
from tryggmote.ui.forms import SentOnce


class PictureForm(SentOnce):
    picture = forms.FileField(
        label=_("Bilde eller plantegning"),
        help_text=_("PNG, JPEG eller WebP, inntil 5 MB. Ingen personer skal være med på bildet."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*", "data-photo": ""}),
        error_messages={"required": _("Velg et bilde.")},
    )
    shows = forms.CharField(
        label=_("Hva viser bildet?"),
        help_text=_("Leses opp for dem som ikke ser bildet. For eksempel «Plantegning av første etasje»."),
        max_length=NAME_LIMIT,
        error_messages={"required": _("Skriv hva bildet viser.")},
    )

    def clean_picture(self) -> CleanPicture:
        file = self.cleaned_data["picture"]
        try:
            return clean_picture(file, file.size)
        except NotAPicture as error:
            raise forms.ValidationError(error.message) from error
