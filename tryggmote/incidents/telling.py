"""Who must be told of an incident at once: leaders on both lines and safety representatives (2.4).

It never ends with nobody. When the nearest leaders are part of the incident or not registered, the next
leader is told. Where no leader or no safety representative is registered at all, administrators are told
that one is missing (not what happened), and the reporter is told who has *not* been reached.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from tryggmote.access.context import PlacementInfo
from tryggmote.incidents.rules import uninvolved
from tryggmote.incidents.vocabulary import Capacity, EscalationReason
from tryggmote.organisation.models import Person, Placement, RoleAssignment, SafetyArea, UnitClosure
from tryggmote.organisation.queries import (
    Leaders,
    current,
    nearest_leaders,
    safety_representatives_of,
)
from tryggmote.organisation.roles import LEADS_DIRECTLY, OVERSEES, Role


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
    leaders = _nearest_leaders(concerned_id, place)
    for leader in uninvolved([leaders.daily_id], involved):
        telling.recipients[leader] = Capacity.DAILY_LEADER
    for leader in uninvolved([leaders.formal_id], involved):
        telling.recipients.setdefault(leader, Capacity.FORMAL_LEADER)
    if not telling.recipients and (
        stand_in := leader_above(unit_id=place.unit_id, employer_id=place.employer_id, passed=involved)
    ):
        telling.recipients[stand_in] = Capacity.NEXT_LEADER
        reason = EscalationReason.LEADER_INVOLVED if leaders.ids else EscalationReason.NO_LEADER
        telling.passed_on = (stand_in, reason)
    for representative in safety_representatives_of(safety_area_id, passed=sorted(involved)):
        telling.recipients.setdefault(representative, Capacity.SAFETY_REPRESENTATIVE)
    return telling


def _nearest_leaders(person_id: int, place: PlacementInfo) -> Leaders:
    """The daily leader at the place the incident belongs to, and the formal one; nobody who has left."""
    today = timezone.localdate()
    nearest = nearest_leaders(person_id)
    here = Placement.objects.filter(current(today), person_id=person_id, workforce_id=place.workforce_id)
    daily = here.values_list("daily_leader_id", flat=True).first() or nearest.daily_id
    left = Person.objects.filter(id__in=[daily, nearest.formal_id], ended_on__lt=today)
    gone = set(left.values_list("id", flat=True))
    return Leaders(
        daily_id=None if daily in gone else daily,
        formal_id=None if nearest.formal_id in gone else nearest.formal_id,
    )


def leader_above(*, unit_id: int, employer_id: int, passed: Collection[int]) -> int | None:
    """The leader of the unit or of the nearest one above it, on the employer's line, who is not in `passed`.

    Asked of the place and not of the person: only leaders above the place may read what happened there.
    """
    today = timezone.localdate()
    depths = _depths_above(unit_id)
    leading = RoleAssignment.objects.filter(
        current(today), role__in=LEADS_DIRECTLY + OVERSEES, unit_id__in=depths
    ).filter(Q(employer=None) | Q(employer_id=employer_id))
    nearest = min(
        leading.exclude(person_id__in=passed).exclude(person__ended_on__lt=today),
        key=lambda role: (depths[role.unit_id], role.id),
        default=None,
    )
    return nearest.person_id if nearest else None


def _depths_above(unit_id: int) -> dict[int, int]:
    return dict(UnitClosure.objects.filter(descendant_id=unit_id).values_list("ancestor_id", "depth"))


def safety_area_of(placement: PlacementInfo) -> int | None:
    """The safety area somebody belongs to: their own, else the nearest one of their unit or above it."""
    if placement.safety_area_id is not None:
        return placement.safety_area_id
    return nearest_area(placement.unit_id, placement.employer_id)


def nearest_area(unit_id: int, employer_id: int) -> int | None:
    """The safety area of the unit, or of the nearest unit above it, that covers the employer."""
    depths = _depths_above(unit_id)
    areas = SafetyArea.objects.filter(Q(employer=None) | Q(employer_id=employer_id), unit_id__in=depths)
    nearest = min(areas, key=lambda area: (depths[area.unit_id], area.id), default=None)
    return nearest.id if nearest else None


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
