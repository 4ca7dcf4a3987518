"""The one quiet line on "Now" while a round is held. No duty of the ledger: that would keep when it ended."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.statistics.survey_queries import waits_for


def questions_to_answer(person: SignedInPerson) -> Iterator[Duty]:
    """Whoever meets clients is asked, until they have answered or said no; without a deadline."""
    if waits_for(person):
        yield Duty(
            title=_("Vil du svare på to spørsmål om å melde?"),
            why=_("Det tar under 20 sekunder, og ingen får vite hva du svarer. Du kan også hoppe over."),
            url=reverse("statistics:survey"),
            action=_("Se spørsmålene"),
            due=None,
            urgency=Urgency.LATER,
            requirement="",
            kind="statistics.survey",
        )
