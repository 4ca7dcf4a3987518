"""Which measure, procedure or action card a unit has chosen for an element in a meeting form (3.2, 3.3, 3.4).

Whether it still counts is never stored: it is worked out from what it points to (`evidence.sql`).
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.controls.models import Measure, Procedure
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.residual.elements import CODE_LIMIT


class Filling(models.Model):
    """A leader says that this thing sees to that element. One of `measure`, `procedure` and `card` is given.

    `card`: the code of an action card. It holds in the units below too, until a leader takes it away.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    element = models.CharField(max_length=CODE_LIMIT)
    form = models.CharField(max_length=20, choices=MeetingForm)
    measure = models.ForeignKey(Measure, null=True, on_delete=models.PROTECT, related_name="+")
    procedure = models.ForeignKey(Procedure, null=True, on_delete=models.PROTECT, related_name="+")
    card = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(measure__isnull=False, procedure=None, card="")
                | Q(measure=None, procedure__isnull=False, card="")
                | (Q(measure=None, procedure=None) & ~Q(card="")),
                name="filling_is_one_thing",
            ),
            # Serves the reading of a unit's fillings as well.
            models.UniqueConstraint(
                fields=["unit", "element", "form", "measure", "procedure", "card"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="element_is_filled_once_by_each",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
