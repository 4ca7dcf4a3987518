"""Silence goes upwards: an incident no leader has read reaches the next leader in two working days (2.4)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.middleware import UNIT_COOKIE
from tryggmote.incidents import escalation
from tryggmote.incidents.escalation import escalate_unread
from tryggmote.incidents.jobs import escalate_unread_incidents
from tryggmote.incidents.models import Escalation, Incident, Recipient
from tryggmote.incidents.rules import answer_by, is_left_unread, read_by
from tryggmote.incidents.tests.helpers import opened_by, reported_by
from tryggmote.incidents.vocabulary import Capacity, EscalationReason, Status
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person, Placement
from tryggmote.organisation.tests.factories import LONG_AGO, Office, make_office, workforce_of
from tryggmote.organisation.workdays import OSLO, is_workday

FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=OSLO)
TUESDAY = datetime(2026, 11, 24, 15, 0, tzinfo=OSLO)
moments = st.datetimes(
    min_value=datetime(2024, 1, 1), max_value=datetime(2032, 12, 1), timezones=st.just(UTC)
)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.mark.parametrize(
    ("reported", "due"),
    [
        pytest.param((2026, 11, 23, 10), (2026, 11, 25, 10), id="Monday to Wednesday"),
        pytest.param((2026, 11, 20, 15), (2026, 11, 24, 15), id="over a weekend"),
        pytest.param((2026, 11, 21, 2), (2026, 11, 24, 2), id="reported on a Saturday"),
        pytest.param((2027, 3, 24, 12), (2027, 3, 31, 12), id="over Easter and into summer time"),
        pytest.param((2026, 10, 23, 12), (2026, 10, 27, 12), id="over the night with twenty-five hours"),
        pytest.param((2026, 12, 23, 9), (2026, 12, 28, 9), id="over Christmas, the 24th counts"),
        pytest.param((2027, 5, 14, 9), (2027, 5, 19, 9), id="over the 17th of May"),
    ],
)
def test_the_deadline_is_the_same_time_on_the_clock_two_working_days_later(
    reported: tuple[int, ...], due: tuple[int, ...]
) -> None:
    told = datetime(*reported, tzinfo=OSLO)  # type: ignore[arg-type,misc]
    deadline = datetime(*due, tzinfo=OSLO)  # type: ignore[arg-type,misc]
    assert read_by(told) == deadline
    assert not is_left_unread(told, deadline.astimezone(UTC) - timedelta(seconds=1))
    assert is_left_unread(told, deadline.astimezone(UTC))


@given(told=moments)
def test_a_leader_always_has_two_whole_working_days(told: datetime) -> None:
    deadline = read_by(told)
    assert is_workday(deadline.date())
    first = told.astimezone(OSLO).date() + timedelta(days=1)
    days = [first + timedelta(days=n) for n in range((deadline.date() - first).days + 1)]
    assert sum(is_workday(day) for day in days) == 2
    # What the job leaves out without counting days is never due.
    assert deadline.astimezone(UTC) - told >= timedelta(days=2) - timedelta(hours=1)


@given(told=moments, later=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=30)))
def test_what_is_overdue_stays_overdue_and_answers_are_due_after_reading(
    told: datetime, later: timedelta
) -> None:
    assert is_left_unread(told, read_by(told).astimezone(UTC) + later)
    assert answer_by(told) > read_by(told)


@pytest.mark.django_db
def test_nothing_happens_before_the_deadline(office: Office) -> None:
    reported_by(office.counsellor, at=FRIDAY)
    assert escalate_unread(now=TUESDAY - timedelta(minutes=1)) == 0
    assert not Escalation.objects.exists()


@pytest.mark.django_db
def test_the_next_leader_is_told_and_so_is_the_reporter(office: Office) -> None:
    incident = reported_by(office.counsellor, at=FRIDAY)
    assert escalate_unread(now=TUESDAY) == 1
    incident.refresh_from_db()
    escalation = Escalation.objects.get()
    assert escalation.to_person_id == office.office_leader.id
    assert escalation.reason == EscalationReason.NO_REACTION
    assert incident.escalated_at == TUESDAY
    assert incident.status == Status.RAISED
    assert Recipient.objects.get(person=office.office_leader).capacity == Capacity.NEXT_LEADER
    assert Notice.objects.get(kind="incident_escalated").person_id == office.office_leader.id
    assert Notice.objects.get(kind="incident_passed_on").person_id == office.counsellor.id


@pytest.mark.django_db
def test_running_it_again_tells_nobody_twice(office: Office) -> None:
    reported_by(office.counsellor, at=FRIDAY)
    escalate_unread(now=TUESDAY)
    assert escalate_unread(now=TUESDAY + timedelta(minutes=10)) == 0
    assert Notice.objects.filter(kind="incident_escalated").count() == 1


@pytest.mark.django_db
def test_it_goes_on_upwards_and_each_may_read_what_they_are_told_of(office: Office) -> None:
    incident = reported_by(office.counsellor, at=FRIDAY)
    now, told = FRIDAY, []
    for _step in range(5):
        now = read_by(now)
        escalate_unread(now=now)
        told = list(Escalation.objects.order_by("at").values_list("to_person_id", flat=True))
    assert told == [office.office_leader.id, office.county_director.id, office.directorate_member.id]
    for person_id in told:
        with acting_as(person_id):
            assert Incident.objects.filter(id=incident.id).exists()
    with acting_as(office.municipal_director.id):
        assert not Incident.objects.filter(id=incident.id).exists()


@pytest.mark.django_db
def test_a_leader_who_has_read_it_ends_it(office: Office) -> None:
    incident = reported_by(office.counsellor, at=FRIDAY)
    opened_by(office.leader, incident, at=FRIDAY + timedelta(hours=1))
    assert escalate_unread(now=TUESDAY + timedelta(days=30)) == 0


@pytest.mark.django_db
def test_a_safety_representative_who_has_read_it_does_not_end_it(office: Office) -> None:
    incident = reported_by(office.counsellor, at=FRIDAY)
    opened_by(office.safety_representative, incident, at=FRIDAY + timedelta(hours=1))
    assert escalate_unread(now=TUESDAY) == 1


@pytest.mark.django_db
def test_the_worker_runs_it_by_its_name(office: Office) -> None:
    assert escalate_unread_incidents.name == "incidents.escalate_unread"
    reported_by(office.counsellor, at=timezone.now() - timedelta(days=14))
    escalate_unread_incidents(timestamp=0)
    assert Escalation.objects.count() == 1


@pytest.mark.django_db
def test_the_job_sees_who_and_when_but_never_what_happened(office: Office) -> None:
    reported_by(office.counsellor, at=FRIDAY, what_happened="Hemmelig")
    from django.db import DatabaseError, transaction

    with acting_as_job():
        assert Incident.objects.values_list("reporter_id", flat=True).get() == office.counsellor.id
        with pytest.raises(DatabaseError), transaction.atomic():
            list(Incident.objects.values_list("what_happened"))


@pytest.mark.django_db
def test_two_runs_that_saw_the_same_incident_pass_it_on_to_one_leader(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported_by(office.counsellor, at=FRIDAY)
    with acting_as_job():
        seen_by_both = escalation._unread_since(TUESDAY)
    monkeypatch.setattr(escalation, "_unread_since", lambda moment: seen_by_both)
    assert escalate_unread(now=TUESDAY) == 1
    assert escalate_unread(now=TUESDAY) == 0
    assert Escalation.objects.get().to_person_id == office.office_leader.id


@pytest.mark.django_db
def test_one_that_is_read_at_the_last_moment_stays(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    incident = reported_by(office.counsellor, at=FRIDAY)
    with acting_as_job():
        seen = escalation._unread_since(TUESDAY)
    opened_by(office.leader, incident, at=TUESDAY)
    monkeypatch.setattr(escalation, "_unread_since", lambda moment: seen)
    assert escalate_unread(now=TUESDAY) == 0


@pytest.mark.django_db
def test_what_happened_at_a_second_workplace_goes_to_the_leaders_there(
    office: Office, client_of: Callable[[Person], Client]
) -> None:
    """The unit switcher says where one works today; the leaders of the first place may not read it."""
    other = make_office("Nav Storevik")
    Placement.objects.filter(person=office.counsellor).update(is_primary=True)
    Placement.objects.create(
        person=office.counsellor,
        workforce=workforce_of(other.unit, other.directorate),
        daily_leader=other.leader,
        safety_area=other.area,
        starts_on=LONG_AGO,
        is_primary=False,
    )
    browser = client_of(office.counsellor)
    browser.cookies[UNIT_COOKIE] = str(other.unit.id)
    browser.post(
        reverse("incidents:report"), {"natures": "verbal_abuse", "form": "reception", "severity": "3"}
    )
    incident = Incident.objects.get()
    assert Recipient.objects.get(capacity=Capacity.DAILY_LEADER).person_id == other.leader.id
    now = incident.created_at
    for _step in range(3):
        now = read_by(now)
        escalate_unread(now=now)
    told = Escalation.objects.order_by("at").values_list("to_person_id", flat=True)
    assert list(told[:2]) == [other.office_leader.id, other.county_director.id]
    for person_id in told:
        with acting_as(person_id):
            assert Incident.objects.filter(id=incident.id).exists()


@pytest.mark.django_db
def test_a_leader_who_has_left_is_not_who_is_told(office: Office) -> None:
    Person.objects.filter(id=office.leader.id).update(ended_on=LONG_AGO)
    reported_by(office.counsellor)
    leaders = Recipient.objects.exclude(capacity=Capacity.SAFETY_REPRESENTATIVE)
    assert leaders.get().person_id == office.office_leader.id
    assert Escalation.objects.get().reason == EscalationReason.NO_LEADER
