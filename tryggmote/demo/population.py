"""Writing the planned county into the database."""

import random
import unicodedata
from datetime import date, timedelta

from tryggmote.demo.plan import County
from tryggmote.organisation.closure import rebuild_closure
from tryggmote.organisation.models import (
    Employment,
    Person,
    Placement,
    RoleAssignment,
    SafetyArea,
    Unit,
    UnitParent,
    Workforce,
)
from tryggmote.organisation.sorting import sort_key

# Nobody owns this domain, and no mail leaves for it (RFC 2606).
MAIL_DOMAIN = "fjordlandet.example"
EXTERNAL_ID = "demo:{key}"
GREW = tuple(f"kontaktsenter-telefon-stat-{number}" for number in range(5, 11))
"""Those who came when a department doubled, just before the history."""
_ASCII = str.maketrans({"æ": "ae", "ø": "o", "å": "a", " ": "."})


def write_county(county: County, *, seed: int, anchor: date) -> dict[str, int]:
    """Write units, people, their two relations to work and their roles. Returns person ids by key.

    Everybody began before the twelve months of history up to `anchor`, so that leaders and
    representatives are the same throughout. Runs as the owner of the tables.
    """
    units = _write_units(county)
    areas = _write_areas(county, units)
    ids = _write_people(county)
    began = _first_days(county, seed=seed, anchor=anchor)
    _write_employments(county, units, ids, began)
    _write_placements(county, units, areas, ids, began)
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            person_id=ids[person.key],
            role=held.role,
            unit=units[held.unit],
            employer=units[held.employer] if held.employer else None,
            safety_area=areas[held.area] if held.area else None,
            starts_on=began[person.key],
        )
        for person in county.people
        for held in person.roles
    )
    return ids


def _write_units(county: County) -> dict[str, Unit]:
    units = Unit.objects.bulk_create(
        Unit(
            code=unit.code,
            name=unit.name,
            sort_key=sort_key(unit.name),
            kind=unit.kind,
            meeting_forms=list(unit.forms),
        )
        for unit in county.units
    )
    by_code = {unit.code: unit for unit in units}
    UnitParent.objects.bulk_create(
        UnitParent(child=by_code[unit.code], parent=by_code[parent])
        for unit in county.units
        for parent in unit.parents
    )
    rebuild_closure()
    return by_code


def _write_areas(county: County, units: dict[str, Unit]) -> dict[str, SafetyArea]:
    areas = SafetyArea.objects.bulk_create(
        SafetyArea(
            code=area.code,
            name=area.name,
            unit=units[area.unit],
            employer=units[area.employer] if area.employer else None,
        )
        for area in county.areas
    )
    return {area.code: area for area in areas}


def _write_people(county: County) -> dict[str, int]:
    people = Person.objects.bulk_create(
        Person(
            external_id=EXTERNAL_ID.format(key=person.key),
            name=person.name,
            sort_key=sort_key(person.name),
            email=_address(person.name),
            language=person.language,
        )
        for person in county.people
    )
    return {planned.key: person.id for planned, person in zip(county.people, people, strict=True)}


def _write_employments(
    county: County, units: dict[str, Unit], ids: dict[str, int], began: dict[str, date]
) -> None:
    Employment.objects.bulk_create(
        Employment(
            person_id=ids[person.key],
            employer=units[person.employer],
            formal_leader_id=ids.get(person.formal_leader or person.leader or ""),
            starts_on=began[person.key],
        )
        for person in county.people
        if person.employer
    )


def _write_placements(
    county: County,
    units: dict[str, Unit],
    areas: dict[str, SafetyArea],
    ids: dict[str, int],
    began: dict[str, date],
) -> None:
    workforces = _write_workforces(county, units)
    Placement.objects.bulk_create(
        Placement(
            person_id=ids[person.key],
            workforce=workforces[person.unit, person.employer],
            daily_leader_id=ids.get(person.leader or ""),
            safety_area=areas[person.area] if person.area else None,
            title=person.title,
            meets_clients=person.meets_clients,
            starts_on=began[person.key],
        )
        for person in county.people
        if person.employer
    )


def _write_workforces(county: County, units: dict[str, Unit]) -> dict[tuple[str, str], Workforce]:
    pairs = dict.fromkeys((person.unit, person.employer) for person in county.people if person.employer)
    workforces = Workforce.objects.bulk_create(
        Workforce(unit=units[unit], employer=units[employer]) for unit, employer in pairs
    )
    return dict(zip(pairs, workforces, strict=True))


def _first_days(county: County, *, seed: int, anchor: date) -> dict[str, date]:
    chance = random.Random(f"{seed} first days")
    days_ago = {person.key: chance.randint(430, 3000) for person in county.people}
    days_ago |= {key: 430 + days_ago[key] % 120 for key in GREW}
    return {key: (anchor - timedelta(days=ago)).replace(day=1) for key, ago in days_ago.items()}


def _address(name: str) -> str:
    plain = name.casefold().translate(_ASCII)
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return f"{ascii_only}@{MAIL_DOMAIN}"
