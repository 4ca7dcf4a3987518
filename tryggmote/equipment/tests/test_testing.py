"""Tests of equipment and what follows from them (3.5): what people do, and what they are told."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.errors import NotPossible
from tryggmote.access.ids import new_id
from tryggmote.controls.models import Establishment, Measure
from tryggmote.controls.tests.helpers import established_by, planned_by
from tryggmote.controls.vocabulary import MeasureKind
from tryggmote.equipment import services
from tryggmote.equipment.models import Item, ItemTest, MeasureTest
from tryggmote.equipment.rules import PASSED, State
from tryggmote.equipment.testing import Finding, record_measure_test, record_tests
from tryggmote.equipment.tests.factories import (
    after_test_by,
    button_in,
    item_by,
    measure_tested_by,
    some_days_ago,
)
from tryggmote.information.models import Item as News
from tryggmote.notices.models import Notice
from tryggmote.organisation.meeting_levels import Level
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.premises import queries as premises
from tryggmote.premises.models import Room
from tryggmote.premises.tests.factories import a_good_room, noted_by
from tryggmote.ui.dates import oslo_midnight

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def level_of(person: Person, room: Room) -> Level | None:
    with acting_as(person.id):
        return premises.state_of(Room.objects.get(id=room.id)).level


def told(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=kind).values_list("person_id", flat=True))


def test_what_is_new_is_due_at_once_and_after_a_pass_when_the_interval_is_over(office: Office) -> None:
    item = item_by(office.office_leader, office.unit, interval_months=3)
    assert (item.state, Item.objects.get(id=item.id).due_on) == (State.NEVER, timezone.localdate())
    item = after_test_by(office.counsellor, item)
    assert item.state is State.TESTED
    assert item.passed_on == timezone.localdate()
    assert item.due_on > timezone.localdate() + timedelta(days=85)


def test_a_failure_changes_what_the_room_is_for_at_once_and_a_pass_lifts_it(office: Office) -> None:
    room = a_good_room(office.office_leader, office.unit)
    button = button_in(office.office_leader, room)
    assert level_of(office.colleague, room) is Level.HIGH
    after_test_by(office.counsellor, button, "dead")
    assert level_of(office.colleague, room) is Level.LOW
    with acting_as(office.colleague.id):
        state = premises.state_of(Room.objects.get(id=room.id))
        assert "«Knappen under pulten» virker ikke." in state.suitability.reasons_against(Level.HIGH)
        advised = premises.rooms_for([office.unit.id], "planned")
    assert [(found.room.id, found.level) for found in advised] == [(room.id, Level.LOW)]
    after_test_by(office.counsellor, button)
    assert level_of(office.colleague, room) is Level.HIGH


def test_a_failing_lock_of_a_zone_limits_every_room_in_it(office: Office) -> None:
    room = a_good_room(office.office_leader, office.unit)
    lock = item_by(
        office.office_leader,
        office.unit,
        type="access_control",
        name="Døra inn",
        zone_id=room.zone_id,
        place="",
    )
    after_test_by(office.counsellor, lock, "damaged")
    assert level_of(office.counsellor, room) is Level.RAISED


def taken_out(office: Office, item: Item) -> None:
    with acting_as(office.office_leader.id) as by:
        services.take_out(by=by, item=Item.objects.get(id=item.id))


@pytest.mark.parametrize("outcome", [PASSED, "dead"])
def test_an_alarm_that_is_taken_out_is_missed_until_the_room_is_noted_again(
    office: Office, outcome: str
) -> None:
    """A room does not become safer because what failed is taken out of the register (ADR 0041)."""
    room = a_good_room(office.office_leader, office.unit)
    taken_out(office, after_test_by(office.counsellor, button_in(office.office_leader, room), outcome))
    assert level_of(office.counsellor, room) is Level.LOW
    with acting_as(office.counsellor.id):
        limits = premises.state_of(Room.objects.get(id=room.id)).suitability.limits
    assert "er tatt ut" in limits[0].reason
    noted_by(office.office_leader, room)
    assert level_of(office.counsellor, room) is Level.HIGH


def test_an_alarm_that_is_replaced_is_not_missed_while_the_new_one_works(office: Office) -> None:
    room = a_good_room(office.office_leader, office.unit)
    old, new = (button_in(office.office_leader, room, name) for name in ("Gammel", "Ny"))
    taken_out(office, old)
    assert level_of(office.counsellor, room) is Level.HIGH
    after_test_by(office.counsellor, new, "dead")
    assert level_of(office.counsellor, room) is Level.LOW


def test_what_limits_no_meeting_is_not_missed(office: Office) -> None:
    room = a_good_room(office.office_leader, office.unit)
    kit = item_by(office.office_leader, office.unit, type="first_aid", room_id=room.id, place="")
    taken_out(office, kit)
    assert level_of(office.counsellor, room) is Level.HIGH


def test_a_round_of_many_is_written_in_one_order_so_that_two_do_not_stop_each_other(office: Office) -> None:
    items = [item_by(office.office_leader, office.unit, name=f"Alarm {number}") for number in range(4)]
    for sent in (items, items[::-1]):
        with acting_as(office.counsellor.id) as by, CaptureQueriesContext(connection) as captured:
            record_tests(by=by, findings=[Finding(new_id(), item, PASSED) for item in sent])
        insert = next(q["sql"] for q in captured if q["sql"].startswith('INSERT INTO "equipment_itemtest"'))
        written = insert.replace("-", "")
        places = [written.index(item.id.hex) for item in sorted(items, key=lambda item: item.id)]
        assert places == sorted(places)


def test_a_failure_is_a_measure_of_the_leader_at_once_whoever_tested(office: Office) -> None:
    button = button_in(office.office_leader, a_good_room(office.office_leader, office.unit))
    after_test_by(office.counsellor, button, "dead")
    measure = Measure.objects.get()
    assert (measure.origin_kind, measure.origin_id) == ("equipment", button.id)
    assert (measure.owner_id, measure.created_by_id) == (office.office_leader.id, office.counsellor.id)
    assert measure.due_on == timezone.localdate() + timedelta(days=7)
    assert measure.established_at is None
    assert told("measure_owned") == {office.office_leader.id}


def test_the_unit_is_told_once_and_the_owner_and_the_tester_not_twice(office: Office) -> None:
    button = button_in(office.office_leader, a_good_room(office.office_leader, office.unit))
    after_test_by(office.counsellor, button, "dead")
    everybody = told("equipment_failed")
    assert {office.colleague.id, office.leader.id} <= everybody
    assert not everybody & {office.counsellor.id, office.office_leader.id}
    after_test_by(office.colleague, button, "power")
    assert Notice.objects.filter(kind="equipment_failed").count() == len(everybody)
    assert [news.kind for news in News.objects.all()] == ["equipment.failed"]


def test_what_no_meeting_depends_on_is_news_and_no_notice(office: Office) -> None:
    kit = item_by(office.office_leader, office.unit, type="first_aid", name="Førstehjelpsskrin")
    after_test_by(office.counsellor, kit, "missing")
    assert News.objects.filter(kind="equipment.failed").count() == 1
    assert told("equipment_failed") == set()
    assert Measure.objects.count() == 1


def test_a_second_failure_while_the_measure_is_in_progress_makes_no_other(office: Office) -> None:
    item = item_by(office.office_leader, office.unit)
    after_test_by(office.counsellor, item, "dead")
    after_test_by(office.colleague, item, "power")
    measure = Measure.objects.get()
    established_by(office.office_leader, measure)  # mended, they think
    assert Establishment.objects.count() == 1
    after_test_by(office.colleague, item, "power")
    assert Measure.objects.count() == 2


def test_the_same_test_sent_twice_is_one_test_and_one_measure(office: Office) -> None:
    item = item_by(office.office_leader, office.unit)
    test_id = new_id()
    for _turn in range(2):
        with acting_as(office.counsellor.id) as by:
            record_tests(by=by, findings=[Finding(test_id, Item.objects.get(id=item.id), "dead")])
    assert ItemTest.objects.count() == 1
    assert Measure.objects.count() == 1


def test_what_a_phone_sends_late_counts_where_it_belongs_in_time(office: Office) -> None:
    item = item_by(office.office_leader, office.unit, in_use_from=some_days_ago(60))
    after_test_by(office.counsellor, item)
    item = after_test_by(office.colleague, item, "dead", at=timezone.now() - timedelta(hours=5))
    assert item.state is State.TESTED
    assert not Measure.objects.exists()
    assert ItemTest.objects.count() == 2


def test_one_of_a_round_that_cannot_be_recorded_leaves_all_of_it_unrecorded(office: Office) -> None:
    stays = item_by(office.office_leader, office.unit, name="Alarm 1")
    gone = item_by(office.office_leader, office.unit, name="Alarm 2")
    with acting_as(office.office_leader.id) as by:
        services.take_out(by=by, item=gone)
    Item.objects.filter(id=gone.id).update(ended_on=some_days_ago(0), in_use_from=some_days_ago(9))
    with acting_as(office.counsellor.id) as by:
        findings = [Finding(new_id(), Item.objects.get(id=item.id), PASSED) for item in (stays, gone)]
        with pytest.raises(NotPossible):
            record_tests(by=by, findings=findings)
    assert not ItemTest.objects.exists()


def test_several_failures_in_one_round_are_measures_each_and_one_notice(office: Office) -> None:
    items = [item_by(office.office_leader, office.unit, name=f"Alarm {number}") for number in range(3)]
    with acting_as(office.counsellor.id) as by:
        found = [Finding(new_id(), Item.objects.get(id=item.id), "power") for item in items]
        record_tests(by=by, findings=found)
    assert Measure.objects.count() == 3
    assert Notice.objects.filter(kind="equipment_failed", person=office.colleague).count() == 1


def _insert(sql: str, values: list[object]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


TEST_ROW = (
    "insert into equipment_itemtest (id, item_id, by_id, at, passed, reason, words) "
    "values (%s, %s, %s, now() + %s::interval, true, '', '')"
)


@pytest.mark.parametrize(
    ("who", "when"),
    [("colleague", "0"), ("counsellor", "1 day"), ("counsellor", "-40 days")],
)
def test_the_database_refuses_tests_of_others_of_the_future_and_of_long_ago(
    office: Office, who: str, when: str
) -> None:
    item = item_by(office.office_leader, office.unit, in_use_from=some_days_ago(90))
    with acting_as(office.counsellor.id), pytest.raises(DatabaseError):
        _insert(TEST_ROW, [new_id(), item.id, getattr(office, who).id, when])


@pytest.mark.parametrize(
    "sql",
    [
        "update equipment_item set passed_on = '2030-01-01' where id = %s",
        "update equipment_item set is_failing = false where id = %s",
        "update equipment_itemtest set passed = true where item_id = %s",
        "delete from equipment_itemtest where item_id = %s",
        "delete from equipment_item where id = %s",
    ],
)
def test_nobody_writes_how_an_item_stands(office: Office, sql: str) -> None:
    item = after_test_by(office.counsellor, item_by(office.office_leader, office.unit), "dead")
    with acting_as(office.office_leader.id), pytest.raises(DatabaseError):
        _insert(sql, [item.id])


def _planned_by_the_system(unit_id: int, by_id: int, owner_id: int, origin_id: UUID) -> None:
    with acting_as_job():
        Measure(
            unit_id=unit_id, created_by_id=by_id, owner_id=owner_id, title="Hva som helst", kind="equipment",
            hierarchy="design", due_on=timezone.localdate(), origin_kind="equipment", origin_id=origin_id,
        ).save(force_insert=True)  # fmt: skip


def test_the_system_plans_for_nobody_but_whoever_found_a_failure(office: Office) -> None:
    unit, leader, other = office.unit.id, office.office_leader.id, make_office("Nav Storvik")
    works = after_test_by(office.counsellor, item_by(office.office_leader, office.unit))
    fails = item_by(office.office_leader, office.unit, name="Alarm 8")
    after_test_by(office.counsellor, fails, "dead")
    for by_id, owner_id, origin in [
        (office.counsellor.id, leader, works.id),  # it works
        (office.colleague.id, leader, fails.id),  # another found it
        (office.counsellor.id, other.office_leader.id, fails.id),  # who does not belong there
    ]:
        with acting_as(office.counsellor.id), pytest.raises(DatabaseError), transaction.atomic():
            _planned_by_the_system(unit, by_id, owner_id, origin)


def with_interval(office: Office) -> Measure:
    measure = planned_by(
        office.office_leader, office.unit, office.leader, kind=MeasureKind.EQUIPMENT, interval_months=6
    )
    return established_by(office.leader, measure)


def test_a_measure_with_an_interval_is_tested_too_and_a_failure_is_a_measure(office: Office) -> None:
    measure = with_interval(office)
    measure_tested_by(office.counsellor, measure)
    assert MeasureTest.objects.get().passed
    measure_tested_by(office.counsellor, measure, "damaged")
    measure_tested_by(office.colleague, measure, "damaged")
    mending = Measure.objects.get(origin_kind="measure")
    assert mending.origin_id == measure.id
    assert mending.owner_id == office.office_leader.id


def test_a_measure_that_is_not_in_force_is_not_tested(office: Office) -> None:
    planned = planned_by(office.office_leader, office.unit, office.leader, interval_months=6)
    with acting_as(office.counsellor.id) as by:
        seen = Measure.objects.get(id=planned.id)
        with pytest.raises(NotPossible):
            record_measure_test(by=by, measure=seen, test_id=new_id(), outcome=PASSED)


def test_what_was_ordered_and_never_came_is_out_today(office: Office) -> None:
    item = item_by(office.office_leader, office.unit, in_use_from=some_days_ago(-60))
    taken_out(office, item)
    assert Item.objects.get(id=item.id).state is State.OUT


def test_a_test_just_after_midnight_in_oslo_counts_for_that_day_there(office: Office) -> None:
    """It is still the day before in UTC, and the next test would be asked for a day early."""
    yesterday = some_days_ago(1)
    item = item_by(office.office_leader, office.unit, in_use_from=yesterday)
    item = after_test_by(office.counsellor, item, at=oslo_midnight(yesterday) + timedelta(minutes=10))
    assert item.passed_on == yesterday
