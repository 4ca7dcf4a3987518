"""The occupational-injury report: decided, sent, and the one-year limit watched (folketrygdloven § 13-14)."""

from datetime import date, datetime, timedelta

import pytest

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_person
from tryggmote.organisation.workdays import OSLO
from tryggmote.statutory import jobs
from tryggmote.statutory.models import Injury, LimitReminder, ReportDecision, ReportSending
from tryggmote.statutory.reminding import remind_of_limits
from tryggmote.statutory.rules import claim_lost_on, reminded_on
from tryggmote.statutory.tests.helpers import decided_by, entered_by, sent_by
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
HAPPENED = datetime(2026, 1, 15, 12, tzinfo=OSLO)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def incident(office: Office) -> Incident:
    return reported_by(office.counsellor, happened_at=HAPPENED)


@pytest.fixture
def injury(office: Office, incident: Incident) -> Injury:
    return entered_by(office.leader, incident, office.counsellor)


def reminded(person: Person) -> int:
    return Notice.objects.filter(person=person, kind="injury_limit").count()


def test_none_is_sent_before_it_is_decided_that_it_is_due(office: Office, injury: Injury) -> None:
    with pytest.raises(NotPossible):
        sent_by(office.leader, injury, on=oslo_today())
    decided_by(office.leader, injury, is_due=False)
    with pytest.raises(NotPossible):
        sent_by(office.leader, injury, on=oslo_today())


def test_the_injured_hears_that_it_was_sent_to_nav(office: Office, injury: Injury) -> None:
    decided_by(office.leader, injury)
    sent = sent_by(office.leader, injury, on=oslo_today())
    assert sent.receipt == "AR-1"
    assert Notice.objects.get(kind="injury_reported").person_id == office.counsellor.id


def test_only_an_uninvolved_leader_decides_and_sends(office: Office, injury: Injury) -> None:
    for person in (office.counsellor, office.safety_representative):
        with pytest.raises(NotAllowed):
            decided_by(person, injury)


def test_the_report_is_not_for_the_registers_other_readers(office: Office, injury: Injury) -> None:
    decided_by(office.leader, injury)
    sent_by(office.leader, injury, on=oslo_today())
    member = make_person("AMU")
    assign(member, Role.COMMITTEE_MEMBER, office.county)
    for person in (member, office.safety_representative, office.colleague):
        with acting_as(person.id):
            assert not ReportDecision.objects.exists()
            assert not ReportSending.objects.exists()
    for person in (office.counsellor, office.leader, office.office_leader):
        with acting_as(person.id):
            assert ReportDecision.objects.exists()
            assert ReportSending.objects.exists()


def test_the_injured_and_the_leader_are_reminded_before_the_claim_is_lost(
    office: Office, injury: Injury
) -> None:
    first = reminded_on(injury.happened_on, 90)
    assert remind_of_limits(today=first - timedelta(days=1)) == 0
    assert remind_of_limits(today=first) == 1
    assert remind_of_limits(today=first) == 0
    assert (reminded(office.counsellor), reminded(office.leader)) == (1, 1)
    assert not reminded(office.safety_representative)


def test_each_reminder_comes_though_nobody_has_seen_the_one_before(office: Office, injury: Injury) -> None:
    for days in (90, 30, 7):
        remind_of_limits(today=reminded_on(injury.happened_on, days))
    assert reminded(office.counsellor) == 3


def test_days_on_which_the_job_did_not_run_are_made_up_for_with_one_reminder(
    office: Office, injury: Injury
) -> None:
    assert remind_of_limits(today=claim_lost_on(injury.happened_on) - timedelta(days=2)) == 1
    assert reminded(office.counsellor) == 1
    assert LimitReminder.objects.count() == 3


def test_nobody_is_reminded_of_what_is_sent_decided_against_or_lost(office: Office, injury: Injury) -> None:
    near = reminded_on(injury.happened_on, 30)
    assert remind_of_limits(today=claim_lost_on(injury.happened_on) + timedelta(days=1)) == 0
    decided_by(office.leader, injury, is_due=False)
    assert remind_of_limits(today=near) == 0
    decided_by(office.leader, injury)
    sent_by(office.leader, injury, to="spk", on=oslo_today())
    assert remind_of_limits(today=near) == 1  # SPK is not NAV
    sent_by(office.leader, injury, on=oslo_today())
    assert remind_of_limits(today=reminded_on(injury.happened_on, 7)) == 0


def test_an_injured_leader_is_reminded_and_so_is_the_leader_above(office: Office) -> None:
    incident = reported_by(office.leader, happened_at=HAPPENED)
    injury = entered_by(office.office_leader, incident, office.leader)
    remind_of_limits(today=reminded_on(injury.happened_on, 30))
    assert (reminded(office.leader), reminded(office.office_leader)) == (1, 1)


def test_the_job_says_the_same_from_the_queue(office: Office) -> None:
    soon = datetime.combine(oslo_today(), datetime.min.time(), OSLO) - timedelta(days=350)
    incident = reported_by(office.counsellor, happened_at=soon)
    entered_by(office.leader, incident, office.counsellor)
    jobs.remind_of_claim_limits()
    assert reminded(office.counsellor) == 1


def test_a_day_in_a_sending_is_the_day_it_was_sent(office: Office, injury: Injury) -> None:
    decided_by(office.leader, injury)
    assert sent_by(office.leader, injury, on=date(2026, 1, 20)).sent_on == date(2026, 1, 20)
