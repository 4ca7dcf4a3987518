"""A small organisation to tell stories in: one county, two municipalities, offices and their people.

Called by tests as the database owner. Everything is made with plain rows, so a test can add what it needs.
"""

from dataclasses import dataclass
from datetime import date
from itertools import count

from tryggmote.organisation.closure import rebuild_closure
from tryggmote.organisation.models import (
    Employment,
    Person,
    Placement,
    RoleAssignment,
    SafetyArea,
    Unit,
    UnitKind,
    UnitParent,
    Workforce,
)
from tryggmote.organisation.roles import Role
from tryggmote.organisation.sorting import sort_key

LONG_AGO = date(2024, 1, 1)
_number = count(1)


def make_unit(name: str, kind: UnitKind = UnitKind.OFFICE, *, parents: tuple[Unit, ...] = ()) -> Unit:
    """A unit below its parents, with the closure up to date."""
    unit = Unit.objects.create(
        code=f"U{next(_number)}",
        name=name,
        sort_key=sort_key(name),
        kind=kind,
        meeting_forms=["reception", "planned", "home_visit", "telephone"],
    )
    UnitParent.objects.bulk_create([UnitParent(child=unit, parent=parent) for parent in parents])
    rebuild_closure()
    return unit


def make_person(name: str, *, language: str = "nb", email: str | None = None) -> Person:
    """Somebody who works nowhere yet."""
    number = next(_number)
    return Person.objects.create(
        external_id=f"P{number}",
        name=name,
        sort_key=sort_key(name),
        language=language,
        email=f"p{number}@example.invalid" if email is None else email,
    )


def workforce_of(unit: Unit, employer: Unit) -> Workforce:
    """The employees of `employer` in `unit`."""
    return Workforce.objects.get_or_create(unit=unit, employer=employer)[0]


def employ(
    person: Person,
    *,
    unit: Unit,
    employer: Unit,
    daily_leader: Person | None = None,
    formal_leader: Person | None = None,
    safety_area: SafetyArea | None = None,
    meets_clients: bool = True,
) -> Placement:
    """Give somebody an employer and a place to work."""
    Employment.objects.create(
        person=person, employer=employer, formal_leader=formal_leader or daily_leader, starts_on=LONG_AGO
    )
    return Placement.objects.create(
        person=person,
        workforce=workforce_of(unit, employer),
        daily_leader=daily_leader,
        safety_area=safety_area,
        meets_clients=meets_clients,
        starts_on=LONG_AGO,
    )


def assign(
    person: Person,
    role: Role,
    unit: Unit,
    *,
    employer: Unit | None = None,
    safety_area: SafetyArea | None = None,
    starts_on: date = LONG_AGO,
    ends_on: date | None = None,
) -> RoleAssignment:
    """Give somebody a role in a unit."""
    return RoleAssignment.objects.create(
        person=person,
        role=role,
        unit=unit,
        employer=employer,
        safety_area=safety_area,
        starts_on=starts_on,
        ends_on=ends_on,
    )


@dataclass
class Office:
    """A NAV office with both employers and one of each who matters in most stories."""

    directorate: Unit
    county: Unit
    municipality: Unit
    unit: Unit
    area: SafetyArea
    counsellor: Person  # state employee
    colleague: Person  # municipal employee
    leader: Person  # nearest leader of both, daily
    formal_leader: Person  # the municipal employee's formal leader
    office_leader: Person
    safety_representative: Person
    county_director: Person
    municipal_director: Person
    chief_safety_representative: Person
    administrator: Person
    auditor: Person
    directorate_member: Person


def make_office(name: str = "Nav Lillevik") -> Office:
    """One complete office. Two calls make two offices that share nothing, each with its own county."""
    directorate = Unit.objects.filter(kind=UnitKind.DIRECTORATE).first() or make_unit(
        "Arbeids- og velferdsdirektoratet", UnitKind.DIRECTORATE
    )
    county = make_unit(f"Fylket til {name}", UnitKind.COUNTY, parents=(directorate,))
    municipality = make_unit(f"Kommunen til {name}", UnitKind.MUNICIPALITY)
    unit = make_unit(name, parents=(county, municipality))
    area = SafetyArea.objects.create(code=f"V{next(_number)}", name=f"Verneområde {name}", unit=unit)

    office_leader = make_person("Olga Officeleder")
    leader = make_person("Lars Leder")
    formal_leader = make_person("Frida Formell")
    counsellor = make_person("Vera Veileder")
    colleague = make_person("Kari Kollega")
    safety_representative = make_person("Vilde Verneombud")
    county_director = make_person("Fredrik Fylkesdirektør")
    municipal_director = make_person("Kåre Kommunedirektør")
    chief = make_person("Hanne Hovedverneombud")
    administrator = make_person("Adam Administrator")
    auditor = make_person("Rita Revisor")
    directorate_member = make_person("Dina Direktorat")

    employ(office_leader, unit=unit, employer=directorate, daily_leader=county_director, safety_area=area)
    employ(leader, unit=unit, employer=directorate, daily_leader=office_leader, safety_area=area)
    employ(formal_leader, unit=unit, employer=municipality, daily_leader=office_leader, safety_area=area)
    employ(counsellor, unit=unit, employer=directorate, daily_leader=leader, safety_area=area)
    employ(
        colleague,
        unit=unit,
        employer=municipality,
        daily_leader=leader,
        formal_leader=formal_leader,
        safety_area=area,
    )
    employ(safety_representative, unit=unit, employer=directorate, daily_leader=leader, safety_area=area)
    employ(county_director, unit=county, employer=directorate, meets_clients=False)
    employ(municipal_director, unit=municipality, employer=municipality, meets_clients=False)
    employ(chief, unit=county, employer=directorate, meets_clients=False)
    employ(administrator, unit=directorate, employer=directorate, meets_clients=False)
    employ(directorate_member, unit=directorate, employer=directorate, meets_clients=False)

    assign(office_leader, Role.OFFICE_LEADER, unit)
    assign(safety_representative, Role.SAFETY_REPRESENTATIVE, unit, safety_area=area)
    assign(county_director, Role.COUNTY_DIRECTOR, county, employer=directorate)
    assign(municipal_director, Role.MUNICIPAL_DIRECTOR, municipality, employer=municipality)
    assign(chief, Role.CHIEF_SAFETY_REPRESENTATIVE, county)
    assign(administrator, Role.ADMINISTRATOR, directorate)
    assign(auditor, Role.AUDITOR, directorate)
    assign(directorate_member, Role.DIRECTORATE, directorate)
    return Office(
        directorate=directorate,
        county=county,
        municipality=municipality,
        unit=unit,
        area=area,
        counsellor=counsellor,
        colleague=colleague,
        leader=leader,
        formal_leader=formal_leader,
        office_leader=office_leader,
        safety_representative=safety_representative,
        county_director=county_director,
        municipal_director=municipal_director,
        chief_safety_representative=chief,
        administrator=administrator,
        auditor=auditor,
        directorate_member=directorate_member,
    )
