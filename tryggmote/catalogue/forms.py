"""What narrows the book: words, and whom it concerns."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tryggmote.catalogue.matching import words_of
from tryggmote.catalogue.parties import NAMES, parties_of
from tryggmote.catalogue.queries import parties_in_use
from tryggmote.ui.forms import FilterForm

if TYPE_CHECKING:
    from tryggmote.access.context import SignedInPerson

ME = "meg"
LONGEST_QUERY = 100  # characters


class BookFilter(FilterForm):
    """Search in the standard. An answer that makes no sense narrows nothing."""

    q = forms.CharField(label=_("Søk i standarden"), max_length=LONGEST_QUERY)
    hvem = forms.ChoiceField(label=_("Hvem det gjelder"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_use = parties_in_use()
        self.fields["hvem"].choices = [  # type: ignore[attr-defined]
            ("", pgettext_lazy("hvem det gjelder", "Alle")),
            (ME, _("Det som gjelder meg")),
            *((party, name) for party, name in NAMES.items() if party in in_use),
        ]

    def words(self) -> tuple[str, ...]:
        """The words asked for."""
        self.full_clean()
        return words_of(self.cleaned_data.get("q", ""))

    def parties(self, person: "SignedInPerson") -> frozenset[str]:
        """Whom the requirements shown must concern; empty for everybody."""
        self.full_clean()
        chosen = self.cleaned_data.get("hvem", "")
        if chosen == ME:
            return parties_of(person)
        return frozenset({chosen} - {""})
