"""What is read of cases. The database decides which ones; nothing here asks who is looking.

Nothing is ever found by `case_reference`: there is no search across clients, and no count.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, QuerySet

from tryggmote.access.context import SignedInPerson
from tryggmote.client_measures.models import ClientMeasure, Handler, LinkedIncident, Step
from tryggmote.client_measures.rules import Standing
from tryggmote.incidents.models import Incident
from tryggmote.organisation.models import Person, Unit
from tryggmote.organisation.queries import colleagues

LIST_LIMIT = 50
INCIDENTS_OFFERED = 15

_UNITS = "select app.handles_client_measures_in() || app.decides_client_measures_in()"
_STANDING = "select %(unit)s = any (app.decides_client_measures_in()), app.is_own_matter(%(case)s)"
_DECIDERS = """
select distinct r.person_id
from organisation_roleassignment r
where r.unit_id = %(unit)s and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true)
  and (r.role = 'office_leader' or (r.role = 'leader' and not exists (
    select 1 from organisation_roleassignment o
    where o.unit_id = r.unit_id and o.role = 'office_leader'
      and o.starts_on <= app.today() and coalesce(o.ends_on >= app.today(), true))))
"""


def cases() -> QuerySet[ClientMeasure]:
    """The cases one handles, those that were touched last first, without what is written in them."""
    return (
        ClientMeasure.objects.only(
            "code", "created_at", "from_on", "to_on", "review_on", "decided_at", "outcome", "told_on",
            "lifted_at", "heard_at", "is_exempted", "forewarned_at", "respond_by", "complained_at",
            "complaint_answered_at", "submitted_at", "reviewed_at", "archived_at", "delete_on",
            "unit__name", "created_by__name",
        )
        .select_related("unit", "created_by")
        .order_by("-created_at", "-id")
    )  # fmt: skip


def case_in_full() -> QuerySet[ClientMeasure]:
    """Cases with their people and steps; three queries more for the one that is found."""
    steps = Step.objects.select_related("by").order_by("at", "id")
    handlers = Handler.objects.select_related("person").order_by("person__sort_key")
    return ClientMeasure.objects.select_related("unit", "created_by").prefetch_related(
        Prefetch("steps", queryset=steps), Prefetch("handlers", queryset=handlers)
    )


def standing_in(person: SignedInPerson, case: ClientMeasure) -> Standing:
    """What the one who asks is to the case; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"unit": case.unit_id, "case": case.id})
        decides, is_own_matter = cursor.fetchone()
    return Standing(decides, is_own_matter, is_creator=case.created_by_id == person.id)


def units_to_begin_in() -> list[Unit]:
    """The units in which the one who asks may begin a case: where they work or decide; two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_UNITS)
        (ids,) = cursor.fetchone()
    return list(Unit.objects.filter(id__in=ids).order_by("sort_key"))


def deciders_of(unit_id: int) -> list[int]:
    """The leaders who decide in the unit today."""
    with connection.cursor() as cursor:
        cursor.execute(_DECIDERS, {"unit": unit_id})
        return [row[0] for row in cursor.fetchall()]


@dataclass(frozen=True)
class Linked:
    """An incident the case rests on; None for one that whoever looks may not read."""

    incident_id: UUID
    incident: Incident | None


def linked_incidents(case: ClientMeasure) -> list[Linked]:
    """The incidents by reference; two queries."""
    ids = list(LinkedIncident.objects.filter(measure=case).values_list("incident_id", flat=True))
    seen = {incident.id: incident for incident in incidents_seen(ids)}
    return [Linked(incident_id, seen.get(incident_id)) for incident_id in ids]


def incidents_seen(ids: Collection[UUID]) -> list[Incident]:
    """Those of the incidents that the one who asks may read."""
    return list(_incidents().filter(id__in=ids))


def incidents_to_link() -> list[Incident]:
    """The latest incidents the one who asks may read."""
    return list(_incidents().order_by("-created_at", "-id")[:INCIDENTS_OFFERED])


def _incidents() -> QuerySet[Incident]:
    return Incident.objects.defer("what_happened").select_related("workforce__unit")


def colleagues_to_name(case: ClientMeasure, today: date) -> QuerySet[Person]:
    """Those of the unit who could handle the case too."""
    already = [case.created_by_id, *case.handler_ids]
    return colleagues(case.unit_id, today).exclude(id__in=already)
