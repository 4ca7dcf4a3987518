"""Drills and tests of calling for help count as tests of what was used; nobody writes them down (3.5)."""

from uuid import UUID

import pytest
from django.db import connection

from tryggmote.access.context import acting_as
from tryggmote.assistance import services
from tryggmote.assistance.models import Call
from tryggmote.assistance.tests.test_acts import answered, called
from tryggmote.assistance.tests.test_alarm_systems import pressed, set_up
from tryggmote.assistance.vocabulary import Answer, Outcome, Purpose
from tryggmote.controls.models import Measure
from tryggmote.equipment.models import Item, ItemTest
from tryggmote.equipment.rules import State
from tryggmote.equipment.tests.factories import button_in, item_by
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.premises.tests.factories import a_good_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def call_point(office: Office, place: str = "Samtalerom 3") -> Item:
    return item_by(office.office_leader, office.unit, type="call_point", name="Tilkall hjelp", place=place)


def tried(office: Office, *, comes: bool = True, outcome: Outcome = Outcome.WORKED, **given: str) -> Call:
    call = called(office.counsellor, purpose=Purpose.TEST, place=given.get("place", "Samtalerom 3"))
    return over(office, call, comes=comes, outcome=outcome)


def over(office: Office, call: Call, *, comes: bool = True, outcome: Outcome = Outcome.WORKED) -> Call:
    if comes:
        answered(office.colleague, call, Answer.COMING)
    with acting_as(call.caller_id) as caller:
        services.end_call(by=caller, call=Call.objects.get(id=call.id), outcome=outcome)
    return call


def state_of(item: Item) -> State:
    return Item.objects.get(id=item.id).state


def evidence(office: Office) -> tuple[str, str]:
    with acting_as(office.office_leader.id), connection.cursor() as cursor:
        cursor.execute("select state, reason from evidence_3_5 where unit_id = %s", [office.unit.id])
        found: tuple[str, str] = cursor.fetchone()
    return found


def test_a_test_from_a_place_counts_for_it_and_once(office: Office) -> None:
    point = call_point(office)
    call = tried(office, place="samtalerom 3")
    over(office, call, comes=False)  # the same again
    test = ItemTest.objects.get()
    assert (test.item_id, test.call_id, test.by_id, test.passed) == (
        point.id,
        call.id,
        office.counsellor.id,
        True,
    )
    assert state_of(point) is State.TESTED


def test_a_drill_from_a_room_counts_for_what_stands_in_it(office: Office) -> None:
    room = a_good_room(office.office_leader, office.unit, "Rom 1")
    point = item_by(office.office_leader, office.unit, type="call_point", room_id=room.id, place="")
    call = called(office.counsellor, purpose=Purpose.DRILL, place="Rom 1")
    over(office, call, outcome=Outcome.DONE)
    assert state_of(point) is State.TESTED


@pytest.mark.parametrize(("comes", "outcome"), [(False, Outcome.WORKED), (True, Outcome.FAILED)])
def test_it_failed_when_it_did_not_work_or_nobody_answered(
    office: Office, comes: bool, outcome: Outcome
) -> None:
    point = call_point(office)
    tried(office, comes=comes, outcome=outcome)
    assert state_of(point) is State.FAILING
    assert Measure.objects.get().origin_id == point.id
    tried(office)
    assert state_of(point) is State.TESTED


def test_a_call_from_a_screen_is_no_test_of_the_button_on_the_wall(office: Office) -> None:
    button = button_in(office.office_leader, a_good_room(office.office_leader, office.unit, "Rom 1"))
    tried(office, place="Rom 1")
    assert state_of(button) is State.NEVER


def test_a_button_that_its_system_tests_counts_by_its_serial_number(office: Office) -> None:
    room = a_good_room(office.office_leader, office.unit, "Rom 1")
    button = button_in(office.office_leader, room, serial="AB-17")
    other = button_in(office.office_leader, room, "Knappen ved døra", serial="AB-18")
    system = set_up(office.office_leader, office.unit, office.leader)
    _status, said = pressed(system, purpose="test", device="ab-17")
    over(office, Call.objects.get(id=UUID(said["id"])))
    assert (state_of(button), state_of(other)) == (State.TESTED, State.NEVER)


def test_a_real_call_and_a_mistake_are_no_tests(office: Office) -> None:
    point = call_point(office)
    call = called(office.counsellor, place="Samtalerom 3")
    over(office, call, outcome=Outcome.MISTAKE)
    assert state_of(point) is State.NEVER


def test_where_calling_for_help_failed_it_stays_so_until_it_has_worked_there(office: Office) -> None:
    assert evidence(office) == ("missing", "nothing_registered")
    call_point(office)
    assert evidence(office) == ("missing", "never_tested")
    tried(office, outcome=Outcome.FAILED)
    assert evidence(office) == ("missing", "never_tested")  # and a measure is in progress
    tried(office)
    assert evidence(office) == ("met", "tested")
    tried(office, comes=False)  # it worked, and nobody answered
    assert evidence(office) == ("partly", "failing")
    tried(office)
    assert evidence(office) == ("met", "tested")


def test_a_place_nobody_has_registered_counts_for_nothing(office: Office) -> None:
    tried(office)
    assert not ItemTest.objects.exists()
    assert evidence(office) == ("missing", "nothing_registered")
