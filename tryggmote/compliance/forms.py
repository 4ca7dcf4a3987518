"""What narrows the list of units, and a unit's requirements."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggmote.compliance.states import State
from tryggmote.organisation.models import UnitKind
from tryggmote.ui.forms import FilterForm

MEASURED_KINDS = (
    UnitKind.OFFICE,
    UnitKind.CONTACT_CENTRE,
    UnitKind.SPECIAL,
    UnitKind.DEPARTMENT,
    UnitKind.TEAM,
)


class StateFilter(FilterForm):
    """Show only the requirements that stand like this."""

    state = forms.ChoiceField(label=_("Status"), choices=[("", _("Alle")), *State.choices])


class UnitFilter(FilterForm):
    """Narrow the units by kind and by the beginning of a word in the name."""

    kind = forms.ChoiceField(
        label=_("Slag"), choices=[("", _("Alle")), *((kind, kind.label) for kind in MEASURED_KINDS)]
    )
    name = forms.CharField(label=_("Navn"), max_length=100)
