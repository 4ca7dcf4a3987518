"""What is read of short lessons. The database decides which; nothing here asks who is looking (4.1)."""

from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Max, QuerySet

from tryggmote.lessons.models import Attendance, Gathering, Reading
from tryggmote.organisation.models import Person
from tryggmote.organisation.queries import colleagues
from tryggmote.risk.queries import units_covering
from tryggmote.ui.dates import oslo_today

LATELY = 8
_NEEDS = """
select t.element, count(distinct t.person_id)
from evidence_training t join organisation_unitclosure c on c.descendant_id = t.unit_id
where c.ancestor_id = %s and t.standing in ('missing', 'late', 'new', 'running_out')
group by t.element
"""


def lately_held(unit_id: int) -> list[Gathering]:
    """What the unit, and those above it up to the office, have held, the latest first."""
    found = Gathering.objects.filter(unit_id__in=units_covering(unit_id)).select_related("by")
    return list(found.order_by("-held_on", "-at")[:LATELY])


def last_held(unit_id: int) -> dict[str, date]:
    """The last day each lesson was held there."""
    found = Gathering.objects.filter(unit_id__in=units_covering(unit_id)).values_list("lesson")
    return dict(found.annotate(day=Max("held_on")))


def needs_in(unit_id: int) -> dict[str, int]:
    """How many lack each element, or soon will, among oneself and those one leads in the unit and below."""
    with connection.cursor() as cursor:
        cursor.execute(_NEEDS, [unit_id])
        return dict(cursor.fetchall())


def my_readings(person_id: int) -> dict[str, date]:
    """The last day one read each lesson alone."""
    found = Reading.objects.filter(person_id=person_id).values_list("lesson")
    return dict(found.annotate(day=Max("at__date")))


def my_gatherings(person_id: int) -> QuerySet[Attendance]:
    """The lessons one was there for, the latest first."""
    found = Attendance.objects.filter(person_id=person_id, removed_at=None).select_related("gathering")
    return found.order_by("-gathering__held_on", "-id")


def gathering_in_full(gathering_id: UUID) -> QuerySet[Gathering]:
    """The one gathering with its unit and who held it."""
    return Gathering.objects.filter(id=gathering_id).select_related("unit", "by")


def people_of(unit_id: int) -> QuerySet[Person]:
    """Who can have been there: those who work in the unit or below it, in Norwegian order."""
    return colleagues(unit_id, oslo_today())


def attendances_of(gathering: Gathering) -> list[Attendance]:
    """Who was there, as far as one may see it, in Norwegian order."""
    found = gathering.attendances.filter(removed_at=None).select_related("person")
    return list(found.order_by("person__sort_key", "person_id"))
