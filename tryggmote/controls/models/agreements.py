"""Who co-ordinates the safety work of the employers in one office (AML § 2-2, internkontrollforskriften § 6).

An agreement is never rewritten: another one takes its place. It holds when every party has signed.
"""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.controls.models.measures import TEXT_LIMIT


class Agreement(models.Model):
    """What the employers in a unit have agreed on. `employer_ids`: the parties, as units."""

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    employer_ids = ArrayField(models.IntegerField())
    co_ordinator = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    text = models.TextField(max_length=TEXT_LIMIT)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    created_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)

    # Derived: when the last party signed, and when it was last gone through.
    signed_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="agreement_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(employer_ids__len__gte=2), name="agreement_is_between_two_or_more"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("controls:agreement", args=[self.unit_id])

    def is_in_force(self, today: date) -> bool:
        """Signed by all parties, begun and not run out."""
        has_begun = self.signed_at is not None and self.from_on <= today
        return has_begun and (self.to_on is None or today <= self.to_on)


class AgreementSigning(models.Model):
    """A leader signs for one of the employers."""

    id = models.UUIDField(primary_key=True, default=new_id)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signings")
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    employer = models.ForeignKey(
        "organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "employer"], name="employer_signs_agreement_once")
        ]

    def __str__(self) -> str:
        return str(self.id)


class AgreementReview(models.Model):
    """A leader of the unit has gone through the agreement and found that it is still right."""

    id = models.UUIDField(primary_key=True, default=new_id)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="reviews")
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)
