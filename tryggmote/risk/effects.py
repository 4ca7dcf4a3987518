"""What measures do to assessments: planned ones act on scenarios, ones without effect reopen (2.3)."""

from django.db.models import F, Func, Value

from tryggmote.access.context import acting_as_job
from tryggmote.controls.models import Evaluation, Measure
from tryggmote.controls.vocabulary import Effect, OriginKind
from tryggmote.risk.models import Assessment, Scenario
from tryggmote.risk.versions import reopen_because
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
    with acting_as_job():
        built_on = list(
            Assessment.objects.filter(
                versions__scenarios__measure_ids__contains=[evaluation.measure_id],
                versions__scenarios__removed_at=None,
                versions__number=F("approved_number"),
                approved_number__isnull=False,
            )
            .distinct()
            .order_by("id")
            .values_list("id", flat=True)
        )
    for assessment_id in built_on:
        reopen_because(assessment_id=assessment_id, cause=Cause.NO_EFFECT, cause_id=evaluation.id)
