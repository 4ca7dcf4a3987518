"""A record of every kind that an office has: all must be there after offices are merged or split."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from tryggmote.client_measures.tests.helpers import begun_by as case_begun_by
from tryggmote.controls.models import CardAddition, CardAdditionApproval
from tryggmote.controls.tests.helpers import (
    drafted_by,
    established_by,
    evaluated_by,
    in_force,
    planned_by,
    read_by,
)
from tryggmote.controls.tests.test_agreements import agreed
from tryggmote.equipment.tests.factories import after_test_by, button_in, item_by, measure_tested_by
from tryggmote.followup.tests.helpers import plan_for
from tryggmote.handbook.tests.helpers import opened_by
from tryggmote.learning.tests.test_lessons import written_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.standing import representatives_of
from tryggmote.organisation.tests.factories import Office
from tryggmote.premises.models import Room
from tryggmote.premises.tests.factories import a_good_room, pictured_by
from tryggmote.residual.services import Subject
from tryggmote.residual.tests.helpers import (
    approved_by,
    chosen_by,
    confirmed_by,
    declared_by,
    spoken_by,
)
from tryggmote.reviews.tests.factories import change_by, done_by
from tryggmote.risk.tests.hazards import decided_by, raised_by
from tryggmote.risk.tests.stories import begin
from tryggmote.statutory.tests.helpers import entered_by

RESIDUAL = (Subject("protective", "home_visit"), Subject("layout", "planned"))
CARDS = ("threat", "violence")


def furnish(office: Office, number: int) -> None:
    """All of it, by the people of the office; `number` keeps two offices' records apart."""
    with_them = [person.person_id for person in representatives_of(office.unit.id)]
    room = a_good_room(office.office_leader, office.unit, f"Rom {number}")
    _premises(office, room)
    _measures_and_procedures(office, room, number)
    _risk(office, number, Person.objects.filter(id__in=with_them))
    _what_happened(office)


def _premises(office: Office, room: Room) -> None:
    building = room.zone.building
    pictured_by(office.office_leader, building, room)
    done_by(office.office_leader, office.safety_representative, building)
    change_by(office.office_leader, building, in_use_on=timezone.localdate() + timedelta(days=40))
    after_test_by(office.counsellor, button_in(office.office_leader, room))
    after_test_by(office.counsellor, item_by(office.office_leader, office.unit), "dead")
    item_by(office.office_leader, office.unit, name="Alarm 8")


def _measures_and_procedures(office: Office, room: Room, number: int) -> None:
    leader, unit = office.office_leader, office.unit
    alarm = planned_by(leader, unit, leader, kind="calling_help", forms=(), interval_months=6)
    established_by(leader, alarm)
    measure_tested_by(office.counsellor, alarm)
    evaluated_by(leader, established_by(leader, planned_by(leader, unit, leader, title="Vakt")))
    planned_by(leader, unit, leader, title="Ny dør")
    procedure = in_force(leader, unit)
    read_by(office.counsellor, procedure)
    drafted_by(leader, unit, "Et utkast.")
    card = CardAddition.objects.create(
        unit=unit, card=CARDS[number], number=1, exits="Bakdøra.", by=leader, at=timezone.now()
    )
    CardAdditionApproval.objects.create(addition=card, revision=1, by=leader)
    chosen_by(leader, unit, "calling_help", "planned", alarm)
    chosen_by(leader, unit, "calling_help", "home_visit", alarm)
    agreed(office)
    opened_by(office.counsellor, unit)


def _risk(office: Office, number: int, representatives: Iterable[Person]) -> None:
    record = declared_by(office.office_leader, office.unit, RESIDUAL[number])
    for representative in representatives:
        spoken_by(representative, record)
    approved_by(office.office_leader, record)
    confirmed_by(office.counsellor, record)
    declared_by(office.office_leader, office.unit, Subject(title=f"Gammel heis {number}"))
    work = begin(office)
    work.complete()
    for representative in representatives:
        work.hear(representative)
    work.plan(work.describe())
    work.approve()
    raised_by(office.counsellor, office.unit)
    decided_by(office.office_leader, raised_by(office.counsellor, office.unit))


def _what_happened(office: Office) -> None:
    incident = plan_for(office.counsellor, office.leader, level=4).incident
    entered_by(office.leader, incident, office.counsellor)
    written_by(office.office_leader, office.unit)
    case_begun_by(office.office_leader, office.unit)
