"""An exercise from suggestion to report: who may do what, and what follows (4.1, 2.3)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.assistance.models import Call
from tryggmote.controls.models import Measure
from tryggmote.controls.vocabulary import MeasureKind, OriginKind
from tryggmote.exercises import closing, planning, report, running, told
from tryggmote.exercises.models import Drill, Exercise, Finding, Objective, Observation, Participant, Step
from tryggmote.exercises.planning import RiskAim
from tryggmote.exercises.tests import factories as f
from tryggmote.exercises.vocabulary import Becomes, Part, Reached, Stage, Way
from tryggmote.information.models import Item
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_person
from tryggmote.risk.models import Hazard
from tryggmote.risk.vocabulary import Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def coordinator(office: Office) -> Person:
    person = make_person("Siri Sikkerhet")
    assign(person, Role.COUNTY_SECURITY_COORDINATOR, office.county)
    return person


def told_to(person: Person, kind: str) -> int:
    return Notice.objects.filter(person=person, kind=kind).count()


def test_a_leader_plans_decides_and_those_who_are_in_it_are_told(office: Office) -> None:
    exercise = f.suggested_by(office.office_leader, office.unit)
    assert exercise.stage is Stage.SUGGESTED
    f.peopled_by(office.office_leader, exercise, office.counsellor, observes=[office.safety_representative])
    assert told_to(office.counsellor, told.INVITED) == 0
    f.decided_by(office.office_leader, exercise)
    assert exercise.stage is Stage.PLANNED
    assert told_to(office.counsellor, told.INVITED) == 1
    assert told_to(office.safety_representative, told.INVITED) == 1
    assert told_to(office.office_leader, told.INVITED) == 0


def test_the_representative_suggests_and_the_leader_decides(office: Office) -> None:
    exercise = f.suggested_by(office.safety_representative, office.unit)
    assert told_to(office.office_leader, told.SUGGESTED) == 1
    with pytest.raises(NotAllowed):
        f.decided_by(office.safety_representative, exercise)
    f.peopled_by(office.office_leader, exercise, office.counsellor)
    f.decided_by(office.office_leader, exercise)
    assert told_to(office.counsellor, told.INVITED) == 1
    assert told_to(office.safety_representative, told.INVITED) == 0
    assert told_to(office.safety_representative, told.DECIDED) == 1


def test_the_countys_coordinator_suggests_and_sees_only_that(office: Office, coordinator: Person) -> None:
    mine = f.suggested_by(coordinator, office.unit)
    f.planned_by(office.office_leader, office.unit, office.counsellor)
    with acting_as(coordinator.id):
        assert list(Exercise.objects.values_list("id", flat=True)) == [mine.id]


@pytest.mark.parametrize("who", ["counsellor", "county_director", "administrator", "auditor"])
def test_others_suggest_nothing(office: Office, who: str) -> None:
    with pytest.raises(NotAllowed):
        f.suggested_by(getattr(office, who), office.unit)


def test_the_database_lets_nobody_plan_or_decide_where_they_do_not_lead(office: Office) -> None:
    stranger = make_office("Nav Storevik").office_leader
    exercise = f.suggested_by(office.safety_representative, office.unit)
    with acting_as(stranger.id), pytest.raises(ProgrammingError), transaction.atomic():
        Exercise.objects.create(
            unit=office.unit, version="2026-1", scenario="weapon_shown", way="tabletop",
            starts_at=timezone.now(), planned_by=stranger,
        )  # fmt: skip
    with (
        acting_as(office.safety_representative.id),
        pytest.raises(ProgrammingError),
        transaction.atomic(),
    ):
        Step.objects.create(exercise=exercise, kind="decided", by=office.safety_representative)


def test_the_same_suggestion_sent_twice_is_one_exercise(office: Office) -> None:
    first = f.suggested_by(office.office_leader, office.unit, id=(sent := new_id()))
    assert f.suggested_by(office.office_leader, office.unit, id=sent).id == first.id
    assert Exercise.objects.count() == 1
    assert Objective.objects.count() == 2


def test_an_exercise_is_not_planned_in_the_past(office: Office) -> None:
    with pytest.raises(NotPossible):
        f.suggested_by(office.office_leader, office.unit, starts_at=timezone.now() - timedelta(minutes=1))


def test_risks_of_the_unit_become_objectives_in_the_words_of_the_assessment(office: Office) -> None:
    exercise = f.suggested_by(
        office.office_leader, office.unit, risks=(RiskAim(new_id(), "Noen trekker kniv"),)
    )
    assert Objective.objects.get(exercise=exercise, number=None).hazard == "Noen trekker kniv"


def test_whoever_leads_it_may_hand_it_over_and_one_leads_at_a_time(office: Office) -> None:
    exercise = f.planned_by(office.office_leader, office.unit, office.counsellor)
    f.peopled_by(office.office_leader, exercise, office.counsellor, leads=office.safety_representative)
    f.peopled_by(office.safety_representative, exercise, office.counsellor, leads=office.colleague)
    parts = dict(Participant.objects.filter(exercise=exercise).values_list("person_id", "part"))
    assert parts[office.colleague.id] == Part.LEADS
    assert list(parts.values()).count(Part.LEADS) == 1
    assert told_to(office.colleague, told.INVITED) == 1


def test_a_planned_exercise_is_moved_or_called_off_and_those_in_it_are_told(office: Office) -> None:
    exercise = f.planned_by(office.office_leader, office.unit, office.counsellor)
    when = timezone.now() + timedelta(days=3)
    with acting_as(office.office_leader.id) as by:
        planning.move(by=by, exercise=exercise, starts_at=when, place="Møterom 2")
        planning.call_off(by=by, exercise=exercise, step_id=new_id(), reason="Mange er syke.")
    assert told_to(office.counsellor, told.MOVED) == 1
    assert told_to(office.counsellor, told.CALLED_OFF) == 1
    assert exercise.stage is Stage.CALLED_OFF
    with acting_as(office.office_leader.id) as by, pytest.raises(NotAllowed):
        running.start(by=by, exercise=exercise, step_id=new_id())


def test_only_whoever_suggested_it_or_a_leader_takes_a_suggestion_back(office: Office) -> None:
    exercise = f.suggested_by(office.safety_representative, office.unit)
    with acting_as(office.chief_safety_representative.id) as by, pytest.raises(NotAllowed):
        planning.call_off(by=by, exercise=exercise, step_id=new_id(), reason="Nei.")
    with acting_as(office.safety_representative.id) as by:
        planning.call_off(by=by, exercise=exercise, step_id=new_id(), reason="Ombestemte meg.")
    assert exercise.stage is Stage.CALLED_OFF


def test_injects_come_one_after_the_other_whoever_presses(office: Office) -> None:
    exercise = f.planned_by(office.office_leader, office.unit, office.counsellor)
    f.started_by(office.office_leader, exercise)
    f.given_by(office.office_leader, exercise, 1)
    f.given_by(office.office_leader, exercise, 1)
    f.given_by(office.office_leader, exercise, 3)
    assert exercise.inject_number == 1
    assert Step.objects.filter(exercise=exercise, kind="inject").count() == 1
    with pytest.raises(NotPossible):
        f.given_by(office.office_leader, exercise, 99)
    with pytest.raises(NotAllowed):
        f.given_by(office.counsellor, exercise, 2)


def test_the_database_refuses_an_inject_out_of_turn(office: Office) -> None:
    exercise = f.started_by(
        office.office_leader, f.planned_by(office.office_leader, office.unit, office.counsellor)
    )
    with acting_as(office.office_leader.id), pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(exercise=exercise, kind="inject", number=2, by=office.office_leader)


def test_observers_note_what_they_see_at_the_inject_that_was_the_last(office: Office) -> None:
    exercise = f.suggested_by(office.office_leader, office.unit)
    f.peopled_by(office.office_leader, exercise, office.counsellor, observes=[office.colleague])
    f.decided_by(office.office_leader, exercise)
    f.started_by(office.office_leader, exercise)
    f.given_by(office.office_leader, exercise, 1)
    aim = Objective.objects.filter(exercise=exercise).first()
    assert aim
    seen = f.seen_by(office.colleague, exercise, "Ingen så alarmen.", objective_id=aim.id)
    assert isinstance(seen, Observation)
    assert (seen.inject, seen.objective_id) == (1, aim.id)
    with pytest.raises(NotAllowed):
        f.seen_by(office.counsellor, exercise, "Jeg deltar.")


def test_it_is_held_only_when_somebody_was_there_and_they_are_asked_how_it_was(office: Office) -> None:
    exercise = f.planned_by(office.office_leader, office.unit, office.counsellor, office.colleague)
    f.started_by(office.office_leader, exercise)
    with pytest.raises(NotPossible):
        f.held_by(office.office_leader, exercise)
    f.held_by(office.office_leader, exercise, office.counsellor)
    assert (exercise.stage, exercise.attended) == (Stage.HELD, 1)
    assert told_to(office.counsellor, told.EVALUATE) == 1
    assert told_to(office.colleague, told.EVALUATE) == 0


def test_the_alarm_is_a_drill_of_assistance_and_its_time_is_in_the_report(office: Office) -> None:
    exercise = f.started_by(
        office.office_leader, f.planned_by(office.office_leader, office.unit, office.counsellor)
    )
    with acting_as(office.office_leader.id) as by:
        call_id = running.call_drill(by=by, exercise=exercise, call_id=new_id())
        assert running.call_drill(by=by, exercise=exercise, call_id=call_id) == call_id
    call = Call.objects.get(id=call_id)
    assert (call.purpose, call.place, call.form) == ("drill", "Mottaket", "reception")
    assert Drill.objects.count() == 1
    Call.objects.filter(id=call_id).update(
        acknowledged_at=call.raised_at + timedelta(seconds=41), next_ring_at=None
    )
    f.held_by(office.office_leader, exercise, office.counsellor)
    f.closed_by(office.office_leader, exercise)
    with acting_as(office.county_director.id):
        (drill,) = report.drills_of(exercise)
    assert drill.answered_s == 41


def test_no_alarm_goes_off_around_a_table(office: Office) -> None:
    planned = f.planned_by(office.office_leader, office.unit, office.counsellor, way=Way.TABLETOP.value)
    exercise = f.started_by(office.office_leader, planned)
    with acting_as(office.office_leader.id) as by, pytest.raises(NotPossible):
        running.call_drill(by=by, exercise=exercise, call_id=new_id())
    assert not Call.objects.exists()


@pytest.fixture
def held(office: Office) -> Exercise:
    planned = f.planned_by(office.office_leader, office.unit, office.counsellor, office.colleague)
    return f.held_by(office.office_leader, planned, office.counsellor, office.colleague)


def test_a_finding_becomes_a_measure_of_the_unit_that_leads_back(office: Office, held: Exercise) -> None:
    finding = f.found_by(office.office_leader, held)
    f.settled_by(office.office_leader, finding, Becomes.MEASURE, title="Ny lås", kind=MeasureKind.DESIGN)
    measure = Measure.objects.get(origin_kind=OriginKind.EXERCISE, origin_id=finding.id)
    assert (measure.title, measure.unit_id, measure.hierarchy) == ("Ny lås", office.unit.id, "design")
    f.settled_by(office.office_leader, finding, Becomes.HAZARD)
    assert not Hazard.objects.filter(source=Source.EXERCISE).exists()


def test_a_finding_becomes_a_hazard_to_be_judged(office: Office, held: Exercise) -> None:
    finding = f.found_by(office.safety_representative, held, "Ingen hørte alarmen.")
    f.settled_by(office.office_leader, finding, Becomes.HAZARD)
    hazard = Hazard.objects.get(source=Source.EXERCISE, source_id=finding.id)
    assert hazard.unit_id == office.unit.id
    assert "Ingen hørte" not in hazard.what
    assert hazard.raised_by_id == office.safety_representative.id


def test_one_who_leads_the_exercise_and_not_the_unit_plans_no_measure(office: Office) -> None:
    exercise = f.planned_by(office.office_leader, office.unit, office.colleague)
    f.peopled_by(office.office_leader, exercise, office.colleague, leads=office.counsellor)
    f.held_by(office.counsellor, exercise, office.colleague)
    finding = f.found_by(office.counsellor, exercise)
    with pytest.raises(NotAllowed):
        f.settled_by(office.counsellor, finding, Becomes.MEASURE, title="Lås")
    f.settled_by(office.counsellor, finding, Becomes.HAZARD)
    assert Finding.objects.get(id=finding.id).became == Becomes.HAZARD


def test_it_is_closed_only_when_objectives_are_judged_and_findings_decided(
    office: Office, held: Exercise
) -> None:
    def close(found_nothing: bool) -> None:
        with acting_as(office.office_leader.id) as by:
            closing.close(by=by, exercise=held, step_id=new_id(), words="Bra.", found_nothing=found_nothing)

    with pytest.raises(NotPossible, match="mål"):
        close(found_nothing=True)
    f.judged_by(office.office_leader, held, Reached.PARTLY)
    with pytest.raises(NotPossible, match="funnene"):
        close(found_nothing=False)
    finding = f.found_by(office.office_leader, held)
    with pytest.raises(NotPossible, match="funnene"):
        close(found_nothing=True)
    f.settled_by(office.office_leader, finding, Becomes.NOTHING, reason="Låsen er bestilt.")
    close(found_nothing=False)
    assert held.stage is Stage.CLOSED
    assert Item.objects.get(kind=told.NEWS.code, subject_id=held.id).context == {
        "title": "Trussel i mottaket"
    }


def test_the_database_closes_nothing_that_is_not_decided(office: Office, held: Exercise) -> None:
    f.judged_by(office.office_leader, held)
    f.found_by(office.office_leader, held)
    with acting_as(office.office_leader.id), pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(exercise=held, kind="closed", found_nothing=True, by=office.office_leader)


def test_only_a_leader_of_the_unit_closes(office: Office, held: Exercise) -> None:
    f.judged_by(office.office_leader, held)
    with acting_as(office.counsellor.id) as by, pytest.raises(NotAllowed):
        closing.close(by=by, exercise=held, step_id=new_id(), words="Bra.", found_nothing=True)


def test_what_is_closed_takes_nothing_more(office: Office, held: Exercise) -> None:
    f.closed_by(office.office_leader, held)
    with pytest.raises(NotAllowed):
        f.seen_by(office.office_leader, held, "For sent.")
    with acting_as(office.office_leader.id), pytest.raises(ProgrammingError), transaction.atomic():
        Observation.objects.create(exercise=held, words="For sent.", by=office.office_leader)
