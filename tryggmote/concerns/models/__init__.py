"""Concerns, the safety representative's demands, and stops of dangerous work: they are never changed."""

from tryggmote.concerns.models.concerns import Answer, Concern, Recipient, Verdict
from tryggmote.concerns.models.demands import Demand, DemandAnswer, TakenFurther
from tryggmote.concerns.models.stops import Stop, StopAct, StopReason

__all__ = [
    "Answer",
    "Concern",
    "Demand",
    "DemandAnswer",
    "Recipient",
    "Stop",
    "StopAct",
    "StopReason",
    "TakenFurther",
    "Verdict",
]
