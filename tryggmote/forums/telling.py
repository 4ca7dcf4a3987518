"""Telling people of a meeting: where it is, when, and nothing of what is said there."""

from collections.abc import Collection

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.forums.models import Meeting, Participant
from tryggmote.notices.services import tell
from tryggmote.ui.dates import OSLO, clock


def context_of(meeting: Meeting) -> dict[str, str | int]:
    """What fills the words of every notice about a meeting."""
    # Told now, read another day: not "tomorrow".
    day = date_format(meeting.starts_at.astimezone(OSLO), "DATE_FORMAT")
    said = _("%(day)s kl. %(time)s") % {"day": day, "time": clock(meeting.starts_at)}
    return {"unit": meeting.unit.name, "when": said}


def tell_people(meeting: Meeting, kind: str, person_ids: Collection[int]) -> None:
    """Tell these people something about the meeting."""
    tell(
        person_ids=person_ids,
        kind=kind,
        subject_id=meeting.id,
        url=meeting.get_absolute_url(),
        context=context_of(meeting),
    )


def tell_everybody(meeting: Meeting, kind: str, by: SignedInPerson) -> None:
    """Tell everybody invited but the one who acts."""
    invited = Participant.objects.filter(meeting=meeting).values_list("person_id", flat=True)
    tell_people(meeting, kind, set(invited) - {by.id})
