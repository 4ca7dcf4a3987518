"""The people of the county as the history needs them: who works where, who leads and represents them."""

from collections.abc import Sequence
from dataclasses import dataclass

from tryggmote.demo.county import CONTACT_CENTRE, FJORDVIK, GRANLIA, SKJAERGARD
from tryggmote.demo.plan import County, PlannedPerson
from tryggmote.organisation.models import Placement
from tryggmote.organisation.roles import Role


@dataclass(frozen=True)
class Habits:
    """How an office works.

    `checks`: the share of meetings with a check. `is_late`: the share of reports that no leader reads in
    time. `incidents`: how many of the county's incidents happen here, relative to the others. `reads`: the
    share of people who read what their unit is told.
    """

    checks: float
    is_late: float
    incidents: int
    reads: float


HABITS = {
    FJORDVIK: Habits(checks=0.82, is_late=0.08, incidents=52, reads=0.8),
    GRANLIA: Habits(checks=0.55, is_late=0.3, incidents=17, reads=0.5),
    SKJAERGARD: Habits(checks=0.97, is_late=0.0, incidents=5, reads=1.0),
    CONTACT_CENTRE: Habits(checks=0.9, is_late=0.05, incidents=26, reads=0.9),
}


@dataclass(frozen=True)
class Actor:
    """Somebody who meets clients, and those around them, by id."""

    id: int
    office: str
    unit_name: str
    workforce_id: int
    area_id: int | None
    forms: tuple[str, ...]
    language: str
    daily_leader_id: int
    formal_leader_id: int
    next_leader_id: int
    representative_ids: tuple[int, ...]

    @property
    def habits(self) -> Habits:
        return HABITS[self.office]

    @property
    def leader_ids(self) -> tuple[int, ...]:
        """Each nearest leader once, the daily one first."""
        return tuple(dict.fromkeys((self.daily_leader_id, self.formal_leader_id)))


def exposure(cast: Sequence[Actor]) -> list[float]:
    """Each office has its share of the county's incidents, spread over its people."""
    people = {actor.office: sum(other.office == actor.office for other in cast) for actor in cast}
    return [actor.habits.incidents / people[actor.office] for actor in cast]


def gather_cast(county: County, ids: dict[str, int]) -> list[Actor]:
    """Those who meet clients, in the order of the plan."""
    places = {
        placement.person_id: placement
        for placement in Placement.objects.select_related("workforce__unit").filter(meets_clients=True)
    }
    people = {person.key: person for person in county.people}
    return [
        _actor(person, people, county, ids, places[ids[person.key]])
        for person in county.people
        if ids[person.key] in places
    ]


def _actor(
    person: PlannedPerson,
    people: dict[str, PlannedPerson],
    county: County,
    ids: dict[str, int],
    place: Placement,
) -> Actor:
    leader = people[person.leader or ""]
    unit = place.workforce.unit
    return Actor(
        id=ids[person.key],
        office=person.unit.split("-", maxsplit=1)[0],
        unit_name=unit.name,
        workforce_id=place.workforce_id,
        area_id=place.safety_area_id,
        forms=tuple(unit.meeting_forms),
        language=person.language,
        daily_leader_id=ids[leader.key],
        formal_leader_id=ids[person.formal_leader or leader.key],
        next_leader_id=ids[_above(person, leader, people)],
        representative_ids=tuple(ids[key] for key in _representatives(person, county)),
    )


def _above(person: PlannedPerson, leader: PlannedPerson, people: dict[str, PlannedPerson]) -> str:
    """The next leader on the person's own line."""
    if person.employer in (leader.employer, None) or not person.formal_leader:
        return leader.leader or leader.key
    formal = people[person.formal_leader]
    return formal.leader or formal.key


def _representatives(person: PlannedPerson, county: County) -> list[str]:
    """Those of the safety area; in their own case, and where there is none, the chief ones of the line."""
    own = [
        other.key
        for other in county.people
        for held in other.roles
        if held.area == person.area and held.role == Role.SAFETY_REPRESENTATIVE and other.key != person.key
    ]
    lines = {area.employer for area in county.areas if area.code == person.area}
    chiefs = [
        other.key
        for other in county.people
        for held in other.roles
        if held.role == Role.CHIEF_SAFETY_REPRESENTATIVE
        and held.employer in ({person.employer} if lines == {None} and person.employer else lines)
    ]
    return own or chiefs
