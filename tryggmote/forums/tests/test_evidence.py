"""What forums prove of 1.3 and AML § 7-2, what they ask on "Now", and what they are told of incidents."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.tests.worlds import (
    last_days_ago,
    noon,
)
from tryggmote.duties.tests import helpers
from tryggmote.forums import evidence
from tryggmote.forums.duties import KINDS
from tryggmote.forums.figures import incidents_of
from tryggmote.forums.models import Meeting
from tryggmote.forums.tests.helpers import (
    answered_by,
    approved_by,
    called_by,
    decided_by,
    held_by,
    quarter_end,
    sent_by,
    serious_at,
    written_by,
)
from tryggmote.forums.vocabulary import MeetingKind
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Person, Unit, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, employ, make_office, make_person, make_unit
from tryggmote.ui.dates import oslo_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def status_of(unit: Unit, asking: Person, rule: str = "evidence_1_3") -> tuple[str, str]:
    with acting_as(asking.id), connection.cursor() as cursor:
        cursor.execute(f"select state, reason, figures from {rule} where unit_id = %s", [unit.id])
        state, reason, figures = cursor.fetchone()
    rules: dict[str, Any] = {each.name: each for each in evidence.RULES}
    assert rules[rule].says(reason, json.loads(figures) if isinstance(figures, str) else figures)
    return state, reason


def owed_by(person: Person) -> list[str]:
    return sorted(duty.kind for duty in helpers.owed_by(person, *KINDS))


def treated(office: Office, **details: Any) -> Meeting:
    """A partnership meeting both owners have approved."""
    meeting = called_by(office.office_leader, office.unit, **details)
    return held_by(office.office_leader, meeting, office.county_director, office.municipal_director)


def test_an_office_whose_owners_have_not_met_lacks_it_and_is_asked_to(office: Office) -> None:
    assert status_of(office.unit, office.office_leader) == ("missing", "never")
    assert "forum_yearly" in owed_by(office.office_leader)
    called_by(office.office_leader, office.unit, starts_at=timezone.now() + timedelta(days=9))
    assert "forum_yearly" not in owed_by(office.office_leader)


@pytest.mark.parametrize(("days", "wanted"), [(300, []), (310, ["forum_management"])])
def test_the_managements_review_is_asked_for_every_year_until_it_is_called(
    office: Office, days: int, wanted: list[str]
) -> None:
    def owed() -> list[str]:
        return [code for code in owed_by(office.office_leader) if code == "forum_management"]

    kind = MeetingKind.MANAGEMENT_REVIEW
    assert owed() == ["forum_management"]
    held = called_by(office.office_leader, office.unit, kind, starts_at=timezone.now() - timedelta(days=days))
    assert owed() == []
    held_by(office.office_leader, held, office.office_leader, office.safety_representative)
    assert owed() == wanted
    called_by(office.office_leader, office.unit, kind, starts_at=timezone.now() + timedelta(days=9))
    assert owed() == []


def test_the_managements_review_is_of_the_office_and_not_of_its_departments(office: Office) -> None:
    department = make_unit("Mottak", UnitKind.DEPARTMENT, parents=(office.unit,))
    assign(office.leader, Role.LEADER, department)
    assert "forum_management" not in owed_by(office.leader)


def test_a_meeting_counts_when_both_owners_stand_for_it(office: Office) -> None:
    meeting = called_by(office.office_leader, office.unit)
    written_by(office.office_leader, meeting, office.county_director, office.municipal_director)
    sent_by(office.office_leader, meeting)
    assert status_of(office.unit, office.office_leader) == ("missing", "not_approved")
    assert owed_by(office.municipal_director) == ["forum_approve"]
    treated(office)
    assert status_of(office.unit, office.office_leader) == ("met", "treated")


def test_departments_have_the_offices_and_a_contact_centre_has_none(office: Office) -> None:
    department = make_unit("Mottak", UnitKind.DEPARTMENT, parents=(office.unit,))
    centre = make_unit("Kontaktsenteret", UnitKind.CONTACT_CENTRE, parents=(office.county,))
    treated(office)
    assert status_of(department, office.county_director) == ("met", "treated")
    assert status_of(centre, office.county_director) == ("not_applicable", "no_office")


@pytest.mark.parametrize(("days_later", "wanted"), [(0, ("met", "treated")), (1, ("partly", "expired"))])
def test_it_holds_on_the_last_day_of_the_year_and_not_the_day_after(
    office: Office, days_later: int, wanted: tuple[str, str]
) -> None:
    treated(office, starts_at=noon(last_days_ago(months=12) + days_later))
    assert status_of(office.unit, office.office_leader) == wanted


def test_each_serious_incident_is_treated_or_declined_by_both(office: Office) -> None:
    treated(office)
    incident = serious_at(office)
    assert status_of(office.unit, office.office_leader) == ("partly", "unanswered")
    assert "forum_case" in owed_by(office.county_director)
    answered_by(office.county_director, incident, treats=False)
    assert status_of(office.unit, office.office_leader) == ("partly", "unanswered")
    answered_by(office.municipal_director, incident, treats=False)
    assert status_of(office.unit, office.office_leader) == ("met", "treated")
    assert "forum_case" not in owed_by(office.municipal_director)


def test_one_owner_who_wants_it_treated_is_enough_and_the_meeting_settles_it(office: Office) -> None:
    treated(office)
    incident = serious_at(office)
    answered_by(office.county_director, incident, treats=False)
    answered_by(office.municipal_director, incident, treats=True)
    assert status_of(office.unit, office.office_leader) == ("partly", "untreated")
    treated(office)
    assert status_of(office.unit, office.office_leader) == ("met", "treated")


def test_an_incident_of_level_three_is_not_the_owners_case(office: Office) -> None:
    treated(office)
    serious_at(office, level=3)
    assert status_of(office.unit, office.office_leader) == ("met", "treated")


def test_minutes_are_asked_for_from_the_morning_of_the_day_one_meets(office: Office) -> None:
    tonight = oslo_day(timezone.localdate())[1] - timedelta(minutes=1)
    called_by(office.office_leader, office.unit, starts_at=tonight)
    duty = next(
        each for each in helpers.owed_by(office.office_leader, *KINDS) if each.kind == "forum_minutes"
    )
    assert duty.title == "Skriv referat fra møtet i dag"
    assert "i dag kl. 23.59" in duty.why


def test_what_waits_in_a_forum_waits_for_the_one_who_owes_it(office: Office) -> None:
    called_by(
        office.office_leader,
        office.unit,
        MeetingKind.MANAGEMENT_REVIEW,
        starts_at=timezone.now() + timedelta(days=9),
    )
    meeting = called_by(office.office_leader, office.unit)
    decided_by(office.office_leader, meeting, office.counsellor)
    assert owed_by(office.counsellor) == ["forum_task"]
    assert owed_by(office.office_leader) == ["forum_minutes"]
    held_by(office.office_leader, meeting, office.county_director, office.municipal_director)
    assert owed_by(office.office_leader) == ["forum_publish"]


def test_what_is_owed_leads_to_a_page_one_can_open(
    office: Office, client_of: Callable[[Person], Any]
) -> None:
    def opened(person: Person) -> set[str]:
        owed = helpers.owed_by(person, *KINDS)
        assert {client_of(person).get(duty.url).status_code for duty in owed} <= {200}
        return {duty.kind for duty in owed}

    found = opened(office.office_leader)
    meeting = called_by(office.office_leader, office.unit)
    decided_by(office.office_leader, meeting, office.counsellor)
    serious_at(office)
    found |= opened(office.office_leader) | opened(office.counsellor)
    written_by(office.office_leader, meeting, office.county_director, office.municipal_director)
    sent_by(office.office_leader, meeting)
    found |= opened(office.municipal_director)
    approved_by(office.county_director, meeting)
    approved_by(office.municipal_director, meeting)
    found |= opened(office.office_leader) | opened(on_the_committees(office)[0])
    assert found == {kind.code for kind in KINDS}


# The committee (AML § 7-2).


def on_the_committees(office: Office) -> tuple[Person, Person]:
    """A member of the county's committee, and one of the municipality's."""
    assign(office.counsellor, Role.COMMITTEE_MEMBER, office.county, employer=office.directorate)
    assign(office.colleague, Role.COMMITTEE_MEMBER, office.municipality, employer=office.municipality)
    return office.counsellor, office.colleague


def reviewed(person: Person, unit: Unit, director: Person, *, reports: bool = True) -> Meeting:
    """A committee's meeting about everything up to the last quarter."""
    today = timezone.localdate()
    meeting = called_by(
        person,
        unit,
        MeetingKind.COMMITTEE,
        reviewed_until=quarter_end(today),
        report_year=today.year - 1 if reports else None,
    )
    return held_by(person, meeting, director, person)


def reported_days_ago(office: Office, person: Person, days: int) -> Incident:
    incident = reported_by(person, what_happened="Ropte.")
    at = timezone.now() - timedelta(days=days)
    Incident.objects.filter(id=incident.id).update(created_at=at, happened_at=at)
    return incident


def test_each_employers_committee_goes_through_its_own(office: Office) -> None:
    state, local = on_the_committees(office)
    rule = "evidence_aml_7_2"
    assert status_of(office.unit, office.office_leader, rule) == ("missing", "never")
    assert owed_by(state) == ["forum_report", "forum_review"]
    reviewed(state, office.county, office.county_director)
    assert status_of(office.unit, office.office_leader, rule) == ("partly", "never")
    reviewed(local, office.municipality, office.municipal_director)
    assert status_of(office.unit, office.office_leader, rule) == ("met", "reviewed")
    assert owed_by(local) == ["forum_publish"]


def test_a_committee_that_has_not_reported_or_has_new_to_go_through(office: Office) -> None:
    state, local = on_the_committees(office)
    for person, unit, director in (
        (state, office.county, office.county_director),
        (local, office.municipality, office.municipal_director),
    ):
        reviewed(person, unit, director, reports=False)
    assert status_of(office.unit, office.office_leader, "evidence_aml_7_2") == ("partly", "no_report")
    Meeting.objects.update(reviewed_until=timezone.localdate() - timedelta(days=500))
    reported_days_ago(office, office.counsellor, 200)
    assert status_of(office.unit, office.office_leader, "evidence_aml_7_2") == ("partly", "waiting")


def test_where_nobody_works_no_committee_reviews_anything(office: Office) -> None:
    empty = make_unit("Tomt team", UnitKind.TEAM, parents=(office.unit,))
    assert status_of(empty, office.office_leader, "evidence_aml_7_2") == ("not_applicable", "nobody")


def many_at(office: Office, n: int) -> list[Person]:
    """So many employees who have each reported something."""
    people = [make_person(f"Ansatt {number}") for number in range(n)]
    for person in people:
        employ(person, unit=office.unit, employer=office.directorate, daily_leader=office.leader)
        reported_days_ago(office, person, 120)
    return people


@pytest.mark.parametrize(("n", "total", "lines"), [(4, None, 0), (5, 5, 5)])
def test_the_owners_hear_of_incidents_only_when_five_are_behind_them(
    office: Office, n: int, total: int | None, lines: int
) -> None:
    many_at(office, n)
    meeting = called_by(office.office_leader, office.unit)
    with acting_as(office.municipal_director.id):
        found = incidents_of(meeting)
    assert (found.total, len(found.lines)) == (total, lines)


def test_the_leader_and_the_representative_hear_how_many_and_see_no_lines(office: Office) -> None:
    many_at(office, 4)
    meeting = called_by(office.office_leader, office.unit, MeetingKind.SAFETY)
    with acting_as(office.office_leader.id):
        found = incidents_of(meeting)
    assert (found.total, found.lines) == (4, [])


def test_a_forum_beside_those_two_hears_no_figure_below_five(office: Office) -> None:
    many_at(office, 4)
    meeting = called_by(office.office_leader, office.unit, MeetingKind.STAFF)
    with acting_as(office.counsellor.id):
        found = incidents_of(meeting)
    assert (found.total, found.groups, found.lines) == (None, [], [])
    assert "Færre enn fem" in found.says


def test_those_who_are_not_at_the_table_hear_nothing(office: Office) -> None:
    many_at(office, 6)
    meeting = called_by(office.office_leader, office.unit)
    for person in (office.counsellor, office.administrator, office.auditor, office.directorate_member):
        with acting_as(person.id):
            found = incidents_of(meeting)
        assert (found.total, found.lines) == (0, [])


def test_a_committee_hears_only_of_its_own_employer_and_its_own_period(office: Office) -> None:
    _state, local = on_the_committees(office)
    many_at(office, 6)  # employed by the state
    meeting = called_by(
        local, office.municipality, MeetingKind.COMMITTEE, reviewed_until=quarter_end(timezone.localdate())
    )
    with acting_as(local.id):
        assert incidents_of(meeting).total == 0


def test_nothing_a_forum_shows_holds_what_somebody_wrote(
    office: Office, client_of: Callable[[Person], Any]
) -> None:
    many_at(office, 5)
    meeting = called_by(office.office_leader, office.unit)
    page = client_of(office.municipal_director).get(meeting.get_absolute_url()).content.decode()
    assert "Hendelsene i perioden" in page
    assert "Ropte" not in page


def test_the_quarter_that_is_over() -> None:
    assert quarter_end(date(2026, 1, 1)) == date(2025, 12, 31)
