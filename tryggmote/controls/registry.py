"""Who is told, in the same transaction, when a measure has been planned or evaluated (2.3)."""

from collections.abc import Callable

from tryggmote.controls.models import Evaluation, Measure

PlannedListener = Callable[[Measure], None]
EvaluatedListener = Callable[[Evaluation], None]
_planned: list[PlannedListener] = []
_evaluated: list[EvaluatedListener] = []


def on_planned(listener: PlannedListener) -> None:
    """Call `listener` with every measure that is planned, in the transaction of the act."""
    _planned.append(listener)


def on_evaluated(listener: EvaluatedListener) -> None:
    """Call `listener` with every evaluation, in the transaction of the act. It may raise to refuse it."""
    _evaluated.append(listener)


def tell_planned(measure: Measure) -> None:
    """Tell all who listen."""
    for listener in _planned:
        listener(measure)


def tell_evaluated(evaluation: Evaluation) -> None:
    """Tell all who listen. `evaluation.measure` is as it is after the act."""
    for listener in _evaluated:
        listener(evaluation)
