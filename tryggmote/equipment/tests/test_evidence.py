"""What the evidence rule of 3.5 answers for a unit, from what is registered and tested."""

import json
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.access.tests.worlds import (
    counts,
    days_ago_near,
    in_random_worlds,
    last_days_ago,
    noon,
    undone,
)
from tryggmote.compliance.registry import rules
from tryggmote.controls import services as controls
from tryggmote.controls.models import Measure
from tryggmote.controls.tests.helpers import established_by, planned_by
from tryggmote.controls.vocabulary import MeasureKind
from tryggmote.equipment import services
from tryggmote.equipment.models import Item, MeasureTest
from tryggmote.equipment.tests.factories import (
    after_test_by,
    button_in,
    item_by,
    measure_tested_by,
    some_days_ago,
)
from tryggmote.organisation.models import Person, Unit, UnitKind
from tryggmote.organisation.tests.factories import Office, make_office, make_unit
from tryggmote.premises import services as premises
from tryggmote.premises.tests.factories import a_good_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def answer(office: Office, unit: Unit | None = None) -> tuple[str, str]:
    return in_full(office, unit)[:2]


def in_full(office: Office, unit: Unit | None = None) -> tuple[str, str, date | None]:
    with acting_as(office.office_leader.id), connection.cursor() as cursor:
        cursor.execute(
            "select state, reason, figures, runs_out_on from evidence_3_5 where unit_id = %s",
            [(unit or office.unit).id],
        )
        state, reason, figures, runs_out_on = cursor.fetchone()
    rule = rules()["evidence_3_5"]
    assert rule.says(reason, json.loads(figures))  # every reason is said in words
    rule.next_act(reason, json.loads(figures), office.unit.id)
    return state, reason, runs_out_on


def with_interval(office: Office, **more: object) -> Measure:
    measure = planned_by(
        office.office_leader, office.unit, office.leader, **{"kind": MeasureKind.EQUIPMENT, **more}
    )
    return established_by(office.leader, measure)


def cancelled_by(leader: Person, measure: Measure) -> None:
    with acting_as(leader.id) as by:
        seen = Measure.objects.get(id=measure.id)
        controls.cancel(by=by, measure=seen, act_id=new_id(), reason="Det går seg til.")


def test_a_unit_with_nothing_registered_misses_it(office: Office) -> None:
    assert answer(office) == ("missing", "nothing_registered")


def test_a_unit_without_meetings_is_not_asked(office: Office) -> None:
    Unit.objects.filter(id=office.unit.id).update(meeting_forms=[])
    assert answer(office) == ("not_applicable", "not_used")


def test_it_is_met_while_all_that_is_testable_has_passed_inside_its_interval(office: Office) -> None:
    one = item_by(office.office_leader, office.unit, name="Alarm 1", interval_months=3)
    two = item_by(office.office_leader, office.unit, name="Alarm 2", interval_months=1)
    assert answer(office) == ("missing", "never_tested")
    after_test_by(office.counsellor, one)
    assert answer(office) == ("partly", "late")
    two = after_test_by(office.counsellor, two)
    assert in_full(office) == ("met", "tested", two.due_on)
    Item.objects.filter(id=two.id).update(passed_on=F("passed_on") - timedelta(days=40))
    assert answer(office) == ("partly", "late")


def test_what_fails_is_not_met_though_a_measure_is_in_progress(office: Office) -> None:
    item = item_by(office.office_leader, office.unit)
    after_test_by(office.counsellor, item)
    after_test_by(office.counsellor, item, "dead")
    assert answer(office) == ("partly", "failing")


def test_a_failure_without_a_measure_in_progress_is_said_first(office: Office) -> None:
    item = after_test_by(office.counsellor, item_by(office.office_leader, office.unit), "dead")
    cancelled_by(office.office_leader, Measure.objects.get())
    assert answer(office) == ("missing", "unanswered"), "nothing has ever passed"
    after_test_by(office.counsellor, item)
    assert answer(office) == ("met", "tested")
    after_test_by(office.counsellor, item, "dead")
    cancelled_by(office.office_leader, Measure.objects.get(cancelled_at=None))
    assert answer(office) == ("partly", "unanswered")


def test_what_is_taken_out_is_not_counted(office: Office) -> None:
    item = item_by(office.office_leader, office.unit, in_use_from=some_days_ago(3))
    after_test_by(office.counsellor, item_by(office.office_leader, office.unit, name="Alarm 8"))
    with acting_as(office.office_leader.id) as by:
        services.take_out(by=by, item=Item.objects.get(id=item.id))
    assert answer(office) == ("met", "tested")


def test_measures_with_an_interval_are_testable_too(office: Office) -> None:
    measure = with_interval(office, interval_months=6)
    assert answer(office) == ("missing", "never_tested")
    measure_tested_by(office.counsellor, measure)
    assert answer(office) == ("met", "tested")
    measure_tested_by(office.counsellor, measure, "damaged")
    assert answer(office) == ("partly", "failing")


def test_a_measure_for_calling_help_needs_an_interval_or_a_registered_alarm(office: Office) -> None:
    with_interval(office, kind=MeasureKind.CALLING_HELP)
    kit = item_by(office.office_leader, office.unit, type="first_aid", name="Førstehjelpsskrin")
    after_test_by(office.counsellor, kit)
    assert answer(office) == ("partly", "no_interval")
    after_test_by(office.counsellor, item_by(office.office_leader, office.unit))
    assert answer(office) == ("met", "tested")


def test_a_department_answers_for_what_its_office_has_and_not_for_the_county(office: Office) -> None:
    department = make_unit("Mottak", UnitKind.DEPARTMENT, parents=(office.unit,))
    item = item_by(office.office_leader, office.unit)
    item_by(office.county_director, office.county, name="Fylkets alarm")
    assert answer(office, department) == ("missing", "never_tested")
    after_test_by(office.counsellor, item)
    assert answer(office, department) == ("met", "tested")


def test_the_date_in_the_view_is_the_one_of_the_row(office: Office) -> None:
    measure = with_interval(office, interval_months=6)
    measure_tested_by(office.counsellor, measure)
    runs_out = in_full(office)[2]
    assert runs_out is not None
    assert 180 <= (runs_out - timezone.localdate()).days <= 185


def test_what_is_to_be_taken_into_use_later_is_asked_for_from_that_day(office: Office) -> None:
    after_test_by(office.counsellor, item_by(office.office_leader, office.unit))
    ordered = item_by(office.office_leader, office.unit, name="Alarm 8", in_use_from=some_days_ago(-1))
    assert answer(office) == ("met", "tested")
    Item.objects.filter(id=ordered.id).update(in_use_from=timezone.localdate())
    assert answer(office) == ("partly", "late")


def test_what_fails_is_not_hidden_by_saying_that_it_comes_later(office: Office) -> None:
    item = after_test_by(office.counsellor, item_by(office.office_leader, office.unit), "dead")
    Item.objects.filter(id=item.id).update(in_use_from=some_days_ago(-400))
    assert answer(office) == ("missing", "never_tested")


def test_an_alarm_in_a_room_that_is_left_calls_nobody(office: Office) -> None:
    with_interval(office, kind=MeasureKind.CALLING_HELP, interval_months=None)
    room = a_good_room(office.office_leader, office.unit)
    after_test_by(office.counsellor, button_in(office.office_leader, room))
    assert answer(office) == ("met", "tested")
    with acting_as(office.office_leader.id) as by:
        premises.leave_room(by=by, room=room)
    assert answer(office) == ("partly", "no_interval")


def test_it_is_met_on_the_last_day_of_the_interval_and_not_the_day_after(office: Office) -> None:
    item = after_test_by(office.counsellor, item_by(office.office_leader, office.unit, interval_months=3))
    last_day = last_days_ago(months=3)
    Item.objects.filter(id=item.id).update(passed_on=some_days_ago(last_day))
    assert in_full(office) == ("met", "tested", timezone.localdate())
    Item.objects.filter(id=item.id).update(passed_on=some_days_ago(last_day + 1))
    assert answer(office) == ("partly", "late")


def test_the_same_holds_for_a_measure(office: Office) -> None:
    measure = with_interval(office, interval_months=6)
    measure_tested_by(office.counsellor, measure)
    last_day = last_days_ago(months=6)
    MeasureTest.objects.update(at=noon(last_day))
    assert in_full(office) == ("met", "tested", timezone.localdate())
    MeasureTest.objects.update(at=noon(last_day + 1))
    assert answer(office) == ("partly", "late")


@dataclass(frozen=True)
class Kit:
    """An item tested once a month: when it last passed, if it has failed since, if it is here yet."""

    passed_days_ago: int | None
    fails: bool
    measure_is_cancelled: bool
    comes_in_days: int
    is_gone: bool

    def registered(self, office: Office) -> None:
        item = item_by(office.office_leader, office.unit, interval_months=1)
        if self.fails:
            after_test_by(office.counsellor, item, "dead")
            if self.measure_is_cancelled:
                cancelled_by(office.office_leader, Measure.objects.get(origin_id=item.id))
        passed = self.passed_days_ago
        changes: dict[str, object] = {
            "in_use_from": some_days_ago(30 if self.is_gone else -self.comes_in_days)
        }
        if self.is_gone:
            changes["ended_on"] = timezone.localdate()
        if passed is not None:
            changes |= {"passed_on": some_days_ago(passed), "tested_at": noon(passed)}
        Item.objects.filter(id=item.id).update(**changes)

    @property
    def is_asked_for(self) -> bool:
        was_tested = self.fails or self.passed_days_ago is not None
        return not self.is_gone and (self.comes_in_days <= 0 or was_tested)

    @property
    def is_in_order(self) -> bool:
        passed = self.passed_days_ago
        return passed is not None and not self.fails and counts(passed, months=1)


@in_random_worlds
@given(
    kits=st.lists(
        st.builds(
            Kit,
            passed_days_ago=st.none() | days_ago_near(30),
            fails=st.sampled_from([False, False, True]),
            measure_is_cancelled=st.booleans(),
            comes_in_days=st.sampled_from([0, 0, 1]),
            is_gone=st.sampled_from([False, False, False, True]),
        ),
        max_size=3,
    ),
    has_meetings=st.sampled_from([True, True, True, False]),
)
def test_the_rule_says_what_its_sentence_says(office: Office, kits: list[Kit], has_meetings: bool) -> None:
    """ "Every testable measure has an interval and a passed test inside it", restated kit by kit."""
    asked_for = [kit for kit in kits if kit.is_asked_for]
    if not has_meetings:
        expected = "not_applicable"
    elif all(kit.passed_days_ago is None for kit in asked_for):
        expected = "missing"
    else:
        expected = "met" if all(kit.is_in_order for kit in asked_for) else "partly"
    with undone():
        Unit.objects.filter(id=office.unit.id).update(meeting_forms=["planned"] if has_meetings else [])
        for kit in kits:
            kit.registered(office)
        assert answer(office)[0] == expected
