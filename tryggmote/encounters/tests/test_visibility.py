"""Who sees meetings, checks and reported risks: the policies against a restatement in Python."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError, ProgrammingError
from django.utils import timezone

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.ids import new_id
from tryggmote.encounters import planning, reporting
from tryggmote.encounters.models import CalendarFeed, Check, Meeting, RiskReport
from tryggmote.encounters.planning import MeetingPlan
from tryggmote.encounters.reporting import RiskWords
from tryggmote.encounters.tests.visibility import World, visible_checks, visible_meetings, visible_risks
from tryggmote.organisation.models import Person, Placement
from tryggmote.organisation.tests.factories import LONG_AGO, make_office, workforce_of
from tryggmote.ui.dates import oslo_today


@pytest.fixture
def busy(office, checked):
    """Two offices with calm and high checks, meetings, stops and risks by several people."""
    other = make_office("Nav Storvik")
    for place in (office, other):
        for person in (place.counsellor, place.colleague, place.leader, place.office_leader):
            checked(person)
            checked(person, draft={"colleague_ids": [place.safety_representative.id]}, signs="strong")
            with acting_as(person.id) as by:
                plan = MeetingPlan(form="planned", starts_at=timezone.now())
                planning.add_meeting(by=by, meeting_id=new_id(), plan=plan)
                reporting.stop_meeting(by=by, report_id=new_id())
                reporting.report_risk(by=by, report_id=new_id(), words=RiskWords(what="Mørk gang"))
    return office


def test_everybody_sees_exactly_what_the_table_says(busy):
    world = World(oslo_today())
    for person in Person.objects.all():
        expected = (
            visible_checks(person, world),
            visible_meetings(person, world),
            visible_risks(person, world),
        )
        with acting_as(person.id):
            seen = tuple(
                set(model.objects.values_list("id", flat=True)) for model in (Check, Meeting, RiskReport)
            )
        assert seen == expected, person.name


def test_directors_and_administrators_see_no_checks_but_of_those_they_lead_themselves(busy):
    above = (busy.county_director, busy.municipal_director, busy.administrator, busy.directorate_member)
    for person in above:
        with acting_as(person.id):
            assert not Check.objects.exclude(employee_id=busy.office_leader.id).exists()


def test_the_safety_representative_sees_only_high_checks_of_others(office, checked):
    checked(office.counsellor)
    high = checked(office.counsellor, signs="strong")
    with acting_as(office.safety_representative.id):
        assert [check.id for check in Check.objects.all()] == [high.id]


def test_a_colleague_in_the_meeting_sees_the_check_and_others_do_not(office, checked):
    check = checked(office.counsellor, draft={"colleague_ids": [office.colleague.id]})
    with acting_as(office.colleague.id):
        assert Check.objects.filter(id=check.id).exists()
    with acting_as(office.auditor.id):
        assert not Check.objects.exists()


def test_the_database_refuses_a_check_in_somebody_elses_name(office, checked):
    check = checked(office.counsellor)
    check.id, check.employee_id = new_id(), office.colleague.id
    with acting_as(office.counsellor.id), pytest.raises(ProgrammingError), transaction.atomic():
        check.save(force_insert=True)


@pytest.fixture
def written(office, checked):
    """A check and a reported risk by the counsellor, as the database accepts them."""
    check = checked(office.counsellor)
    with acting_as(office.counsellor.id) as by:
        risk = reporting.report_risk(by=by, report_id=new_id(), words=RiskWords(what="Mørk gang"))
    return [check, risk]


def refused_at(workforce, written, person):
    """Which of the rows the database refuses when the person writes them once more, at this workplace."""
    refused = []
    for row in written:
        row.id, row.workforce_id = new_id(), workforce.id
        try:
            with acting_as(person.id), transaction.atomic():
                row.save(force_insert=True)
        except ProgrammingError:
            refused.append(row)
    return refused


def test_nobody_writes_a_check_or_a_risk_where_they_do_not_work(office, written):
    elsewhere = make_office("Nav Storvik")
    for workforce in (
        workforce_of(elsewhere.unit, elsewhere.directorate),
        workforce_of(office.unit, office.municipality),
    ):
        assert refused_at(workforce, written, office.counsellor) == written


def test_a_second_workplace_is_ones_own_from_the_first_day_to_the_last(office, written):
    elsewhere = make_office("Nav Storvik")
    second = workforce_of(elsewhere.unit, elsewhere.directorate)
    today = oslo_today()
    placement = Placement.objects.create(
        person=office.counsellor, workforce=second, is_primary=False, starts_on=today, ends_on=today
    )
    assert refused_at(second, written, office.counsellor) == []
    for days in (
        {"starts_on": today + timedelta(days=1), "ends_on": None},
        {"starts_on": LONG_AGO, "ends_on": today - timedelta(days=1)},
    ):
        Placement.objects.filter(id=placement.id).update(**days)
        assert refused_at(second, written, office.counsellor) == written


def test_the_database_refuses_to_change_what_was_answered(office, checked):
    checked(office.counsellor, signs="strong")
    with acting_as(office.counsellor.id), pytest.raises(ProgrammingError), transaction.atomic():
        Check.objects.update(level=1)


def test_the_database_refuses_a_leader_who_answers_in_anothers_name(office, checked):
    checked(office.counsellor, signs="strong")
    with acting_as(office.leader.id), pytest.raises(ProgrammingError), transaction.atomic():
        Check.objects.update(leader_answer="join", answered_by_id=office.office_leader.id)


def test_the_database_refuses_a_reporter_who_answers_themselves(office):
    with acting_as(office.counsellor.id) as by:
        reporting.stop_meeting(by=by, report_id=new_id())
        with pytest.raises(DatabaseError), transaction.atomic():
            RiskReport.objects.update(answered_at=timezone.now(), answered_by_id=office.leader.id)


def test_the_job_sees_whose_calendars_are_to_be_fetched_but_no_address(office):
    CalendarFeed.objects.create(owner=office.counsellor, address="https://example.invalid/secret.ics")
    with acting_as_job():
        assert CalendarFeed.objects.values_list("owner_id", flat=True).get() == office.counsellor.id
        with pytest.raises(ProgrammingError), transaction.atomic():
            CalendarFeed.objects.values_list("address", flat=True).get()


def test_the_job_sees_no_check_that_is_still_in_use(office, checked):
    check = checked(office.counsellor)
    with acting_as_job():
        assert not Check.objects.exists()
    Check.objects.filter(id=check.id).update(created_at=timezone.now() - timedelta(days=31))
    with acting_as_job():
        assert Check.objects.filter(created_at__lt=timezone.now()).exists()
