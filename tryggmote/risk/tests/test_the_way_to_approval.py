"""From an empty assessment to one in force (2.1): what is missing is said, nothing is approved without it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.controls import procedures
from tryggmote.controls.models import Procedure
from tryggmote.controls.services import establish, evaluate
from tryggmote.controls.tests.helpers import a_frame, in_force
from tryggmote.information.models import Item
from tryggmote.notices.models import Notice
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import Person, RoleAssignment
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_person
from tryggmote.risk import approving, consulting, reopening, rules, told, versions, writing
from tryggmote.risk.content import content_of
from tryggmote.risk.models import Approval, Assessment, FactorJudgement, Participant, Scenario, Version
from tryggmote.risk.tests.stories import GREEN, RED, Work, begin
from tryggmote.risk.vocabulary import Answer, Capacity, Cause, NotHeard
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Work:
    return begin()


def missing(work: Work) -> list[str]:
    """The codes of what stands in the way when the leader tries to approve."""
    with pytest.raises(approving.NotReady) as refused:
        work.approve()
    return [obstacle.code for obstacle in refused.value.obstacles]


def test_leaders_and_safety_representatives_of_the_unit_are_with_from_the_start(work: Work) -> None:
    capacities = dict(Participant.objects.filter(version=work.draft).values_list("person_id", "capacity"))
    assert capacities == {
        work.office.office_leader.id: "leader",
        work.office.safety_representative.id: "safety_representative",
    }


def test_sending_the_form_twice_begins_one_assessment(work: Work) -> None:
    with acting_as(work.leader.id) as by:
        again = versions.begin_assessment(
            by=by,
            draft=versions.AssessmentDraft(work.assessment.id, work.office.unit.id, "Samtaler på kontoret"),
        )
    assert again == work.assessment
    assert Version.objects.filter(assessment=work.assessment).count() == 1


def test_an_employee_does_not_begin_an_assessment_of_the_unit() -> None:
    office = make_office()
    with acting_as(office.counsellor.id) as by, pytest.raises(NotAllowed):
        versions.begin_assessment(
            by=by, draft=versions.AssessmentDraft(new_id(), office.unit.id, "Samtaler på kontoret")
        )


def test_an_empty_assessment_says_everything_that_is_missing(work: Work) -> None:
    assert missing(work) == [
        *["factor_blank"] * 8,
        "together_blank",
        "no_scenario",
        "representative_unheard",
        "no_employee",
    ]


@pytest.mark.parametrize("left_out", [*rules.FACTORS, 0])
def test_one_blank_factor_stands_in_the_way_and_is_named(work: Work, left_out: int) -> None:
    work.complete()
    work.judge(left_out, text="  \n ")
    with pytest.raises(approving.NotReady) as refused:
        work.approve()
    assert [(o.where, o.target) for o in refused.value.obstacles] == [(rules.Where.FACTORS, left_out)]


def test_a_complete_assessment_is_approved_and_in_force(work: Work) -> None:
    work.complete()
    assert work.approve()
    assessment = Assessment.objects.get(id=work.assessment.id)
    assert (assessment.approved_number, assessment.is_in_force(oslo_today())) == (1, True)
    assert Item.objects.filter(unit=work.office.unit, kind="risk.approved").count() == 1


def test_red_risk_is_not_accepted_without_a_measure(work: Work) -> None:
    work.complete()
    scenario = work.describe(hazard="Trusler i mottaket", inherent=RED, current=RED)
    assert missing(work) == ["red_without_measure"]

    work.plan(scenario)
    assert missing(work) == ["residual_missing"]

    with acting_as(work.leader.id) as by:
        scenario.refresh_from_db()
        scenario.version = work.draft
        assert len(scenario.measure_ids) == 1
        draft = writing.ScenarioDraft(
            id=scenario.id,
            revision=scenario.revision,
            hazard=scenario.hazard,
            inherent=RED,
            current=RED,
            residual=GREEN,
            measure_ids=tuple(scenario.measure_ids),
        )
        writing.change_scenario(by=by, scenario=scenario, draft=draft)
    assert work.approve()


def test_red_risk_is_not_accepted_with_a_measure_that_changed_nothing(work: Work) -> None:
    work.complete()
    measure = work.plan(work.describe(hazard="Trusler i mottaket", inherent=RED, current=RED))
    with acting_as(work.office.leader.id) as owner:
        establish(by=owner, measure=measure, act_id=new_id())
        measure.refresh_from_db()
        evaluate(by=owner, measure=measure, act_id=new_id(), effect="not_reduced", words="Ingen forskjell.")
    assert missing(work) == ["red_without_measure"]


def instruction(work: Work, *forms: str) -> Procedure:
    return in_force(
        work.leader, work.office.unit, frame=a_frame("Instruks", kind="written_instruction", forms=forms)
    )


def test_especially_dangerous_work_needs_a_written_instruction_in_each_meeting_form(work: Work) -> None:
    work.complete()  # AML § 3-2 third paragraph
    work.describe(forms=("planned", "home_visit"), is_especially_dangerous=True, current=GREEN)
    assert missing(work) == ["no_instruction"]
    instruction(work, "planned", "driving")
    assert missing(work) == ["no_instruction"]
    instruction(work, "home_visit")
    assert work.approve()


def test_a_scenario_without_meeting_forms_is_about_all_that_is_assessed(work: Work) -> None:
    work.complete()
    work.describe(forms=(), is_especially_dangerous=True, current=GREEN)
    instruction(work, "home_visit")
    assert missing(work) == ["no_instruction"]
    instruction(work, "planned")
    assert work.approve()


def test_dangerous_work_in_no_meeting_form_needs_an_instruction_for_all_of_them(work: Work) -> None:
    work.complete()
    Assessment.objects.filter(id=work.assessment.id).update(forms=[], subject="room")
    work.describe(forms=(), is_especially_dangerous=True, current=GREEN)
    instruction(work, "planned")
    assert missing(work) == ["no_instruction"]
    instruction(work)
    assert work.approve()


def test_a_procedure_or_an_ended_instruction_is_not_enough(work: Work) -> None:
    work.complete()
    work.describe(is_especially_dangerous=True, current=GREEN)
    in_force(work.leader, work.office.unit)
    ended = instruction(work)
    with acting_as(work.leader.id) as by:
        procedures.end_procedure(by=by, procedure=ended, ending_id=new_id(), reason="Gjelder ikke lenger.")
    assert missing(work) == ["no_instruction"]


@given(
    forms=st.sets(st.sampled_from(MeetingForm.values)),
    instructions=st.lists(st.sets(st.sampled_from(MeetingForm.values)), max_size=4),
)
def test_instructions_hold_for_the_forms_they_name_together_and_one_without_forms_for_all(
    forms: set[str], instructions: list[set[str]]
) -> None:
    named = set().union(*instructions)
    expected = set() in instructions or (bool(forms) and forms <= named)
    assert rules.is_instructed(forms, instructions) is expected


def test_the_risk_that_is_left_is_lower_only_where_a_measure_makes_it_so(work: Work) -> None:
    with pytest.raises(writing.Unsound) as refused:
        work.describe(current=RED, inherent=RED, residual=GREEN)
    assert list(refused.value.problems) == ["residual"]


def test_the_risk_now_is_not_higher_than_without_measures(work: Work) -> None:
    with pytest.raises(writing.Unsound) as refused:
        work.describe(inherent=GREEN, current=RED)
    assert list(refused.value.problems) == ["current"]


def test_it_is_not_approved_before_the_safety_representative_has_answered(work: Work) -> None:
    work.judge(*rules.FACTORS, 0)
    work.describe()
    work.invite_employee()
    assert missing(work) == ["representative_unheard"]


def test_a_disagreeing_safety_representative_is_heard_and_does_not_stop_the_employer(work: Work) -> None:
    work.judge(*rules.FACTORS, 0)
    work.describe()
    work.invite_employee()
    work.hear(work.office.safety_representative, Answer.DISAGREE, "Rommene er for trange.")
    assert work.approve()


def could_not_reach(work: Work, person: Person) -> None:
    with acting_as(work.leader.id) as by:
        consulting.record_not_heard(
            by=by,
            version=work.draft,
            record_id=new_id(),
            person_id=person.id,
            why=NotHeard.NOT_REACHED,
            reason="Sykmeldt. Vi ringte mandag og onsdag.",
        )


def test_that_the_safety_representative_could_not_be_reached_is_recorded_with_a_reason(work: Work) -> None:
    work.judge(*rules.FACTORS, 0)
    work.describe()
    work.invite_employee()
    with pytest.raises(NotPossible):  # nobody has asked yet
        could_not_reach(work, work.office.safety_representative)
    with acting_as(work.leader.id):
        consulting.consult(version=work.draft, answer_by=oslo_today())
    could_not_reach(work, work.office.safety_representative)
    assert work.approve()


def test_only_an_elected_safety_representative_is_recorded_as_not_heard(work: Work) -> None:
    with acting_as(work.leader.id):
        consulting.consult(version=work.draft, answer_by=oslo_today())
    with pytest.raises(NotPossible):
        could_not_reach(work, work.office.colleague)


def test_a_safety_representative_invited_as_something_else_must_still_be_heard(work: Work) -> None:
    work.judge(*rules.FACTORS, 0)
    work.describe()
    Participant.objects.filter(person=work.office.safety_representative).delete()
    with acting_as(work.leader.id) as by:
        consulting.invite(
            by=by,
            version=work.draft,
            person_id=work.office.safety_representative.id,
            capacity=Capacity.EMPLOYEE,
        )
    assert missing(work) == ["representative_unheard"]


def test_what_was_changed_since_the_leader_read_it_is_not_approved(work: Work) -> None:
    work.complete()
    read = work.draft.edition
    work.judge(1, text="Skrevet etter at lederen leste")
    with acting_as(work.leader.id) as by, pytest.raises(NotPossible):
        approving.approve(
            by=by, version=work.draft, review_on=oslo_today() + timedelta(days=300), edition=read
        )


def test_what_it_covers_is_not_changed_between_two_approvals() -> None:
    work = begin(two_leaders())
    work.complete()
    work.approve()
    with acting_as(work.leader.id), pytest.raises(NotPossible):
        versions.change_scope(
            assessment=work.assessment, title="Mer", forms=["planned", "home_visit"], activity_ids=[]
        )


def test_a_measure_planned_while_it_is_in_force_counts_in_the_next_version(work: Work) -> None:
    work.complete()
    work.approve()
    scenario = Scenario.objects.get(version__assessment=work.assessment)
    measure = work.plan(scenario)
    reopening.reopen_because(assessment_id=work.assessment.id, cause=Cause.REMARK, cause_id=None)
    with acting_as(work.leader.id):
        (facts,) = content_of(work.draft).scenarios
    assert facts.measures == 1
    work.hear(work.office.safety_representative)
    work.approve()
    assert Scenario.objects.get(version__number=2).measure_ids == [measure.id]


def test_a_unit_without_a_safety_representative_says_why(work: Work) -> None:
    RoleAssignment.objects.filter(role__contains="safety_representative").delete()
    Participant.objects.filter(capacity="safety_representative").delete()
    work.judge(*rules.FACTORS, 0)
    work.describe()
    work.invite_employee()
    assert missing(work) == ["no_representative"]

    with acting_as(work.leader.id) as by:
        consulting.record_not_heard(
            by=by,
            version=work.draft,
            record_id=new_id(),
            person_id=None,
            why=NotHeard.NOBODY,
            reason="Vi velger verneombud på husmøtet i mars.",
        )
    assert work.approve()


def test_nobody_waits_for_a_participant_who_has_left(work: Work) -> None:
    work.complete()
    late = make_person("Vigdis Vara")
    assign(late, Role.SAFETY_REPRESENTATIVE, work.office.unit, safety_area=work.office.area)
    with acting_as(work.leader.id) as by:
        consulting.invite(
            by=by, version=work.draft, person_id=late.id, capacity=Capacity.SAFETY_REPRESENTATIVE
        )
    assert missing(work) == ["representative_unheard"]
    Person.objects.filter(id=late.id).update(ended_on=oslo_today() - timedelta(days=1))
    assert work.approve()


def test_who_takes_part_is_asked_and_told(work: Work) -> None:
    work.invite_employee()
    with acting_as(work.leader.id):
        consulting.consult(version=work.draft, answer_by=oslo_today() + timedelta(days=5))
    asked = Notice.objects.filter(kind=told.CONSULTED).values_list("person_id", flat=True)
    assert set(asked) == {work.office.counsellor.id, work.office.safety_representative.id}


def two_leaders() -> Office:
    """An office in which each employer has a leader of its own."""
    office = make_office()
    RoleAssignment.objects.filter(role=Role.OFFICE_LEADER, unit=office.unit).update(
        employer=office.directorate
    )
    other = make_person("Mona Kommuneleder")
    assign(other, Role.OFFICE_LEADER, office.unit, employer=office.municipality)
    return office


def test_with_two_part_leadership_both_approve_before_it_is_in_force() -> None:
    work = begin(two_leaders())
    other = Person.objects.filter(name="Mona Kommuneleder").latest("id")
    work.complete()

    assert not work.approve()
    assert Notice.objects.filter(kind=told.SECOND_APPROVAL, person=other).exists()
    assert not work.approve()  # once more for the same employer changes nothing
    with pytest.raises(NotPossible):
        work.judge(1, text="Endret etter at den ene har godkjent")

    assert work.approve(by=other)
    assert Approval.objects.filter(version__assessment=work.assessment).count() == 2


def test_who_no_longer_leads_does_not_approve(work: Work) -> None:
    work.complete()
    RoleAssignment.objects.filter(person=work.leader).update(ends_on=oslo_today() - timedelta(days=1))
    with acting_as(work.leader.id) as by, pytest.raises(NotAllowed):
        approving.approve(
            by=by,
            version=Version.objects.filter(assessment=work.assessment).first() or work.draft,
            review_on=oslo_today() + timedelta(days=300),
        )


@pytest.mark.parametrize("months", [0, -1, 26])
def test_a_review_in_the_past_or_too_far_off_is_refused(work: Work, months: int) -> None:
    work.complete()
    with pytest.raises(NotPossible):
        work.approve(months=months)


def test_an_approval_can_be_taken_back_until_it_is_in_force() -> None:
    office = make_office()
    RoleAssignment.objects.filter(role=Role.OFFICE_LEADER, unit=office.unit).update(
        employer=office.directorate
    )
    assign(make_person("Mona Kommuneleder"), Role.OFFICE_LEADER, office.unit, employer=office.municipality)
    work = begin(office)
    work.complete()
    work.approve()
    with acting_as(work.leader.id) as by:
        approving.take_back(by=by, version=work.draft)
    work.judge(1, text="Nå kan den endres igjen")


def test_what_is_approved_is_not_added_to_by_the_program_or_a_job(work: Work) -> None:
    work.complete()
    version = work.draft
    work.approve()
    late = Scenario(version=version, hazard="Kom for sent")
    for context in (acting_as(work.leader.id), acting_as_job()):
        with context, pytest.raises(DatabaseError, match="approved"), transaction.atomic():
            Scenario.objects.bulk_create([late])


def test_opening_again_copies_what_was_approved_and_leaves_it_in_force(work: Work) -> None:
    work.complete()
    instruction(work)
    Scenario.objects.filter(version=work.draft).update(is_especially_dangerous=True, causes="Lang ventetid.")
    work.approve()
    with acting_as(work.leader.id) as by:
        versions.reopen(
            by=by, assessment=work.assessment, cause=Cause.CHANGE, words="Vi flytter inn i nye lokaler."
        )
    old = Scenario.objects.get(version__number=1)
    new = Scenario.objects.get(version=work.draft)
    copied = {field.attname for field in Scenario._meta.fields} - {"id", "version_id", "revision"}
    assert {name: getattr(new, name) for name in copied} == {name: getattr(old, name) for name in copied}
    assert FactorJudgement.objects.filter(version=work.draft).exclude(text="").count() == 9
    assert Assessment.objects.get(id=work.assessment.id).approved_number == 1


def test_two_reasons_open_one_draft_and_both_are_written_down(work: Work) -> None:
    work.complete()
    work.approve()
    incident = new_id()
    for cause in (incident, incident, new_id()):
        reopening.reopen_because(assessment_id=work.assessment.id, cause=Cause.INCIDENT, cause_id=cause)
    assert work.draft.number == 2
    assert work.draft.reopenings.count() == 2


def test_a_measure_without_effect_opens_the_assessment_again(work: Work) -> None:
    work.complete()
    scenario = Scenario.objects.get(version=work.draft)
    measure = work.plan(scenario)
    work.approve()
    with acting_as(work.office.leader.id) as owner:
        establish(by=owner, measure=measure, act_id=new_id())
        measure.refresh_from_db()
        evaluate(by=owner, measure=measure, act_id=new_id(), effect="not_reduced", words="Ingen forskjell.")
    assert work.draft.cause == Cause.NO_EFFECT
