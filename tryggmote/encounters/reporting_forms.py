"""What people fill in about a stop or a risk, and what leaders answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggmote.encounters.forms import FORMS, PLACE_HELP
from tryggmote.encounters.models import PLACE_LIMIT, WORDS_LIMIT
from tryggmote.encounters.reporting import RiskWords
from tryggmote.ui.forms import NO_PERSONAL_DATA, SentOnce


class RiskForm(SentOnce):
    """A risk somebody saw: what it is, and if they like, where."""

    what = forms.CharField(
        label=_("Hva er utrygt?"),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_PERSONAL_DATA,
        error_messages={"required": _("Skriv kort hva som er utrygt")},
    )
    form = forms.ChoiceField(
        label=_("Møteform"), choices=[("", _("Gjelder flere, eller vet ikke")), *FORMS], required=False
    )
    place = forms.CharField(label=_("Sted"), max_length=PLACE_LIMIT, required=False, help_text=PLACE_HELP)

    def words(self) -> RiskWords:
        """What was said. Call when valid."""
        data = self.cleaned_data
        return RiskWords(form=data["form"], place=data["place"], what=data["what"])


class StopWordsForm(RiskForm):
    """Words about a stop, afterwards: all optional."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].required = False
        self.fields["what"].label = _("Hva gjorde at du stanset?")
        del self.fields["id"]


class AnswerRiskForm(forms.Form):
    """The leader's answer to what was reported."""

    answer = forms.CharField(
        label=_("Svar til den som meldte"),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Si hva som blir gjort, og når. Ikke skriv navn, fødselsnummer eller diagnoser."),
        error_messages={"required": _("Skriv et svar til den som meldte")},
    )
