"""Who has learnt what, what units ask for themselves, and exceptions from it (4.1-4.3, 1.2, § 23A-2)."""

from tryggmote.training.models.certificates import Certificate, CertificateDecision, CertificateFile
from tryggmote.training.models.completions import Completion
from tryggmote.training.models.counts import CountsKept, KeptCount
from tryggmote.training.models.exceptions import Absence, Override
from tryggmote.training.models.imports import CourseName, TrainingFile
from tryggmote.training.models.plans import Plan, PlanApproval, PlanHearing, PlanItem
from tryggmote.training.models.reminders import Reminder
from tryggmote.training.models.requirements import LocalElement, Renewal, RiskLink
from tryggmote.training.models.sessions import Attendance, AttendanceWay, CalendarAddress, Session, SignUp

__all__ = [
    "Absence",
    "Attendance",
    "AttendanceWay",
    "CalendarAddress",
    "Certificate",
    "CertificateDecision",
    "CertificateFile",
    "Completion",
    "CountsKept",
    "CourseName",
    "KeptCount",
    "LocalElement",
    "Override",
    "Plan",
    "PlanApproval",
    "PlanHearing",
    "PlanItem",
    "Reminder",
    "Renewal",
    "RiskLink",
    "Session",
    "SignUp",
    "TrainingFile",
]
