"""People see when something will be deleted, on the page where they would look for it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from tryggmote.access.models import ReadEntry
from tryggmote.exhibits.models import Exhibit
from tryggmote.exhibits.tests.helpers import added_by
from tryggmote.incidents.kept import deleted_from
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.retention.forgetting import forget_what_has_served
from tryggmote.retention.tests.test_forgetting import aged, over
from tryggmote.statutory.models import Injury
from tryggmote.statutory.tests.helpers import entered_by
from tryggmote.ui.dates import day

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def page_of(client: Client, incident: Incident) -> str:
    return client.get(incident.get_absolute_url()).content.decode()


def test_an_incident_says_from_when_it_is_deleted(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    expected = day(deleted_from("incident", timezone.localdate()))
    page = page_of(client_of(office.counsellor), incident)
    assert "slettes tidligst" in page
    assert expected in page
    assert "Slettes snart" not in page


@pytest.mark.parametrize(("days_before", "is_said"), [(0, True), (-1, False)])
def test_two_months_before_it_is_pointed_out(
    office: Office, client_of: ClientOf, days_before: int, is_said: bool
) -> None:
    incident = aged(reported_by(office.counsellor), at=over("incident", ahead=60, days=days_before))
    assert ("Slettes snart" in page_of(client_of(office.counsellor), incident)) is is_said


def test_one_that_something_still_needs_says_so_instead_of_a_day_that_is_gone(
    office: Office, client_of: ClientOf
) -> None:
    incident = reported_by(office.counsellor)
    entered_by(office.leader, incident, office.counsellor)
    aged(incident)
    forget_what_has_served()
    assert "trenger den fortsatt" in page_of(client_of(office.counsellor), incident)


def test_the_register_says_from_when_a_line_is_deleted(office: Office, client_of: ClientOf) -> None:
    injury = entered_by(office.leader, reported_by(office.counsellor), office.counsellor)
    Injury.objects.filter(id=injury.id).update(happened_on=date(2026, 3, 2))
    page = client_of(office.counsellor).get(injury.get_absolute_url()).content.decode()
    assert "2. mars 2046" in page


def test_evidence_says_when_its_content_goes_and_afterwards_that_its_time_was_over(
    office: Office, client_of: ClientOf
) -> None:
    incident = reported_by(office.counsellor)
    entered_by(office.leader, incident, office.counsellor)
    exhibit = added_by(office.counsellor, incident)
    client = client_of(office.counsellor)
    expected = day(deleted_from("exhibit", timezone.localdate()))
    assert f"eller fra {expected}" in client.get(exhibit.get_absolute_url()).content.decode()
    Exhibit.objects.filter(id=exhibit.id).update(added_at=over("exhibit"))
    forget_what_has_served()
    page = client.get(exhibit.get_absolute_url()).content.decode()
    assert "Tiden det skulle tas vare på, var over" in page
    assert "Last ned originalen" not in page


def test_an_incident_that_is_gone_is_not_found_and_nothing_is_logged(
    office: Office, client_of: ClientOf
) -> None:
    incident = aged(reported_by(office.counsellor), at=over("incident", days=1))
    forget_what_has_served()
    answer = client_of(office.counsellor).get(incident.get_absolute_url())
    assert answer.status_code == 404
    assert not ReadEntry.objects.filter(object_id=incident.id).exists()
