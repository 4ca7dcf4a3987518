"""A review of premises from beginning to signatures (3.1): one function an act, each in one transaction."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.notices.services import tell
from tryggmote.organisation.standing import deciders_of, representatives_of, standing_in
from tryggmote.premises.models import Building, Room
from tryggmote.reviews import checklists, told
from tryggmote.reviews.findings import FindingDraft, find
from tryggmote.reviews.models import Change, Part, Review, Signature
from tryggmote.reviews.queries import Place, places_of
from tryggmote.reviews.rules import is_complete, may_review, signs_as
from tryggmote.reviews.vocabulary import Occasion


@dataclass(frozen=True)
class PartDraft:
    """What somebody found in one place. `answers`: by code of the point; those left out are not answered."""

    id: UUID
    answers: dict[str, str]
    words: str = ""
    findings: tuple[FindingDraft, ...] = ()


@transaction.atomic
def begin_review(
    *,
    by: SignedInPerson,
    review_id: UUID,
    building: Building,
    occasion: Occasion,
    change: Change | None = None,
) -> Review:
    """Begin to go through a building, or what a change is about. The other side is told.

    The same `review_id` again changes nothing; one that goes on already is returned instead of another.
    Raises: NotAllowed for others than leaders and safety representatives of the unit; NotPossible for a
    building that is left or a change that has ended.
    """
    _refuse_unless_reviews(building)
    if building.left_on or (change and change.ended_at):
        raise NotPossible(_("Bygget er tatt ut av bruk, eller endringen er avsluttet."))
    if begun := _going_on(building, change):
        return begun
    rooms = _rooms_in(building)
    # A change of rooms that are no longer in use is a change of the building: something is always walked.
    changed = [room_id for room_id in rooms if change and room_id in change.room_ids]
    fields = {
        "building_id": building.id,
        "occasion": occasion,
        "change": change,
        "is_whole": not changed,
        "room_ids": changed or rooms,
        "version": checklists.current().version,
    }
    try:
        with transaction.atomic():
            review, is_new = made_once(Review, id=review_id, owner={"begun_by_id": by.id}, fields=fields)
    except NotPossible:
        # Somebody began it at the same moment.
        if begun := _going_on(building, change):
            return begun
        raise
    if is_new:
        _tell_the_others(review, told.BEGUN, by)
    return review


@transaction.atomic
def save_part(*, by: SignedInPerson, place: Place, draft: PartDraft) -> Part:
    """Say what was found in a place. What is not in order becomes a hazard or a measure at once.

    The same `draft.id` again changes nothing. Raises: NotAllowed; NotPossible when somebody has signed.
    """
    review = place.review
    owner: dict[str, int | UUID] = {"by_id": by.id, "review_id": review.id}
    if sent := Part.objects.filter(id=draft.id, **owner).first():
        return sent
    _refuse_unless_reviews(review.building)
    _refuse_when_signed(review)
    also_said = find(by=by, place=place, drafts=draft.findings)
    fields = {
        "room": place.room,
        "answers": draft.answers,
        "words": "\n".join(filter(None, [draft.words, *also_said])),
        "is_complete": is_complete(draft.answers, place.points),
    }
    return made_once(Part, id=draft.id, owner=owner, fields=fields)[0]


@transaction.atomic
def sign(*, by: SignedInPerson, review: Review, signature_id: UUID, words: str = "") -> Signature:
    """Stand for the review. When both sides have, it is done; else the other side is told.

    Signing again changes nothing. Raises: NotAllowed; NotPossible while a place is not gone through, or
    when it is over.
    """
    if signed := Signature.objects.filter(review=review, by_id=by.id).first():
        return signed
    capacity = signs_as(standing_in(review.building.unit_id))
    if capacity is None:
        raise _only_those_two()
    if not review.is_open:
        raise NotPossible(_("Vernerunden er avsluttet."))
    if left := [place.name for place in places_of(review) if not place.is_done]:
        raise NotPossible(_("Før dere signerer, gjenstår: %(places)s.") % {"places": ", ".join(left)})
    owner: dict[str, int | UUID] = {"by_id": by.id, "review_id": review.id}
    fields = {"capacity": capacity, "words": words}
    signature = made_once(Signature, id=signature_id, owner=owner, fields=fields)[0]
    review.refresh_from_db()
    _tell_the_others(review, told.SIGNED if review.signed_at else told.TO_SIGN, by)
    return signature


@transaction.atomic
def break_off(*, by: SignedInPerson, review: Review) -> None:
    """Begun by mistake: it counts for nothing. What was found stays where it went.

    Raises: NotAllowed; NotPossible when somebody has signed.
    """
    _refuse_unless_reviews(review.building)
    _refuse_when_signed(review)
    review.cancelled_at = timezone.now()
    review.save(update_fields=["cancelled_at"])


def _going_on(building: Building, change: Change | None) -> Review | None:
    return Review.objects.filter(building=building, change=change, signed_at=None, cancelled_at=None).first()


def _rooms_in(building: Building) -> list[UUID]:
    return list(Room.objects.filter(zone__building=building, left_on=None).values_list("id", flat=True))


def _refuse_unless_reviews(building: Building) -> None:
    if not may_review(standing_in(building.unit_id)):
        raise _only_those_two()


def _only_those_two() -> NotAllowed:
    return NotAllowed(
        _("Vernerunden gås og signeres av leder og verneombud."),
        _("Si fra til en av dem, eller meld en fare hvis noe er farlig."),
    )


def _refuse_when_signed(review: Review) -> None:
    if not review.is_open or Signature.objects.filter(review=review).exists():
        raise NotPossible(_("Vernerunden er signert. Meld det som en fare, eller begynn en ny runde."))


def _tell_the_others(review: Review, kind: str, by: SignedInPerson) -> None:
    unit_id = review.building.unit_id
    people = {p.person_id for p in [*deciders_of(unit_id), *representatives_of(unit_id)]} - {by.id}
    if kind == told.TO_SIGN:
        people -= set(Signature.objects.filter(review=review).values_list("by_id", flat=True))
    tell(
        person_ids=people,
        kind=kind,
        subject_id=review.id,
        url=review.get_absolute_url(),
        context={"building": review.building.name, "unit": review.building.unit.name, "name": by.name},
    )
