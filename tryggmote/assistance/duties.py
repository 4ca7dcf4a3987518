"""What "Now" shows of calls for help: one's own that are not ended."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.assistance.queries import own_open_calls
from tryggmote.duties.registry import Duty, Urgency


def my_open_calls(person: SignedInPerson) -> Iterator[Duty]:
    """Whoever called ends it with what it was; a silent call shows here and nowhere else (3.2-3.4)."""
    for call in own_open_calls(person):
        yield Duty(
            title=_("Si hvordan det gikk"),
            why=_("Du har et anrop som ikke er avsluttet."),
            url=call.get_absolute_url(),
            action=_("Åpne"),
            due=call.raised_at,
            urgency=Urgency.NOW,
            requirement="3.2",
            kind="assistance.end_call",
        )
