"""The oracle for figures: in random organisations everybody asks for the figures of every unit (ADR 0063).

What is counted, what of it is theirs to read, and which units they may ask for, is said again here from raw
facts. What they are then shown is true, nothing of it is few, and by adding and subtracting all of it, over
units that lie in a county and in a municipality, no few can be worked out either.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from tests.security.assessments import sees_documents_of
from tests.security.learning import reads_every_incident
from tests.security.test_who_sees_what import a_world, worlds
from tests.security.world import World
from tryggmote.access.context import acting_as
from tryggmote.encounters.models import Check, RiskReport
from tryggmote.incidents.figures import rates_of
from tryggmote.incidents.models import Incident
from tryggmote.organisation.models import Person, RoleAssignment, Unit
from tryggmote.organisation.roles import Role
from tryggmote.statistics import periods, queries
from tryggmote.statistics.counting import count_figures
from tryggmote.statistics.models import Span
from tryggmote.statistics.pages import Page, page_of
from tryggmote.statistics.rules import FEWEST
from tryggmote.statistics.tests.attacker import Attacker
from tryggmote.ui.dates import OSLO, oslo_today

pytestmark = pytest.mark.django_db
LAST_YEAR = oslo_today().year - 1
HALF = date(LAST_YEAR, 1, 1)
COUNTED = ("incidents", "stops", "checks_high", "checks_other")
SHOWN = ("incidents", "stops", "checks", "checks_high")
WORKPLACES = {"office", "contact_centre", "special", "department", "team"}
HIGH = 3
DICE = st.integers(0, 2**32).map(Random)
"""Whole worlds at once: what is smallest to Hypothesis has nothing in it."""
Name = tuple[str, int]
"""A measure and a unit; negative: what lies directly in it."""


@dataclass(frozen=True)
class Case:
    """Something that happened, as a plain fact."""

    measure: str
    workforce_id: int
    area_id: int | None
    person_id: int


@dataclass
class Facts:
    """What happened in the half-year in a world."""

    world: World
    cases: list[Case]

    def within(self, unit_id: int) -> list[Unit]:
        return [unit for unit in self.world.units if unit_id in self.world.with_all_above(unit.id)]

    def of(self, measure: str, unit_ids: Iterable[int]) -> list[Case]:
        units = {w.id: w.unit_id for w in self.world.workforces}
        asked = set(unit_ids)
        return [c for c in self.cases if c.measure == measure and units[c.workforce_id] in asked]

    def is_own(self, person: Person, case: Case) -> bool:
        """Whether it is the person's to read in full: they lead the employee, or represent the area."""
        return self.world.leads_unit(person, case.workforce_id) or (
            case.measure != "checks_other" and self.world.represents(person, case.area_id)
        )


def happened(world: World, random: Random) -> Facts:
    """Much of it in few places: so that some numbers are large, and some are not."""
    cases, rows = [], defaultdict(list)
    often = [random.random() ** 4 for _ in world.workforces]
    for number in range(random.randint(40, 120)):
        (workforce,) = random.choices(world.workforces, often)
        person, area = random.choice(world.people), random.choice([None, *world.areas])
        day = HALF + timedelta(days=random.randrange(181))
        at = datetime.combine(day, time(12), OSLO)
        whose = {"workforce": workforce, "safety_area": area}
        if number % 3 == 0:
            measure, row = "incidents", Incident(
                reporter=person, natures=["blow_or_kick"], form="planned", happened_at=at, created_at=at,
                experienced_severity=3, **whose,
            )  # fmt: skip
        elif number % 3 == 1:
            measure, row = "stops", RiskReport(stopped_work=True, reporter=person, created_at=at, **whose)
        else:
            level = random.choice([1, HIGH])
            measure = "checks_high" if level == HIGH else "checks_other"
            row = Check(
                employee=person, participant_ids=[person.id], form="planned", rule_version="1", answers={},
                points=1, level=level, created_at=at, **whose,
            )  # fmt: skip
        rows[type(row)].append(row)
        cases.append(Case(measure, workforce.id, area and area.id, person.id))
    for model, made in rows.items():
        model._default_manager.bulk_create(made)
    count_figures(HALF)
    return Facts(world, cases)


def may_ask_for(world: World, person: Person, unit: Unit) -> bool:
    """Of a workplace: who reads its documents. Of what lies above: who holds a role there or above it.

    Of a municipality only who sees no county, and no other municipality.
    """
    sees_all = any(role.role == Role.DIRECTORATE for role in world.roles_of(person))
    if unit.kind in WORKPLACES:
        return unit.merged_into_id is None and (sees_all or sees_documents_of(world, person, unit.id))
    above = [
        other
        for other in world.units
        if other.kind not in WORKPLACES
        and (sees_all or any(holds_above(world, role, other.id) for role in world.roles_of(person)))
    ]
    is_alone = [other.id for other in above] == [unit.id]
    return unit in above and (unit.kind != "municipality" or is_alone)


def holds_above(world: World, role: RoleAssignment, unit_id: int) -> bool:
    return role.role not in (Role.ADMINISTRATOR, Role.GUARD) and role.unit_id in world.with_all_above(unit_id)


@worlds
@given(random=DICE)
def test_everybody_gets_true_figures_of_their_units_and_can_work_out_no_few(random: Random) -> None:
    with a_world(random) as world:
        facts = happened(world, random)
        world.units = list(Unit.objects.filter(id__in=[unit.id for unit in world.units]))
        for person in world.people:
            with acting_as(person.id):
                counts_are_those_of_the_facts(facts, person)
                told = all_that_is_told(facts, person, random)
            event(f"told {min(len(told), 9)} numbers")
            assert revealed(facts, person, told) == [], [
                (r.role, r.unit.name) for r in world.roles_of(person)
            ]


def counts_are_those_of_the_facts(facts: Facts, person: Person) -> None:
    world = facts.world
    asked = [unit.id for unit in world.units if may_ask_for(world, person, unit)]
    found = queries.numbers([unit.id for unit in world.units], Span.HALF, COUNTED, HALF, HALF)
    for unit in world.units:
        below = [other.id for other in facts.within(unit.id)] if unit.id in asked else []
        for measure in COUNTED:
            number, cases = found.of(unit.id, HALF, measure), facts.of(measure, below)
            others = [case for case in cases if not facts.is_own(person, case)]
            assert (number.all.n, number.others.n) == (len(cases), len(others)), (unit.name, measure)
            # Never more people than there are: too few hide more.
            assert number.others.people <= len({case.person_id for case in others}), (unit.name, measure)


def all_that_is_told(facts: Facts, person: Person, random: Random) -> dict[Name, int]:
    """Every number on the page of every unit, less what is the reader's own: they can take it away."""
    told: dict[Name, int] = {}
    for unit in facts.world.units:
        around = queries.around(unit.id)
        assert (around is not None) == may_ask_for(facts.world, person, unit), unit.name
        met = rates_of(unit.id)
        if met and not reads_every_incident(facts.world, person, unit.id):
            assert all(rate.done is None and rate.due in (None, 0) for rate in met.rates), unit.name
        if around is None:
            continue
        page = page_of(around, year=LAST_YEAR, measure=random.choice(SHOWN), today=oslo_today())
        for name, n in numbers_on(page):
            measure, unit_id = name
            below = [other.id for other in facts.within(unit_id)]
            cases = [case for part in parts_of(measure) for case in facts.of(part, below)]
            assert n == len(cases), (name, "is told as it was")
            others = n - sum(facts.is_own(person, case) for case in cases)
            assert told.setdefault(name, others) == others
    return told


def numbers_on(page: Page) -> Iterator[tuple[Name, int]]:
    """The first half of the year, of the unit and of those below it."""
    for row in page.rows:
        if row.measure.code in SHOWN and row.halves[0].n is not None:
            yield (row.measure.code, page.around.unit.id), row.halves[0].n
    for below in page.below:
        if below.halves[0].n is not None:
            yield (page.measure.code, below.unit.id), below.halves[0].n


def parts_of(measure: str) -> Sequence[str]:
    return ("checks_high", "checks_other") if measure == "checks" else (measure,)


def revealed(facts: Facts, person: Person, told: dict[Name, int]) -> list[str]:
    """The few of others that follow from all that was told: exactly, or as fewer than five."""
    units = [unit.id for unit in facts.world.units]
    sums: list[tuple[Name, list[Name]]] = [
        ((measure, unit_id), [(measure, -below.id) for below in facts.within(unit_id)])
        for measure in (*COUNTED, "checks")
        for unit_id in units
    ]
    sums += [
        (("checks", place), [(part, place) for part in parts_of("checks")])
        for unit_id in units
        for place in (unit_id, -unit_id)
    ]
    attacker = Attacker(sums, told)
    determined, limits = attacker.determined(), attacker.limits()
    found = []
    for measure, unit_id in ((measure, unit_id) for measure in COUNTED for unit_id in units):
        cases = facts.of(measure, [below.id for below in facts.within(unit_id)])
        others = [case.person_id for case in cases if not facts.is_own(person, case)]
        if not 0 < min(len(others), len(set(others))) < FEWEST:
            continue
        name = (measure, unit_id)
        is_bounded = len(others) < FEWEST and limits[name][1] < FEWEST
        if name in told or name in determined or is_bounded:
            found.append(f"{name}: {len(others)} of {len(set(others))} people, {limits[name]}")
    return found


def test_the_half_year_is_one_that_others_may_see() -> None:
    assert periods.end_of_half(HALF) + timedelta(days=30) < oslo_today()
