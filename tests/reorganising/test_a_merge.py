"""Offices become one: nothing is lost, everything counts where it is now, and it can be undone (ADR 0032)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.reorganising.offices import (
    a_new_office,
    everything,
    furnished,
    merged_by,
    people_move,
    statuses,
    two_offices,
)
from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.incidents.models import Incident
from tryggmote.organisation.closure import rebuild_closure
from tryggmote.organisation.handing_over import reverse
from tryggmote.organisation.models import Handover, Person, Unit, UnitParent
from tryggmote.organisation.tests.factories import Office
from tryggmote.premises.models import Building
from tryggmote.residual.models import Record
from tryggmote.residual.services import Subject
from tryggmote.residual.tests.helpers import in_force as residual_in_force
from tryggmote.reviews.models import Change
from tryggmote.reviews.tests.factories import done_by

pytestmark = pytest.mark.django_db
Rows = dict[str, dict[Any, dict[str, Any]]]
# What a merge adds, and the columns that say whose a row is.
ADDED = {"premises_buildingmove", "reviews_change"}
WHOSE = {"unit_id", "came_from_id", "shared_in_id"}


def lost_or_changed(before: Rows, after: Rows) -> list[str]:
    """Rows that are gone, new or different in more than whose they are."""
    found = []
    for table, rows in before.items():
        found += [f"{table} {key} is gone" for key in rows.keys() - after[table].keys()]
        if table not in ADDED:
            found += [f"{table} {key} is new" for key in after[table].keys() - rows.keys()]
        for key, row in rows.items():
            now = after[table].get(key, row)
            found += [f"{table}.{name}" for name in row.keys() - WHOSE if row[name] != now[name]]
    return found


@pytest.fixture
def offices() -> tuple[Office, Office]:
    made = two_offices("Aker")
    furnished(*made)
    return made


def reviewed(office: Office) -> None:
    """What the merge asks for is done: each building is gone through and signed."""
    for change in Change.objects.filter(kind="merge", building__unit=office.unit).select_related("building"):
        done_by(office.office_leader, office.safety_representative, change.building, change)


def test_two_offices_become_a_third_as_if_everything_had_been_made_there(
    offices: tuple[Office, Office],
) -> None:
    director, before = offices[0].county_director, everything()
    new = a_new_office("Ny", *offices)
    for office in offices:
        people_move(office, new)
        merged_by(director, office.unit, new)
    assert lost_or_changed(before, everything()) == []
    there = people_move(offices[0], new)
    assert statuses(new, director)["evidence_3_1"][:2] == ("partly", "in_use_unreviewed")
    reviewed(there)
    # The twin: offices whose people worked in one from the start, and made the same there.
    others = two_offices("Bjerke")
    twin = a_new_office("Tvilling", *others)
    furnished(*(people_move(office, twin) for office in others))
    assert statuses(new, director) == statuses(twin, others[0].county_director)


def test_an_office_goes_into_another_and_back(offices: tuple[Office, Office]) -> None:
    gone, stays = offices
    director, before = gone.county_director, everything()
    status = statuses(gone.unit, director), statuses(stays.unit, director)
    UnitParent.objects.create(child=stays.unit, parent=gone.municipality)
    rebuild_closure()
    handover = merged_by(director, gone.unit, stays.unit)
    assert {row["unit_id"] for row in everything()["controls_measure"].values()} == {stays.unit.id}
    assert statuses(gone.unit, director) == {}, "it has no status of its own"
    with acting_as(director.id) as by:
        reverse(by=by, handover_id=new_id(), handover=handover, why="Det ble ikke noe av.")
    after = everything()
    assert lost_or_changed(before, after) == []
    for table, rows in before.items():
        assert {key: row.get("unit_id") for key, row in rows.items()} == {
            key: after[table][key].get("unit_id") for key in rows
        }, table
    Change.objects.filter(kind="merge").delete()
    assert (statuses(gone.unit, director), statuses(stays.unit, director)) == status


def test_the_same_residual_risk_in_both_holds_for_both(
    offices: tuple[Office, Office], client_of: Callable[[Person], Client]
) -> None:
    gone, stays = offices
    UnitParent.objects.create(child=stays.unit, parent=gone.municipality)
    rebuild_closure()
    there = Record.objects.get(unit=gone.unit, element__gt="")
    residual_in_force(stays, Subject(there.element, there.form))
    merged_by(gone.county_director, gone.unit, stays.unit)
    found = Record.objects.filter(unit=stays.unit, element=there.element, form=there.form)
    assert {record.came_from for record in found} == {gone.unit, None}
    assert all(record.is_approved for record in found)
    page = client_of(stays.office_leader).get(there.get_absolute_url()).content.decode()
    assert f"Kom fra {gone.unit.name}" in page


def test_what_happened_stays_where_it_was_and_is_read_by_those_who_lead_and_represent_now(
    offices: tuple[Office, Office],
) -> None:
    gone, stays = offices
    incident = Incident.objects.get(workforce__unit=gone.unit)
    UnitParent.objects.create(child=stays.unit, parent=gone.municipality)
    rebuild_closure()
    assert not reads(stays.office_leader, incident)
    merged_by(gone.county_director, gone.unit, stays.unit)
    incident.refresh_from_db()
    assert incident.workforce.unit == gone.unit
    assert reads(stays.office_leader, incident)
    assert reads(gone.chief_safety_representative, incident)
    assert reads(incident.reporter, incident)
    assert not reads(stays.counsellor, incident)
    with acting_as(stays.counsellor.id):
        assert Building.objects.count() == 2, "the buildings of both are their premises now"


def reads(person: Any, incident: Incident) -> bool:
    with acting_as(person.id):
        return Incident.objects.filter(id=incident.id).exists()


def test_it_is_done_once_and_by_those_who_may(offices: tuple[Office, Office]) -> None:
    gone, stays = offices
    UnitParent.objects.create(child=stays.unit, parent=gone.municipality)
    rebuild_closure()
    for person in (gone.office_leader, gone.counsellor, gone.municipal_director, gone.safety_representative):
        with pytest.raises(NotAllowed):
            merged_by(person, gone.unit, stays.unit)
    merged_by(gone.administrator, gone.unit, stays.unit)
    with pytest.raises(NotPossible):
        merged_by(gone.administrator, gone.unit, stays.unit)
    assert Handover.objects.count() == 1


def test_an_employer_does_not_lose_sight_of_what_happened_to_its_own(offices: tuple[Office, Office]) -> None:
    gone, stays = offices
    with pytest.raises(NotPossible) as refused:
        merged_by(gone.administrator, gone.unit, stays.unit)
    assert gone.municipality.name in str(refused.value)
    assert Unit.objects.get(id=gone.unit.id).merged_into is None
