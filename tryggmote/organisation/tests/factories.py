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
    unit = _unit(name, kind)
    unit.save()
    UnitParent.objects.bulk_create([UnitParent(child=unit, parent=parent) for parent in parents])
    rebuild_closure()
    return unit


def _unit(name: str, kind: UnitKind) -> Unit:
    return Unit(
        code=f"U{next(_number)}",
        name=name,
        sort_key=sort_key(name),
        kind=kind,
        meeting_forms=["reception", "planned", "home_visit", "telephone"],
    )


def make_person(name: str, *, language: str = "nb", email: str | None = None) -> Person:
    """Somebody who works nowhere yet."""
    person = _person(name, language=language, email=email)
    person.save()
    return person


def _person(name: str, *, language: str = "nb", email: str | None = None) -> Person:
    number = next(_number)
    return Person(
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


OF_THE_COUNTY = (
    "county_director",
    "chief_safety_representative",
    "administrator",
    "auditor",
    "directorate_member",
)


def make_office(name: str = "Nav Lillevik", *, beside: Office | None = None) -> Office:
    """One complete office. Two calls make two offices that share nothing, each with its own county.

    One `beside` another is in the same county, under the same people. Most tests begin with one office: rows
    of a kind are written together.
    """
    directorate = Unit.objects.filter(kind=UnitKind.DIRECTORATE).first() or make_unit(
        "Arbeids- og velferdsdirektoratet", UnitKind.DIRECTORATE
    )
    county = beside.county if beside else _unit(f"Fylket til {name}", UnitKind.COUNTY)
    municipality = _unit(f"Kommunen til {name}", UnitKind.MUNICIPALITY)
    unit = _unit(name, UnitKind.OFFICE)
    Unit.objects.bulk_create([municipality, unit] if beside else [county, municipality, unit])
    lines = [(unit, county), (unit, municipality), *([] if beside else [(county, directorate)])]
    UnitParent.objects.bulk_create([UnitParent(child=child, parent=parent) for child, parent in lines])
    rebuild_closure()
    area = SafetyArea.objects.create(code=f"V{next(_number)}", name=f"Verneområde {name}", unit=unit)
    people = {
        part: _person(full_name)
        for part, full_name in {
            "office_leader": "Olga Officeleder",
            "leader": "Lars Leder",
            "formal_leader": "Frida Formell",
            "counsellor": "Vera Veileder",
            "colleague": "Kari Kollega",
            "safety_representative": "Vilde Verneombud",
            "county_director": "Fredrik Fylkesdirektør",
            "municipal_director": "Kåre Kommunedirektør",
            "chief_safety_representative": "Hanne Hovedverneombud",
            "administrator": "Adam Administrator",
            "auditor": "Rita Revisor",
            "directorate_member": "Dina Direktorat",
        }.items()
        if not (beside and part in OF_THE_COUNTY)
    }
    Person.objects.bulk_create(people.values())
    of_the_county = {part: getattr(beside, part) for part in OF_THE_COUNTY} if beside else {}
    office = Office(
        directorate=directorate,
        county=county,
        municipality=municipality,
        unit=unit,
        area=area,
        **people | of_the_county,
    )
    newcomers = set(people.values())
    _employ_everybody(office, newcomers)
    _give_roles(office, newcomers)
    return office


def _employ_everybody(office: Office, newcomers: set[Person]) -> None:
    state, local = office.directorate, office.municipality
    at_office = {employer: Workforce(unit=office.unit, employer=employer) for employer in (state, local)}
    in_municipality = Workforce(unit=local, employer=local)
    in_county = Workforce(unit=office.county, employer=state)
    in_a_new_county = [in_county] if office.county_director in newcomers else []
    Workforce.objects.bulk_create([*at_office.values(), in_municipality, *in_a_new_county])
    in_directorate = workforce_of(state, state)
    leaders = {  # daily and formal
        office.office_leader: (office.county_director, office.county_director),
        office.leader: (office.office_leader, office.office_leader),
        office.formal_leader: (office.office_leader, office.office_leader),
        office.counsellor: (office.leader, office.leader),
        office.colleague: (office.leader, office.formal_leader),
        office.safety_representative: (office.leader, office.leader),
    }
    municipal = (office.formal_leader, office.colleague)
    works_in = {person: at_office[local if person in municipal else state] for person in leaders} | {
        office.county_director: in_county,
        office.municipal_director: in_municipality,
        office.chief_safety_representative: in_county,
        office.administrator: in_directorate,
        office.directorate_member: in_directorate,
    }
    works_in = {person: workforce for person, workforce in works_in.items() if person in newcomers}
    Employment.objects.bulk_create(
        Employment(
            person=person,
            employer=workforce.employer,
            formal_leader=leaders.get(person, (None, None))[1],
            starts_on=LONG_AGO,
        )
        for person, workforce in works_in.items()
    )
    Placement.objects.bulk_create(
        Placement(
            person=person,
            workforce=workforce,
            daily_leader=leaders.get(person, (None, None))[0],
            safety_area=office.area if person in leaders else None,
            meets_clients=person in leaders,
            starts_on=LONG_AGO,
        )
        for person, workforce in works_in.items()
    )


def _give_roles(office: Office, newcomers: set[Person]) -> None:
    def role(person: Person, role: Role, unit: Unit, **more: Unit | SafetyArea) -> RoleAssignment:
        return RoleAssignment(person=person, role=role, unit=unit, starts_on=LONG_AGO, **more)

    roles = [
        role(office.office_leader, Role.OFFICE_LEADER, office.unit),
        role(office.safety_representative, Role.SAFETY_REPRESENTATIVE, office.unit, safety_area=office.area),
        role(office.county_director, Role.COUNTY_DIRECTOR, office.county, employer=office.directorate),
        role(
            office.municipal_director,
            Role.MUNICIPAL_DIRECTOR,
            office.municipality,
            employer=office.municipality,
        ),
        role(office.chief_safety_representative, Role.CHIEF_SAFETY_REPRESENTATIVE, office.county),
        role(office.administrator, Role.ADMINISTRATOR, office.directorate),
        role(office.auditor, Role.AUDITOR, office.directorate),
        role(office.directorate_member, Role.DIRECTORATE, office.directorate),
    ]
    RoleAssignment.objects.bulk_create(each for each in roles if each.person in newcomers)
