"""How each unit has stood on each requirement, from when to when; written by the database."""

from django.db import models

from tryggmote.compliance.states import State


class Standing(models.Model):
    """How a rule answered for a unit from one moment to another. The one that holds now has no end.

    A new row comes when state, reason or a version changes; `figures` and `runs_out_on` are the last ones
    while the row was open. `since`: from when the state has been the same, also with other reasons.
    `before`: what it followed, None for the first. `is_change`: whether it says something else than that.
    """

    unit = models.ForeignKey("organisation.Unit", on_delete=models.CASCADE, related_name="+", db_index=False)
    rule = models.CharField(max_length=60)
    state = models.CharField(max_length=20, choices=State)
    reason = models.CharField(max_length=60)
    figures = models.JSONField(null=True)
    runs_out_on = models.DateField(null=True)
    rule_version = models.CharField(max_length=20)
    thresholds_version = models.CharField(max_length=40)
    since = models.DateTimeField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    before = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    is_change = models.BooleanField(default=False)

    class Meta:
        constraints = [
            # With all that the units side by side are made of, so that the index alone answers.
            models.UniqueConstraint(
                fields=["unit", "rule"],
                condition=models.Q(until_at=None),
                include=["state", "runs_out_on", "since"],
                name="a_unit_stands_one_way",
            ),
            models.CheckConstraint(
                condition=models.Q(until_at=None) | models.Q(until_at__gt=models.F("from_at")),
                name="a_standing_ends_after_it_began",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-from_at"], name="standing_of_a_unit"),
            # What has changed anywhere, the latest first.
            models.Index(
                fields=["-from_at"],
                include=["unit", "rule"],
                condition=models.Q(is_change=True),
                name="standing_that_changed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.rule}: {self.state}"


class LastKept(models.Model):
    """When how all units stand was last worked out; one row."""

    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="kept_last_at_one_moment")]

    def __str__(self) -> str:
        return str(self.at)
