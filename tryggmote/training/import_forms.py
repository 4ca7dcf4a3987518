"""A file of completions, and what others' courses are called here. Every error says what to do."""

import hashlib
from collections.abc import Collection, Iterable
from typing import Any, cast

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.forms import UploadForm
from tryggmote.organisation.importing.columns import plain
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import units_led

NONE_OF_OURS = "-"
MOST_COURSES = 50


class ImportForm(UploadForm):
    """A file, and whose names of courses it uses."""

    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("Enhet"),
        help_text=_("Det du sier om kursene i filen, blir husket for denne enheten og dem under den."),
        queryset=Unit.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Velg enhet."),
            "invalid_choice": _("Du leder ikke denne enheten. Velg en annen."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_led()  # type: ignore[attr-defined]
        file = self.fields["file"]
        file.label = _("Fil (XLSX, CSV eller JSON)")
        file.validators = [
            FileExtensionValidator(
                ["xlsx", "csv", "json", "jsonl", "txt"],
                message=_("Velg et regneark (XLSX), en CSV-fil eller xAPI-meldinger (JSON)."),
            )
        ]
        file.widget = forms.FileInput(attrs={"accept": ".xlsx,.csv,.json,.jsonl"})


class CoursesForm(forms.Form):
    """Which of our elements each unknown course is. One left alone stays unknown."""

    mark_optional = False

    def __init__(
        self, *args: Any, courses: Iterable[str], elements: Collection[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._courses = {_field_of(course): course for course in courses if plain(course)}
        choices = [("", _("Vet ikke")), *elements, (NONE_OF_OURS, _("Ikke noe som registreres her"))]
        for name, course in self._courses.items():
            self.fields[name] = forms.ChoiceField(label=course, choices=choices, required=False)

    @property
    def named(self) -> dict[str, str]:
        """The element of each course that something was said about; "" for none of ours."""
        said = cast(dict[str, str], self.cleaned_data)
        return {
            course: "" if said[name] == NONE_OF_OURS else said[name]
            for name, course in self._courses.items()
            if said.get(name)
        }


def _field_of(course: str) -> str:
    """By what the course is called, not by its place: what is unknown may change while somebody chooses."""
    return "course_" + hashlib.sha256(plain(course).encode()).hexdigest()[:16]
