"""Calling for help for somebody who is out alone and has not answered (AML § 4-1 third paragraph, 3.3).

The last of the steps that begin in `encounters.outing_escalation`. The call is raised in the name of the one
who is out, under an id made of the outing and its agreed time, and in one transaction with the mark on the
outing: whoever is killed in the middle, help is called once.
"""

import logging
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from tryggmote.access.context import UnknownPerson, acting_as, acting_as_job
from tryggmote.access.errors import NotAllowed
from tryggmote.assistance.requests import CallRequest
from tryggmote.assistance.services import raise_call
from tryggmote.encounters import outing_queries, outings

log = logging.getLogger(__name__)


def call_for_overdue(*, now: datetime | None = None) -> int:
    """Call for help for all for whom it is time, each in a transaction of their own. Returns how many."""
    now = now or timezone.now()
    with acting_as_job():
        due = list(outing_queries.due_for_call(now))
    return sum(_call(outing_id, employee_id, now) for outing_id, employee_id in due)


def _call(outing_id: UUID, employee_id: int, now: datetime) -> bool:
    try:
        with acting_as(employee_id):
            outing = outings.hold_for_call(outing_id, now)
            if outing is None:
                return False
            raise_call(
                CallRequest(
                    id=outing.overdue_id, form=outing.form, place=outing.place, contact=outing.contact_id
                )
            )
            outings.mark_called(outing)
    except (UnknownPerson, NotAllowed):
        # The contact and the leaders have been told; of this one nobody knows whom else to call.
        log.exception("No help could be called for outing %s.", outing_id)
        return False
    return True
