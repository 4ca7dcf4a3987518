"""Certificates of courses held by others: what somebody sent in, its file, and what a leader said (4.1).

All three are added and never changed. A refused certificate is corrected by a new one that names it.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.training.elements import CODE_LIMIT
from tryggmote.training.vocabulary import CertificateState, FileKind

WORDS_LIMIT = 500
REFUSAL_LIMIT = 500


class Certificate(models.Model):
    """A person says that they have taken a course, and on which day. Counts when a leader has approved it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    element = models.CharField(max_length=CODE_LIMIT)
    done_on = models.DateField()
    words = models.TextField(max_length=WORDS_LIMIT, blank=True)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("training:certificate", args=[self.id])

    @property
    def state(self) -> CertificateState:
        """Where it stands; `decision` and `corrected_by` are asked for with it."""
        decision = getattr(self, "decision", None)
        if decision is None:
            return CertificateState.WAITING
        if decision.approved:
            return CertificateState.APPROVED
        is_corrected = getattr(self, "corrected_by", None) is not None
        return CertificateState.CORRECTED if is_corrected else CertificateState.REFUSED


class CertificateFile(models.Model):
    """What the certificate looks like. A row of its own, so that it can go while the certificate stays."""

    certificate = models.OneToOneField(
        Certificate, primary_key=True, on_delete=models.PROTECT, related_name="file"
    )
    kind = models.CharField(max_length=20, choices=FileKind)
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.certificate_id)

    @property
    def name(self) -> str:
        """What it is called when it leaves us. What its sender called it is kept nowhere."""
        return f"kursbevis-{self.certificate_id}.{FileKind(self.kind).extension}"


class CertificateDecision(models.Model):
    """What a leader said of a certificate, once. Approving makes a completion (`policies_certificates`)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="decision")
    approved = models.BooleanField()
    reason = models.TextField(max_length=REFUSAL_LIMIT, blank=True)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved=True, reason="") | (Q(approved=False) & ~Q(reason="")),
                name="refused_certificate_says_why",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
