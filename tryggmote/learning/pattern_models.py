"""Patterns: figures the nightly job has seen, each told once for its window."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.learning.vocabulary import Aspect, PatternKind

VALUE_LIMIT = 200


class Pattern(models.Model):
    """A figure from a window of days, as it was on the day it was seen.

    `person`: the one it is about, of a kind about a person; else `unit`. `value`: the form or place in
    common. `n`: events, several reports of one counted once; `people`: how many they happened to; `units`: in
    how many offices. `usual`, `limit`: what the same number of days held on average last year, and the limit
    above which it is more than chance (waves).
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=10, choices=PatternKind)
    unit = models.ForeignKey(
        "organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    aspect = models.CharField(max_length=10, choices=Aspect, blank=True)
    value = models.CharField(max_length=VALUE_LIMIT, blank=True)
    days = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    units = models.PositiveIntegerField()
    usual = models.FloatField(null=True)
    limit = models.FloatField(null=True)
    rule_version = models.CharField(max_length=40)
    until_on = models.DateField()
    found_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=PatternKind.PERSON, person__isnull=False, unit=None)
                | (~Q(kind=PatternKind.PERSON) & Q(person=None, unit__isnull=False)),
                name="pattern_is_of_a_person_or_a_unit",
            ),
            models.UniqueConstraint(
                fields=["kind", "unit", "person", "aspect", "value", "days", "until_on"],
                nulls_distinct=False,
                name="pattern_is_seen_once_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-found_at"], name="pattern_of_unit"),
            models.Index(fields=["person", "-found_at"], name="pattern_of_person"),
            models.Index(fields=["-found_at"], name="pattern_latest"),
        ]

    def __str__(self) -> str:
        return str(self.id)
