"""Measures, procedures and the agreement between the employers, with everything done about them."""

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
    "NOTE_LIMIT",
    "PROCEDURE_LIMIT",
    "TEXT_LIMIT",
    "TITLE_LIMIT",
    "Agreement",
    "AgreementReview",
    "AgreementSigning",
    "Cancellation",
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
