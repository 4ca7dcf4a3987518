"""Measures, procedures, action cards and the agreement between employers, with everything done to them."""

from tryggmote.controls.models.action_cards import (
    LOCAL_LIMIT,
    MOST_MINUTES,
    CardAddition,
    CardAdditionApproval,
)
from tryggmote.controls.models.agreements import Agreement, AgreementReview, AgreementSigning
from tryggmote.controls.models.measures import (
    TEXT_LIMIT,
    TITLE_LIMIT,
    Cancellation,
    Escalated,
    Establishment,
    Evaluation,
    Handover,
    Measure,
    Postponement,
)
from tryggmote.controls.models.procedures import (
    NOTE_LIMIT,
    PROCEDURE_LIMIT,
    Procedure,
    ProcedureApproval,
    ProcedureEnding,
    ProcedurePicture,
    ProcedureReading,
    ProcedureVersion,
)

__all__ = [
    "LOCAL_LIMIT",
    "MOST_MINUTES",
    "NOTE_LIMIT",
    "PROCEDURE_LIMIT",
    "TEXT_LIMIT",
    "TITLE_LIMIT",
    "Agreement",
    "AgreementReview",
    "AgreementSigning",
    "Cancellation",
    "CardAddition",
    "CardAdditionApproval",
    "Escalated",
    "Establishment",
    "Evaluation",
    "Handover",
    "Measure",
    "Postponement",
    "Procedure",
    "ProcedureApproval",
    "ProcedureEnding",
    "ProcedurePicture",
    "ProcedureReading",
    "ProcedureVersion",
]
