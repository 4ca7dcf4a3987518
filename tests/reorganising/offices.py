"""Two offices that become one, and what everything of theirs looks like in the database."""

import json
from dataclasses import replace
from typing import Any

from django.apps import apps
from django.db import connection

from tests.reorganising.records import furnish
from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.compliance.registry import rules
from tryggmote.organisation.closure import rebuild_closure
from tryggmote.organisation.handing_over import Wish, hand_over
from tryggmote.organisation.models import (
    Handover,
    Person,
    Placement,
    RoleAssignment,
    SafetyArea,
    Unit,
    UnitParent,
)
from tryggmote.organisation.tests.factories import Office, make_office, make_unit, workforce_of

WHY = "Kontorene blir ett fra nyttår."


def two_offices(name: str) -> tuple[Office, Office]:
    """Two offices in one county, each with a municipality of its own."""
    first, second = make_office(f"Nav {name}"), make_office(f"Nav {name} sør")
    UnitParent.objects.filter(child=second.unit, parent=second.county).update(parent=first.county)
    rebuild_closure()
    return first, replace(second, county=first.county, county_director=first.county_director)


def a_new_office(name: str, *offices: Office) -> Unit:
    """An office for all the municipalities of these, with nobody in it yet."""
    municipalities = tuple(office.municipality for office in offices)
    unit = make_unit(f"Nav {name}", parents=(offices[0].county, *municipalities))
    workforce_of(unit, offices[0].directorate)
    return unit


def people_move(office: Office, to: Unit) -> Office:
    """The people of the office work in another unit now, as a file would say: the office they make there."""
    for placement in Placement.objects.filter(workforce__unit=office.unit).select_related(
        "workforce__employer"
    ):
        placement.workforce = workforce_of(to, placement.workforce.employer)
        placement.save()
    RoleAssignment.objects.filter(unit=office.unit).update(unit=to)
    SafetyArea.objects.filter(unit=office.unit).update(unit=to)
    return replace(office, unit=to)


def merged_by(person: Person, unit: Unit, to: Unit, *chosen: Any) -> Handover:
    """This person has the unit hand over all it has, or the rows that are chosen."""
    with acting_as(person.id) as by:
        wish = Wish(new_id(), unit, to, [row.pk for row in chosen] if chosen else None, WHY)
        return hand_over(by=by, wish=wish)


def furnished(*offices: Office) -> None:
    """A record of every kind in each."""
    for number, office in enumerate(offices):
        furnish(office, number)


def statuses(unit: Unit, reader: Person) -> dict[str, tuple[str, str, Any]]:
    """What every rule says of the unit: state, reason, and figures but for which office it is."""
    found: dict[str, tuple[str, str, Any]] = {}
    with acting_as(reader.id), connection.cursor() as cursor:
        for rule in rules().values():
            cursor.execute(f"select state, reason, figures from {rule.view} where unit_id = %s", [unit.id])
            if row := cursor.fetchone():
                state, reason, figures = row
                found[rule.name] = (state, reason, json.loads(figures) | {"office": None})
    return found


def everything() -> dict[str, dict[Any, dict[str, Any]]]:
    """Every row of ours: by table, by key, as a dictionary; the database's own bookkeeping left out.

    So is what it writes anew of other rows: the words that are searched, and who owes what.
    """
    left_out = ("access", "organisation", "search", "duties")
    return {
        model._meta.db_table: {
            row["pk"]: row for row in model._default_manager.values("pk", *_columns(model))
        }
        for model in apps.get_models()
        if model.__module__.startswith("tryggmote.") and model._meta.app_label not in left_out
    }


def _columns(model: Any) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if not field.primary_key]
