"""What narrows the units, and a unit's requirements."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggmote.compliance.rollup import Size
from tryggmote.compliance.states import State
from tryggmote.organisation.meeting_forms import MEETINGS
from tryggmote.organisation.models import Unit, UnitKind
from tryggmote.ui.forms import FilterForm

KINDS_OF_ROWS = (
    (UnitKind.COUNTY, _("Fylker og regioner")),
    (UnitKind.MUNICIPALITY, _("Kommuner")),
    (UnitKind.OFFICE, _("Nav-kontorer")),
    (UnitKind.CONTACT_CENTRE, _("Kontaktsentre")),
    (UnitKind.SPECIAL, _("Spesialenheter")),
    (UnitKind.DEPARTMENT, _("Avdelinger")),
    (UnitKind.TEAM, _("Team")),
)
WITHIN = (30, 60, 90)


class StateFilter(FilterForm):
    """Show only the requirements that stand like this."""

    state = forms.ChoiceField(label=_("Status"), choices=[("", _("Alle")), *State.choices])


class UnitFilter(FilterForm):
    """Narrow the units by kind, county, meeting form, size and name. `under`: see `scopes.asked_by`."""

    under = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Vis"), choices=[("", _("Det vanlige")), *KINDS_OF_ROWS])
    county = forms.TypedChoiceField(label=_("Fylke"), coerce=int, empty_value=None)
    form = forms.ChoiceField(
        label=_("Møteform"), choices=[("", _("Alle")), *((form.value, form.label) for form in MEETINGS)]
    )
    size = forms.ChoiceField(label=_("Størrelse"), choices=[("", _("Alle")), *Size.choices])
    name = forms.CharField(label=_("Navn"), max_length=100)

    def __init__(self, *args: Any, counties: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(county.id, county.name) for county in counties]
        self.fields["county"].choices = [("", _("Alle")), *found]  # type: ignore[attr-defined]
        if len(found) < 2:
            del self.fields["county"]


class WithinFilter(FilterForm):
    """How many days ahead."""

    within = forms.TypedChoiceField(coerce=int, choices=[(n, n) for n in WITHIN])
