"""Widgets and small form parts that capabilities share."""

from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tryggmote.access.ids import new_id

NO_PERSONAL_DATA = _("Ikke skriv navn, fødselsnummer eller diagnoser.")


class BigChoices(forms.widgets.ChoiceWidget):
    """Choices as rows large enough for a thumb; `descriptions` maps a value to a sentence under its label.

    `in_pairs` puts short choices two and two on a phone, so that a long list fits fewer screens.
    """

    is_big = True

    def __init__(
        self, *args: Any, descriptions: dict[str, Any] | None = None, in_pairs: bool = False, **kwargs: Any
    ) -> None:
        self.descriptions = descriptions or {}
        self.in_pairs = in_pairs
        super().__init__(*args, **kwargs)

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "description": self.descriptions.get(str(value), "")}


class BigRadioSelect(BigChoices, forms.RadioSelect):
    """One answer among few."""


class BigCheckboxSelectMultiple(BigChoices, forms.CheckboxSelectMultiple):
    """Several answers among few."""


class SentOnce(forms.Form):
    """A form with an id made when the page is drawn: sending it twice is harmless."""

    id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"id": new_id(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class ClientMadeId(forms.UUIDField):
    """A hidden name made with the form. A broken one is no reason to refuse what somebody wrote."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            return None


class FreeText(forms.CharField):
    """A text of some length. The browser does not cut what is pasted: the server says that it is too long."""

    def __init__(self, *, limit: int, rows: int = 4, **kwargs: Any) -> None:
        too_long = _(
            "Teksten er for lang: %(show_value)s tegn, og det er plass til %(limit_value)s. Forkort den litt."
        )
        super().__init__(
            validators=[MaxLengthValidator(limit, message=too_long)],
            widget=forms.Textarea(attrs={"rows": rows}),
            **kwargs,
        )
        self.max_length = limit  # for the counter below the field


class FilterSelect(forms.Select):
    """A select box above a list: drawn once for each set of choices and the one chosen, not for each page.

    Four of them were a fifth of what a list cost (docs/performance.md).
    """

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        choices = tuple((str(code), str(label)) for code, label in self.choices)
        wanted = self.format_value(value)
        return _drawn_filter(
            name,
            next((code for code, _label in choices if code in wanted), None),
            choices,
            tuple(self.build_attrs(self.attrs, attrs).items()),
            renderer,
        )


@lru_cache(maxsize=1000)
def _drawn_filter(
    name: str,
    chosen: str | None,
    choices: tuple[tuple[str, str], ...],
    attrs: tuple[tuple[str, Any], ...],
    renderer: Any,
) -> SafeString:
    return forms.Select(choices=choices).render(name, chosen, dict(attrs), renderer)


class FilterForm(forms.Form):
    """A form of GET parameters that narrow a list: nothing is required, and nothing is marked optional."""

    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
            if isinstance(field, forms.ChoiceField) and type(field.widget) is forms.Select:
                field.widget = FilterSelect(field.widget.attrs, field.widget.choices)
