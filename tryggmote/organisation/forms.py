"""Forms of units and of administration."""

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _

from tryggmote.access.ids import new_id
from tryggmote.organisation import directory
from tryggmote.organisation.meeting_forms import MEETINGS
from tryggmote.organisation.models import Unit, UnitKind
from tryggmote.ui.forms import BigCheckboxSelectMultiple, FilterForm

LARGEST_FILE = 20 * 1024 * 1024  # bytes; everybody in the nation is 3 MB


class UnitFilter(FilterForm):
    """Narrows the list of units."""

    q = forms.CharField(
        label=_("Navn"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    fylke: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("Fylke eller region"), queryset=Unit.objects.none(), empty_label=_("Alle")
    )
    slag = forms.ChoiceField(label=_("Type"), choices=[("", _("Alle")), *UnitKind.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        county = self.fields["fylke"]
        assert isinstance(county, forms.ModelChoiceField)
        county.queryset = directory.counties()


class PeopleFilter(FilterForm):
    """Finds people in a unit by name."""

    q = forms.CharField(
        label=_("Finn en person"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class MeetingFormsForm(forms.Form):
    """Which meeting forms a unit uses."""

    forms = forms.MultipleChoiceField(
        label=_("Hvordan møter dere brukere?"),
        help_text=_("Ta med alle møteformene dere bruker, også dem dere bruker sjelden."),
        choices=[(form.value, form.label) for form in MEETINGS],
        widget=BigCheckboxSelectMultiple,
        required=False,
    )


class UploadForm(forms.Form):
    """A workbook to compare with what is known."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    file = forms.FileField(
        label=_("Regneark (XLSX)"),
        help_text=_("Inntil 20 MB. Filen blir slettet når du er ferdig, og senest etter et døgn."),
        validators=[
            FileExtensionValidator(["xlsx"], message=_("Velg et regneark av typen XLSX. Bruk gjerne malen."))
        ],
        error_messages={
            "required": _("Velg filen du vil ta inn."),
            "empty": _("Filen er tom. Velg en annen."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("Filen er større enn 20 MB."))
        return file


class ConfirmForm(forms.Form):
    """The administrator's yes. `end_many` is asked for only when unusually much ends."""

    end_many = forms.BooleanField(
        label=_("Ja, det er meningen at så mange avsluttes"),
        error_messages={"required": _("Kryss av hvis det er meningen, eller avbryt og se om filen er hel.")},
    )

    def __init__(self, *args: Any, ends_too_many: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ends_too_many:
            del self.fields["end_many"]
