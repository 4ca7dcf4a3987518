"""What is read of concerns. The database decides which, whoever is looking."""

from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from tryggmote.concerns.models import Answer, Concern, Recipient
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
