"""What is read of requests for expert help. The database decides which, whoever is looking (1.2)."""

from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.expressions import RawSQL

from tryggmote.expertise.models import ExpertRequest
from tryggmote.expertise.vocabulary import State
from tryggmote.risk.hazard_queries import hazards
from tryggmote.risk.hazard_rules import State as HazardState
from tryggmote.risk.models import Assessment, Hazard
from tryggmote.risk.queries import units_around
from tryggmote.ui.dates import oslo_today

MOST_HAZARDS = 50
_OPEN = Q(answered_at=None, withdrawn_at=None)


def requests_of(unit_id: int, state: str = "") -> QuerySet[ExpertRequest]:
    """What the unit has asked, what waits first and then the latest. `state`: a `State`, "" for all."""
    return _in_order(ExpertRequest.objects.filter(_in_state(state), unit_id=unit_id))


def requests_put_to_me(state: str = "") -> QuerySet[ExpertRequest]:
    """What one is asked as the expert of the units, in the same order."""
    return _in_order(_put_to_me().filter(_in_state(state)))


def is_put_to_me(request: ExpertRequest) -> bool:
    """Whether one is the expert who is asked."""
    return _put_to_me().filter(id=request.id).exists()


def request_in_full(request_id: UUID) -> QuerySet[ExpertRequest]:
    """The one request with its answer, unit and who asked."""
    return ExpertRequest.objects.filter(id=request_id).select_related(
        "unit", "asked_by", "assessment", "hazard", "answer__by"
    )


def uses_of(request: ExpertRequest) -> list[Assessment]:
    """The assessments in which the answer was used, those one may see; one query."""
    used = request.uses.values("assessment_id")
    return list(Assessment.objects.filter(id__in=used).order_by("title", "id"))


def assessments_to_choose(unit_id: int) -> list[Assessment]:
    """Assessments that hold for the unit: its own first, then those of the units above."""
    around = units_around(unit_id)
    found = Assessment.objects.filter(unit_id__in=around).select_related("unit").order_by("title", "id")
    return sorted(found, key=lambda assessment: around.index(assessment.unit_id))


def hazards_to_choose(unit_id: int) -> list[Hazard]:
    """Hazards in the unit and below it that nobody has judged yet, the latest first."""
    return list(
        hazards(unit_id=unit_id, state=HazardState.WAITING.value).order_by("-raised_at")[:MOST_HAZARDS]
    )


def _put_to_me() -> QuerySet[ExpertRequest]:
    return ExpertRequest.objects.filter(
        RawSQL(
            "(expertise_expertrequest.unit_id, expertise_expertrequest.kind)"
            " in (select a.unit_id, a.kind from app.units_advised() a)",
            [],
            output_field=BooleanField(),
        )
    )


def _in_state(state: str) -> Q:
    today = oslo_today()
    return {
        "": Q(),
        State.WAITING: _OPEN & Q(wanted_by__gte=today),
        State.LATE: _OPEN & Q(wanted_by__lt=today),
        State.ANSWERED: Q(answered_at__isnull=False),
        State.WITHDRAWN: Q(withdrawn_at__isnull=False),
    }[state]


def _in_order(found: QuerySet[ExpertRequest]) -> QuerySet[ExpertRequest]:
    return found.select_related("unit", "asked_by").order_by(
        ExpressionWrapper(~_OPEN, output_field=BooleanField()), "-asked_at", "-id"
    )
