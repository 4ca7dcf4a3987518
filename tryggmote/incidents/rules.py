"""Who may do what with an incident, and by when (requirement 2.4). No database, no request."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from tryggmote.access.context import SignedInPerson
from tryggmote.incidents.consequence_rules import consequence_rules
from tryggmote.incidents.vocabulary import Capacity

REOPENS_FROM_LEVEL = 3
"""From this level the incident opens the risk assessments it touches (`consequence_rules`: `reassess`)."""
VERY_SERIOUS_FROM_LEVEL = 4
"""From this level directors on both lines may read the incident (`policies.sql`)."""


class Involving(Protocol):
    """What the decisions need to know of an incident."""

    reporter_id: int
    concerned_id: int
    workforce_id: int
    safety_area_id: int | None


class Owed(Protocol):
    """What the decisions need to know of a step."""

    workforce_id: int


def read_by(told_at: datetime) -> datetime:
    """When leader and safety representative must have opened it. Evidence rule of 2.4."""
    return _deadline("read", told_at)


def answer_by(reported_at: datetime) -> datetime:
    """When the reporter must have been answered. Evidence rule of 2.4."""
    return _deadline("answer", reported_at)


def _deadline(code: str, moment: datetime) -> datetime:
    rule = consequence_rules().step(code)
    assert rule.reported, "every report asks for it"
    return rule.reported.after(moment)


def is_left_unread(waiting_since: datetime, now: datetime) -> bool:
    """True when no leader has reacted in two working days, and the next leader must be told."""
    return now >= read_by(waiting_since)


def involved(incident: Involving) -> frozenset[int]:
    """Those whose own case it is: the reporter and the exposed. They never handle it themselves."""
    return frozenset({incident.reporter_id, incident.concerned_id})


def capacity_of(
    person: SignedInPerson, incident: Involving, told_as: Capacity | None = None
) -> Capacity | None:
    """In what capacity `person` handles the incident, or None when they do not.

    `told_as`: the capacity in which they were told of it; it counts first.
    """
    if person.id in involved(incident):
        return None
    if told_as is not None:
        return told_as
    if incident.concerned_id in person.team or incident.workforce_id in person.led:
        return Capacity.LEADER
    if incident.safety_area_id in person.areas:
        return Capacity.SAFETY_REPRESENTATIVE
    if person.oversees(incident.workforce_id):
        return Capacity.NEXT_LEADER
    return None


def may_handle(person: SignedInPerson, incident: Involving) -> bool:
    """Whether `person` may answer and assess: a leader in whose own case it is not.

    The same rule stands behind it in the database (`leader_acts` in `policies.sql`).
    """
    leads = (
        incident.concerned_id in person.team
        or incident.workforce_id in person.led
        or person.oversees(incident.workforce_id)
    )
    return leads and person.id not in involved(incident)


def may_take_shared(person: SignedInPerson, step: Owed) -> bool:
    """Whether `person` leads the other employer's people in the office, and may say its part is done."""
    return step.workforce_id in person.led


def uninvolved(candidates: Collection[int | None], incident_people: Collection[int]) -> list[int]:
    """Those of the candidates that exist and in whose own case it is not, in the same order."""
    return [person for person in candidates if person is not None and person not in incident_people]
