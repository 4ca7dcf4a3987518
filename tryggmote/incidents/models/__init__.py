"""The tables of incidents (2.4)."""

from tryggmote.incidents.models.classification import Classification
from tryggmote.incidents.models.incident import (
    TEXT_LIMIT,
    Act,
    AssessedLevel,
    Escalation,
    Incident,
    Opening,
    Recipient,
    Reply,
)
from tryggmote.incidents.models.steps import Step, StepTaken

__all__ = [
    "TEXT_LIMIT",
    "Act",
    "AssessedLevel",
    "Classification",
    "Escalation",
    "Incident",
    "Opening",
    "Recipient",
    "Reply",
    "Step",
    "StepTaken",
]
