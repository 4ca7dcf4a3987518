"""What people do with plans: offer, answer, agree, pause, close by one's own word, and open again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.followup import services
from tryggmote.followup.models import Plan, PlanAct, Step, StepAct
from tryggmote.followup.queries import others_who_may_follow_up
from tryggmote.followup.services import StepDeed, offer_step, wish
from tryggmote.followup.tests.helpers import acts, does, lets_in, offered_by, plan_for, step_of
from tryggmote.followup.vocabulary import Answer, PlanActKind, Relation, State, StepActKind
from tryggmote.incidents.models import AssessedLevel
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def test_a_plan_begins_with_what_the_level_asks_for_and_the_person_is_told(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader, level=3)
    codes = set(Step.objects.filter(plan=plan).values_list("code", flat=True))
    assert {"first_talk", "home_safely", "not_alone", "peer_support", "contact_quarter"} <= codes
    assert plan.offers_waiting == len(codes)
    assert Notice.objects.filter(person=office.counsellor, kind="followup_offered").count() == 1


def test_without_an_assessment_how_it_felt_decides(office: Office) -> None:
    assert plan_for(office.counsellor, office.leader, severity=5).level == 3
    assert plan_for(office.colleague, office.leader, severity=1).level == 1


def test_offering_twice_is_one_plan_and_tells_once(office: Office) -> None:
    incident = reported_by(office.counsellor)
    offered_by(office.leader, incident, office.counsellor)
    offered_by(office.office_leader, incident, office.counsellor)
    plan = Plan.objects.get()
    assert plan.began_by == office.leader
    assert Step.objects.filter(plan=plan, code="first_talk").count() == 1


def test_the_nearest_leader_follows_up_whoever_offers(office: Office) -> None:
    incident = reported_by(office.counsellor)
    plan = offered_by(office.office_leader, incident, office.counsellor)
    assert plan.follower == office.leader
    assert Notice.objects.filter(person=office.leader, kind="followup_to_do").exists()


def test_a_leader_who_was_exposed_is_followed_up_by_the_next_leader(office: Office) -> None:
    incident = reported_by(office.leader)
    plan = offered_by(office.office_leader, incident, office.leader)
    assert plan.follower == office.office_leader


def test_a_witness_is_not_followed_up_by_the_leader_who_was_exposed(office: Office) -> None:
    incident = reported_by(office.leader)
    plan = offered_by(office.office_leader, incident, office.counsellor)
    assert (plan.relation, plan.follower) == (Relation.WITNESS, office.office_leader)


def test_the_safety_representative_adds_a_witness_and_sees_nothing_of_the_plan(office: Office) -> None:
    incident = reported_by(office.counsellor)
    plan = offered_by(office.safety_representative, incident, office.colleague)
    assert (plan.relation, plan.follower) == (Relation.WITNESS, office.leader)
    with acting_as(office.safety_representative.id):
        assert not Plan.objects.exists()
        assert not Step.objects.exists()


def test_the_safety_representative_does_not_offer_for_the_employer(office: Office) -> None:
    incident = reported_by(office.counsellor)
    with pytest.raises(NotAllowed):
        offered_by(office.safety_representative, incident, office.counsellor)


def test_whoever_reported_may_ask_for_follow_up_oneself(office: Office) -> None:
    incident = reported_by(office.counsellor, about="other", exposed_id=office.colleague.id)
    plan = offered_by(office.counsellor, incident, office.counsellor)
    assert (plan.relation, plan.person) == (Relation.WITNESS, office.counsellor)


def test_a_leader_above_may_ask_for_themselves_after_an_incident_they_see(office: Office) -> None:
    incident = reported_by(office.counsellor)
    AssessedLevel.objects.create(incident=incident, by=office.leader, level=4)
    plan = offered_by(office.county_director, incident, office.county_director)
    assert plan.follower == office.directorate_member


def test_whoever_reported_offers_nobody_else_anything(office: Office) -> None:
    incident = reported_by(office.counsellor)
    with pytest.raises(NotAllowed):
        offered_by(office.counsellor, incident, office.colleague)


def test_yes_and_no_are_kept_and_the_latest_counts(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader)
    step = step_of(plan)
    for kind in (StepActKind.ACCEPTED, StepActKind.DECLINED, StepActKind.ACCEPTED):
        acts(office.counsellor, plan, step, kind)
    step.refresh_from_db()
    assert step.answer == Answer.ACCEPTED
    assert StepAct.objects.filter(step=step).count() == 3


def test_the_leader_answers_nothing_for_the_person(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader)
    for kind in (StepActKind.ACCEPTED, StepActKind.DECLINED, StepActKind.NOT_DONE):
        with pytest.raises(NotAllowed):
            acts(office.leader, plan, step_of(plan), kind)


def test_what_was_declined_is_owed_by_nobody(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader)
    for step in Step.objects.filter(plan=plan):
        acts(office.counsellor, plan, step, StepActKind.DECLINED)
    plan.refresh_from_db()
    assert (plan.offers_waiting, plan.next_due_at, plan.is_open) == (0, None, True)


def test_an_offer_without_an_answer_is_nobodys_to_do_but_the_leader_gets_in_touch(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader, level=3)
    owed = {step.code for step in Step.objects.filter(plan=plan) if step.is_owed}
    assert owed == {"first_talk", "contact_week", "contact_month", "contact_quarter"}
    acts(office.leader, plan, step_of(plan), StepActKind.DONE)
    plan.refresh_from_db()
    assert plan.next_due_at == step_of(plan, "contact_week").due_at


def test_a_late_yes_gives_the_leader_some_days(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader, level=3)
    Step.objects.filter(code="occupational_health").update(due_at=timezone.now() - timedelta(days=30))
    acts(office.counsellor, plan, step_of(plan, "occupational_health"), StepActKind.ACCEPTED)
    assert step_of(plan, "occupational_health").due_at > timezone.now()


def test_the_person_can_say_that_it_was_not_done(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader)
    step = step_of(plan)
    acts(office.leader, plan, step, StepActKind.DONE)
    step.refresh_from_db()
    assert step.done_at
    acts(office.counsellor, plan, step, StepActKind.NOT_DONE)
    step.refresh_from_db()
    assert step.is_open


def test_the_person_moves_the_deadline_and_the_leader_only_agrees_within_it(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader)
    step = step_of(plan, "contact_week")
    earlier, later = step.due_at - timedelta(days=1), step.due_at + timedelta(days=5)
    acts(office.leader, plan, step, StepActKind.PLANNED, planned_at=earlier)
    step.refresh_from_db()
    assert (step.planned_at, step.due_at > earlier) == (earlier, True)
    acts(office.counsellor, plan, step, StepActKind.PLANNED, planned_at=later, who="Kari")
    step.refresh_from_db()
    assert (step.planned_at, step.due_at, step.who_does_it) == (later, later, "Kari")


def test_the_same_tap_twice_is_one(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader)
    deed = StepDeed(id=new_id(), kind=StepActKind.ACCEPTED)
    for _ in range(2):
        with acting_as(office.counsellor.id) as by:
            services.act_on_step(by=by, plan=plan, step=step_of(plan), deed=deed)
    assert StepAct.objects.count() == 1


def test_a_wish_is_the_persons_and_the_leader_owes_an_answer_to_it(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader)
    with acting_as(office.counsellor.id) as by:
        wish(by=by, plan=plan, step_id=new_id(), words="Jeg vil helst sitte i andre etasje en stund.")
    step = step_of(plan, "wish")
    assert step.is_open
    assert step.title.startswith("Jeg vil helst")
    with acting_as(office.leader.id) as by, pytest.raises(NotAllowed):
        wish(by=by, plan=plan, step_id=new_id(), words="Ut.")
    acts(office.leader, plan, step, StepActKind.DONE)
    step.refresh_from_db()
    assert not step.is_open


def test_the_leader_offers_more_and_others_do_not(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader, severity=1)
    with acting_as(office.leader.id) as by:
        offer_step(by=by, plan=plan, step_id=new_id(), code="occupational_health")
    assert step_of(plan, "occupational_health").offered_by == office.leader
    with acting_as(office.counsellor.id) as by, pytest.raises(NotAllowed):
        offer_step(by=by, plan=plan, step_id=new_id(), code="doctor")


def test_only_the_persons_own_word_closes_a_plan(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader)
    with pytest.raises(NotAllowed):
        does(office.leader, plan, PlanActKind.CLOSED)
    does(office.counsellor, plan, PlanActKind.CLOSED)
    plan.refresh_from_db()
    assert (plan.state, plan.next_due_at) == (State.CLOSED, None)
    with pytest.raises(NotPossible):
        acts(office.leader, plan, step_of(plan), StepActKind.DONE)


def test_late_harm_opens_the_plan_again_with_a_talk(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader)
    does(office.counsellor, plan, PlanActKind.CLOSED)
    with pytest.raises(NotAllowed):
        does(office.leader, plan, PlanActKind.REOPENED)
    does(office.counsellor, plan, PlanActKind.REOPENED, words="Jeg sover ikke.")
    plan.refresh_from_db()
    assert plan.is_open
    assert plan.next_due_at
    assert Step.objects.filter(plan=plan, code="first_talk").count() == 2


def test_a_plan_on_hold_has_a_reason_and_an_end_and_puts_deadlines_off(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader, level=5)
    until = timezone.now() + timedelta(days=10)
    does(office.leader, plan, PlanActKind.PAUSED, words="Har ringt to ganger.", until=until)
    plan.refresh_from_db()
    assert (plan.state, plan.next_due_at) == (State.PAUSED, until)
    does(office.counsellor, plan, PlanActKind.RESUMED)
    plan.refresh_from_db()
    assert plan.state == State.OPEN
    assert plan.next_due_at < until


def test_the_person_chooses_another_leader_and_the_first_one_sees_no_more(office: Office) -> None:
    plan = plan_for(office.colleague, office.leader)
    with acting_as(office.colleague.id):
        others = others_who_may_follow_up(plan)
    assert others == [office.formal_leader, office.office_leader]
    does(office.colleague, plan, PlanActKind.HANDED_OVER, to_person_id=office.formal_leader.id)
    with acting_as(office.leader.id):
        assert not Plan.objects.exists()
    with acting_as(office.formal_leader.id):
        assert Plan.objects.get().follower == office.formal_leader


def test_a_consent_opens_the_plan_for_one_and_taking_it_back_closes_it(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader)
    consent = lets_in(office.counsellor, plan, office.safety_representative)
    with acting_as(office.safety_representative.id):
        assert Plan.objects.get() == plan
        assert Step.objects.exists()
    with acting_as(office.counsellor.id) as by:
        services.shut_out(by=by, consent=consent)
    with acting_as(office.safety_representative.id):
        assert not Plan.objects.exists()
        assert not Step.objects.exists()


def test_only_the_person_lets_anybody_in(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader)
    with pytest.raises(NotAllowed):
        lets_in(office.leader, plan, office.office_leader)


def test_a_later_judgement_of_the_incident_is_the_level_of_the_plan(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader, severity=1)
    AssessedLevel.objects.create(incident=plan.incident, by=office.leader, level=4)
    plan.refresh_from_db()
    assert plan.level == 4


def test_no_notice_says_who_or_what(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader)
    acts(office.counsellor, plan, step_of(plan), StepActKind.ACCEPTED, note="Hemmelig.")
    does(office.counsellor, plan, PlanActKind.CLOSED, words="Også hemmelig.")
    told = Notice.objects.filter(kind__startswith="followup")
    assert told.count() >= 2
    assert all(notice.context == {} for notice in told)
    assert PlanAct.objects.get().words == "Også hemmelig."
