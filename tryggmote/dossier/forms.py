"""Which unit and which period a dossier is to be about."""

from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tryggmote.dossier.models import NAME_LIMIT
from tryggmote.dossier.queries import units_to_choose
from tryggmote.dossier.rules import INVITED_DAYS, LONGEST_YEARS, MOST_INVITED_DAYS, is_period
from tryggmote.organisation.models import Unit
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.forms import SentOnce

LANGUAGES = (("nb", _("Bokmål")), ("nn", _("Nynorsk")), ("en", _("Engelsk")))


class DossierForm(SentOnce):
    """What somebody asks for: as long as nobody says otherwise, the last year in one's own language."""

    unit = forms.ModelChoiceField(
        label=_("Enhet"),
        queryset=Unit.objects.none(),
        empty_label=None,
        error_messages={"invalid_choice": _("Du kan ikke få mappen til denne enheten. Velg en annen.")},
    )
    since = forms.DateField(label=_("Fra og med"))
    until = forms.DateField(label=_("Til og med"))
    language = forms.ChoiceField(label=_("Språk"), choices=LANGUAGES)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        today = oslo_today()
        year = {"since": today - relativedelta(years=1, days=-1), "until": today, "language": language}
        super().__init__(*args, initial=year | (kwargs.pop("initial", None) or {}), **kwargs)
        self.fields["unit"].queryset = units_to_choose()  # type: ignore[attr-defined]
        for name in ("since", "until"):
            self.fields[name].widget.attrs["max"] = today.isoformat()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and not is_period(since, until, today=oslo_today()):
            raise ValidationError(
                {
                    "until": _(
                        "Perioden må begynne før den slutter, slutte senest i dag og vare høyst %(years)s år."
                    )
                    % {"years": LONGEST_YEARS}
                }
            )
        return cleaned


class InvitationForm(SentOnce):
    """Whom to let in to a dossier."""

    name = forms.CharField(
        label=_("Hvem"), max_length=NAME_LIMIT, help_text=_("For eksempel inspektøren og tilsynet.")
    )
    email = forms.EmailField(
        label=_("E-postadressen deres"),
        help_text=_("Lenken og engangskodene sendes hit, og virker bare her."),
    )
    days = forms.IntegerField(
        label=_("Hvor mange dager"), min_value=1, max_value=MOST_INVITED_DAYS, initial=INVITED_DAYS
    )


class CodeForm(forms.Form):
    """The code somebody was sent."""

    code = forms.CharField(
        label=_("Engangskode"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
