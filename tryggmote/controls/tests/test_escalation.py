"""A measure nobody carries out goes up after five working days: the next leader is told, once (2.3)."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.ids import new_id
from tryggmote.controls import escalation, services
from tryggmote.controls.escalation import pass_up_overdue
from tryggmote.controls.jobs import pass_up_overdue_measures
from tryggmote.controls.models import Escalated, Measure
from tryggmote.controls.rules import evaluate_by, passed_up_on
from tryggmote.controls.tests.helpers import established_by, evaluated_by, planned_by
from tryggmote.controls.vocabulary import Effect
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import RoleAssignment, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_person, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def measure(office: Office) -> Measure:
    return planned_by(office.office_leader, office.unit, office.counsellor)


def the_day(measure: Measure) -> date:
    return passed_up_on(measure.due_on)


def test_nothing_happens_before_five_working_days_have_passed(measure: Measure) -> None:
    assert pass_up_overdue(today=the_day(measure) - timedelta(days=1)) == 0
    assert not Escalated.objects.exists()


def test_the_director_on_the_owners_line_is_told_without_what_the_measure_says(
    office: Office, measure: Measure
) -> None:
    assert pass_up_overdue(today=the_day(measure)) == 1
    assert Escalated.objects.get().to_person_id == office.county_director.id
    notice = Notice.objects.get(kind="measure_overdue")
    assert notice.person_id == office.county_director.id
    assert notice.context == {"unit": office.unit.name}
    with acting_as(office.county_director.id):
        assert Measure.objects.filter(id=measure.id).exists()


def test_a_municipal_owner_is_answered_for_on_the_municipal_line(office: Office) -> None:
    measure = planned_by(office.office_leader, office.unit, office.colleague)
    assert pass_up_overdue(today=the_day(measure)) == 1
    assert Escalated.objects.get().to_person_id == office.municipal_director.id


def test_in_a_team_the_office_leader_is_next(office: Office) -> None:
    team = make_unit("Team Mottak", UnitKind.TEAM, parents=(office.unit,))
    team_leader = make_person("Tora Teamleder")
    assign(team_leader, Role.LEADER, team)
    measure = planned_by(team_leader, team, team_leader)
    pass_up_overdue(today=the_day(measure))
    # The team has no employees of its own registered, so there is no line to follow yet.
    assert not Escalated.objects.exists()
    team.workforces.create(employer=office.directorate)
    assert pass_up_overdue(today=the_day(measure)) == 1
    assert Escalated.objects.get().to_person_id == office.office_leader.id


def test_running_it_again_tells_nobody_twice_but_a_new_date_that_is_missed_does(
    office: Office, measure: Measure
) -> None:
    assert pass_up_overdue(today=the_day(measure)) == 1
    assert pass_up_overdue(today=the_day(measure) + timedelta(days=1)) == 0
    with acting_as(office.office_leader.id) as leader:
        seen = Measure.objects.get(id=measure.id)
        services.postpone(
            by=leader,
            measure=seen,
            act_id=new_id(),
            to_on=measure.due_on + timedelta(days=30),
            reason="Vent på levering.",
        )
    Notice.objects.update(seen_at=timezone.now())
    assert pass_up_overdue(today=the_day(seen)) == 1
    assert Escalated.objects.count() == Notice.objects.filter(kind="measure_overdue").count() == 2


def test_two_workers_at_the_same_moment_tell_once(measure: Measure, monkeypatch: pytest.MonkeyPatch) -> None:
    with acting_as_job():
        waiting = list(escalation._waiting_too_long(the_day(measure)))
    assert pass_up_overdue(today=the_day(measure)) == 1
    monkeypatch.setattr(escalation, "_waiting_too_long", lambda _today: waiting)
    assert pass_up_overdue(today=the_day(measure)) == 0
    assert Notice.objects.filter(kind="measure_overdue").count() == 1


def test_what_is_established_goes_nowhere(office: Office, measure: Measure) -> None:
    established_by(office.counsellor, measure)
    assert pass_up_overdue(today=the_day(measure)) == 0


def test_an_effect_nobody_has_looked_for_goes_up_too_and_again_when_it_is_missed_again(
    office: Office, measure: Measure
) -> None:
    measure = established_by(office.counsellor, measure)
    first = evaluate_by(measure)
    assert first
    assert pass_up_overdue(today=passed_up_on(first) - timedelta(days=1)) == 0
    assert pass_up_overdue(today=passed_up_on(first)) == 1
    assert pass_up_overdue(today=passed_up_on(first) + timedelta(days=1)) == 0
    assert Escalated.objects.get().due_on == first
    Measure.objects.filter(id=measure.id).update(
        evaluated_at=timezone.now() + timedelta(days=200), effect=Effect.UNKNOWN
    )
    second = evaluate_by(Measure.objects.get(id=measure.id))
    assert second
    Notice.objects.update(seen_at=timezone.now())
    assert pass_up_overdue(today=passed_up_on(second)) == 1


def test_what_worked_goes_nowhere(office: Office, measure: Measure) -> None:
    measure = established_by(office.counsellor, measure)
    evaluated_by(office.counsellor, measure)
    assert pass_up_overdue(today=the_day(measure) + timedelta(days=1000)) == 0


def test_with_nobody_above_it_waits_without_failing(measure: Measure) -> None:
    RoleAssignment.objects.filter(role__in=[Role.COUNTY_DIRECTOR, Role.DIRECTORATE]).delete()
    assert pass_up_overdue(today=the_day(measure)) == 0


def test_the_job_reads_no_title_and_no_text(measure: Measure) -> None:
    with acting_as_job():
        assert Measure.objects.filter(id=measure.id).exists()
        for column in ("title", "what", "origin_words"):
            with pytest.raises(DatabaseError), acting_as_job():
                Measure.objects.values_list(column, flat=True).get(id=measure.id)


def test_the_morning_job_runs() -> None:
    pass_up_overdue_measures(timestamp=0)
