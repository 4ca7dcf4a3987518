"""A representative's signature has been missing for ten working days: both are reminded, once (3.1)."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from tryggmote.access.context import acting_as_job
from tryggmote.notices.services import tell
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import deciders_of, representatives_of
from tryggmote.premises.models import Building
from tryggmote.reviews import told
from tryggmote.reviews.models import Review, Signature
from tryggmote.reviews.rules import SIGNATURE_WORKDAYS, signature_late_after
from tryggmote.reviews.vocabulary import Capacity

# What the job may read of a review: where and when, never what was found.
_COLUMNS = ("id", "building_id", "begun_at", "signed_at", "cancelled_at", "reminded_at")


def remind_of_signatures(*, now: datetime | None = None) -> int:
    """Remind of every signature that is late, each review in its own transaction. Says how many reviews.

    Running it twice, or twice at once, reminds nobody twice.
    """
    now = now or timezone.now()
    with acting_as_job():
        waiting = [review for review in _unsigned(now) if signature_late_after(review.begun_at) <= now]
    return sum(_remind(review, now) for review in waiting)


def _unsigned(now: datetime) -> list[Review]:
    represented = Signature.objects.filter(review=OuterRef("id"), capacity=Capacity.REPRESENTATIVE)
    found = Review.objects.filter(
        ~Exists(represented),
        signed_at=None,
        cancelled_at=None,
        reminded_at=None,
        # Ten working days are at least ten days.
        begun_at__lte=now - timedelta(days=SIGNATURE_WORKDAYS),
    )
    return list(found.only(*_COLUMNS).order_by("begun_at"))


def _remind(review: Review, now: datetime) -> bool:
    with acting_as_job():
        if not Review.objects.filter(id=review.id, signed_at=None, reminded_at=None).update(reminded_at=now):
            return False
        building = Building.objects.only("id", "unit_id", "name").get(id=review.building_id)
        people = [*deciders_of(building.unit_id), *representatives_of(building.unit_id)]
        tell(
            person_ids=[person.person_id for person in people],
            kind=told.UNSIGNED,
            subject_id=review.id,
            url=review.get_absolute_url(),
            context={"building": building.name, "unit": Unit.objects.get(id=building.unit_id).name},
        )
    return True
