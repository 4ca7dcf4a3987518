"""Who registers and notes premises, and who sees them (3.1)."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.organisation.meeting_levels import Level
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.premises import queries, services
from tryggmote.premises.models import Building, Room, RoomNote
from tryggmote.premises.services import RoomDetails
from tryggmote.premises.tests.factories import a_good_room, all_good, building_by, noted_by, room_by, zone_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def room(office: Office) -> Room:
    return a_good_room(office.office_leader, office.unit)


def sees(person: Person, room: Room) -> bool:
    with acting_as(person.id):
        return RoomNote.objects.filter(room=room).exists()


def test_everybody_in_the_office_and_those_above_it_see_the_rooms(office: Office, room: Room) -> None:
    for person in (office.counsellor, office.colleague, office.safety_representative, office.county_director):
        assert sees(person, room), person.name


def test_another_office_and_the_administrator_do_not(office: Office, room: Room) -> None:
    other = make_office("Nav Storvik")
    assert not sees(other.office_leader, room)
    assert not sees(office.administrator, room)


@pytest.mark.parametrize("who", ["counsellor", "safety_representative"])
def test_only_a_leader_of_the_unit_notes_a_room(office: Office, room: Room, who: str) -> None:
    with acting_as(getattr(office, who).id) as by, pytest.raises(NotAllowed):
        services.note_room(by=by, room=room, note_id=new_id(), facts=all_good())


def test_the_database_refuses_a_note_in_another_persons_name(office: Office, room: Room) -> None:
    with acting_as(office.office_leader.id), pytest.raises(ProgrammingError), transaction.atomic():
        RoomNote.objects.create(room=room, by=office.counsellor, version="2026-1", facts={})


def test_a_note_is_never_changed(office: Office, room: Room) -> None:
    with acting_as(office.office_leader.id), pytest.raises(ProgrammingError), transaction.atomic():
        RoomNote.objects.filter(room=room).update(facts={})


def test_what_was_noted_last_counts_and_what_was_noted_before_stays(office: Office, room: Room) -> None:
    noted_by(office.office_leader, room, exits="one")
    with acting_as(office.counsellor.id):
        assert queries.state_of(room).level is Level.RAISED
        assert queries.notes_of(room).count() == 2
        assert RoomNote.objects.filter(room=room, is_latest=True).count() == 1


def test_the_same_note_sent_twice_is_one(office: Office, room: Room) -> None:
    note_id = new_id()
    with acting_as(office.office_leader.id) as by:
        first = services.note_room(by=by, room=room, note_id=note_id, facts=all_good())
        again = services.note_room(by=by, room=room, note_id=note_id, facts=all_good() | {"exits": "one"})
    assert (first.id, first.facts) == (again.id, again.facts)


def test_an_answer_nobody_was_offered_is_refused(office: Office, room: Room) -> None:
    with acting_as(office.office_leader.id) as by, pytest.raises(NotPossible):
        services.note_room(by=by, room=room, note_id=new_id(), facts={"exits": "seven"})


def test_the_most_suitable_room_comes_first(office: Office, room: Room) -> None:
    zone = zone_by(office.office_leader, building_by(office.office_leader, office.unit))
    poor, unknown = (room_by(office.office_leader, zone, name) for name in ("Rom 0", "Rom 4"))
    noted_by(office.office_leader, poor, exits="one")
    reception = room_by(office.office_leader, zone, "Skranken", forms=("reception",))
    with acting_as(office.counsellor.id):
        found = [state.room for state in queries.rooms_for([office.unit.id], "planned")]
    assert found == [room, poor, unknown]
    assert reception not in found


def test_a_room_taken_out_of_use_is_suggested_no_more(office: Office, room: Room) -> None:
    with acting_as(office.office_leader.id) as by:
        services.leave_room(by=by, room=room)
        assert queries.rooms_for([office.unit.id], "planned") == []
        assert sees(office.counsellor, room)


def test_a_building_left_takes_its_rooms_with_it(office: Office, room: Room) -> None:
    with acting_as(office.office_leader.id) as by:
        services.leave_building(by=by, building=Building.objects.get(zones__rooms=room))
        assert queries.rooms_for([office.unit.id], "planned") == []


def test_a_room_is_not_moved_to_another_building(office: Office, room: Room) -> None:
    other = zone_by(office.office_leader, building_by(office.office_leader, office.unit, name="Et annet"))
    with acting_as(office.office_leader.id) as by, pytest.raises(NotPossible):
        services.change_room(by=by, room=room, details=RoomDetails("Rom 1", other.id, "meeting_room"))


def test_the_unit_of_a_building_cannot_be_rewritten_by_sql(office: Office, room: Room) -> None:
    with acting_as(office.office_leader.id), pytest.raises(ProgrammingError), transaction.atomic():
        Building.objects.update(unit=office.county)


def test_a_hundred_rooms_take_as_many_queries_as_one(office: Office, room: Room) -> None:
    def reads(rooms: int) -> int:
        with acting_as(office.counsellor.id), CaptureQueriesContext(connection) as asked:
            assert len(queries.rooms_for([office.unit.id], "planned")) == rooms
        return len(asked)

    one = reads(rooms=1)
    zone = zone_by(office.office_leader, building_by(office.office_leader, office.unit))
    Room.objects.bulk_create(
        Room(zone=zone, name=f"R{number}", kind="meeting_room", forms=["planned"]) for number in range(99)
    )
    assert reads(rooms=100) == one


def test_a_room_is_left_on_the_day_it_was_left_though_the_form_is_sent_again(office: Office) -> None:
    room = a_good_room(office.office_leader, office.unit)
    earlier = timezone.localdate() - timedelta(days=3)
    Room.objects.filter(id=room.id).update(left_on=earlier)
    Building.objects.filter(zones__rooms=room).update(left_on=earlier)
    with acting_as(office.office_leader.id) as by:
        room = Room.objects.select_related("zone__building").get(id=room.id)
        services.leave_room(by=by, room=room)
        services.leave_building(by=by, building=room.zone.building)
    room.refresh_from_db()
    assert room.left_on == earlier
    assert Building.objects.get(zones__rooms=room).left_on == earlier
