"""An incident that no leader has read in two working days goes to the next leader, and so upwards (2.4)."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as_job
from tryggmote.incidents.models import Escalation, Incident, Recipient
from tryggmote.incidents.rules import involved, is_left_unread
from tryggmote.incidents.vocabulary import Capacity, EscalationReason
from tryggmote.notices.services import tell
from tryggmote.organisation.models import Workforce
from tryggmote.organisation.queries import leader_above, names

log = logging.getLogger(__name__)

A_DAY = timedelta(hours=23)
"""No deadline in working days is shorter: a day, save for the hour that summer time takes away."""

# What the job may read of an incident: who and when, never what happened.
WHO_AND_WHEN = (
    "id",
    "reporter_id",
    "concerned_id",
    "workforce_id",
    "safety_area_id",
    "created_at",
    "escalated_at",
)


def escalate_unread(*, now: datetime | None = None) -> int:
    """Pass on every incident that has waited too long, each in its own transaction. Returns how many.

    Running it twice, or twice at once, tells nobody twice.
    """
    now = now or timezone.now()
    with acting_as_job():
        waiting = _unread_since(now - A_DAY)
    overdue = [incident for incident in waiting if is_left_unread(_waiting_since(incident), now)]
    return sum(_pass_on(incident, now) for incident in overdue)


def _unread_since(moment: datetime) -> list[Incident]:
    return list(
        Incident.objects.filter(read_by_leader_at=None, created_at__lte=moment)
        .only(*WHO_AND_WHEN)
        .order_by("created_at")
    )


def _waiting_since(incident: Incident) -> datetime:
    return incident.escalated_at or incident.created_at


def _pass_on(incident: Incident, now: datetime) -> bool:
    try:
        with acting_as_job():
            if not _still_waits(incident):
                return False
            place = Workforce.objects.select_related("unit").get(id=incident.workforce_id)
            next_leader = leader_above(
                workforce_id=place.id, passed=_leaders_asked(incident) | involved(incident)
            )
            if next_leader is None:
                log.info("Incident %s waits unread, and there is no leader above to tell.", incident.id)
                return False
            _record(incident.id, next_leader, now)
            _tell(incident, next_leader, place.unit.name)
    except IntegrityError:
        return False  # another worker passed it on at the same moment
    return True


def _still_waits(incident: Incident) -> bool:
    """False when a leader has read it, or another run has passed it on, since this run looked."""
    waiting = Incident.objects.filter(
        id=incident.id, read_by_leader_at=None, escalated_at=incident.escalated_at
    )
    return waiting.exists()


def _leaders_asked(incident: Incident) -> set[int]:
    told = Recipient.objects.filter(incident=incident).exclude(capacity=Capacity.SAFETY_REPRESENTATIVE)
    passed_on = Escalation.objects.filter(incident=incident)
    return {*told.values_list("person_id", flat=True), *passed_on.values_list("to_person_id", flat=True)}


def _record(incident_id: UUID, next_leader: int, now: datetime) -> None:
    Escalation.objects.bulk_create(
        [
            Escalation(
                incident_id=incident_id, to_person_id=next_leader, reason=EscalationReason.NO_REACTION, at=now
            )
        ]
    )
    Recipient.objects.bulk_create(
        [Recipient(incident_id=incident_id, person_id=next_leader, capacity=Capacity.NEXT_LEADER, at=now)],
        # The safety representative may be the next leader too; they have been told already.
        ignore_conflicts=True,
    )


def _tell(incident: Incident, next_leader: int, unit: str) -> None:
    url = reverse("incidents:detail", args=[incident.id])
    tell(
        person_ids=[next_leader],
        kind="incident_escalated",
        subject_id=incident.id,
        url=url,
        context={"unit": unit},
    )
    tell(
        person_ids=[incident.reporter_id],
        kind="incident_passed_on",
        subject_id=incident.id,
        url=url,
        context={"name": names([next_leader])[next_leader]},
    )
