"""Where somebody may be, to choose among with one tap."""

from django.utils import timezone

from tryggmote.access.context import SignedInPerson
from tryggmote.assistance.models import Call
from tryggmote.assistance.queries import usual_place
from tryggmote.assistance.rules import OUTSIDE
from tryggmote.encounters.queries import todays_meetings
from tryggmote.organisation.workdays import OSLO

MOST = 6


def places_of(person: SignedInPerson) -> list[str]:
    """Today's meeting places, one's usual place, and where others in the unit have called from."""
    today = timezone.now().astimezone(OSLO).date()
    planned = [one.meeting.place for one in todays_meetings(person, today)]
    called_from = (
        Call.objects.filter(unit_id__in=[placement.unit_id for placement in person.placements])
        .exclude(place="")
        .exclude(form__in=OUTSIDE)
        .order_by("-raised_at")
        .values_list("place", flat=True)[:20]
    )
    found = dict.fromkeys([usual_place(person), *planned, *called_from])
    return [place for place in found if place][:MOST]
