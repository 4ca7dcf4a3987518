"""The list: what one sees, how it is narrowed, and that it costs the same however long it is (2.4)."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.incidents.models import Incident
from tryggmote.incidents.queries import PAGE_SIZE
from tryggmote.incidents.services import answer_reporter, assess_level
from tryggmote.incidents.tests.helpers import opened_by, reported_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def listed(client: Client, **query: str) -> list[Incident]:
    response = client.get(reverse("incidents:list"), query)
    assert response.status_code == 200
    return shown_in(response)


def shown_in(response: HttpResponse) -> list[Incident]:
    """The incidents that the list links to, in its order."""
    rows = re.findall(r'<th scope="row"><a class="aksel-link" href="([^"]+)"', response.content.decode())
    ids = [UUID(address.split("/")[-2]) for address in rows]
    found = Incident.objects.in_bulk(ids)
    return [found[incident_id] for incident_id in ids]


def test_one_sees_ones_own_and_a_leader_sees_the_teams(office: Office, client_of: ClientOf) -> None:
    mine, other = reported_by(office.counsellor), reported_by(office.colleague)
    assert listed(client_of(office.counsellor)) == [mine]
    assert listed(client_of(office.leader)) == [other, mine]
    assert listed(client_of(office.formal_leader)) == [other]
    assert listed(client_of(office.administrator)) == []


def test_an_empty_list_says_what_will_be_here_and_offers_the_first_step(
    office: Office, client_of: ClientOf
) -> None:
    page = client_of(office.counsellor).get(reverse("incidents:list")).content.decode()
    assert "Ingen hendelser ennå" in page
    assert reverse("incidents:report") in page


def test_the_list_holds_no_free_text(office: Office, client_of: ClientOf) -> None:
    reported_by(office.counsellor, what_happened="Hemmelige ord", place="Samtalerom 3")
    page = client_of(office.leader).get(reverse("incidents:list")).content.decode()
    assert "Hemmelige" not in page
    assert "Samtalerom" not in page


def test_it_is_narrowed_by_period_form_level_and_status(office: Office, client_of: ClientOf) -> None:
    old = reported_by(office.counsellor, at=timezone.now() - timedelta(days=40))
    by_phone = reported_by(office.counsellor, form="telephone")
    opened_by(office.leader, by_phone)
    with acting_as(office.leader.id) as leader:
        seen = Incident.objects.get(id=by_phone.id)
        assess_level(by=leader, incident=seen, assessment_id=new_id(), level=0)
        answer_reporter(by=leader, incident=seen, reply_id=new_id(), text="Takk")
    client = client_of(office.leader)
    assert listed(client, period="30") == [by_phone]
    assert listed(client, form="telephone") == [by_phone]
    assert listed(client, form="planned") == [old]
    assert listed(client, level="0") == [by_phone]
    assert listed(client, level="-") == [old]
    assert listed(client, status="answered") == [by_phone]
    assert listed(client, status="new") == [old]
    assert listed(client, status="read") == []


def test_an_empty_list_says_whether_it_is_the_filter_or_that_nothing_has_happened(
    office: Office, client_of: ClientOf
) -> None:
    client = client_of(office.leader)
    assert "Ingen hendelser ennå" in client.get(reverse("incidents:list")).content.decode()
    reported_by(office.counsellor)
    page = client.get(reverse("incidents:list"), {"status": "answered"}).content.decode()
    assert "Ingen hendelser passer" in page
    assert "Ingen hendelser ennå" not in page


@pytest.mark.parametrize("status", ["new", "raised", "read", "answered"])
def test_the_status_filter_finds_what_says_that_status(
    office: Office, client_of: ClientOf, status: str
) -> None:
    now = timezone.now()
    for read in (None, now):
        for answered in (None, now):
            for escalated in (None, now):
                Incident.objects.filter(id=reported_by(office.counsellor).id).update(
                    read_by_leader_at=read, answered_at=answered, escalated_at=escalated
                )
    found = listed(client_of(office.counsellor), status=status)
    assert found
    assert {incident.id for incident in found} == {i.id for i in Incident.objects.all() if i.status == status}


@pytest.mark.parametrize(
    "query",
    [
        {"period": "x"},
        {"form": "moon"},
        {"level": "99"},
        {"status": "odd"},
        {"eldre": "x"},
        {"eldre": "2026-01-01_1"},
        {"eldre": f"2026-13-01T00:00:00+00:00_{new_id()}"},
        {"eldre": f"2026-01-01T00:00:00_{new_id()}"},
    ],
)
def test_an_address_nobody_made_shows_the_whole_list(
    office: Office, client_of: ClientOf, query: dict[str, str]
) -> None:
    incident = reported_by(office.counsellor)
    assert listed(client_of(office.counsellor), **query) == [incident]


def test_older_ones_follow_without_gaps_or_repeats_even_at_the_same_moment(
    office: Office, client_of: ClientOf
) -> None:
    moment = timezone.now()
    made = {reported_by(office.counsellor, at=moment).id for _number in range(PAGE_SIZE + 3)}
    client = client_of(office.counsellor)
    response = client.get(reverse("incidents:list"))
    first = [incident.id for incident in shown_in(response)]
    older = client.get(reverse("incidents:list") + response.context["older_url"])
    second = [incident.id for incident in shown_in(older)]
    assert len(first) == PAGE_SIZE
    assert len(second) == 3
    assert {*first, *second} == made


def test_the_page_costs_the_same_for_one_and_for_many(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.leader)
    reported_by(office.counsellor)
    with CaptureQueriesContext(connection) as for_one:
        client.get(reverse("incidents:list"))
    for _number in range(10):
        reported_by(office.colleague)
    with CaptureQueriesContext(connection) as for_many:
        client.get(reverse("incidents:list"))
    assert len(for_one) == len(for_many)
    own = [query["sql"] for query in for_many if "incidents_incident" in query["sql"]]
    assert len(own) == 2  # the page and the counts
