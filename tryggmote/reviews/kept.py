"""What the phone keeps of a review, so that it can be walked without network (ADR 0019, 0038)."""

from collections.abc import Iterator

from django.urls import reverse

from tryggmote.access.context import SignedInPerson
from tryggmote.organisation.roles import LEADS, Role
from tryggmote.reviews.models import Review
from tryggmote.reviews.queries import Place, places_of, reviewed_by_me

MOST_REVIEWS = 2
MOST_PLACES = 60
"""Pages of one review: more would fill the phone's memory, and nobody walks further in one go."""


def pages_to_keep(person: SignedInPerson) -> Iterator[str]:
    """The pages of the reviews this person is in the middle of: those they have begun, the latest first."""
    if not person.has_role(*LEADS, Role.SAFETY_REPRESENTATIVE, Role.CHIEF_SAFETY_REPRESENTATIVE):
        return
    mine = Review.objects.filter(
        begun_by=person.id, signed_at=None, cancelled_at=None, building__in=reviewed_by_me()
    )
    for review in mine.order_by("-begun_at")[:MOST_REVIEWS]:
        yield from pages_of(review, places_of(review), notes=False)


def pages_of(review: Review, places: list[Place], *, notes: bool) -> Iterator[str]:
    """The review's own page, each place's, and with `notes` where each room is noted anew."""
    yield review.get_absolute_url()
    for place in places[:MOST_PLACES]:
        yield place.url
        if notes and place.room:
            yield reverse("premises:room_note", args=[place.room.id])
