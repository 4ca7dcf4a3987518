"""What the level of an incident asks of leaders, by when, and that it is never forgotten (2.4, § 23A-5)."""

from datetime import datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.incidents.consequence_rules import ConsequenceRules, Deadline, StepRule, consequence_rules
from tryggmote.incidents.consequences import take_shared_step, take_step
from tryggmote.incidents.models import Incident, Recipient, Step, StepTaken
from tryggmote.incidents.services import assess_level
from tryggmote.incidents.tests.helpers import opened_by, reported_by
from tryggmote.incidents.vocabulary import Capacity, Outcome
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person, RoleAssignment
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, workforce_of
from tryggmote.organisation.workdays import OSLO

database = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def assessed_by(leader: Person, incident: Incident, level: int, at: datetime | None = None) -> None:
    with acting_as(leader.id) as by:
        seen = Incident.objects.get(id=incident.id)
        assess_level(by=by, incident=seen, assessment_id=new_id(), level=level, at=at)


def taken_by(leader: Person, incident: Incident, code: str, **how: object) -> None:
    with acting_as(leader.id) as by:
        take_step(by=by, incident=Incident.objects.get(id=incident.id), code=code, **how)  # type: ignore[arg-type]


def owed(incident: Incident) -> set[str]:
    return set(Step.objects.filter(incident=incident, done_at=None).values_list("code", flat=True))


def at_oslo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


@database
def test_every_report_asks_to_be_read_judged_described_and_answered(office: Office) -> None:
    incident = reported_by(office.counsellor)
    assert owed(incident) == {"read", "representative", "level", "answer", "classify"}
    opened_by(office.leader, incident)
    opened_by(office.safety_representative, incident)
    assert owed(incident) == {"level", "answer", "classify"}


@database
@pytest.mark.parametrize(
    ("level", "asked"),
    [
        (0, set()),
        (1, {"followup"}),
        (2, {"followup", "talk", "measure"}),
        (3, {"followup", "talk", "measure", "occupational_health", "police", "reassess", "coordinate"}),
    ],
)
def test_the_level_decides_what_is_to_be_done(office: Office, level: int, asked: set[str]) -> None:
    incident = reported_by(office.counsellor)
    assessed_by(office.leader, incident, level)
    assert owed(incident) == asked | {"read", "representative", "answer", "classify"}


@database
def test_the_highest_level_asks_for_everything(office: Office) -> None:
    incident = reported_by(office.counsellor)
    assessed_by(office.leader, incident, 5)
    asked = set(Step.objects.filter(incident=incident).values_list("code", flat=True))
    assert asked == {rule.code for rule in consequence_rules().steps}


@database
def test_a_higher_level_moves_a_deadline_forward_and_never_back(office: Office) -> None:
    incident = reported_by(office.counsellor)
    monday = at_oslo("2026-11-23 09:00")
    assessed_by(office.leader, incident, 1, at=monday)
    assert Step.objects.get(incident=incident, code="followup").due_at == at_oslo("2026-11-30 09:00")
    assessed_by(office.leader, incident, 3, at=monday + timedelta(hours=1))
    assert Step.objects.get(incident=incident, code="followup").due_at == at_oslo("2026-11-23 23:59")
    assessed_by(office.leader, incident, 1, at=monday + timedelta(hours=2))
    assert Step.objects.get(incident=incident, code="followup").due_at == at_oslo("2026-11-23 23:59")


@database
def test_a_lower_level_takes_back_what_is_not_done_and_asks_again_when_it_rises(office: Office) -> None:
    incident = reported_by(office.counsellor)
    assessed_by(office.leader, incident, 3)
    taken_by(office.leader, incident, "talk")
    assessed_by(office.leader, incident, 1)
    assert owed(incident) & {"police", "talk"} == set()
    assert Step.objects.get(incident=incident, code="police").outcome == Outcome.NOT_NEEDED
    assert Step.objects.get(incident=incident, code="talk").outcome == Outcome.DONE, "what was done stays"
    assessed_by(office.leader, incident, 3)
    assert "police" in owed(incident)
    assert "talk" not in owed(incident)


@database
def test_declining_needs_a_reason_and_a_step_that_may_be_declined(office: Office) -> None:
    incident = reported_by(office.counsellor)
    assessed_by(office.leader, incident, 3)
    with pytest.raises(NotPossible):
        taken_by(office.leader, incident, "police", outcome=Outcome.DECLINED, note="  ")
    with pytest.raises(NotPossible):
        taken_by(office.leader, incident, "talk", outcome=Outcome.DECLINED, note="Ikke tid")
    taken_by(office.leader, incident, "police", outcome=Outcome.DECLINED, note="Den utsatte vil ikke")
    assert Step.objects.get(incident=incident, code="police").outcome == Outcome.DECLINED


@database
def test_a_step_is_taken_once_however_often_the_button_is_pressed(office: Office) -> None:
    incident = reported_by(office.counsellor)
    assessed_by(office.leader, incident, 2)
    taken_by(office.leader, incident, "talk")
    taken_by(office.leader, incident, "talk")
    assert StepTaken.objects.filter(step__incident=incident, step__code="talk").count() == 1


@database
def test_nobody_takes_a_step_in_their_own_case_or_without_leading(office: Office) -> None:
    incident = reported_by(office.counsellor)
    assessed_by(office.leader, incident, 2)
    for person in (office.counsellor, office.safety_representative):
        with pytest.raises(NotAllowed):
            taken_by(person, incident, "talk")
        step = Step.objects.get(incident=incident, code="talk")
        with acting_as(person.id), pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
            StepTaken.objects.create(step=step, by_id=person.id, outcome=Outcome.DONE)


@database
def test_not_even_a_leader_puts_off_a_deadline_or_marks_a_step_without_an_act(office: Office) -> None:
    incident = reported_by(office.counsellor)
    assessed_by(office.leader, incident, 2)
    steps = Step.objects.filter(incident=incident, code="talk")
    due = steps.get().due_at
    with acting_as(office.leader.id):
        with pytest.raises(ProgrammingError, match="not put off"), transaction.atomic():
            steps.update(due_at=due + timedelta(days=1))
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            steps.update(done_at=due)


@database
def test_the_next_leader_is_told_from_level_three_and_may_open_it(office: Office) -> None:
    incident = reported_by(office.counsellor)
    assessed_by(office.leader, incident, 3)
    notice = Notice.objects.get(kind="incident_serious")
    assert notice.person_id == office.office_leader.id
    assert notice.url == incident.get_absolute_url()
    assert "next_leader" not in owed(incident)


@database
def test_a_director_who_is_the_next_leader_is_told_at_level_three_without_the_incident(
    office: Office,
) -> None:
    incident = reported_by(office.leader)
    assessed_by(office.office_leader, incident, 3)
    notice = Notice.objects.get(kind="incident_serious")
    assert notice.person_id == office.county_director.id
    assert notice.url == "/"


@database
def test_the_directors_are_told_from_level_four_and_must_read_it(office: Office) -> None:
    incident = reported_by(office.counsellor)
    assessed_by(office.leader, incident, 4)
    told = Recipient.objects.filter(incident=incident, capacity=Capacity.DIRECTOR)
    assert set(told.values_list("person_id", flat=True)) == {office.county_director.id}
    assert "directors" not in owed(incident)
    with acting_as(office.county_director.id):
        assert Incident.objects.filter(id=incident.id).exists()


@database
def test_setting_the_same_level_again_tells_nobody_twice(office: Office) -> None:
    incident = reported_by(office.counsellor)
    assessed_by(office.leader, incident, 4)
    told = Notice.objects.filter(kind__in=["incident_serious", "incident_shared"]).count()
    assessed_by(office.leader, incident, 4)
    assert Notice.objects.filter(kind__in=["incident_serious", "incident_shared"]).count() == told


@database
def test_the_other_employer_sees_its_own_step_and_not_the_incident(office: Office) -> None:
    assign(office.formal_leader, Role.LEADER, office.unit, employer=office.municipality)
    incident = reported_by(office.counsellor)
    assessed_by(office.leader, incident, 3)
    step = Step.objects.get(incident=incident, code="coordinate")
    assert step.workforce_id != incident.workforce_id
    with acting_as(office.formal_leader.id) as by:
        assert not Incident.objects.filter(id=incident.id).exists()
        seen = Step.objects.filter(incident_id=incident.id)
        assert [found.code for found in seen] == ["coordinate"]
        take_shared_step(by=by, step=seen[0], note="Vi har snakket sammen")
    assert Step.objects.get(id=step.id).outcome == Outcome.DONE


@database
def test_a_leader_does_not_take_the_other_employers_step_by_any_sql(office: Office) -> None:
    RoleAssignment.objects.filter(person=office.leader).update(employer=office.directorate)
    incident = reported_by(office.counsellor)
    assessed_by(office.leader, incident, 3)
    step = Step.objects.get(incident=incident, code="coordinate")
    with acting_as(office.leader.id) as by:
        for outcome in Outcome:
            with pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
                StepTaken.objects.create(step_id=step.id, by_id=by.id, outcome=outcome)
    assert Step.objects.get(id=step.id).done_at is None


@database
def test_the_level_takes_the_other_employers_step_back_and_asks_for_it_again(office: Office) -> None:
    RoleAssignment.objects.filter(person=office.leader).update(employer=office.directorate)
    incident = reported_by(office.counsellor)
    outcomes = []
    for level in (3, 1, 4):
        assessed_by(office.leader, incident, level)
        outcomes.append(Step.objects.get(incident=incident, code="coordinate").outcome)
    assert outcomes == ["", Outcome.NOT_NEEDED, ""]


@database
@given(st.sampled_from(consequence_rules().steps), st.integers(0, 5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_knows_what_a_level_asks_for(step: StepRule, level: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select app.level_asks_for(%s, %s)", [step.code, level])
        assert cursor.fetchone() == (step.at_level(level) is not None,)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31)).map(
        lambda moment: moment.replace(tzinfo=OSLO)
    ),
    st.sampled_from([rule for rule in consequence_rules().steps if rule.levels]),
    st.integers(0, 4),
)
def test_a_higher_level_never_gives_more_time(moment: datetime, rule: object, level: int) -> None:
    lower, higher = rule.at_level(level), rule.at_level(level + 1)  # type: ignore[attr-defined]
    if lower:
        assert higher.after(moment) <= lower.after(moment)


@pytest.mark.parametrize(
    ("deadline", "told", "due"),
    [
        # Before Easter 2027: Thursday to Monday are public holidays.
        ({"workdays": 2}, "2027-03-24 10:00", "2027-03-31 10:00"),
        # The night when summer time begins, 2027-03-28: the wall clock decides.
        ({"workdays": 1}, "2027-03-26 12:00", "2027-03-30 12:00"),
        # The Saturday before winter time.
        ({"workdays": 1}, "2026-10-24 23:30", "2026-10-26 23:30"),
        ({"same_day": True}, "2026-12-24 15:00", "2026-12-24 23:59"),
        ({"at_once": True}, "2026-12-24 15:00", "2026-12-24 15:00"),
    ],
)
def test_deadlines_pass_over_weekends_holidays_and_summer_time(
    deadline: dict[str, int | bool], told: str, due: str
) -> None:
    assert Deadline.model_validate(deadline).after(at_oslo(told)) == at_oslo(due)


@pytest.mark.parametrize(
    "deadline", [{}, {"at_once": True, "workdays": 1}, {"workdays": 0}, {"same_day": False}]
)
def test_a_deadline_that_says_nothing_or_two_things_is_refused(deadline: dict[str, int | bool]) -> None:
    with pytest.raises(ValidationError):
        Deadline.model_validate(deadline)


def test_the_same_step_twice_is_refused() -> None:
    rules = consequence_rules().model_dump()
    with pytest.raises(ValueError, match="given twice"):
        ConsequenceRules.model_validate({**rules, "steps": [*rules["steps"], rules["steps"][0]]})


@database
def test_a_lower_level_does_not_take_back_what_the_law_asks_for(office: Office) -> None:
    incident = reported_by(office.counsellor)
    assessed_by(office.leader, incident, 4)
    assessed_by(office.leader, incident, 1)
    owed = set(Step.objects.filter(incident=incident, done_at=None).values_list("code", flat=True))
    assert {"notice_5_2", "injury_report"} <= owed
    assert Step.objects.get(incident=incident, code="police").outcome == Outcome.NOT_NEEDED


@database
def test_a_step_is_asked_of_nobody_outside_the_office(office: Office) -> None:
    other = make_office("Nav Storevik")
    incident = reported_by(office.counsellor)
    elsewhere = workforce_of(other.unit, other.directorate)
    with (
        acting_as(office.leader.id),
        pytest.raises(ProgrammingError, match="row-level"),
        transaction.atomic(),
    ):
        Step.objects.create(
            incident=incident, code="coordinate", level=3, workforce=elsewhere, due_at=timezone.now()
        )
