"""A hazard nobody judges in ten working days goes to the next leaders on both lines, and upwards (2.1)."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import RoleAssignment, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_person, make_unit
from tryggmote.organisation.workdays import OSLO
from tryggmote.risk import hazard_escalation, jobs, told
from tryggmote.risk.hazard_escalation import GIVEN_UP_AFTER, escalate_undecided
from tryggmote.risk.models import Assessment, Hazard, HazardEscalation
from tryggmote.risk.rules import hazard_due
from tryggmote.risk.tests.hazards import decided_by, raised_by
from tryggmote.risk.tests.stories import begin
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
RAISED = datetime(2026, 11, 2, 10, 0, tzinfo=OSLO)
DUE = hazard_due(RAISED)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def hazard(office: Office) -> Hazard:
    return raised_by(office.counsellor, office.unit, at=RAISED)


def asked() -> list[int]:
    return list(
        HazardEscalation.objects.order_by("at", "to_person_id").values_list("to_person_id", flat=True)
    )


def test_nothing_happens_before_the_deadline(hazard: Hazard) -> None:
    assert escalate_undecided(now=DUE - timedelta(minutes=1)) == 0
    assert not asked()


def test_both_lines_above_the_office_are_told_and_see_it(office: Office, hazard: Hazard) -> None:
    assert escalate_undecided(now=DUE) == 1
    assert asked() == [office.county_director.id, office.municipal_director.id]
    hazard.refresh_from_db()
    assert hazard.escalated_at == DUE
    for notice in Notice.objects.filter(kind=told.HAZARD_ESCALATED):
        assert notice.person_id in asked()
        assert notice.context == {"unit": office.unit.name}
        with acting_as(notice.person_id):
            assert Hazard.objects.filter(id=hazard.id).exists()


def test_it_goes_on_upwards_once_for_each_leader(office: Office, hazard: Hazard) -> None:
    now = DUE
    for _step in range(4):
        escalate_undecided(now=now)
        escalate_undecided(now=now + timedelta(minutes=30))
        now = hazard_due(now)
    assert asked() == [
        office.county_director.id,
        office.municipal_director.id,
        office.directorate_member.id,
    ]


def test_from_a_department_it_goes_to_the_office_leader_first(office: Office) -> None:
    department = make_unit("Avdeling", UnitKind.DEPARTMENT, parents=(office.unit,))
    department.workforces.create(employer=office.directorate)
    assign(make_person("Dag Avdelingsleder"), Role.LEADER, department)
    raised_by(office.office_leader, department, at=RAISED)
    escalate_undecided(now=DUE)
    assert asked() == [office.office_leader.id]
    # Nobody of the municipality works there, so its director has nothing to say about it.
    escalate_undecided(now=hazard_due(DUE))
    assert asked() == [office.office_leader.id, office.county_director.id]


def test_what_is_decided_goes_nowhere(office: Office, hazard: Hazard) -> None:
    decided_by(office.office_leader, hazard)
    assert escalate_undecided(now=DUE + timedelta(days=60)) == 0


def test_with_nobody_above_it_waits_without_failing(hazard: Hazard) -> None:
    RoleAssignment.objects.exclude(role=Role.OFFICE_LEADER).delete()
    assert escalate_undecided(now=DUE) == 0


def test_it_is_not_looked_at_for_ever_when_there_is_nobody_further_up(hazard: Hazard) -> None:
    given_up = DUE + GIVEN_UP_AFTER + timedelta(minutes=30)
    assert list(hazard_escalation._undecided(DUE + GIVEN_UP_AFTER)) == [hazard]
    assert not list(hazard_escalation._undecided(given_up))
    HazardEscalation.objects.create(hazard=hazard, to_person=hazard.raised_by, at=hazard_due(DUE))
    assert list(hazard_escalation._undecided(given_up)) == [hazard]


def test_many_are_passed_on_in_batches(
    office: Office, hazard: Hazard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hazard_escalation, "BATCH", 2)
    for _number in range(4):
        raised_by(office.counsellor, office.unit, at=RAISED)
    assert escalate_undecided(now=DUE) == 5


@pytest.mark.parametrize("meanwhile", ["passed on", "decided"])
def test_what_happened_since_the_run_looked_counts(
    office: Office, hazard: Hazard, meanwhile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = list(hazard_escalation._undecided(DUE))
    if meanwhile == "decided":
        decided_by(office.office_leader, hazard)
    else:
        assert escalate_undecided(now=DUE) == 1
    monkeypatch.setattr(hazard_escalation, "_undecided", lambda _now: waiting)
    before = asked()
    assert escalate_undecided(now=DUE) == 0
    assert asked() == before


def test_the_job_reads_where_and_when_but_never_what_it_says(hazard: Hazard) -> None:
    with acting_as_job():
        assert Hazard.objects.values_list("unit_id", flat=True).get() == hazard.unit_id
        with pytest.raises(DatabaseError), transaction.atomic():
            list(Hazard.objects.values_list("what"))


def test_the_worker_runs_both_jobs_by_their_names(office: Office) -> None:
    raised_by(office.counsellor, office.unit, at=timezone.now() - timedelta(days=30))
    assert jobs.escalate_undecided_hazards.name == "risk.escalate_undecided"
    jobs.escalate_undecided_hazards(timestamp=0)
    assert HazardEscalation.objects.exists()

    work = begin(office)
    work.complete()
    work.approve()
    Assessment.objects.update(review_on=oslo_today() + timedelta(days=20))
    assert jobs.reopen_assessments_due.name == "risk.reopen_due"
    for _time in range(2):
        jobs.reopen_assessments_due(timestamp=0)
    assert work.draft.number == 2
