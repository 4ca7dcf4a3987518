"""What fills what must be in place, and the risk that is left where nothing can (3.0, 3.2-3.4)."""

from tryggmote.residual.models.fillings import Filling
from tryggmote.residual.models.records import (
    TEXT_LIMIT,
    TITLE_LIMIT,
    Approval,
    Hearing,
    Record,
    Version,
    Withdrawal,
)

__all__ = [
    "TEXT_LIMIT",
    "TITLE_LIMIT",
    "Approval",
    "Filling",
    "Hearing",
    "Record",
    "Version",
    "Withdrawal",
]
