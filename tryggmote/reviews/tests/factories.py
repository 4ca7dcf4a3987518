"""Short ways to say what tests of reviews need."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.organisation.models import Person
from tryggmote.premises.models import Building, Room
from tryggmote.reviews import changes, services
from tryggmote.reviews.changes import ChangeDraft
from tryggmote.reviews.findings import FindingDraft
from tryggmote.reviews.models import Change, Part, Review, Signature
from tryggmote.reviews.queries import place_of, places_of
from tryggmote.reviews.services import PartDraft
from tryggmote.reviews.vocabulary import Answer, Becomes, ChangeKind, Occasion


def begun_by(
    person: Person, building: Building, change: Change | None = None, occasion: Occasion = Occasion.YEARLY
) -> Review:
    """A review this person has begun."""
    with acting_as(person.id) as by:
        return services.begin_review(
            by=by,
            review_id=new_id(),
            building=building,
            occasion=Occasion.CHANGE if change else occasion,
            change=change,
        )


def found_by(person: Person, review: Review, room: Room | None, point: str, **details: Any) -> Part:
    """Everything in the place is in order but one point."""
    with acting_as(person.id) as by:
        place = place_of(review, room.id if room else None)
        assert place is not None
        answers = {each.code: Answer.OK.value for each in place.points} | {point: Answer.NOT_OK.value}
        asked = next(each for each in place.points if each.code == point)
        finding = FindingDraft(point=asked, **({"becomes": Becomes.HAZARD} | details))
        return services.save_part(by=by, place=place, draft=PartDraft(new_id(), answers, "", (finding,)))


def walked_by(person: Person, review: Review) -> None:
    """Every place that is left is gone through, and in order."""
    with acting_as(person.id) as by:
        for place in places_of(review):
            if not place.is_done:
                answers = {point.code: Answer.OK.value for point in place.points}
                services.save_part(by=by, place=place, draft=PartDraft(new_id(), answers))


def signed_by(person: Person, review: Review, words: str = "") -> Signature:
    with acting_as(person.id) as by:
        return services.sign(by=by, review=review, signature_id=new_id(), words=words)


def done_by(
    leader: Person, representative: Person, building: Building, change: Change | None = None
) -> Review:
    """A review that both have signed."""
    review = begun_by(leader, building, change)
    walked_by(leader, review)
    for person in (leader, representative):
        signed_by(person, review)
    review.refresh_from_db()
    return review


def change_by(
    person: Person, building: Building, *rooms: Room, in_use_on: date | None = None, **details: Any
) -> Change:
    """A change this person has registered, to be in use in two weeks."""
    draft = ChangeDraft(
        id=new_id(),
        kind=details.get("kind", ChangeKind.REBUILDING),
        what=details.get("what", "Skranken flyttes."),
        in_use_on=in_use_on or timezone.localdate() + timedelta(days=14),
        room_ids=tuple(room.id for room in rooms),
    )
    with acting_as(person.id) as by:
        return changes.register_change(by=by, building=building, draft=draft)
