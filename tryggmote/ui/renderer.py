"""Forms look like Aksel: the field template draws label, help, control and error; classes come from here."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

TEXT_CLASS = "aksel-text-field__input aksel-body-short"


class AkselBoundField(BoundField):
    """A field on the screen: knows which kind of control it is, and dresses its widget for it."""

    field: forms.Field

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        _use_native_picker(field.widget)

    @property
    def kind(self) -> str:
        """Name of the partial template that draws the control (`ui/forms/<kind>.html`)."""
        widget = self.field.widget
        if isinstance(widget, forms.RadioSelect):  # Django's CheckboxSelectMultiple is one too
            return "choices"
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox"
        if isinstance(widget, forms.Select):
            return "select"
        if isinstance(widget, forms.Textarea):
            return "textarea"
        return "file" if isinstance(widget, forms.FileInput) else "text"

    @property
    def template(self) -> str:
        return f"ui/forms/{self.kind}.html"

    @property
    def choice_kind(self) -> str:
        """ "radio" or "checkbox": Aksel's names of the two kinds of choice."""
        return "checkbox" if isinstance(self.field.widget, forms.CheckboxSelectMultiple) else "radio"

    @property
    def is_big(self) -> bool:
        """True for choices drawn as large tappable rows."""
        return getattr(self.field.widget, "is_big", False)

    @property
    def in_pairs(self) -> bool:
        """True for large choices that stand two and two on a phone."""
        return getattr(self.field.widget, "in_pairs", False)

    @property
    def is_marked_optional(self) -> bool:
        """Optional questions say so, unless the form is one where nothing is required (a filter)."""
        return not self.field.required and getattr(self.form, "mark_optional", True)

    @property
    def max_length(self) -> int | None:
        return getattr(self.field, "max_length", None)

    @property
    def first_control_id(self) -> str:
        """Where the error summary leads: the control itself, or the first of a row of choices."""
        if self.kind == "choices":
            return f"{self.auto_id}_0" if self.subwidgets else self.auto_id
        return self.id_for_label or self.auto_id

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if widget.is_hidden:
            return attrs
        own = widget.attrs.get("class", "")
        attrs["class"] = f"{_class_of(widget)} {own}".strip()
        # The browser's own bubble is neither translated nor linked: the page explains what is missing.
        attrs.pop("required", None)
        if self.field.required and not self.use_fieldset:
            attrs["aria-required"] = "true"
        return attrs


def _class_of(widget: forms.Widget) -> str:
    # In this order: Django's CheckboxSelectMultiple is a RadioSelect.
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.CheckboxInput):
        return "aksel-checkbox__input"
    if isinstance(widget, forms.RadioSelect):
        return "aksel-radio__input"
    if isinstance(widget, forms.Select):
        return "aksel-select__input aksel-body-short"
    if isinstance(widget, forms.Textarea):
        return "aksel-textarea__input aksel-body-short"
    return "tm-file" if isinstance(widget, forms.FileInput) else TEXT_CLASS


def _use_native_picker(widget: forms.Widget) -> None:
    """Dates and times get the phone's own picker, which wants ISO values whatever the language is."""
    if isinstance(widget, forms.DateTimeInput):
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
    elif isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    elif isinstance(widget, forms.TimeInput):
        widget.input_type, widget.format = "time", "%H:%M"


class AkselRenderer(TemplatesSetting):
    """FORM_RENDERER of the product."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = AkselBoundField

    def get_template(self, template_name: str) -> Any:
        return super().get_template(_FASTER.get(template_name, template_name))


# Django's own includes two templates for each option, which cost a list with four filters 5 ms a page.
_FASTER = {"django/forms/widgets/select.html": "ui/forms/widgets/select.html"}
