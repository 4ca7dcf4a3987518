"""Reading who is out. Who sees what is decided by the policies, not here."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tryggmote.access.context import SignedInPerson
from tryggmote.encounters.models import Outing
from tryggmote.encounters.outing_rules import Step
from tryggmote.encounters.queries import leaders_to_ask
from tryggmote.organisation.models import Person
from tryggmote.organisation.queries import colleagues, nearest_leaders
from tryggmote.ui.dates import oslo_today


def outings() -> QuerySet[Outing]:
    """All outings the person may see, with the names on their pages."""
    return Outing.objects.select_related("employee", "contact", "heard_from")


def my_outing(person: SignedInPerson) -> Outing | None:
    """The one the person is out on now."""
    return outings().filter(employee_id=person.id, returned_at=None).first()


def outing_of_check(person: SignedInPerson, check_id: UUID) -> Outing | None:
    """The person's latest outing from this check."""
    return Outing.objects.filter(employee_id=person.id, check_id=check_id).order_by("-started_at").first()


def others_out(person: SignedInPerson) -> QuerySet[Outing]:
    """Those out now whom the person is to keep an eye on, the one to be back first first.

    Without whereabouts there is nothing left to keep an eye on (`outing_retention.py`).
    """
    out = outings().filter(returned_at=None, contact__isnull=False).exclude(employee_id=person.id)
    return out.order_by("expected_at")


def contacts_for(person: SignedInPerson, unit_id: int) -> list[tuple[int, str]]:
    """Whom the person can choose: those who work in the unit, and their own leaders; id and name."""
    leaders = [i for i in nearest_leaders(person.id).ids if i != person.id]
    unit = colleagues(unit_id, oslo_today()).exclude(id=person.id)
    leading = Person.objects.filter(id__in=leaders, ended_on=None).exclude(id__in=unit.values("id"))
    return [(found.id, found.name) for found in [*leading.order_by("sort_key"), *unit]]


def told_of(outing: Outing) -> list[int]:
    """Everybody but the employee who has been told that they are not back."""
    contact = [outing.contact_id] if outing.contact_id and outing.step >= Step.CONTACT else []
    leaders = leaders_of(outing) if outing.step >= Step.LEADER else []
    return list(dict.fromkeys([*contact, *leaders]))


def leaders_of(outing: Outing) -> list[int]:
    """Whom to tell when the contact has not heard from them: the nearest leaders, else the one above."""
    return leaders_to_ask(outing.employee_id, workforce_id=outing.workforce_id)


def due_for_telling(now: datetime) -> Iterable[UUID]:
    """Outings of which somebody is to be told now, the longest waiting first. For the job."""
    due = Outing.objects.filter(next_step_at__lte=now, told_step__lt=Step.LEADER)
    return list(due.order_by("next_step_at").values_list("id", flat=True))


def due_for_call(now: datetime) -> Iterable[tuple[UUID, int]]:
    """Outings for which help is to be called now, each with the employee in whose name. For the job."""
    due = Outing.objects.filter(next_step_at__lte=now, told_step=Step.LEADER)
    return list(due.order_by("next_step_at").values_list("id", "employee_id"))
