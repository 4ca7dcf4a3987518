"""A county of offices with departments, and what happens in it over time, at random from a seed.

`happenings` keeps what was made as plain facts, so that a test can count them by itself.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.assistance.models import Call
from tryggmote.controls.models import Measure
from tryggmote.encounters.models import Check, CheckCount, Meeting, RiskReport
from tryggmote.incidents.models import Classification, Incident, SameEvent
from tryggmote.organisation.models import (
    Person,
    Placement,
    RoleAssignment,
    SafetyArea,
    Unit,
    UnitKind,
    Workforce,
)
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import LONG_AGO, assign, make_person, make_unit
from tryggmote.statistics.rules import SETTLED_AFTER_DAYS
from tryggmote.training.models import Completion
from tryggmote.ui.dates import oslo_today

NATURES = ("verbal_abuse", "threat_to_employee", "blow_or_kick")
FORMS = ("planned", "telephone", "reception")
LAST_YEAR = (oslo_today() - timedelta(days=SETTLED_AFTER_DAYS)).year - 1
"""The last whole year whose numbers do not change any more: in early January not yet the year before."""


@dataclass(frozen=True)
class Happening:
    """One case, as a plain fact: what, when, where, whose, and who is behind it."""

    measure: str
    day: date
    unit_id: int
    people: frozenset[int]
    code: str = ""


@dataclass
class County:
    """The units, the people at work in each with their keys, those who look from outside, and what
    happened.
    """

    directorate: Unit
    county: Unit
    offices: list[Unit]
    departments: dict[int, list[Unit]]
    placements: dict[int, list[Placement]] = field(default_factory=dict)
    happenings: list[Happening] = field(default_factory=list)
    director: Person = field(init=False)
    national: Person = field(init=False)

    @property
    def workplaces(self) -> list[Unit]:
        return [*self.offices, *(unit for below in self.departments.values() for unit in below)]

    def within(self, unit: Unit) -> set[int]:
        """The unit and all below it."""
        below = {unit.id, *(department.id for department in self.departments.get(unit.id, ()))}
        if unit.id in (self.county.id, self.directorate.id):
            below |= {workplace.id for workplace in self.workplaces}
        return below

    def counted(self, spans: Mapping[date, date]) -> Counter[tuple[str, str, int, date]]:
        """How many cases there were of each measure and code, in each unit and span (first and last day)."""
        counts: Counter[tuple[str, str, int, date]] = Counter()
        units = [self.directorate, self.county, *self.workplaces]
        above = {unit.id: [u.id for u in units if unit.id in self.within(u)] for unit in self.workplaces}
        for case in self.happenings:
            for first, last in spans.items():
                if first <= case.day <= last:
                    for unit_id in above[case.unit_id]:
                        counts[case.measure, case.code, unit_id, first] += 1
        return counts


def make_county(*, offices: int = 3, departments: int = 2, people: int = 4) -> County:
    """A county where so many people of each employer work in every office and department."""
    directorate = make_unit("Direktoratet", UnitKind.DIRECTORATE)
    municipality = make_unit("Kommunen", UnitKind.MUNICIPALITY)
    county = make_unit("Fylket", UnitKind.COUNTY, parents=(directorate,))
    made = [make_unit(f"Kontor {n}", parents=(county, municipality)) for n in range(offices)]
    below = {
        office.id: [
            make_unit(f"{office.name} avdeling {n}", UnitKind.DEPARTMENT, parents=(office,))
            for n in range(departments)
        ]
        for office in made
    }
    found = County(directorate, county, made, below)
    for unit in found.workplaces:
        area = SafetyArea.objects.create(code=f"A{unit.id}", name=unit.name, unit=unit)
        found.placements[unit.id] = []
        for employer in (directorate, municipality):
            workforce = Workforce.objects.create(unit=unit, employer=employer)
            found.placements[unit.id] += Placement.objects.bulk_create(
                Placement(
                    person=make_person(f"Ansatt {n}"),
                    workforce=workforce,
                    safety_area=area,
                    starts_on=LONG_AGO,
                )
                for n in range(people)
            )
    found.director, found.national = make_person("Fylkesdirektør"), make_person("Direktorat")
    assign(found.director, Role.COUNTY_DIRECTOR, county, employer=directorate)
    assign(found.national, Role.DIRECTORATE, directorate)
    return found


def somebody(unit: Unit, role: Role) -> Person:
    """Somebody with this role in the unit."""
    person = make_person(f"{role.label} {unit.name}")
    RoleAssignment.objects.create(person=person, role=role, unit=unit, starts_on=LONG_AGO)
    return person


def live(county: County, random: Random, *, first: date, last: date, cases: int) -> None:
    """Let so many cases of each kind happen between two days, more in some places than in others."""
    places = county.workplaces
    weights = [random.random() ** 3 + 0.01 for _ in places]

    def where() -> tuple[Unit, Placement]:
        unit = random.choices(places, weights)[0]
        return unit, random.choice(county.placements[unit.id])

    def moment() -> datetime:
        day = first + timedelta(days=random.randint(0, (last - first).days))
        at = datetime.combine(day, datetime.min.time()) + timedelta(minutes=random.randint(8 * 60, 16 * 60))
        return timezone.make_aware(at)

    _incidents(county, random, [(*where(), moment()) for _ in range(cases)])
    _work(county, random, [(*where(), moment()) for _ in range(cases)])


Case = tuple[Unit, Placement, datetime]


def _incidents(county: County, random: Random, cases: Iterable[Case]) -> None:
    reports, classified, links = [], [], []
    for unit, placement, at in cases:
        natures = ["worry"] if random.random() < 0.1 else random.sample(NATURES, random.randint(1, 2))
        first = _report(placement, at, natures, random)
        people, reports = {placement.person_id}, [*reports, first]
        if random.random() < 0.2:
            other = random.choice(county.placements[unit.id])
            second = _report(other, at + timedelta(minutes=5), natures, random, form=first.form)
            reports.append(second)
            links.append(SameEvent(incident=second, event=first, by=placement.person))
            people.add(other.person_id)
        trigger = "unknown"
        if random.random() < 0.5:
            trigger = random.choice(["waiting", "refusal"])
            classified.append(
                Classification(
                    incident=first, by=placement.person, codebook="2026-1", natures=natures,
                    channel="planned", triggers=[trigger],
                )
            )  # fmt: skip
        day, behind = timezone.localtime(at).date(), frozenset(people)
        if natures == ["worry"]:
            county.happenings.append(Happening("worries", day, unit.id, behind))
            continue
        moment = timezone.localtime(first.happened_at)
        for measure, code in (
            ("incidents", ""),
            ("forms", first.form),
            ("hours", f"{moment.isoweekday()}-{moment.hour}"),
            ("triggers", f"{first.form}/{trigger}"),
            *(("natures", nature) for nature in natures),
        ):
            county.happenings.append(Happening(measure, day, unit.id, behind, code))
    Incident.objects.bulk_create(reports)
    Classification.objects.bulk_create(classified)
    SameEvent.objects.bulk_create(links)


def _report(
    placement: Placement, at: datetime, natures: list[str], random: Random, form: str = ""
) -> Incident:
    return Incident(
        id=new_id(),
        reporter=placement.person,
        exposed=placement.person,
        workforce=placement.workforce,
        safety_area=placement.safety_area,
        natures=natures,
        form=form or random.choice(FORMS),
        happened_at=at - timedelta(hours=1),
        experienced_severity=3,
        created_at=at,
    )


def _work(county: County, random: Random, cases: Collection[Case]) -> None:
    rows: dict[type, list] = defaultdict(list)
    for number, (unit, placement, at) in enumerate(cases):
        day, person = timezone.localtime(at).date(), placement.person
        level = random.choice([1, 1, 2, 3])
        rows[Check].append(
            Check(
                employee=person, participant_ids=[person.id], workforce=placement.workforce, form="planned",
                safety_area=placement.safety_area, rule_version="2026-1", answers={}, points=0, level=level,
                created_at=at,
            )
        )  # fmt: skip
        stopped = random.random() < 0.5
        rows[RiskReport].append(
            RiskReport(
                stopped_work=stopped, reporter=person, workforce=placement.workforce,
                safety_area=placement.safety_area, created_at=at,
            )
        )  # fmt: skip
        purpose = random.choice(["real", "real", "drill", "test"])
        rows[Call].append(
            Call(
                id=new_id(), caller=person, workforce=placement.workforce, unit=unit, purpose=purpose,
                raised_at=at, acknowledged_at=at + timedelta(seconds=random.choice([10, 50, 250])),
            )
        )  # fmt: skip
        rows[Meeting].append(
            Meeting(owner=person, workforce=placement.workforce, starts_at=at, form="planned")
        )
        rows[Completion].append(
            Completion(person=person, element=f"part-{number}", done_on=day, source="session")
        )
        is_late = random.random() < 0.3
        rows[Measure].append(
            Measure(
                unit=unit, title="Tiltak", kind="other", hierarchy="organise", owner=person,
                created_by=person, due_on=day - timedelta(days=1) if is_late else day, established_at=at,
            )
        )  # fmt: skip
        behind = frozenset({person.id})
        county.happenings += [
            Happening("checks_high" if level == 3 else "checks_other", day, unit.id, behind),
            *([Happening("stops", day, unit.id, behind)] if stopped else []),
            *([Happening("calls", day, unit.id, behind)] if purpose == "real" else []),
            Happening("meetings", day, unit.id, behind),
            Happening("training", day, unit.id, behind),
            Happening("measures_late" if is_late else "measures_on_time", day, unit.id, frozenset()),
        ]
    for model, made in rows.items():
        model._default_manager.bulk_create(made)


def forget_checks(*, before: date) -> None:
    """Checks and meetings are deleted after a time, and only counted."""
    counts: dict[tuple, int] = defaultdict(int)
    for check in Check.objects.filter(created_at__date__lt=before):
        counts[timezone.localtime(check.created_at).date(), check.workforce_id, check.form, check.level] += 1
    CheckCount.objects.bulk_create(
        CheckCount(day=day, workforce_id=workforce, form=form, level=level, n=n)
        for (day, workforce, form, level), n in counts.items()
    )
    Check.objects.filter(created_at__date__lt=before).delete()
    Meeting.objects.filter(starts_at__date__lt=before).delete()
