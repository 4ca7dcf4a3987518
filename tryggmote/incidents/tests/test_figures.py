"""Figures about incidents: what recurs, with n and code book, and nobody to be made out of them (2.4)."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.duties.simulation import be_on, simulated_days
from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.incidents.codebook import NEWEST
from tryggmote.incidents.figures import Rate, Rates, figures_of, rates_of
from tryggmote.incidents.models import Incident
from tryggmote.incidents.services import classify
from tryggmote.incidents.tests.helpers import opened_by, reported_by
from tryggmote.incidents.tests.test_consequences import assessed_by
from tryggmote.incidents.tests.test_linking import linked
from tryggmote.organisation.models import Person, SafetyArea
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, employ, make_office, make_person
from tryggmote.ui.dates import OSLO, oslo_today

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def numbers(person: Person, office: Office, title: str = "Hva det var") -> dict[str, int | None]:
    with acting_as(person.id):
        figures = figures_of(office.unit.id, days=365)
    return {
        str(count.word): count.number
        for group in figures.groups
        if str(group.title) == title
        for count in group.counts
    }


def reported_by_five(office: Office) -> None:
    for number in range(5):
        person = make_person(f"Ansatt {number}")
        employ(person, unit=office.unit, employer=office.directorate, daily_leader=office.leader)
        reported_by(person)


def test_whoever_leads_or_represents_the_unit_sees_every_number(office: Office) -> None:
    reported_by(office.counsellor)
    for person in (office.office_leader, office.safety_representative):
        assert numbers(person, office) == {"Utskjelling": 1}, person.name


def test_others_are_told_that_the_numbers_are_elsewhere(office: Office, client_of: ClientOf) -> None:
    reported_by_five(office)
    for person in (office.colleague, office.county_director, office.counsellor):
        assert numbers(person, office) == {}, person.name
        with acting_as(person.id):
            assert figures_of(office.unit.id, days=365).total is None
    page = client_of(office.colleague).get(f"/hendelser/tall/{office.unit.id}/").content.decode()
    assert "ser du under Tall" in page


def test_nobody_sees_the_figures_of_a_unit_out_of_sight(office: Office) -> None:
    other = make_office("Nav Storevik")
    reported_by_five(office)
    assert numbers(other.office_leader, office) == {}
    assert numbers(other.county_director, office) == {}


def test_what_the_leader_described_counts_instead_of_what_was_reported(office: Office) -> None:
    incident = reported_by(office.counsellor)
    with acting_as(office.leader.id) as by:
        classify(
            by=by,
            incident=Incident.objects.get(id=incident.id),
            classification_id=new_id(),
            codes={"natures": ["hate_speech"], "channel": "planned", "triggers": ["waiting"]},
        )
    assert numbers(office.office_leader, office) == {"Hatytring": 1}
    triggers = numbers(office.office_leader, office, "Hva som utløste det")
    assert triggers == {"Venting eller forsinkelse": 1}


def test_the_page_says_what_it_is_counted_with_and_asks_little_of_the_database(
    office: Office, client_of: ClientOf
) -> None:
    reported_by_five(office)
    client = client_of(office.office_leader)
    client.get("/hendelser/tall/")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/hendelser/tall/").content.decode()
    assert f"Kodebok {NEWEST}" in page
    assert "<strong>5</strong> hendelser er meldt." in page
    about = [sql for sql in (query["sql"] for query in queries) if "incident" in sql]
    assert len(about) == 2
    assert client_of(office.counsellor).get(f"/hendelser/tall/{office.unit.id}/").status_code == 200
    assert (
        client_of(make_office("Nav Storevik").leader).get(f"/hendelser/tall/{office.unit.id}/").status_code
        == 404
    )


@pytest.mark.parametrize(("done", "due", "share"), [(0, 0, None), (0, 3, 0), (199, 200, 99), (7, 7, 100)])
def test_only_all_in_time_is_a_hundred_per_cent(done: int, due: int, share: int | None) -> None:
    assert Rate("", done, due).share == share


def test_several_reports_of_one_event_are_one_in_the_figures(office: Office) -> None:
    first, second = (reported_by(person) for person in (office.counsellor, office.colleague))
    assert numbers(office.office_leader, office)["Utskjelling"] == 2
    linked(office.office_leader, first, second)
    assert numbers(office.office_leader, office)["Utskjelling"] == 1


def test_the_representative_of_the_other_employer_sees_no_figure_here(office: Office) -> None:
    state = SafetyArea.objects.create(code="VX", name="Stat", unit=office.unit, employer=office.directorate)
    representative = make_person("Stine Statlig")
    employ(representative, unit=office.unit, employer=office.directorate, safety_area=state)
    assign(representative, Role.SAFETY_REPRESENTATIVE, office.unit, safety_area=state)
    for _number in range(5):
        reported_by(office.colleague)
    with acting_as(representative.id):
        assert figures_of(office.unit.id, days=365).total is None


def rates(person: Person, office: Office) -> Rates:
    with acting_as(person.id):
        found = rates_of(office.unit.id)
    assert found is not None
    return found


def test_whoever_reads_every_incident_is_told_how_many_of_the_last_days(office: Office) -> None:
    serious = reported_by(office.counsellor, at=timezone.now() - timedelta(days=30))
    assessed_by(office.leader, serious, 3)
    found = rates(office.office_leader, office)
    assert found.is_lately
    assert [(rate.done, rate.due) for rate in found.rates] == [(0, 1), (0, 1), (0, 1), (0, 0)]


def test_others_are_told_a_share_in_tens_of_a_settled_half_year_and_never_how_many(office: Office) -> None:
    since = rates(office.county_director, office).since
    people = [office.counsellor, office.colleague, office.leader, office.office_leader, office.formal_leader]
    for number, person in enumerate(people):
        at = datetime.combine(since + timedelta(days=30 * number), time(12), OSLO)
        incident = reported_by(person, at=at)
        told = {
            (rate.done, rate.due, rate.share, rate.is_hidden)
            for rate in rates(office.county_director, office).rates
            if rate.due != 0
        }
        assert told == ({(None, None, None, True)} if number < 4 else {(None, None, 0, False)})
    opened_by(office.safety_representative, incident, at=at + timedelta(minutes=5))
    found = rates(office.county_director, office)
    assert [rate.share for rate in found.rates] == [0, 20, 0, None]
    reported_by(office.counsellor)
    assert rates(office.county_director, office) == found, "what happens now tells nothing"


def test_a_share_of_one_person_s_incidents_is_hidden(office: Office) -> None:
    since = rates(office.county_director, office).since
    for _number in range(6):
        reported_by(office.counsellor, at=datetime.combine(since, time(12), OSLO))
    assert all(rate.is_hidden or rate.due == 0 for rate in rates(office.county_director, office).rates)


def test_the_rates_others_see_are_the_same_every_day_of_a_half_year(office: Office) -> None:
    for person in (office.counsellor, office.colleague, office.leader, office.office_leader):
        for days_ago in range(5, 400, 60):
            reported_by(person, at=timezone.now() - timedelta(days=days_ago))
    told = []
    with simulated_days():
        for days_ago in range(200):
            be_on(oslo_today() - timedelta(days=days_ago))
            told.append(str(rates(office.county_director, office)))
    assert len(set(told)) <= 3, "at most two half-years are settled in 200 days"
