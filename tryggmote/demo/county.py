"""The fictional county on paper: its units, safety areas, people and roles, all from one seed.

Three offices that differ: a large one where state and municipality have a leader each, one that two
municipalities share, and a small one that writes nynorsk; and a contact centre that meets people by
telephone and in writing. Nothing here is in a database; `population.py` writes it down.
"""

import random
from dataclasses import replace

from tryggmote.demo.names import invent_names
from tryggmote.demo.plan import (
    County,
    Department,
    PlannedArea,
    PlannedPerson,
    PlannedRole,
    PlannedUnit,
)
from tryggmote.organisation.models import UnitKind
from tryggmote.organisation.roles import Role

STATE = "direktoratet"
FJORDVIK_MUNICIPALITY = "fjordvik-kommune"
GRANLIA_MUNICIPALITY = "granlia-kommune"
MOSDAL_MUNICIPALITY = "mosdal-kommune"
SKJAERGARD_MUNICIPALITY = "skjaergard-kommune"
COUNTY = "fjordlandet"
FJORDVIK = "fjordvik"
GRANLIA = "granlia"
SKJAERGARD = "skjaergard"
CONTACT_CENTRE = "kontaktsenter"

IN_OFFICE = ("reception", "planned", "group", "telephone", "video", "written")
OUT_OF_OFFICE = (
    "planned",
    "home_visit",
    "others_premises",
    "outdoors",
    "driving",
    "telephone",
    "video",
    "written",
)
REMOTE = ("telephone", "video", "written")
EVERY_FORM = tuple(dict.fromkeys((*IN_OFFICE, *OUT_OF_OFFICE)))


def plan_county(seed: int) -> County:
    """The same county for the same seed; another seed gives the people other names."""
    people = [*_above_the_offices(), *_fjordvik(), *_granlia(), *_skjaergard(), *_contact_centre()]
    names = invent_names(len(people), random.Random(seed))
    named = (replace(person, name=name) for person, name in zip(people, names, strict=True))
    return County(units=_UNITS, areas=_AREAS, people=tuple(named))


_FJORDVIK_DEPARTMENTS = (
    Department(
        "fjordvik-mottak",
        "Nav Fjordvik, mottak",
        STATE,
        {STATE: 6, FJORDVIK_MUNICIPALITY: 4},
        IN_OFFICE,
        formal_leaders={FJORDVIK_MUNICIPALITY: "fjordvik-sosial-leder"},
    ),
    Department("fjordvik-arbeid", "Nav Fjordvik, arbeid og helse", STATE, {STATE: 12}, EVERY_FORM),
    Department(
        "fjordvik-ung",
        "Nav Fjordvik, ungdom",
        STATE,
        {STATE: 5, FJORDVIK_MUNICIPALITY: 3},
        OUT_OF_OFFICE,
        titles=("Ungdomsveileder",),
        formal_leaders={FJORDVIK_MUNICIPALITY: "fjordvik-nav-leder-kommune"},
    ),
    Department(
        "fjordvik-sosial",
        "Nav Fjordvik, sosiale tjenester",
        FJORDVIK_MUNICIPALITY,
        {FJORDVIK_MUNICIPALITY: 12, STATE: 2},
        EVERY_FORM,
        titles=("Sosialkonsulent", "Veileder", "Gjeldsrådgiver"),
        formal_leaders={STATE: "fjordvik-nav-leder-stat"},
    ),
)
_GRANLIA_DEPARTMENTS = (
    Department(
        "granlia-arbeid",
        "Nav Granlia, arbeid",
        STATE,
        {STATE: 8, GRANLIA_MUNICIPALITY: 2},
        EVERY_FORM,
        formal_leaders={GRANLIA_MUNICIPALITY: "granlia-sosial-leder"},
    ),
    Department(
        "granlia-sosial",
        "Nav Granlia, sosial",
        GRANLIA_MUNICIPALITY,
        {GRANLIA_MUNICIPALITY: 6, MOSDAL_MUNICIPALITY: 4},
        OUT_OF_OFFICE,
        titles=("Sosialkonsulent",),
        formal_leaders={MOSDAL_MUNICIPALITY: "mosdal-kommune-direktor"},
    ),
)
_CONTACT_CENTRE_DEPARTMENTS = (
    Department("kontaktsenter-telefon", "Kontaktsenteret, telefon", STATE, {STATE: 10}, REMOTE),
    Department(
        "kontaktsenter-chat",
        "Kontaktsenteret, chat og skriv til oss",
        STATE,
        {STATE: 5},
        ("written", "telephone"),
    ),
)


def _unit_of(department: Department, office: str) -> PlannedUnit:
    return PlannedUnit(department.code, department.name, UnitKind.DEPARTMENT, (office,), department.forms)


_UNITS = (
    PlannedUnit(STATE, "Velferdsdirektoratet (oppdiktet)", UnitKind.DIRECTORATE),
    PlannedUnit(COUNTY, "Nav Fjordlandet", UnitKind.COUNTY, (STATE,)),
    PlannedUnit(FJORDVIK_MUNICIPALITY, "Fjordvik kommune", UnitKind.MUNICIPALITY),
    PlannedUnit(GRANLIA_MUNICIPALITY, "Granlia kommune", UnitKind.MUNICIPALITY),
    PlannedUnit(MOSDAL_MUNICIPALITY, "Mosdalen kommune", UnitKind.MUNICIPALITY),
    PlannedUnit(SKJAERGARD_MUNICIPALITY, "Skjærgård kommune", UnitKind.MUNICIPALITY),
    PlannedUnit(FJORDVIK, "Nav Fjordvik", UnitKind.OFFICE, (COUNTY, FJORDVIK_MUNICIPALITY), EVERY_FORM),
    PlannedUnit(
        GRANLIA,
        "Nav Granlia",
        UnitKind.OFFICE,
        (COUNTY, GRANLIA_MUNICIPALITY, MOSDAL_MUNICIPALITY),
        EVERY_FORM,
    ),
    PlannedUnit(SKJAERGARD, "Nav Skjærgård", UnitKind.OFFICE, (COUNTY, SKJAERGARD_MUNICIPALITY), EVERY_FORM),
    PlannedUnit(CONTACT_CENTRE, "Nav kontaktsenter Fjordlandet", UnitKind.CONTACT_CENTRE, (COUNTY,), REMOTE),
    *(_unit_of(department, FJORDVIK) for department in _FJORDVIK_DEPARTMENTS),
    *(_unit_of(department, GRANLIA) for department in _GRANLIA_DEPARTMENTS),
    *(_unit_of(department, CONTACT_CENTRE) for department in _CONTACT_CENTRE_DEPARTMENTS),
)
_AREAS = (
    PlannedArea("vo-fjordvik-stat", "Nav Fjordvik, statlig ansatte", FJORDVIK, STATE),
    PlannedArea("vo-fjordvik-kommune", "Nav Fjordvik, kommunalt ansatte", FJORDVIK, FJORDVIK_MUNICIPALITY),
    PlannedArea("vo-granlia-stat", "Nav Granlia, statlig ansatte", GRANLIA, STATE),
    PlannedArea(
        "vo-granlia-kommune", "Nav Granlia, ansatte i Granlia kommune", GRANLIA, GRANLIA_MUNICIPALITY
    ),
    PlannedArea("vo-granlia-mosdal", "Nav Granlia, ansatte i Mosdalen kommune", GRANLIA, MOSDAL_MUNICIPALITY),
    PlannedArea("vo-skjaergard", "Nav Skjærgård", SKJAERGARD),
    PlannedArea("vo-kontaktsenter", "Nav kontaktsenter Fjordlandet", CONTACT_CENTRE, STATE),
)
_AREA_OF_LINE = {(area.unit, area.employer): area.code for area in _AREAS}


def _area(office: str, employer: str) -> str | None:
    return _AREA_OF_LINE.get((office, employer)) or _AREA_OF_LINE.get((office, None))


def _above_the_offices() -> list[PlannedPerson]:
    people = [
        PlannedPerson(
            "direktorat",
            STATE,
            STATE,
            "Seniorrådgiver, HMS",
            meets_clients=False,
            roles=(PlannedRole(Role.DIRECTORATE, STATE, STATE),),
        ),
        PlannedPerson(
            "administrator",
            STATE,
            STATE,
            "Systemadministrator",
            meets_clients=False,
            roles=(PlannedRole(Role.ADMINISTRATOR, STATE),),
        ),
        PlannedPerson(
            "fylkesdirektor",
            COUNTY,
            STATE,
            "Fylkesdirektør",
            leader="direktorat",
            meets_clients=False,
            roles=(PlannedRole(Role.COUNTY_DIRECTOR, COUNTY, STATE),),
        ),
        PlannedPerson(
            "sikkerhetskoordinator",
            COUNTY,
            STATE,
            "Sikkerhetskoordinator i fylket",
            leader="fylkesdirektor",
            meets_clients=False,
            roles=(PlannedRole(Role.COUNTY_SECURITY_COORDINATOR, COUNTY),),
        ),
        PlannedPerson(
            "hovedverneombud-stat",
            COUNTY,
            STATE,
            "Hovedverneombud",
            leader="fylkesdirektor",
            meets_clients=False,
            roles=(
                PlannedRole(Role.CHIEF_SAFETY_REPRESENTATIVE, COUNTY, STATE),
                PlannedRole(Role.COMMITTEE_MEMBER, COUNTY, STATE),
            ),
        ),
        PlannedPerson(
            "tillitsvalgt-stat",
            COUNTY,
            STATE,
            "Tillitsvalgt",
            leader="fylkesdirektor",
            meets_clients=False,
            roles=(
                PlannedRole(Role.UNION_REPRESENTATIVE, COUNTY, STATE),
                PlannedRole(Role.COMMITTEE_MEMBER, COUNTY, STATE),
            ),
        ),
        PlannedPerson("revisor", COUNTY, roles=(PlannedRole(Role.AUDITOR, COUNTY),)),
        PlannedPerson("bht-stat", COUNTY, roles=(PlannedRole(Role.OCCUPATIONAL_HEALTH, COUNTY, STATE),)),
        PlannedPerson(
            "bht-fjordvik",
            FJORDVIK_MUNICIPALITY,
            roles=(PlannedRole(Role.OCCUPATIONAL_HEALTH, FJORDVIK_MUNICIPALITY, FJORDVIK_MUNICIPALITY),),
        ),
    ]
    for municipality in (
        FJORDVIK_MUNICIPALITY,
        GRANLIA_MUNICIPALITY,
        MOSDAL_MUNICIPALITY,
        SKJAERGARD_MUNICIPALITY,
    ):
        language = "nn" if municipality == SKJAERGARD_MUNICIPALITY else "nb"
        director = f"{municipality}-direktor"
        people.append(
            PlannedPerson(
                director,
                municipality,
                municipality,
                "Kommunedirektør",
                meets_clients=False,
                language=language,
                roles=(PlannedRole(Role.MUNICIPAL_DIRECTOR, municipality, municipality),),
            )
        )
        people.append(
            PlannedPerson(
                f"{municipality}-hovedverneombud",
                municipality,
                municipality,
                "Hovedverneombud",
                leader=director,
                meets_clients=False,
                language=language,
                roles=(PlannedRole(Role.CHIEF_SAFETY_REPRESENTATIVE, municipality, municipality),),
            )
        )
    return people


def _fjordvik() -> list[PlannedPerson]:
    """Two-part leadership: the state's people have one office leader, the municipality's another."""
    leaders = [
        _office_leader("fjordvik-nav-leder-stat", FJORDVIK, STATE, "fylkesdirektor", only_own_line=True),
        _office_leader(
            "fjordvik-nav-leder-kommune",
            FJORDVIK,
            FJORDVIK_MUNICIPALITY,
            "fjordvik-kommune-direktor",
            only_own_line=True,
        ),
    ]
    office_leaders = {STATE: leaders[0].key, FJORDVIK_MUNICIPALITY: leaders[1].key}
    guards = [
        PlannedPerson(f"fjordvik-vekter-{number}", FJORDVIK, roles=(PlannedRole(Role.GUARD, FJORDVIK),))
        for number in (1, 2)
    ]
    return [*leaders, *_staffed(FJORDVIK, _FJORDVIK_DEPARTMENTS, office_leaders, _FJORDVIK_ROLES), *guards]


def _granlia() -> list[PlannedPerson]:
    """One office for two municipalities, under one joint leader employed by the state."""
    leader = _office_leader("granlia-nav-leder", GRANLIA, STATE, "fylkesdirektor")
    office_leaders = {STATE: leader.key, GRANLIA_MUNICIPALITY: leader.key}
    return [leader, *_staffed(GRANLIA, _GRANLIA_DEPARTMENTS, office_leaders, _GRANLIA_ROLES)]


def _skjaergard() -> list[PlannedPerson]:
    """Eight people, no departments; the leader is employed by the municipality and leads everybody daily."""
    leader = _office_leader(
        "skjaergard-nav-leder",
        SKJAERGARD,
        SKJAERGARD_MUNICIPALITY,
        "skjaergard-kommune-direktor",
        language="nn",
        title="Nav-leiar",
    )
    people = [leader]
    for number in range(1, 8):
        employer = STATE if number <= 4 else SKJAERGARD_MUNICIPALITY
        key = f"skjaergard-{number}"
        people.append(
            PlannedPerson(
                key,
                SKJAERGARD,
                employer,
                "Rettleiar",
                leader=leader.key,
                language="nn",
                formal_leader="fylkesdirektor" if employer == STATE else None,
                area=_area(SKJAERGARD, employer),
                roles=_SKJAERGARD_ROLES.get(key, ()),
            )
        )
    return people


def _contact_centre() -> list[PlannedPerson]:
    leader = _office_leader("kontaktsenter-leder", CONTACT_CENTRE, STATE, "fylkesdirektor", title="Leder")
    people = _staffed(CONTACT_CENTRE, _CONTACT_CENTRE_DEPARTMENTS, {STATE: leader.key}, _CONTACT_CENTRE_ROLES)
    english = {"kontaktsenter-telefon-stat-1"}
    return [leader, *(replace(p, language="en") if p.key in english else p for p in people)]


def _office_leader(
    key: str,
    office: str,
    employer: str,
    leader: str,
    *,
    only_own_line: bool = False,
    language: str = "nb",
    title: str = "Nav-leder",
) -> PlannedPerson:
    role = PlannedRole(Role.OFFICE_LEADER, office, employer if only_own_line else None)
    return PlannedPerson(
        key,
        office,
        employer,
        title,
        leader=leader,
        area=_area(office, employer),
        meets_clients=False,
        roles=(role,),
        language=language,
    )


def _staffed(
    office: str,
    departments: tuple[Department, ...],
    office_leaders: dict[str, str],
    roles: dict[str, tuple[PlannedRole, ...]],
) -> list[PlannedPerson]:
    """Each department's leader and people. `roles`: what some of them are besides, by key."""
    leaders = [_department_leader(department, office, office_leaders) for department in departments]
    staff = [person for department in departments for person in _people_of(department, office, roles)]
    return [*leaders, *staff]


def _department_leader(department: Department, office: str, office_leaders: dict[str, str]) -> PlannedPerson:
    return PlannedPerson(
        f"{department.code}-leder",
        department.code,
        department.leader_employer,
        "Avdelingsleder",
        leader=office_leaders[department.leader_employer],
        area=_area(office, department.leader_employer),
        meets_clients=False,
        roles=(PlannedRole(Role.LEADER, department.code),),
    )


def _people_of(
    department: Department, office: str, roles: dict[str, tuple[PlannedRole, ...]]
) -> list[PlannedPerson]:
    people = []
    for employer, how_many in department.staff.items():
        line = "stat" if employer == STATE else employer.removesuffix("-kommune")
        for number in range(1, how_many + 1):
            key = f"{department.code}-{line}-{number}"
            people.append(
                PlannedPerson(
                    key,
                    department.code,
                    employer,
                    department.titles[number % len(department.titles)],
                    leader=f"{department.code}-leder",
                    formal_leader=department.formal_leaders.get(employer),
                    area=_area(office, employer),
                    roles=roles.get(key, ()),
                )
            )
    return people


def _representative(unit: str, employer: str | None, area: str) -> tuple[PlannedRole, ...]:
    return (PlannedRole(Role.SAFETY_REPRESENTATIVE, unit, employer, area),)


def _union(unit: str, employer: str) -> tuple[PlannedRole, ...]:
    return (
        PlannedRole(Role.UNION_REPRESENTATIVE, unit, employer),
        PlannedRole(Role.COMMITTEE_MEMBER, unit, employer),
    )


_FJORDVIK_ROLES = {
    "fjordvik-arbeid-stat-1": _representative(FJORDVIK, STATE, "vo-fjordvik-stat"),
    "fjordvik-sosial-fjordvik-2": _representative(FJORDVIK, FJORDVIK_MUNICIPALITY, "vo-fjordvik-kommune"),
    "fjordvik-arbeid-stat-2": _union(FJORDVIK, STATE),
    "fjordvik-sosial-fjordvik-3": _union(FJORDVIK, FJORDVIK_MUNICIPALITY),
}
# Nobody represents those employed by Mosdalen: their case goes to the chief representative of the line.
_GRANLIA_ROLES = {
    "granlia-arbeid-stat-2": _representative(GRANLIA, STATE, "vo-granlia-stat"),
    "granlia-sosial-granlia-1": _representative(GRANLIA, GRANLIA_MUNICIPALITY, "vo-granlia-kommune"),
    "granlia-sosial-granlia-3": _union(GRANLIA, GRANLIA_MUNICIPALITY),
}
_SKJAERGARD_ROLES = {"skjaergard-2": _representative(SKJAERGARD, None, "vo-skjaergard")}
_CONTACT_CENTRE_ROLES = {
    "kontaktsenter-telefon-stat-3": _representative(CONTACT_CENTRE, STATE, "vo-kontaktsenter"),
    "kontaktsenter-telefon-stat-5": _union(CONTACT_CENTRE, STATE),
}
