"""What equipment asks of whom on "Now" (3.5), and the plan of the year."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.db.models import F
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.controls import services as controls
from tryggmote.controls.models import Measure
from tryggmote.controls.tests.helpers import established_by, evaluated_by, planned_by
from tryggmote.controls.vocabulary import MeasureKind
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.equipment import services
from tryggmote.equipment.duties import KINDS
from tryggmote.equipment.models import Item
from tryggmote.equipment.planning import year_plan
from tryggmote.equipment.tests.factories import after_test_by, item_by, measure_tested_by, some_days_ago
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def asked_of(person: Person) -> list[Duty]:
    return owed_by(person, *KINDS)


def kinds(person: Person) -> list[str]:
    return [duty.kind for duty in asked_of(person)]


def test_the_leader_is_asked_for_all_that_is_due_in_one_duty(office: Office) -> None:
    for number in range(3):
        item_by(office.office_leader, office.unit, name=f"Alarm {number}")
    duties = asked_of(office.office_leader)
    assert len(duties) == 1
    assert "3 tester skal gjøres" in str(duties[0].why)
    assert duties[0].urgency == Urgency.TODAY
    assert asked_of(office.counsellor) == []


def test_what_was_tested_is_asked_for_a_month_before_it_is_due(office: Office) -> None:
    item = after_test_by(office.counsellor, item_by(office.office_leader, office.unit, interval_months=3))
    assert asked_of(office.office_leader) == []
    # Three calendar months before, since so many days before are due on another day when months differ.
    in_a_month = timezone.localdate() + timedelta(days=30)
    Item.objects.filter(id=item.id).update(passed_on=in_a_month - relativedelta(months=3))
    (duty,) = asked_of(office.office_leader)
    assert duty.urgency == Urgency.LATER


def test_whoever_is_chosen_for_a_type_is_asked_and_the_leader_not(office: Office) -> None:
    item_by(office.office_leader, office.unit)
    with acting_as(office.office_leader.id) as by:
        chosen = {"portable_alarm": office.counsellor.id}
        services.choose_responsible(by=by, unit_id=office.unit.id, chosen=chosen)
    assert kinds(office.counsellor) == ["equipment_due"]
    assert kinds(office.office_leader) == []
    with acting_as(office.office_leader.id) as by:
        services.choose_responsible(by=by, unit_id=office.unit.id, chosen={"portable_alarm": None})
    assert kinds(office.counsellor) == []
    assert kinds(office.office_leader) == ["equipment_due"]


def test_only_leaders_choose_and_only_among_those_of_the_unit(office: Office) -> None:
    other = make_office("Nav Storvik")
    with acting_as(office.counsellor.id) as by, pytest.raises(NotAllowed):
        services.choose_responsible(by=by, unit_id=office.unit.id, chosen={"camera": office.counsellor.id})
    with acting_as(office.office_leader.id) as by, pytest.raises(NotPossible):
        services.choose_responsible(by=by, unit_id=office.unit.id, chosen={"camera": other.counsellor.id})


def test_a_failure_nobody_mends_is_asked_about(office: Office) -> None:
    after_test_by(office.counsellor, item_by(office.office_leader, office.unit), "dead")
    assert kinds(office.office_leader) == []  # the measure itself asks
    with acting_as(office.office_leader.id) as by:
        controls.cancel(by=by, measure=Measure.objects.get(), act_id=new_id(), reason="Vi venter.")
    assert kinds(office.office_leader) == ["equipment_failing"]


def of_the_leader(office: Office, *, established_days_ago: int = 0, **more: object) -> Measure:
    at = timezone.now() - timedelta(days=established_days_ago)
    measure = planned_by(
        office.office_leader, office.unit, office.leader, at=at, **{"kind": MeasureKind.EQUIPMENT, **more}
    )
    return established_by(office.leader, measure)


def test_the_owner_of_a_measure_with_an_interval_is_asked_to_test_it(office: Office) -> None:
    measure = of_the_leader(office, interval_months=6)
    assert kinds(office.leader) == ["measure_test_due"]
    measure_tested_by(office.counsellor, measure)
    assert kinds(office.leader) == []
    measure_tested_by(office.counsellor, measure, "damaged")
    assert kinds(office.leader) == ["measure_test_due"]


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [(MeasureKind.DESIGN, ["measure_yearly_evaluation"]), (MeasureKind.TRAINING, [])],
)
def test_what_worked_a_year_ago_is_evaluated_anew_when_it_is_physical(
    office: Office, kind: MeasureKind, wanted: list[str]
) -> None:
    measure = of_the_leader(office, kind=kind)
    evaluated_by(office.leader, measure)
    assert kinds(office.leader) == []
    Measure.objects.filter(id=measure.id).update(
        evaluated_at=F("evaluated_at") - timedelta(days=370),
        established_at=F("established_at") - timedelta(days=400),
    )
    assert kinds(office.leader) == wanted


def test_the_year_is_planned_from_what_was_last_tested(office: Office) -> None:
    after_test_by(
        office.counsellor,
        item_by(office.office_leader, office.unit, interval_months=6, in_use_from=some_days_ago(30)),
    )
    item_by(office.office_leader, office.unit, name="Ny", interval_months=12)
    with acting_as(office.counsellor.id):
        months = year_plan(office.unit.id, timezone.localdate())
    assert [month.count for month in months] == [1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert months[0].first == timezone.localdate().replace(day=1)
