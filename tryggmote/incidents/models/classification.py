"""What the leader adds to the reporter's three answers, in the words of the code book (2.4)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tryggmote.incidents.models.incident import Act
from tryggmote.incidents.vocabulary import AlarmWorked


def _codes() -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=40), default=list, blank=True)


class Classification(Act):
    """A leader's classification. The latest counts; the earlier ones stay.

    `codebook`: the version of the code book whose codes these are, so that they can be read when it has
    changed. `help_after_minutes`: until help was there; None when none was called. Nothing about health: only
    what kind of consequence there was.
    """

    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    codebook = models.CharField(max_length=40)
    natures = _codes()
    channel = models.CharField(max_length=40)
    direction = models.CharField(max_length=40, blank=True)
    triggers = _codes()
    warning_signs = _codes()
    immediate_actions = _codes()
    alarm_worked = models.CharField(max_length=10, choices=AlarmWorked, blank=True)
    help_after_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    consequences = _codes()
    circumstances = _codes()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(help_after_minutes=None) | Q(help_after_minutes__lte=1440),
                name="help_came_within_a_day",
            )
        ]
