"""Choosing how to hear of what happens."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tryggmote.notices.quiet import QuietHours
from tryggmote.notices.rules import Choice
from tryggmote.notices.text_numbers import in_full
from tryggmote.notices.vocabulary import PERSONAL, Channel, Group, Pace
from tryggmote.ui.forms import BigCheckboxSelectMultiple

AS_IT_COMES = "suggested"
_HOURS = [(hour, f"kl. {hour:02}") for hour in range(24)]


class _Ways(forms.MultipleChoiceField):
    """Asked for only where each notice comes by itself: the form says when it is lacking."""

    def validate(self, value: list[str]) -> None:
        if value:
            super().validate(value)


class ChoicesForm(forms.Form):
    """For each group how it comes, and when the phone is quiet.

    `chosen`: what the person has chosen until now; `quiet`: their quiet hours.
    """

    starts = forms.TypedChoiceField(label=_("Fra"), choices=_HOURS, coerce=int)
    ends = forms.TypedChoiceField(label=_("Til"), choices=_HOURS, coerce=int)
    days_off = forms.BooleanField(label=_("Hele dagen i helger og på helligdager"), required=False)

    def __init__(self, *args: Any, chosen: dict[Group, Choice], quiet: QuietHours, **kwargs: Any) -> None:
        kwargs["initial"] = {"starts": quiet.starts, "ends": quiet.ends, "days_off": quiet.days_off}
        super().__init__(*args, **kwargs)
        for group in Group:
            choice = chosen.get(group)
            self.fields[f"{group}_pace"] = forms.ChoiceField(
                label=_("Hvordan vil du få vite det?"),
                choices=[(AS_IT_COMES, _("Som Tryggmøte foreslår")), *Pace.choices],
                initial=choice.pace if choice else AS_IT_COMES,
            )
            self.fields[f"{group}_channels"] = _Ways(
                label=_("Hver for seg, på"),
                choices=[(channel, channel.label) for channel in _offered()],
                widget=BigCheckboxSelectMultiple(in_pairs=True),
                initial=sorted(choice.channels) if choice and choice.channels else [Channel.EMAIL],
            )

    def clean(self) -> None:
        for group in Group:
            if self._pace(group) == Pace.AT_ONCE and not self.cleaned_data.get(f"{group}_channels"):
                self.add_error(
                    f"{group}_channels",
                    _("Velg minst én måte, eller velg «Bare i Tryggmøte» over."),
                )

    def groups(self) -> dict[Group, Choice | None]:
        """What is chosen for each; None for as it comes."""
        return {group: self._choice(group) for group in Group}

    def quiet(self) -> QuietHours:
        """When the phone is to be quiet."""
        return QuietHours(**{name: self.cleaned_data[name] for name in ("starts", "ends", "days_off")})

    def _pace(self, group: Group) -> str:
        return str(self.cleaned_data.get(f"{group}_pace", AS_IT_COMES))

    def _choice(self, group: Group) -> Choice | None:
        pace = self._pace(group)
        if pace == AS_IT_COMES:
            return None
        chosen = frozenset(Channel(channel) for channel in self.cleaned_data[f"{group}_channels"])
        return Choice(Pace(pace), chosen)


class NumberForm(forms.Form):
    """The number somebody wants text messages at."""

    number = forms.CharField(
        label=_("Mobilnummer"),
        help_text=_("Åtte sifre, eller med landkode. Du får en kode på tekstmelding."),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": _("Skriv mobilnummeret ditt.")},
    )

    def clean_number(self) -> str:
        """With its country."""
        number = in_full(self.cleaned_data["number"])
        if number is None:
            raise ValidationError(
                _("Dette er ikke et mobilnummer. Skriv åtte sifre, eller + og landkode først.")
            )
        return number


class CodeForm(forms.Form):
    """The code that came."""

    code = forms.CharField(
        label=_("Koden du fikk"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Skriv koden du fikk på tekstmelding.")},
    )


def _offered() -> list[Channel]:
    return [channel for channel in PERSONAL if channel is not Channel.TEXT or settings.NOTICES_TEXT]
