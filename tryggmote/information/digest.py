"""The weekly "new to read": one notice a person a week, on Monday morning, instead of one an item."""

from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as_job
from tryggmote.information.models import Digest
from tryggmote.information.queries import unread_by_everybody
from tryggmote.information.rules import week_of
from tryggmote.notices.services import tell
from tryggmote.ui.dates import OSLO

SENT_AT = time(7)
"""On Mondays, by the clock in Oslo."""


def send_digest(*, now: datetime | None = None) -> int:
    """Tell everybody who has ordinary items unread how many there are. Returns how many people were told.

    Once a week: running it again, or twice at once, tells nobody twice, and a Monday that was missed is made
    up for later in the week. In one transaction, so that a run that is cut off has told nobody.
    """
    local = (now or timezone.now()).astimezone(OSLO)
    monday = week_of(local.date())
    if local < datetime.combine(monday, SENT_AT, OSLO):
        return 0
    with acting_as_job():
        digest, is_new = Digest.objects.get_or_create(week_starts_on=monday)
        return _tell_everybody(digest) if is_new else 0


def _tell_everybody(digest: Digest) -> int:
    by_number = unread_by_everybody()
    for number, person_ids in by_number.items():
        tell(
            person_ids=person_ids,
            kind="information_digest",
            subject_id=digest.id,
            url=f"{reverse('information:feed')}?show=unread",
            context={"number": number},
        )
    return sum(map(len, by_number.values()))
