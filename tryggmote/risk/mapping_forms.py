"""What people fill in about the mapping of their work."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.risk import libraries
from tryggmote.risk.models import TITLE_LIMIT, Activity
from tryggmote.ui.forms import BigCheckboxSelectMultiple, SentOnce


class ActivityForm(SentOnce):
    """A row of the mapping: what the unit does, and how it meets people while doing it."""

    name = forms.CharField(
        label=_("Hva gjør dere?"),
        max_length=TITLE_LIMIT,
        help_text=_("For eksempel «Samtale om økonomi». Ikke skriv om enkeltbrukere."),
    )
    meeting_forms = forms.MultipleChoiceField(
        label=_("Hvordan møter dere folk da?"),
        choices=MeetingForm.choices,
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        error_messages={"required": _("Velg minst én møteform.")},
    )
    places = forms.CharField(
        label=_("Hvor?"),
        max_length=TITLE_LIMIT,
        required=False,
        help_text=_("For eksempel «samtalerom 1–4» eller «hjemme hos folk»."),
    )


def activity_name(activity: Activity) -> str:
    """The unit's own name for it, else the one of the starter set in the language in force."""
    if activity.name:
        return activity.name
    starter = next((row for row in libraries.activities() if row.code == activity.starter), None)
    return str(starter.title) if starter else activity.starter
