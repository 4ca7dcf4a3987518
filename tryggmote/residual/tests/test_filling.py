"""Who chooses what sees to an element, and among what (3.2, 3.3, 3.4)."""

import pytest
from django.db import ProgrammingError, transaction

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed
from tryggmote.controls.tests import helpers as controls
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.residual import filling
from tryggmote.residual.cells import State, cells_of, others_like, to_choose_from
from tryggmote.residual.models import Filling
from tryggmote.residual.tests.helpers import card_here, chosen_by, in_use, state_of, taken_away_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def offered(office: Office, element: str, form: str) -> list[str]:
    with acting_as(office.office_leader.id):
        return [thing.title for thing in to_choose_from(cells_of(office.unit.id)[element, form])]


def test_only_what_is_in_force_for_the_form_is_offered_and_what_is_likely_comes_first(office: Office) -> None:
    controls.planned_by(office.office_leader, office.unit, office.counsellor, title="Planlagt", forms=())
    in_use(office, title="Møbler", kind="design")
    in_use(office, title="Alarmer")
    in_use(office, title="Bare i mottaket", forms=("reception",))
    controls.drafted_by(office.office_leader, office.unit)
    controls.in_force(office.office_leader, office.unit)
    found = offered(office, "calling_help", "telephone")
    assert found[0] == "Alarmer"
    assert sorted(found) == ["Alarmer", "Møbler", "Uro i mottaket"]


def test_an_action_card_is_offered_when_the_unit_has_written_on_it(office: Office) -> None:
    assert offered(office, "alert_threat", "planned") == []
    card_here(office, "threat")
    assert offered(office, "alert_threat", "planned") == ["Truende situasjon"]
    assert offered(office, "layout", "planned") == []


def test_what_another_office_has_is_not_offered(office: Office) -> None:
    in_use(make_office("Nav Storevik"), title="Deres alarmer")
    assert offered(office, "calling_help", "telephone") == []


def test_choosing_twice_is_choosing_once(office: Office) -> None:
    alarms = in_use(office)
    with acting_as(office.office_leader.id) as by:
        cell = cells_of(office.unit.id)["calling_help", "telephone"]
        things = to_choose_from(cell)
        for _ in range(2):
            filling.fill(by=by, cells=[cell], things=things)
    assert Filling.objects.get().measure == alarms


def test_it_is_chosen_for_other_forms_too_where_it_holds(office: Office) -> None:
    in_use(office, forms=("reception", "home_visit"), kind="equipment")
    with acting_as(office.office_leader.id) as by:
        found = cells_of(office.unit.id)
        cell = found["protective", "reception"]
        others = others_like(cell, found)
        assert [other.form for other in others] == ["planned"]
        filling.fill(by=by, cells=[cell, *others], things=to_choose_from(cell))
    assert state_of(office.counsellor, office.unit, "protective", "reception") == State.FILLED
    assert state_of(office.counsellor, office.unit, "protective", "planned") == State.EMPTY


@pytest.mark.parametrize("who", ["counsellor", "safety_representative", "county_director", "leader"])
def test_only_a_leader_of_the_unit_chooses_and_takes_away(office: Office, who: str) -> None:
    alarms = in_use(office)
    person = getattr(office, who)
    with pytest.raises(NotAllowed):
        chosen_by(person, office.unit, "calling_help", "telephone", alarms)
    chosen_by(office.office_leader, office.unit, "calling_help", "telephone", alarms)
    with pytest.raises(NotAllowed):
        taken_away_by(person, Filling.objects.get())
    with acting_as(person.id) as by, pytest.raises(ProgrammingError), transaction.atomic():
        Filling.objects.create(
            unit=office.unit, element="calling_help", form="planned", measure=alarms, by_id=by.id
        )


def test_the_database_refuses_what_no_requirement_asks_for_and_what_is_anothers(office: Office) -> None:
    alarms = in_use(office)
    other = make_office("Nav Storevik")
    theirs = in_use(other)
    for element, form, measure in (
        ("layout", "telephone", alarms),
        ("calling_help", "outside_work", alarms),
        ("calling_help", "telephone", theirs),
    ):
        with acting_as(office.office_leader.id) as by, pytest.raises(ProgrammingError), transaction.atomic():
            Filling.objects.create(unit=office.unit, element=element, form=form, measure=measure, by_id=by.id)


def test_what_was_taken_away_can_be_chosen_again_and_the_first_time_stays_in_the_history(
    office: Office,
) -> None:
    alarms = in_use(office)
    chosen_by(office.office_leader, office.unit, "calling_help", "telephone", alarms)
    first = Filling.objects.get()
    for _ in range(2):
        taken_away_by(office.office_leader, first)
    first.refresh_from_db()
    assert first.ended_by == office.office_leader
    chosen_by(office.office_leader, office.unit, "calling_help", "telephone", alarms)
    assert Filling.objects.count() == 2
