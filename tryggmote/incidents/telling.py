"""Who must be told of an incident at once: leaders on both lines and safety representatives (2.4).

It never ends with nobody. When the nearest leaders are part of the incident or not registered, the next
leader is told. Where no leader or no safety representative is registered at all, administrators are told
that one is missing (not what happened), and the reporter is told who has *not* been reached.
"""

from dataclasses import dataclass, field

from django.utils import timezone

from tryggmote.access.context import PlacementInfo
from tryggmote.incidents.rules import uninvolved
from tryggmote.incidents.vocabulary import Capacity, EscalationReason
from tryggmote.organisation.models import RoleAssignment, UnitClosure
from tryggmote.organisation.queries import (
    current,
    leader_above,
    nearest_leaders,
    safety_representatives_of,
)
from tryggmote.organisation.roles import Role


@dataclass
class Telling:
    """`recipients`: in what capacity each person is told. `passed_on`: set when the next leader stands in."""

    recipients: dict[int, Capacity] = field(default_factory=dict)
    passed_on: tuple[int, EscalationReason] | None = None

    def reaches(self, *, leader: bool) -> bool:
        """Whether a leader, or else a safety representative, is among those told."""
        return any(capacity.leads == leader for capacity in self.recipients.values())

    @property
    def is_complete(self) -> bool:
        return self.reaches(leader=True) and self.reaches(leader=False)


def whom_to_tell(
    *, concerned_id: int, reporter_id: int, place: PlacementInfo, safety_area_id: int | None
) -> Telling:
    """Leaders and safety representatives of the one concerned, without those whose own case it is."""
    involved = {concerned_id, reporter_id}
    telling = Telling()
    leaders = nearest_leaders(concerned_id, workforce_id=place.workforce_id)
    for leader in uninvolved([leaders.daily_id], involved):
        telling.recipients[leader] = Capacity.DAILY_LEADER
    for leader in uninvolved([leaders.formal_id], involved):
        telling.recipients.setdefault(leader, Capacity.FORMAL_LEADER)
    if not telling.recipients and (
        stand_in := leader_above(workforce_id=place.workforce_id, passed=involved)
    ):
        telling.recipients[stand_in] = Capacity.NEXT_LEADER
        reason = EscalationReason.LEADER_INVOLVED if leaders.ids else EscalationReason.NO_LEADER
        telling.passed_on = (stand_in, reason)
    for representative in safety_representatives_of(safety_area_id, passed=sorted(involved)):
        telling.recipients.setdefault(representative, Capacity.SAFETY_REPRESENTATIVE)
    return telling


def administrators_of(unit_id: int) -> list[int]:
    """Those who can register a missing leader or safety representative for the unit."""
    above = UnitClosure.objects.filter(descendant_id=unit_id).values("ancestor_id")
    return list(
        RoleAssignment.objects.filter(
            current(timezone.localdate()), role=Role.ADMINISTRATOR, unit_id__in=above
        )
        .values_list("person_id", flat=True)
        .distinct()
    )
