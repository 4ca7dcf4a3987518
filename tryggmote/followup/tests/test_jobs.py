"""What happens by itself: reminders, a next leader who learns no content, successors, and forgetting."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.models import ReadEntry
from tryggmote.followup import reminding
from tryggmote.followup.models import Consent, Plan, PlanAct, Reminder, Step, StepAct
from tryggmote.followup.offering import let_lapse, offer_more
from tryggmote.followup.reminding import remind
from tryggmote.followup.retention import forget_closed_plans
from tryggmote.followup.succession import end_for_those_who_left, find_successors
from tryggmote.followup.tests.helpers import acts, does, lets_in, offered_by, plan_for, step_of
from tryggmote.followup.vocabulary import PlanActKind, ReminderKind, State, StepActKind
from tryggmote.incidents.models import AssessedLevel
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Employment, Person, Placement
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.organisation.workdays import OSLO, add_workdays

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def with_only(plan: Plan, code: str) -> Step:
    """The plan with this step accepted and nothing else open."""
    for step in Step.objects.filter(plan=plan).exclude(code=code):
        acts(plan.person, plan, step, StepActKind.DECLINED)
    acts(plan.person, plan, step_of(plan, code), StepActKind.ACCEPTED)
    return step_of(plan, code)


def told(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("person__name", flat=True))


@pytest.mark.parametrize("code", ["contact_week", "contact_month", "contact_quarter"])
def test_on_the_day_of_a_contact_both_are_reminded_once(office: Office, code: str) -> None:
    step = with_only(plan_for(office.counsellor, office.leader, level=3), code)
    day_before, morning = step.due_at - timedelta(days=1), step.due_at - timedelta(minutes=1)
    assert remind(now=day_before) == 0
    assert remind(now=morning) == 1
    assert remind(now=morning) == 0
    assert told("followup_due") == [office.leader.name, office.counsellor.name]


def test_what_is_late_is_told_to_the_leader_and_then_to_the_next_without_content(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader, level=3)
    step = with_only(plan, "contact_week")
    assert remind(now=step.due_at + timedelta(minutes=1)) == 1
    assert told("followup_overdue") == [office.leader.name]
    passed_up = add_workdays(step.due_at, 2)
    assert remind(now=passed_up - timedelta(minutes=1)) == 0
    assert remind(now=passed_up) == 1
    notice = Notice.objects.get(kind="followup_passed_up")
    assert notice.person == office.office_leader
    assert notice.context == {"unit": office.unit.name, "name": office.leader.name}
    assert str(plan.id) not in notice.url
    with acting_as(office.office_leader.id):
        assert not Plan.objects.exists()
        assert Reminder.objects.get().kind == ReminderKind.PASSED_UP


def test_nobody_is_reminded_of_a_plan_that_is_closed_or_on_hold(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader, level=3)
    later = timezone.now() + timedelta(days=8)
    does(office.leader, plan, PlanActKind.PAUSED, words="Svarer ikke.", until=later + timedelta(days=3))
    assert remind(now=later) == 0
    does(office.counsellor, plan, PlanActKind.CLOSED)
    assert remind(now=later + timedelta(days=30)) == 0


def test_a_date_that_was_moved_is_reminded_of_anew(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader, level=3)
    step = with_only(plan, "contact_week")
    late = step.due_at + timedelta(minutes=1)
    assert remind(now=late) == 1
    moved = datetime.combine((late + timedelta(days=3)).date(), late.time(), OSLO)
    acts(office.counsellor, plan, step, StepActKind.PLANNED, planned_at=moved)
    assert remind(now=late) == 0
    assert remind(now=moved + timedelta(minutes=1)) == 1


def test_a_graver_judgement_offers_more_once(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader, severity=1)
    assert not Step.objects.filter(plan=plan, code="occupational_health").exists()
    AssessedLevel.objects.create(incident=plan.incident, by=office.leader, level=3)
    assert offer_more() == 1
    assert offer_more() == 0
    assert Step.objects.filter(plan=plan, code="occupational_health").count() == 1
    assert Step.objects.filter(plan=plan, code="first_talk").count() == 1
    AssessedLevel.objects.create(incident=plan.incident, by=office.leader, level=1)
    assert offer_more() == 0


def graver(plan: Plan, leader: Person, level: int, now: datetime) -> None:
    """A leader judges the incident anew, and the job follows."""
    AssessedLevel.objects.create(incident=plan.incident, by=leader, level=level)
    offer_more(now=now)


def test_a_graver_judgement_moves_deadlines_forward_and_tells_both(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader, level=1)
    talk = step_of(plan)
    now = timezone.now()
    graver(plan, office.leader, 4, now)
    talk.refresh_from_db()
    plan.refresh_from_db()
    assert talk.due_at == now + timedelta(hours=1)
    assert plan.next_due_at == talk.due_at
    assert told("followup_sooner") == [office.leader.name, office.counsellor.name]


def test_a_deadline_is_never_put_off_by_a_level(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader, level=4)
    due = step_of(plan).due_at
    graver(plan, office.leader, 1, due)
    graver(plan, office.leader, 5, due + timedelta(days=3))
    assert step_of(plan).due_at == due
    assert told("followup_sooner") == []


def test_a_time_the_person_has_set_stays_and_one_the_leader_set_is_agreed_on_anew(office: Office) -> None:
    own, leaders = (plan_for(office.counsellor, office.leader, level=1) for _number in range(2))
    due = step_of(own).due_at
    agreed = due - timedelta(minutes=5)
    acts(office.counsellor, own, step_of(own), StepActKind.PLANNED, planned_at=agreed)
    acts(office.leader, leaders, step_of(leaders), StepActKind.PLANNED, planned_at=agreed)
    now = timezone.now()
    for plan in (own, leaders):
        graver(plan, office.leader, 4, now)
    assert (step_of(own).due_at, step_of(own).planned_at) == (agreed, agreed)
    assert (step_of(leaders).due_at, step_of(leaders).planned_at) == (now + timedelta(hours=1), None)


def test_what_is_done_or_declined_or_closed_gets_no_new_deadline(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader, level=2)
    done, declined = step_of(plan), Step.objects.filter(plan=plan).exclude(code="first_talk")[0]
    acts(office.leader, plan, done, StepActKind.DONE)
    acts(office.counsellor, plan, declined, StepActKind.DECLINED)
    closed = plan_for(office.colleague, office.leader, level=1)
    does(office.colleague, closed, PlanActKind.CLOSED)
    before = {step.id: step.due_at for step in (done, declined, step_of(closed))}
    now = timezone.now()
    graver(plan, office.leader, 4, now)
    graver(closed, office.leader, 4, now)
    assert {step.id: step.due_at for step in Step.objects.filter(id__in=before)} == before


def test_company_for_the_first_night_is_no_longer_offered_when_it_is_over(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader, level=3)
    acts(office.counsellor, plan, step_of(plan, "not_alone"), StepActKind.ACCEPTED)
    assert let_lapse() == 0
    Step.objects.filter(plan=plan).update(due_at=timezone.now() - timedelta(hours=1))
    waiting = Plan.objects.get().offers_waiting
    assert let_lapse() == 1
    assert let_lapse() == 0
    assert step_of(plan, "home_safely").answer == "lapsed"
    assert step_of(plan, "not_alone").answer == "accepted"
    assert Plan.objects.get().offers_waiting == waiting - 1


def test_the_leader_of_today_follows_up_when_the_first_one_leads_others_now(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader)
    assert find_successors() == 0
    Placement.objects.filter(person=office.counsellor).update(daily_leader=office.formal_leader)
    Employment.objects.filter(person=office.counsellor).update(formal_leader=office.formal_leader)
    assert find_successors() == 1
    plan.refresh_from_db()
    assert plan.follower == office.formal_leader
    assert told("followup_to_do") == [office.formal_leader.name]
    assert told("followup_handed_over") == [office.counsellor.name]
    assert find_successors() == 0


def test_a_leader_who_has_left_is_succeeded(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader)
    Person.objects.filter(id=office.leader.id).update(ended_on=timezone.localdate() - timedelta(days=1))
    assert find_successors() == 1
    plan.refresh_from_db()
    assert plan.follower == office.office_leader


def test_the_plan_of_somebody_who_has_left_is_ended(office: Office) -> None:
    plan, other = plan_for(office.counsellor, office.leader), plan_for(office.colleague, office.leader)
    assert end_for_those_who_left() == 0
    Person.objects.filter(id=office.counsellor.id).update(ended_on=timezone.localdate() - timedelta(days=1))
    assert end_for_those_who_left() == 1
    plan.refresh_from_db()
    other.refresh_from_db()
    assert (plan.state, other.state) == (State.CLOSED, State.OPEN)


def test_a_year_after_closing_the_content_is_gone_and_that_there_was_a_plan_is_kept(office: Office) -> None:
    old, young = plan_for(office.counsellor, office.leader), plan_for(office.colleague, office.leader)
    for plan in (old, young):
        acts(plan.person, plan, step_of(plan), StepActKind.ACCEPTED, note="Hemmelig.")
        lets_in(plan.person, plan, office.safety_representative)
        ReadEntry.objects.create(person_id=office.leader.id, kind="followup", object_id=plan.id)
        does(plan.person, plan, PlanActKind.CLOSED, words="Takk.")
    now = timezone.now()
    Plan.objects.filter(id=old.id).update(closed_at=now - timedelta(days=367))
    Plan.objects.filter(id=young.id).update(closed_at=now - timedelta(days=360))
    assert forget_closed_plans() == 1
    for model in (Step, StepAct, PlanAct, Consent):
        assert set(model.objects.values_list("plan_id", flat=True)) == {young.id}
    assert set(ReadEntry.objects.filter(kind="followup").values_list("object_id", flat=True)) == {young.id}
    old.refresh_from_db()
    assert (old.natures, old.person, old.forgotten_at is not None) == ([], office.counsellor, True)
    assert forget_closed_plans() == 0


def test_a_plan_that_was_forgotten_can_still_be_opened_by_the_person(office: Office) -> None:
    plan = plan_for(office.counsellor, office.leader)
    does(office.counsellor, plan, PlanActKind.CLOSED)
    Plan.objects.filter(id=plan.id).update(closed_at=timezone.now() - timedelta(days=800))
    forget_closed_plans()
    does(office.counsellor, plan, PlanActKind.REOPENED)
    plan.refresh_from_db()
    assert (plan.is_open, plan.forgotten_at, plan.steps.count()) == (True, None, 1)


def test_a_plan_is_never_handed_to_the_exposed_and_holds_no_other_back(office: Office) -> None:
    """The witness's new leader is the one it happened to: the next leader follows up instead."""
    incident = reported_by(office.counsellor, about="witness", exposed_id=office.formal_leader.id)
    plan = offered_by(office.counsellor, incident, office.counsellor)
    Placement.objects.filter(person=office.counsellor).update(daily_leader=office.formal_leader)
    Employment.objects.filter(person=office.counsellor).update(formal_leader=office.formal_leader)
    find_successors()
    assert Plan.objects.get(id=plan.id).follower_id not in {office.formal_leader.id, office.counsellor.id}


def test_plans_told_of_to_the_end_do_not_stand_before_the_others(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminding, "AT_MOST", 1)
    with_only(plan_for(office.counsellor, office.leader, level=3), "contact_week")
    other = plan_for(office.colleague, office.leader, level=3)
    due = with_only(other, "contact_month").due_at
    for day in range(5):
        remind(now=due + timedelta(days=day, minutes=1))
    assert Reminder.objects.filter(plan=other).exists()
