"""Police reports of incidents: what was decided, sent and heard, and the account that is handed over.

Who the report is against does not stand here: that is written on the paper, or told to the police.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.incidents.models import TEXT_LIMIT
from tryggmote.police.vocabulary import Channel, Deed, SentHow

NUMBER_LIMIT = 60
PLACE_LIMIT = 200


class PoliceAct(models.Model):
    """A decision, the sending, or news of the case: by whom, when, and when somebody should look again.

    `day`: the day it happened. Added, never changed; `is_latest` is kept by the database (`policies.sql`).
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    incident = models.ForeignKey(
        "incidents.Incident", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    deed = models.CharField(max_length=12, choices=Deed)
    day = models.DateField()
    note = models.TextField(max_length=TEXT_LIMIT, blank=True)
    how = models.CharField(max_length=10, choices=SentHow, blank=True)
    police_place = models.CharField(max_length=PLACE_LIMIT, blank=True)
    case_number = models.CharField(max_length=NUMBER_LIMIT, blank=True)
    remind_at = models.DateTimeField(null=True)
    guidance_version = models.CharField(max_length=40)
    is_latest = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(deed__in=Deed.values), name="police_act_is_known"),
            models.CheckConstraint(
                condition=~Q(deed__in=[Deed.NOT_REPORT, Deed.LATER]) | ~Q(note=""),
                name="police_not_reporting_has_a_reason",
            ),
            # One act of an incident is the latest, also when two are sent at once.
            models.UniqueConstraint(
                fields=["incident"], condition=Q(is_latest=True), name="police_act_one_is_latest"
            ),
        ]
        indexes = [
            models.Index(fields=["incident", "at"], name="police_act_of_incident"),
            # Where each matter stands, and which of them somebody should look at.
            models.Index(fields=["-at"], condition=Q(is_latest=True), name="police_act_latest"),
            models.Index(
                fields=["remind_at"],
                condition=Q(is_latest=True, remind_at__isnull=False),
                name="police_act_remind",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_deed_display())

    @property
    def state(self) -> Deed:
        return Deed(self.deed)


class Account(models.Model):
    """What happened, as the police need it. A change is a new row; the latest counts, the earlier stay."""

    id = models.UUIDField(primary_key=True, default=new_id)
    incident = models.ForeignKey(
        "incidents.Incident", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    exact_words = models.TextField(max_length=TEXT_LIMIT, blank=True)
    channel = models.CharField(max_length=10, choices=Channel)
    course = models.TextField(max_length=TEXT_LIMIT, blank=True)
    witnesses = models.TextField(max_length=TEXT_LIMIT, blank=True)
    harm = models.TextField(max_length=TEXT_LIMIT, blank=True)

    class Meta:
        indexes = [models.Index(fields=["incident", "-at"], name="police_account_of_incident")]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("police:matter", args=[self.incident_id])
