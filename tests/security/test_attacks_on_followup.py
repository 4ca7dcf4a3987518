"""Somebody who can write any SQL in their own name still cannot do in a plan what is not theirs to do."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.ids import new_id
from tryggmote.followup.models import Consent, Plan, PlanAct, Reminder, Step, StepAct
from tryggmote.followup.rules import pause_ends_by
from tryggmote.followup.steps import step_rules
from tryggmote.followup.tests.helpers import does, lets_in, plan_for, step_of
from tryggmote.followup.vocabulary import PlanActKind
from tryggmote.incidents.models import AssessedLevel, Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Employment, Person, Placement
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.organisation.workdays import OSLO

pytestmark = pytest.mark.django_db
EVERYBODY_ELSE = (
    "leader", "formal_leader", "office_leader", "safety_representative", "chief_safety_representative",
    "county_director", "municipal_director", "directorate_member", "administrator", "auditor", "colleague",
)  # fmt: skip
OTHERS = tuple(who for who in EVERYBODY_ELSE if who != "leader")


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def plan(office: Office) -> Plan:
    return plan_for(office.counsellor, office.leader, level=4)


def is_refused(person: Person, attempt: Callable[[], Any]) -> bool:
    """Whether the database says no to it."""
    try:
        with transaction.atomic(), acting_as(person.id):
            attempt()
    except DatabaseError:
        return True
    return False


def changed(person: Person, sql: str, *values: Any) -> int:
    """How many rows this person changes with an update or a delete; 0 also when it is refused."""
    try:
        with transaction.atomic(), acting_as(person.id), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.rowcount
    except DatabaseError:
        return 0


def plan_act(plan: Plan, by: Person, kind: str, **more: Any) -> Callable[[], Any]:
    return lambda: PlanAct.objects.bulk_create([PlanAct(plan_id=plan.id, by_id=by.id, kind=kind, **more)])


def step_act(plan: Plan, step: Step, by: Person, kind: str, **more: Any) -> Callable[[], Any]:
    return lambda: StepAct.objects.bulk_create(
        [StepAct(plan_id=plan.id, step_id=step.id, by_id=by.id, kind=kind, **more)]
    )


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_nobody_closes_or_reopens_anothers_plan(office: Office, plan: Plan, who: str) -> None:
    person = getattr(office, who)
    assert is_refused(person, plan_act(plan, person, "closed"))
    assert is_refused(person, plan_act(plan, person, "ended"))
    does(office.counsellor, plan, PlanActKind.CLOSED)
    assert is_refused(person, plan_act(plan, person, "reopened"))


@pytest.mark.parametrize(("days", "is_allowed"), [(-1, False), (0, True), (60, True), (61, False)])
def test_a_pause_ends_no_later_than_the_rule_says(
    office: Office, plan: Plan, days: int, is_allowed: bool
) -> None:
    until = datetime.combine(timezone.localdate() + timedelta(days=days), time(8), OSLO)
    assert pause_ends_by(timezone.localdate(), step_rules()) == timezone.localdate() + timedelta(days=60)
    pause = plan_act(plan, office.leader, "paused", words="Svarer ikke.", until=until)
    assert is_refused(office.leader, pause) is not is_allowed


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_nobody_moves_a_deadline_as_the_job_does(office: Office, plan: Plan, who: str) -> None:
    sql = "select app.tighten_followup(%s, '{first_talk}', array[now()])"
    assert changed(getattr(office, who), sql, plan.id) == 0


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_nobody_does_it_in_the_persons_name(office: Office, plan: Plan, who: str) -> None:
    person = getattr(office, who)
    assert is_refused(person, plan_act(plan, office.counsellor, "closed"))
    assert is_refused(person, step_act(plan, step_of(plan), office.counsellor, "accepted"))


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
@pytest.mark.parametrize("kind", ["accepted", "declined", "not_done", "lapsed"])
def test_nobody_answers_for_the_person(office: Office, plan: Plan, who: str, kind: str) -> None:
    person = getattr(office, who)
    assert is_refused(person, step_act(plan, step_of(plan), person, kind))


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_but_the_two_does_anything_with_a_step(office: Office, plan: Plan, who: str) -> None:
    person = getattr(office, who)
    assert is_refused(person, step_act(plan, step_of(plan), person, "done"))
    assert is_refused(
        person,
        lambda: Step.objects.bulk_create(
            [Step(plan_id=plan.id, code="doctor", due_at=timezone.now(), offered_by_id=person.id)]
        ),
    )


@pytest.mark.parametrize("who", ["counsellor", *EVERYBODY_ELSE])
def test_nobody_sets_what_the_database_derives_or_removes_anything(
    office: Office, plan: Plan, who: str
) -> None:
    person = getattr(office, who)
    lets_in(office.counsellor, plan, office.colleague)
    for sql in (
        "update followup_plan set closed_at = now()",
        "update followup_plan set follower_id = person_id + 1",
        "update followup_plan set next_due_at = null",
        "update followup_plan set created_at = now() - interval '1 day'",
        "update followup_step set done_at = now()",
        "update followup_step set due_at = now() + interval '1 year'",
        "update followup_stepact set at = now() - interval '1 day'",
        "update followup_consent set to_person_id = to_person_id",
        "delete from followup_plan",
        "delete from followup_step",
        "delete from followup_stepact",
        "delete from followup_planact",
        "delete from followup_consent",
        "delete from followup_reminder",
    ):
        assert changed(person, sql) == 0, sql


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_nobody_lets_themselves_or_another_in(office: Office, plan: Plan, who: str) -> None:
    person = getattr(office, who)
    for owner in (person, office.counsellor):
        for to in (office.colleague, office.office_leader):
            consent = Consent(plan_id=plan.id, person_id=owner.id, to_person_id=to.id)
            assert is_refused(person, lambda consent=consent: Consent.objects.bulk_create([consent]))


def test_a_consent_that_was_taken_back_is_not_taken_up_again(office: Office, plan: Plan) -> None:
    lets_in(office.counsellor, plan, office.colleague)
    assert changed(office.colleague, "update followup_consent set withdrawn_at = now()") == 0
    assert changed(office.counsellor, "update followup_consent set withdrawn_at = now()") == 1
    assert changed(office.counsellor, "update followup_consent set withdrawn_at = null") == 0


def test_whoever_was_let_in_reads_and_does_nothing(office: Office, plan: Plan) -> None:
    lets_in(office.counsellor, plan, office.colleague)
    for kind in ("done", "accepted", "declined"):
        assert is_refused(office.colleague, step_act(plan, step_of(plan), office.colleague, kind))
    for kind in ("closed", "resumed", "reopened"):
        assert is_refused(office.colleague, plan_act(plan, office.colleague, kind))
    onward = Consent(plan_id=plan.id, person_id=office.colleague.id, to_person_id=office.auditor.id)
    assert is_refused(office.colleague, lambda: Consent.objects.bulk_create([onward]))


def test_the_leader_puts_no_step_after_its_deadline(office: Office, plan: Plan) -> None:
    step = step_of(plan, "contact_week")
    later, sooner = step.due_at + timedelta(minutes=1), step.due_at - timedelta(minutes=1)
    leader = office.leader
    assert is_refused(leader, step_act(plan, step, leader, "planned", planned_at=later))
    assert not is_refused(leader, step_act(plan, step, leader, "planned", planned_at=sooner))


def test_a_step_of_one_plan_is_not_reached_through_another(office: Office, plan: Plan) -> None:
    other = plan_for(office.colleague, office.leader)
    assert is_refused(office.colleague, step_act(other, step_of(plan), office.colleague, "accepted"))
    assert is_refused(office.colleague, step_act(plan, step_of(plan), office.colleague, "accepted"))


def test_nobody_writes_words_into_an_offer_or_wishes_for_another(office: Office, plan: Plan) -> None:
    def offering(**more: Any) -> Callable[[], Any]:
        step = {"code": "doctor", "due_at": timezone.now(), "offered_by_id": office.leader.id, **more}
        return lambda: Step.objects.bulk_create([Step(plan_id=plan.id, **step)])

    assert is_refused(office.leader, offering(words="Ta deg sammen."))
    assert is_refused(office.leader, offering(code="wish", words="Jeg vil slutte."))
    assert is_refused(office.leader, offering(answer="accepted"))
    assert is_refused(office.leader, offering(done_at=timezone.now()))
    assert is_refused(office.leader, offering(offered_by_id=None))
    assert not is_refused(office.leader, offering())


def begun(incident: Incident, by: Person, person: Person, follower: Person, **more: Any) -> Callable[[], Any]:
    plan = {
        "relation": "witness", "unit_id": incident.workforce.unit_id, "workforce_id": incident.workforce_id,
        "natures": incident.natures, "happened_at": incident.happened_at, "level": 3, "offered_level": 3,
        "rule_version": "1",
        "began_by_id": by.id, **more,
    }  # fmt: skip
    return lambda: Plan.objects.bulk_create(
        [Plan(incident_id=incident.id, person_id=person.id, follower_id=follower.id, **plan)]
    )


def test_nobody_makes_themselves_the_follower_of_somebody_they_do_not_lead(office: Office) -> None:
    incident = reported_by(office.counsellor)
    for who in ("colleague", "safety_representative", "administrator", "auditor", "formal_leader"):
        person = getattr(office, who)
        assert is_refused(person, begun(incident, person, office.counsellor, person)), who
        assert is_refused(
            office.office_leader, begun(incident, office.office_leader, office.counsellor, person)
        )
    assert not is_refused(office.leader, begun(incident, office.leader, office.counsellor, office.leader))


def test_a_plan_is_begun_in_ones_own_name_for_those_of_the_office_after_an_incident_one_sees(
    office: Office,
) -> None:
    incident, stranger = reported_by(office.counsellor), make_office("Nav Storevik")
    leader = office.leader
    attempts = {
        "in another's name": begun(incident, office.office_leader, office.counsellor, leader),
        "closed": begun(incident, leader, office.counsellor, leader, closed_at=timezone.now()),
        "other words": begun(incident, leader, office.counsellor, leader, natures=["worry", "weapon_used"]),
        "another unit": begun(incident, leader, office.counsellor, leader, unit_id=stranger.unit.id),
        "somebody elsewhere": begun(incident, leader, stranger.counsellor, stranger.leader),
        "oneself": begun(incident, leader, leader, leader),
    }
    for what, attempt in attempts.items():
        assert is_refused(leader, attempt), what
    unseen = reported_by(stranger.counsellor)
    assert is_refused(leader, begun(unseen, leader, office.counsellor, leader))


def test_whoever_was_exposed_neither_offers_nor_follows_up_others_of_the_same_incident(
    office: Office,
) -> None:
    incident, leader = reported_by(office.leader), office.leader
    assert is_refused(leader, begun(incident, leader, office.counsellor, office.office_leader))
    above = office.office_leader
    assert is_refused(above, begun(incident, above, office.counsellor, leader))
    assert not is_refused(above, begun(incident, above, office.counsellor, above))


def test_the_safety_representative_adds_witnesses_and_not_the_exposed(office: Office) -> None:
    incident, representative = reported_by(office.counsellor), office.safety_representative
    for relation in ("exposed", "witness"):
        attempt = begun(incident, representative, office.counsellor, office.leader, relation=relation)
        assert is_refused(representative, attempt)


def test_a_plan_is_handed_to_no_one_who_does_not_lead_the_person(office: Office, plan: Plan) -> None:
    for giver in (office.leader, office.counsellor):
        for who in ("colleague", "safety_representative", "administrator", "formal_leader", "counsellor"):
            to = getattr(office, who)
            assert is_refused(giver, plan_act(plan, giver, "handed_over", to_person_id=to.id)), who
    # What was said to one leader is not shown to another by the leader.
    to = office.office_leader
    assert is_refused(office.leader, plan_act(plan, office.leader, "handed_over", to_person_id=to.id))
    assert not is_refused(
        office.counsellor, plan_act(plan, office.counsellor, "handed_over", to_person_id=to.id)
    )
    taker = office.formal_leader
    assert is_refused(taker, plan_act(plan, taker, "handed_over", to_person_id=taker.id))


def test_a_leader_who_leads_the_person_no_more_sees_and_does_no_more(office: Office, plan: Plan) -> None:
    Placement.objects.filter(person=office.counsellor).update(daily_leader=office.formal_leader)
    Employment.objects.filter(person=office.counsellor).update(formal_leader=office.formal_leader)
    with acting_as(office.leader.id):
        assert not Plan.objects.exists()
    assert is_refused(office.leader, step_act(plan, step_of(plan), office.leader, "done"))
    assert is_refused(office.leader, plan_act(plan, office.leader, "paused", words="x", until=timezone.now()))


def test_the_job_reads_no_word_and_forgets_nothing_young(office: Office, plan: Plan) -> None:
    for table, column in (
        ("step", "words"), ("step", "who"), ("step", "answer"), ("stepact", "note"), ("planact", "words"),
        ("plan", "natures"), ("consent", "to_person_id"),
    ):  # fmt: skip
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            acting_as_job(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"select {column} from followup_{table}")
    does(office.counsellor, plan, PlanActKind.CLOSED)
    with acting_as_job(), connection.cursor() as cursor:
        for table in ("stepact", "step", "planact", "consent", "reminder"):
            cursor.execute(f"delete from followup_{table}")
            assert cursor.rowcount == 0
        cursor.execute("update followup_plan set forgotten_at = now(), natures = '{}'")
        assert cursor.rowcount == 0
    assert Step.objects.filter(plan=plan).exists()


def test_the_job_closes_nobodys_plan_while_they_work_here(office: Office, plan: Plan) -> None:
    for kind in ("closed", "ended", "paused", "reopened", "resumed"):
        with pytest.raises(DatabaseError), transaction.atomic(), acting_as_job():
            PlanAct.objects.bulk_create([PlanAct(plan_id=plan.id, kind=kind)])


def test_the_job_offers_nothing_in_somebodys_name_and_answers_nothing(office: Office, plan: Plan) -> None:
    now = timezone.now()
    for more in (
        {"offered_by_id": office.leader.id}, {"answer": "accepted"}, {"words": "Hei"}, {"code": "wish"},
        {"done_at": now},
    ):  # fmt: skip
        step = Step(plan_id=plan.id, **{"code": "doctor", "due_at": now, **more})
        with pytest.raises(DatabaseError), transaction.atomic(), acting_as_job():
            Step.objects.bulk_create([step])


def test_nobody_reads_the_log_of_anothers_plan_and_nobody_forges_a_reminder(
    office: Office, plan: Plan
) -> None:
    reminder = Reminder(
        plan_id=plan.id, kind="passed_up", due_at=timezone.now(), to_person_id=office.colleague.id,
        follower_id=office.leader.id, unit_id=office.unit.id,
    )  # fmt: skip
    for who in ("counsellor", *EVERYBODY_ELSE):
        assert is_refused(getattr(office, who), lambda: Reminder.objects.bulk_create([reminder]))


def test_what_a_witness_sees_is_not_the_incident(office: Office) -> None:
    incident = reported_by(office.counsellor, what_happened="Navn og hemmeligheter.")
    AssessedLevel.objects.create(incident=incident, by=office.leader, level=5)
    assert not is_refused(
        office.leader,
        begun(
            incident,
            office.leader,
            office.colleague,
            office.leader,
            workforce_id=Placement.objects.get(person=office.colleague).workforce_id,
        ),
    )
    with acting_as(office.colleague.id):
        assert Plan.objects.get().incident_id == incident.id
        assert not Incident.objects.exists()
        assert Plan.objects.select_related("incident").count() == 1
        assert list(Plan.objects.filter(incident__what_happened__contains="Navn")) == []


def test_an_id_that_is_anothers_act_is_refused(office: Office, plan: Plan) -> None:
    other = plan_for(office.colleague, office.leader)
    act_id = new_id()
    assert not is_refused(
        office.colleague, step_act(other, step_of(other), office.colleague, "accepted", id=act_id)
    )
    assert is_refused(
        office.counsellor, step_act(plan, step_of(plan), office.counsellor, "accepted", id=act_id)
    )
