"""What is read of concerns. The database decides which, whoever is looking."""

from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from tryggmote.concerns.models import Answer, Concern, Recipient
from tryggmote.concerns.vocabulary import Capacity
from tryggmote.controls.models import Measure
from tryggmote.controls.queries import measures_of_origins
from tryggmote.controls.vocabulary import OriginKind

_WAITS = Q(answered_at=None)


def concerns_in_sight() -> QuerySet[Concern]:
    """One's own and those one was sent: what waits first, then the latest."""
    return Concern.objects.select_related("workforce__unit", "writer").order_by(
        ExpressionWrapper(~_WAITS, output_field=BooleanField()), "-at", "-id"
    )


def concern_in_full(concern_id: UUID) -> QuerySet[Concern]:
    """The one concern with where it is from and who wrote it."""
    return Concern.objects.filter(id=concern_id).select_related("workforce__unit", "writer", "verdict")


def recipients_of(concern: Concern) -> list[Recipient]:
    """Those it was sent to, in order."""
    return list(Recipient.objects.filter(concern=concern).select_related("person").order_by("at", "id"))


def answers_to(concern: Concern) -> list[Answer]:
    """What was answered, in order."""
    return list(Answer.objects.filter(concern=concern).select_related("by", "hazard").order_by("at", "id"))


def measures_from(concern: Concern) -> list[Measure]:
    """The measures that came of it."""
    return measures_of_origins(OriginKind.CONCERN, [concern.id])[concern.id]


def waiting_for_my_answer(person_id: int) -> QuerySet[Concern]:
    """What one was sent and is to answer, the most pressing first: see `rules.answers_as`."""
    as_leader = Q(recipients__person_id=person_id, recipients__capacity=Capacity.LEADER)
    reached_a_leader = Recipient.objects.filter(capacity=Capacity.LEADER).values("concern_id")
    alone = Q(recipients__person_id=person_id) & ~Q(id__in=reached_a_leader)
    return (
        Concern.objects.filter(_WAITS)
        .filter(as_leader | alone)
        .select_related("workforce__unit", "writer")
        .distinct()
        .order_by("due_at", "id")
    )
