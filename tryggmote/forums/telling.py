"""Telling people of a meeting: where it is, when, and nothing of what is said there."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid5

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.forums.models import Meeting, Participant
from tryggmote.forums.told import MOVED
from tryggmote.notices.services import tell
from tryggmote.ui.dates import OSLO, clock


def context_of(meeting: Meeting) -> dict[str, str | int]:
    """What fills the words of every notice about a meeting."""
    return {"unit": meeting.unit.name, "when": moment_in_words(meeting.starts_at)}


def moment_in_words(moment: datetime) -> str:
    """Day and time. What is told now is read another day: never "tomorrow"."""
    day = date_format(moment.astimezone(OSLO), "DATE_FORMAT")
    return _("%(day)s kl. %(time)s") % {"day": day, "time": clock(moment)}


def the_time_of(meeting: Meeting) -> UUID:
    """What a notice of a new time is about: one of an earlier time, not yet seen, must not keep it away."""
    return uuid5(meeting.id, meeting.starts_at.isoformat())


def tell_people(meeting: Meeting, kind: str, person_ids: Collection[int]) -> None:
    """Tell these people something about the meeting."""
    tell(
        person_ids=person_ids,
        kind=kind,
        subject_id=the_time_of(meeting) if kind == MOVED else meeting.id,
        url=meeting.get_absolute_url(),
        context=context_of(meeting),
    )


def tell_everybody(meeting: Meeting, kind: str, by: SignedInPerson) -> None:
    """Tell everybody invited but the one who acts."""
    invited = Participant.objects.filter(meeting=meeting).values_list("person_id", flat=True)
    tell_people(meeting, kind, set(invited) - {by.id})
