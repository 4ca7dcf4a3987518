"""A part of an office becomes an office: what was chosen goes, and all the rest stays (ADR 0032)."""

import pytest

from tests.reorganising.offices import (
    a_new_office,
    everything,
    furnished,
    merged_by,
    people_move,
    statuses,
)
from tests.reorganising.test_a_merge import lost_or_changed, reviewed
from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed
from tryggmote.access.ids import new_id
from tryggmote.controls.models import Measure, Procedure
from tryggmote.equipment.models import Item
from tryggmote.information.models import Item as News
from tryggmote.organisation.handing_over import reverse
from tryggmote.organisation.models import Unit
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office
from tryggmote.premises.models import Building
from tryggmote.residual.models import Filling, Record
from tryggmote.risk.models import Activity, Assessment, Hazard

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    made = make_office("Nav Delt")
    furnished(made)
    return made


@pytest.fixture
def part(office: Office) -> Unit:
    """The part that becomes an office: nobody works there yet, and the same leader leads both meanwhile."""
    unit = a_new_office("Utskilt", office)
    assign(office.office_leader, Role.OFFICE_LEADER, unit)
    return unit


def test_what_is_chosen_goes_with_what_hangs_on_it_and_nothing_else(office: Office, part: Unit) -> None:
    before = everything()
    alarm = Measure.objects.get(kind="calling_help")
    risk = Record.objects.get(element__gt="")
    chosen = [Building.objects.get(), alarm, risk, Assessment.objects.get(), Item.objects.get(name="Alarm 8")]
    merged_by(office.office_leader, office.unit, part, *chosen)
    after = everything()
    assert lost_or_changed(before, after) == []
    assert {row._meta.model.objects.get(pk=row.pk).unit_id for row in chosen} == {part.id}
    assert {item.unit_id for item in Item.objects.exclude(room=None)} == {part.id}, "what is in the building"
    assert {filling.unit_id for filling in Filling.objects.filter(measure=alarm)} == {part.id}
    assert News.objects.get(is_standing=True).unit_id == part.id
    stays = {Procedure: office.unit.id, Hazard: office.unit.id, Activity: office.unit.id}
    for model, unit_id in stays.items():
        assert {row.unit_id for row in model.objects.all()} <= {unit_id}
    assert {measure.unit_id for measure in Measure.objects.exclude(id=alarm.id)} == {office.unit.id}


def test_the_part_stands_as_if_what_it_was_given_had_been_made_there(office: Office, part: Unit) -> None:
    """Everything that can be chosen is: what is left is what no other office can have."""
    director = office.county_director
    living = {Building, Measure, Procedure, Assessment, Record, Hazard}
    chosen = [row for model in living for row in model.objects.filter(unit=office.unit)]
    chosen += list(Item.objects.filter(room=None, zone=None))
    before = statuses(office.unit, director)
    merged_by(office.office_leader, office.unit, part, *chosen)
    there = people_move(office, part)
    reviewed(there)
    after = statuses(part, director)
    for name in (
        "evidence_3_0",
        "evidence_3_1",
        "evidence_3_2",
        "evidence_3_3",
        "evidence_3_4",
        "evidence_3_5",
    ):
        assert after[name][:2] == before[name][:2], name


def test_it_is_undone(office: Office, part: Unit) -> None:
    before = everything()
    done = merged_by(office.office_leader, office.unit, part, Building.objects.get(), *Measure.objects.all())
    with acting_as(office.office_leader.id) as by:
        reverse(by=by, handover_id=new_id(), handover=done, why="Det ble ikke noe av.")
    assert lost_or_changed(before, everything()) == []
    assert not Measure.objects.filter(unit=part).exists()
    assert not Item.objects.filter(unit=part).exists()
    assert not Filling.objects.filter(unit=part).exists()


def test_whoever_chooses_must_read_it(office: Office, part: Unit) -> None:
    measure = Measure.objects.filter(unit=office.unit).first()
    for person in (office.administrator, office.safety_representative, office.counsellor):
        with pytest.raises(NotAllowed):
            merged_by(person, office.unit, part, measure)
    merged_by(office.county_director, office.unit, part, measure)


def test_those_who_work_in_the_part_see_it_and_the_others_do_not(office: Office, part: Unit) -> None:
    people_move(office, part)
    stayed = make_office("Nav Annen").counsellor
    measure = Measure.objects.filter(unit=office.unit).first()
    merged_by(office.county_director, office.unit, part, measure)
    assert [sees(person, measure) for person in (office.counsellor, stayed)] == [True, False]


def sees(person: object, measure: Measure) -> bool:
    with acting_as(person.id):  # type: ignore[attr-defined]
        return Measure.objects.filter(id=measure.id).exists()
