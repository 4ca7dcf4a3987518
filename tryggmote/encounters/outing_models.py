"""Being out alone: whom one chose to keep an eye on it, where one is, and when one is back (AML § 4-1 (3)).

Whereabouts live as long as the outing and 24 hours more, the row for 30 days, counts for ever
(`outing_retention.py`). No history is kept: it would outlive them.
"""

from uuid import UUID, uuid5

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.encounters.outing_rules import Step
from tryggmote.organisation.meeting_forms import MeetingForm

WHERE_LIMIT = 200


class Outing(models.Model):
    """Somebody is out, and a colleague keeps an eye on it. `id` is made with the form.

    `told_step` says who has been told that they are not back, `next_step_at` when the next one is told.
    `heard_from`: who said that they are well, when it was not themselves. `was_missed`: their answer has
    been missing so long that the contact had to be told, even if all was well afterwards.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    employee = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    contact = models.ForeignKey("organisation.Person", null=True, on_delete=models.PROTECT, related_name="+")
    workforce = models.ForeignKey(
        "organisation.Workforce", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    form = models.CharField(max_length=20, choices=MeetingForm)
    place = models.CharField(max_length=WHERE_LIMIT, blank=True)
    # No foreign key: checks are deleted by their own age.
    check_id = models.UUIDField(null=True)
    started_at = models.DateTimeField(default=timezone.now)
    expected_at = models.DateTimeField()
    last_heard_at = models.DateTimeField(default=timezone.now)
    heard_from = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # The answer last taken, by the id of its form: the same one sent again changes nothing.
    last_answer_id = models.UUIDField(null=True)
    returned_at = models.DateTimeField(null=True)
    told_step = models.PositiveSmallIntegerField(choices=Step, default=Step.NONE)
    next_step_at = models.DateTimeField(null=True)
    was_missed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee"], condition=Q(returned_at=None), name="one_outing_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(contact=F("employee")), name="somebody_else_is_the_contact"),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(next_step_at=None), name="nobody_is_told_of_one_who_is_back"
            ),
        ]
        indexes = [
            models.Index(fields=["employee", "-started_at"], name="outings_of_employee"),
            # Figures of a unit, and what the retention job counts and removes.
            models.Index(fields=["workforce", "started_at"], name="outings_of_workforce"),
            # What the watchers look for, who is out, and whose whereabouts are still kept: a handful each.
            models.Index(fields=["next_step_at"], condition=Q(next_step_at__isnull=False), name="outing_due"),
            models.Index(fields=["expected_at"], condition=Q(returned_at=None), name="outing_open"),
            models.Index(
                fields=["returned_at"], condition=Q(contact__isnull=False), name="outing_whereabouts"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("encounters:outing", args=[self.id])

    @property
    def is_out(self) -> bool:
        """Whether the person has not said that they are back."""
        return self.returned_at is None

    @property
    def step(self) -> Step:
        """Who has been told, as a word of the rule."""
        return Step(self.told_step)

    @property
    def overdue_id(self) -> UUID:
        """Names this once of not being back: notices about it, and the call for help, are made once for it.

        Another agreed time is another once.
        """
        return uuid5(self.id, f"overdue {self.expected_at.timestamp()}")


class OutingCount(models.Model):
    """How many were out: what is kept when the rows are deleted.

    `missed`: those whose contact had to be told. `unanswered`: those who never said that they were back.
    """

    day = models.DateField()
    workforce = models.ForeignKey(
        "organisation.Workforce", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    form = models.CharField(max_length=20, choices=MeetingForm)
    n = models.PositiveIntegerField()
    missed = models.PositiveIntegerField()
    unanswered = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workforce", "day", "form"], name="outings_counted_once")
        ]
