"""What the evidence rule of 2.4 answers for a unit, from what people have done."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.controls.models import Procedure
from tryggmote.controls.tests.helpers import a_frame, in_force, read_by
from tryggmote.controls.tests.test_evidence import row, stands
from tryggmote.controls.vocabulary import ProcedureKind
from tryggmote.incidents.models import Incident
from tryggmote.incidents.services import answer_reporter
from tryggmote.incidents.tests.helpers import opened_by, reported_by
from tryggmote.incidents.tests.test_consequences import assessed_by, taken_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
A_MONTH_AGO = timezone.now() - timedelta(days=30)


@pytest.fixture
def office() -> Office:
    return make_office()


def routine(office: Office) -> Procedure:
    frame = a_frame("Slik melder vi", kind=ProcedureKind.REPORTING)
    return in_force(office.office_leader, office.unit, frame=frame)


def answered_by(leader: Person, incident: Incident) -> None:
    with acting_as(leader.id) as by:
        seen = Incident.objects.get(id=incident.id)
        answer_reporter(by=by, incident=seen, reply_id=new_id(), text="Takk", at=A_MONTH_AGO)


def test_without_a_procedure_for_reporting_it_is_missing(office: Office) -> None:
    in_force(office.office_leader, office.unit)
    assert stands("evidence_2_4", office) == ("missing", "no_procedure")


def test_a_procedure_that_is_known_and_no_incidents_is_enough(office: Office) -> None:
    routine(office)
    assert stands("evidence_2_4", office) == ("met", "handled")


def test_what_is_not_opened_seen_or_answered_in_time_is_said_in_that_order(office: Office) -> None:
    routine(office)
    incident = reported_by(office.counsellor, at=A_MONTH_AGO)
    assert stands("evidence_2_4", office) == ("partly", "not_opened")
    opened_by(office.leader, incident, at=A_MONTH_AGO)
    assert stands("evidence_2_4", office) == ("partly", "no_insight")
    opened_by(office.safety_representative, incident, at=A_MONTH_AGO)
    assert stands("evidence_2_4", office) == ("partly", "not_answered")
    answered_by(office.leader, incident)
    assert stands("evidence_2_4", office) == ("met", "handled")


def test_what_is_not_due_yet_counts_against_nobody(office: Office) -> None:
    routine(office)
    reported_by(office.counsellor)
    assert stands("evidence_2_4", office) == ("met", "handled")


def test_what_happened_long_ago_no_longer_counts(office: Office) -> None:
    routine(office)
    reported_by(office.counsellor, at=timezone.now() - timedelta(days=120))
    assert stands("evidence_2_4", office) == ("met", "handled")


def test_follow_up_of_serious_incidents_counts_when_it_was_offered_the_same_day(office: Office) -> None:
    for late in (False, True):
        incident = reported_by(office.counsellor, at=A_MONTH_AGO)
        assessed_by(office.leader, incident, 3, at=A_MONTH_AGO)
        taken_by(office.leader, incident, "followup", at=A_MONTH_AGO + timedelta(days=3 * late, minutes=1))
    mild = reported_by(office.counsellor, at=A_MONTH_AGO)
    assessed_by(office.leader, mild, 1, at=A_MONTH_AGO)
    found = row("evidence_part_incidents", office.office_leader, office.unit)
    assert (found["incidents"], found["followup_due"], found["followed_up"]) == (3, 2, 1)


def test_a_procedure_that_not_enough_have_read_in_time_is_partly(office: Office) -> None:
    procedure = routine(office)
    assert stands("evidence_2_4", office) == ("met", "handled"), "nobody has had time to read it yet"
    Procedure.objects.filter(id=procedure.id).update(must_read_at=A_MONTH_AGO)
    read_by(office.counsellor, procedure)
    assert stands("evidence_2_4", office) == ("partly", "not_read")
    placed = Person.objects.filter(placements__workforce__unit=office.unit).distinct()
    for person in placed.exclude(id=office.counsellor.id):
        read_by(person, procedure)
    assert stands("evidence_2_4", office) == ("met", "handled")
