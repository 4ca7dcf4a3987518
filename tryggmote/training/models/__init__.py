"""Who has learnt what, what units ask for themselves, and exceptions from it (4.1-4.3, 1.2, § 23A-2)."""

from tryggmote.training.models.completions import Completion
from tryggmote.training.models.exceptions import Absence, Override
from tryggmote.training.models.reminders import Reminder
from tryggmote.training.models.requirements import LocalElement, Renewal, RiskLink

__all__ = ["Absence", "Completion", "LocalElement", "Override", "Reminder", "Renewal", "RiskLink"]
