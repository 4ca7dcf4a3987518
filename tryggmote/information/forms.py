"""What narrows the feed, and the one thing leaders send from it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggmote.information.registry import kinds
from tryggmote.ui.forms import ClientMadeId, FilterForm

UNREAD = "unread"


def _kinds() -> list[tuple[str, Any]]:
    return [("", _("Alt")), *sorted(((kind.code, kind.name) for kind in kinds()), key=lambda kind: kind[1])]


class FeedFilter(FilterForm):
    """Narrow the feed to what one has not read, a kind, a period."""

    PERIODS = (
        (7, _("Siste 7 dager")),
        (30, _("Siste 30 dager")),
        (90, _("Siste 3 måneder")),
        (365, _("Siste år")),
    )

    show = forms.ChoiceField(label=_("Vis"), choices=[("", _("Alt")), (UNREAD, _("Det jeg ikke har lest"))])
    kind = forms.ChoiceField(label=_("Hva det gjelder"), choices=_kinds)
    period = forms.TypedChoiceField(
        label=_("Kom"), choices=[("", _("Når som helst")), *PERIODS], coerce=int, empty_value=None
    )


class RemindForm(forms.Form):
    """Nothing to fill in: the id makes sending it twice one reminder."""

    id = ClientMadeId()
