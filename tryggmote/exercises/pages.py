"""What the pages of an exercise have in common."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from tryggmote.exercises import queries
from tryggmote.exercises.models import Exercise


def exercise_or_404(exercise_id: UUID) -> Exercise:
    """Raises: Http404 when it is not there for the one who asks."""
    return get_object_or_404(queries.exercise_in_full(exercise_id))
