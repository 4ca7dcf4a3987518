"""A measure towards a client: one closed case, from the first draft until it is deleted.

Who the client is, is not here: `case_reference` names the case in NAV's own system, and nothing is found by
it. What was done is rows of `Step`, added and never changed; the columns under "derived" are kept by the
database from those (`policies.sql`), and a person can set none of them. Source: Sivilombudet.
"""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from tryggmote.access.ids import new_id
from tryggmote.client_measures.vocabulary import (
    How,
    LetterLanguage,
    Outcome,
    State,
    StepKind,
)

TEXT_LIMIT = 4000
SHORT_LIMIT = 200
REFERENCE_LIMIT = 40
DAYS_THERE_ARE = (date(2020, 1, 1), date(2100, 1, 1))


class ClientMeasure(models.Model):
    """The case, and what is written in it. The text can be changed until it is decided.

    `revision` counts the changes: a leader decides exactly what they have read. `milder_means`: for each rung
    of the ladder what was done (`Weighed`) and why it is not enough. `handler_ids`: who was named, besides
    the one who made it. `delete_on`: the day from which nobody sees it, and the job removes it.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now())
    rule_version = models.CharField(max_length=40)

    case_reference = models.CharField(max_length=REFERENCE_LIMIT)
    letter_language = models.CharField(max_length=2, choices=LetterLanguage)
    code = models.CharField(max_length=4, blank=True)
    facts = models.TextField(max_length=TEXT_LIMIT, blank=True)
    prevents = models.TextField(max_length=TEXT_LIMIT, blank=True)
    place = models.CharField(max_length=SHORT_LIMIT, blank=True)
    milder_means = models.JSONField(default=dict)
    proportionality = models.TextField(max_length=TEXT_LIMIT, blank=True)
    services = models.TextField(max_length=TEXT_LIMIT, blank=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    review_on = models.DateField(null=True)

    # Derived.
    revision = models.PositiveIntegerField(default=0)
    handler_ids = ArrayField(models.IntegerField(), default=list)
    forewarned_code = models.CharField(max_length=4, blank=True)
    forewarned_at = models.DateTimeField(null=True)
    is_exempted = models.BooleanField(default=False)
    respond_by = models.DateField(null=True)
    heard_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    told_on = models.DateField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    complained_at = models.DateTimeField(null=True)
    complaint_answered_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    delete_on = models.DateField(null=True)

    class Meta:
        constraints = [
            # A client's national identity number has eleven digits, however they are grouped.
            models.CheckConstraint(
                condition=~Q(case_reference__regex=r"([0-9][^0-9A-Za-z]*){11}"),
                name="client_measure_names_nobody",
            ),
            models.CheckConstraint(condition=~Q(case_reference=""), name="client_measure_has_a_case"),
            # Not "infinity", which is a day to the database and never comes.
            models.CheckConstraint(
                condition=(Q(from_on=None) | Q(from_on__range=DAYS_THERE_ARE))
                & (Q(to_on=None) | Q(to_on__range=DAYS_THERE_ARE))
                & (Q(review_on=None) | Q(review_on__range=DAYS_THERE_ARE)),
                name="client_measure_has_days_that_come",
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                name="client_measure_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["delete_on"], name="client_measure_to_delete"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("client_measures:case", args=[self.id])

    def state(self, today: date) -> State:
        """Where the case stands on this day."""
        if self.decided_at:
            return self._state_when_decided(today)
        if self.heard_at or self.is_exempted:
            return State.HEARD
        return State.FOREWARNED if self.forewarned_at else State.DRAFT

    def _state_when_decided(self, today: date) -> State:
        if self.outcome == Outcome.DECLINED:
            return State.DECLINED
        if self.lifted_at:
            return State.LIFTED
        assert self.from_on  # the database decides nothing without the days
        assert self.to_on
        if today > self.to_on:
            return State.EXPIRED
        # Nobody can keep to what they have not been told.
        return State.IN_FORCE if self.told_on and self.from_on <= today else State.DECIDED

    @property
    def has_open_complaint(self) -> bool:
        """Whether the latest complaint waits for an answer."""
        return self.complained_at is not None and (
            self.complaint_answered_at is None or self.complaint_answered_at < self.complained_at
        )


class Handler(models.Model):
    """Somebody of the unit who handles the case too, and who named them."""

    id = models.UUIDField(primary_key=True, default=new_id)
    measure = models.ForeignKey(ClientMeasure, on_delete=models.CASCADE, related_name="handlers")
    person = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "person"], name="handler_is_named_once")]


class LinkedIncident(models.Model):
    """An incident the case rests on. Only the reference: nothing of what was reported is copied."""

    id = models.UUIDField(primary_key=True, default=new_id)
    measure = models.ForeignKey(ClientMeasure, on_delete=models.CASCADE, related_name="linked_incidents")
    incident = models.ForeignKey(
        "incidents.Incident", on_delete=models.CASCADE, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "incident"], name="incident_is_linked_once")
        ]


class Step(models.Model):
    """Something done in the case: added, never changed.

    `on`: the day it happened, as told; `at`: when it was written down. `due_on`: by when the client may
    answer. `letter`: the letter as it was generated. `revision`: the text the leader had read when deciding.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    measure = models.ForeignKey(ClientMeasure, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20, choices=StepKind)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(db_default=Now())
    on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    how = models.CharField(max_length=10, choices=How, blank=True)
    exception = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    revision = models.PositiveIntegerField(null=True)
    text = models.TextField(max_length=TEXT_LIMIT, blank=True)
    letter = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["measure", "at"], name="steps_of_client_measure")]
