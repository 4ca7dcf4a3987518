"""What measures do to assessments: planned ones act on scenarios, ones without effect reopen (2.3)."""

from uuid import UUID

from django.db.models import F, Func, Value

from tryggmote.controls.models import Evaluation, Measure
from tryggmote.controls.vocabulary import Effect, OriginKind
from tryggmote.risk.models import Scenario
from tryggmote.risk.reopening import reopen_what_builds_on
from tryggmote.risk.vocabulary import Cause


def link_planned(measure: Measure) -> None:
    """A measure planned from a scenario acts on it in the draft that is open.

    `measure.origin_id` is the scenario's lineage. Without a draft the next version takes it along.
    """
    if measure.origin_kind != OriginKind.SCENARIO or measure.origin_id is None:
        return
    in_draft = Scenario.objects.filter(
        lineage=measure.origin_id, version__approved_at=None, version__approvals=None
    )
    in_draft.exclude(measure_ids__contains=[measure.id]).update(
        measure_ids=Func(F("measure_ids"), Value(measure.id), function="array_append"),
        revision=F("revision") + 1,
    )


def reopen_when_without_effect(evaluation: Evaluation) -> None:
    """A measure that did not make the risk smaller opens every assessment in force that built on it."""
    if evaluation.effect == Effect.REDUCED:
        return
    reopen_what_builds_on([evaluation.measure_id], cause=Cause.NO_EFFECT, cause_id=evaluation.id)


def address_of_evaluation(evaluation_id: UUID) -> str:
    """The measure that was evaluated, "" for one who may not see it."""
    evaluation = Evaluation.objects.select_related("measure").filter(id=evaluation_id).first()
    return evaluation.measure.get_absolute_url() if evaluation else ""
