"""A hazard is raised, judged by somebody, and whoever raised it is answered (1.1, 2.1)."""

from datetime import datetime

import pytest
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person, RoleAssignment, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.standing import Standing
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_person, make_unit
from tryggmote.organisation.workdays import OSLO
from tryggmote.risk import inbox, told
from tryggmote.risk.hazard_rules import State, goes_up, may_decide, may_know_who_raised, state_of
from tryggmote.risk.models import HAZARD_LIMIT, Hazard, HazardDecision, HazardEscalation, Reopening
from tryggmote.risk.rules import hazard_due
from tryggmote.risk.tests.hazards import decided_by, from_a_source, merged_by, raised_by
from tryggmote.risk.tests.stories import Work, begin
from tryggmote.risk.versions import AssessmentDraft, begin_assessment
from tryggmote.risk.vocabulary import Cause, Outcome, Source

MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=OSLO)
TWO_WEEKS_LATER = datetime(2026, 11, 16, 10, 0, tzinfo=OSLO)


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


def told_of(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=kind).values_list("person_id", flat=True))


def test_a_hazard_is_judged_within_ten_working_days() -> None:
    assert hazard_due(MONDAY) == TWO_WEEKS_LATER
    assert not goes_up(raised_at=MONDAY, escalated_at=None, now=TWO_WEEKS_LATER.replace(hour=9))
    assert goes_up(raised_at=MONDAY, escalated_at=None, now=TWO_WEEKS_LATER)
    assert not goes_up(raised_at=MONDAY, escalated_at=TWO_WEEKS_LATER, now=TWO_WEEKS_LATER.replace(hour=11))


@pytest.mark.parametrize(
    ("outcome", "now", "state"),
    [
        ("", MONDAY, State.WAITING),
        ("", TWO_WEEKS_LATER, State.OVERDUE),
        (Outcome.ASSESSED, TWO_WEEKS_LATER, State.ASSESSED),
        (Outcome.MERGED, MONDAY, State.MERGED),
        (Outcome.DECLINED, MONDAY, State.DECLINED),
    ],
)
def test_where_it_stands_follows_from_the_answer_and_the_clock(
    outcome: str, now: datetime, state: State
) -> None:
    assert state_of(outcome=outcome, due_at=TWO_WEEKS_LATER, now=now) is state


def test_leaders_decide_and_those_above_once_it_is_passed_on() -> None:
    sees, leads, represents, above = (
        Standing(True, position == 1, position == 2, position == 3) for position in range(4)
    )
    assert may_decide(leads, is_passed_on=False)
    assert may_decide(above, is_passed_on=True)
    assert not may_decide(above, is_passed_on=False)
    assert not any(may_decide(other, is_passed_on=True) for other in (sees, represents))
    assert may_know_who_raised(Source.CONCERN, represents)
    assert may_know_who_raised(Source.REVIEW, leads)
    assert not may_know_who_raised(Source.CONCERN, sees)
    assert not may_know_who_raised(Source.INCIDENT, leads)


def test_the_nearest_leaders_and_the_safety_representative_are_told_but_not_whoever_raised_it(
    office: Office,
) -> None:
    raised_by(office.counsellor, office.unit)
    assert told_of(told.HAZARD_RAISED) == {office.office_leader.id, office.safety_representative.id}
    Notice.objects.all().delete()
    raised_by(office.safety_representative, office.unit)
    assert told_of(told.HAZARD_RAISED) == {office.office_leader.id}


def test_the_same_form_sent_twice_is_one_hazard_and_tells_once(office: Office) -> None:
    same = new_id()
    first = raised_by(office.counsellor, office.unit, id=same)
    assert raised_by(office.counsellor, office.unit, id=same) == first
    assert Notice.objects.count() == 2
    with pytest.raises(NotPossible):
        raised_by(office.colleague, office.unit, id=same)


def test_nobody_raises_a_hazard_in_an_office_of_others(office: Office) -> None:
    other = make_office("Nav Storevik")
    with pytest.raises(NotAllowed):
        raised_by(office.counsellor, other.unit)


def test_what_was_reported_is_a_hazard_once_and_tells_nobody_again(office: Office) -> None:
    source_id = new_id()
    for _time in range(2):
        from_a_source(office.unit, office.counsellor, source_id=source_id, what="Mottak: " + "x" * 600)
    hazard = Hazard.objects.get()
    assert len(hazard.what) == HAZARD_LIMIT
    assert hazard.what.endswith("…")
    assert hazard.due_at == hazard_due(hazard.raised_at)
    assert not Notice.objects.exists()


def test_where_only_directors_stand_above_they_are_told_at_once(office: Office) -> None:
    RoleAssignment.objects.filter(role=Role.OFFICE_LEADER).delete()
    for hazard in (raised_by(office.counsellor, office.unit), from_a_source(office.unit, office.counsellor)):
        assert hazard.escalated_at is not None
        asked = set(HazardEscalation.objects.filter(hazard=hazard).values_list("to_person_id", flat=True))
        assert asked == {office.county_director.id, office.municipal_director.id}
        for director in asked:
            with acting_as(director):
                assert Hazard.objects.filter(id=hazard.id).exists()


def test_a_director_leads_their_own_unit(office: Office) -> None:
    assert not raised_by(office.county_director, office.county).escalated_at


def test_a_team_without_a_leader_is_led_by_the_office(office: Office) -> None:
    team = make_unit("Team Mottak", UnitKind.TEAM, parents=(office.unit,))
    team.workforces.create(employer=office.directorate)
    hazard = raised_by(office.office_leader, team)
    assert told_of(told.HAZARD_RAISED) == {office.safety_representative.id}
    assert not hazard.escalated_at


def test_the_answer_reaches_whoever_raised_it(office: Office) -> None:
    hazard = raised_by(office.counsellor, office.unit)
    decided_by(office.office_leader, hazard)
    hazard.refresh_from_db()
    assert hazard.decided_at
    notice = Notice.objects.get(kind=told.HAZARD_DECIDED)
    assert notice.person_id == office.counsellor.id
    assert notice.context == {"name": office.office_leader.name}
    with acting_as(office.counsellor.id):
        assert HazardDecision.objects.get().answer == "Døra er reparert."


def test_a_leader_who_answers_their_own_hazard_is_not_told(office: Office) -> None:
    decided_by(office.office_leader, raised_by(office.office_leader, office.unit))
    assert not told_of(told.HAZARD_DECIDED)


@pytest.mark.parametrize("role", ["counsellor", "leader", "safety_representative"])
def test_only_leaders_of_the_unit_decide(office: Office, role: str) -> None:
    hazard = raised_by(office.counsellor, office.unit)
    person: Person = getattr(office, role)
    answer = inbox.DecisionDraft(id=new_id(), outcome=Outcome.DECLINED, answer="Nei")
    with acting_as(person.id) as by, pytest.raises(NotAllowed):
        inbox.decide_hazard(by=by, hazard=hazard, draft=answer)


def test_a_director_decides_only_what_was_passed_on(office: Office) -> None:
    hazard = raised_by(office.counsellor, office.unit)
    answer = inbox.DecisionDraft(new_id(), Outcome.DECLINED, "Nei")
    with acting_as(office.county_director.id) as by, pytest.raises(NotAllowed):
        inbox.decide_hazard(by=by, hazard=hazard, draft=answer)
    HazardEscalation.objects.create(hazard=hazard, to_person=office.county_director)
    assert decided_by(office.county_director, hazard).by_id == office.county_director.id


def test_the_same_answer_sent_twice_is_one_and_a_second_answer_is_refused(office: Office) -> None:
    hazard, same = raised_by(office.counsellor, office.unit), new_id()
    first = decided_by(office.office_leader, hazard, id=same)
    assert decided_by(office.office_leader, hazard, id=same) == first
    with pytest.raises(NotPossible, match="allerede"):
        decided_by(office.office_leader, hazard)
    assert Notice.objects.filter(kind=told.HAZARD_DECIDED).count() == 1


def test_an_answer_under_anothers_id_is_refused(office: Office) -> None:
    one, other = raised_by(office.counsellor, office.unit), raised_by(office.colleague, office.unit)
    taken = decided_by(office.office_leader, one).id
    with pytest.raises(NotPossible, match="lagres"):
        decided_by(office.office_leader, other, id=taken)
    assert not HazardDecision.objects.filter(hazard=other).exists()


# Merging


def test_a_hazard_merged_into_one_that_is_merged_itself_ends_where_that_one_ended(office: Office) -> None:
    one, two, three = (raised_by(office.counsellor, office.unit) for _number in range(3))
    merged_by(office.office_leader, two, three)
    assert merged_by(office.office_leader, one, two).merged_into_id == three.id


def test_there_are_no_circles(office: Office) -> None:
    one, two, three = (raised_by(office.counsellor, office.unit) for _number in range(3))
    with pytest.raises(NotPossible, match="allerede slått sammen"):
        merged_by(office.office_leader, one, one)
    merged_by(office.office_leader, one, two)
    merged_by(office.office_leader, two, three)
    with pytest.raises(NotPossible, match="allerede slått sammen"):
        merged_by(office.office_leader, three, one)


def test_a_hazard_is_merged_with_one_of_its_own_unit(office: Office) -> None:
    team = make_unit("Team Mottak", UnitKind.TEAM, parents=(office.unit,))
    team.workforces.create(employer=office.directorate)
    theirs = raised_by(office.office_leader, team)
    with pytest.raises(NotPossible, match="finnes ikke"):
        merged_by(office.office_leader, raised_by(office.counsellor, office.unit), theirs)


def test_all_who_raised_what_was_merged_are_told_of_the_answer_and_can_read_it(office: Office) -> None:
    one, two = raised_by(office.counsellor, office.unit), raised_by(office.colleague, office.unit)
    three = raised_by(office.safety_representative, office.unit)
    merged_by(office.office_leader, one, two)
    merged_by(office.office_leader, two, three)
    Notice.objects.all().delete()
    decided_by(office.office_leader, three)
    assert told_of(told.HAZARD_DECIDED) == {
        office.counsellor.id,
        office.colleague.id,
        office.safety_representative.id,
    }
    assert {notice.subject_id for notice in Notice.objects.all()} == {three.id}
    with acting_as(office.counsellor.id):
        assert set(Hazard.objects.all()) == {one, two, three}
        assert HazardDecision.objects.get(hazard=three).answer == "Døra er reparert."


# Assessing


@pytest.fixture
def work(db: None) -> Work:
    return begin()


def assessed_in(work: Work, hazard: Hazard, lineage: object, **answers: object) -> HazardDecision:
    return decided_by(
        work.leader,
        hazard,
        outcome=Outcome.ASSESSED,
        assessment_id=work.assessment.id,
        lineage=lineage,
        **answers,
    )


def test_it_is_assessed_in_a_scenario_of_the_draft(work: Work) -> None:
    hazard = raised_by(work.office.counsellor, work.office.unit)
    scenario = work.describe()
    decision = assessed_in(work, hazard, scenario.lineage)
    assert (decision.assessment_id, decision.lineage) == (work.assessment.id, scenario.lineage)


def test_a_scenario_that_was_taken_out_or_is_of_another_assessment_is_refused(work: Work) -> None:
    hazard = raised_by(work.office.counsellor, work.office.unit)
    scenario = work.describe()
    type(scenario).objects.filter(id=scenario.id).update(removed_at=timezone.now())
    for lineage in (scenario.lineage, new_id(), begin().describe().lineage):
        with pytest.raises(NotPossible, match="ikke lenger med"):
            assessed_in(work, hazard, lineage)
    assert not HazardDecision.objects.exists()


def test_the_assessment_of_another_office_is_refused(work: Work) -> None:
    elsewhere = begin(make_office("Nav Storevik"))
    hazard = raised_by(work.office.counsellor, work.office.unit)
    with pytest.raises(NotPossible, match="ikke lenger med"):
        decided_by(
            work.leader,
            hazard,
            outcome=Outcome.ASSESSED,
            assessment_id=elsewhere.assessment.id,
            lineage=elsewhere.describe().lineage,
        )


def test_an_assessment_approved_meanwhile_still_takes_the_hazard_in(work: Work) -> None:
    hazard = raised_by(work.office.counsellor, work.office.unit)
    work.complete()
    lineage = work.draft.scenarios.get().lineage
    work.approve()
    assert assessed_in(work, hazard, lineage).assessment_id == work.assessment.id
    assert not Reopening.objects.exists()


def test_the_leader_says_whether_the_approved_assessment_must_be_looked_at_again(work: Work) -> None:
    hazard = raised_by(work.office.counsellor, work.office.unit)
    work.complete()
    lineage = work.draft.scenarios.get().lineage
    work.approve()
    assessed_in(work, hazard, lineage, reopens=True)
    reopening = Reopening.objects.get()
    assert (reopening.cause, reopening.cause_id) == (Cause.HAZARD, hazard.id)
    assert work.draft.number == 2


def test_opening_the_assessment_leaves_the_hazard_waiting(work: Work) -> None:
    hazard = raised_by(work.office.counsellor, work.office.unit)
    work.complete()
    work.approve()
    for _time in range(2):
        with acting_as(work.leader.id) as by:
            inbox.assess_hazard_in(by=by, hazard=hazard, assessment=work.assessment)
    assert work.draft.cause == Cause.HAZARD
    assert Reopening.objects.count() == 1
    hazard.refresh_from_db()
    assert not hazard.decided_at


def test_an_assessment_is_not_opened_for_a_hazard_that_is_decided_or_by_one_who_does_not_lead(
    work: Work,
) -> None:
    work.complete()
    work.approve()
    hazard = raised_by(work.office.counsellor, work.office.unit)
    with acting_as(work.office.safety_representative.id) as by, pytest.raises(NotAllowed):
        inbox.assess_hazard_in(by=by, hazard=hazard, assessment=work.assessment)
    decided_by(work.leader, hazard)
    with acting_as(work.leader.id) as by, pytest.raises(NotPossible):
        inbox.assess_hazard_in(by=by, hazard=hazard, assessment=work.assessment)
    assert not Reopening.objects.exists()


def test_the_assessment_of_a_county_is_not_opened_by_an_office(work: Work) -> None:
    office = work.office
    with acting_as(office.county_director.id) as by:
        draft = AssessmentDraft(id=new_id(), unit_id=office.county.id, title="Fylket", forms=("planned",))
        above = begin_assessment(by=by, draft=draft)
    hazard = raised_by(office.counsellor, office.unit)
    with acting_as(work.leader.id) as by, pytest.raises(NotPossible, match="gjelder ikke enheten"):
        inbox.assess_hazard_in(by=by, hazard=hazard, assessment=above)
    assert not Reopening.objects.exists()


def test_the_leader_of_a_department_opens_the_assessment_of_the_office(work: Work) -> None:
    work.complete()
    work.approve()
    department = make_unit("Avdeling", UnitKind.DEPARTMENT, parents=(work.office.unit,))
    department.workforces.create(employer=work.office.directorate)
    leader = make_person("Dag Avdelingsleder")
    assign(leader, Role.LEADER, department)
    hazard = raised_by(work.leader, department)
    with acting_as(leader.id) as by:
        inbox.assess_hazard_in(by=by, hazard=hazard, assessment=work.assessment)
    assert work.draft.cause == Cause.HAZARD
    assert work.leader.id in told_of(told.REOPENED)


def test_a_director_to_whom_it_was_passed_on_links_it_to_what_is_approved(work: Work) -> None:
    work.complete()
    work.approve()
    hazard = raised_by(work.office.counsellor, work.office.unit)
    HazardEscalation.objects.create(hazard=hazard, to_person=work.office.county_director)
    hazard.refresh_from_db()
    lineage = work.assessment.versions.get().scenarios.get().lineage
    decided_by(
        work.office.county_director,
        hazard,
        outcome=Outcome.ASSESSED,
        assessment_id=work.assessment.id,
        lineage=lineage,
    )
    assert HazardDecision.objects.get().lineage == lineage


def test_a_department_leader_is_nearer_than_the_office(office: Office) -> None:
    department = make_unit("Avdeling", UnitKind.DEPARTMENT, parents=(office.unit,))
    department.workforces.create(employer=office.directorate)
    leader = make_person("Dag Avdelingsleder")
    assign(leader, Role.LEADER, department)
    raised_by(office.office_leader, department)
    assert told_of(told.HAZARD_RAISED) == {leader.id, office.safety_representative.id}
