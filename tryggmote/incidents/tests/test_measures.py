"""A measure that comes from an incident remembers it, for those who may see the incident (2.3)."""

from collections.abc import Callable

import pytest
from django.test import Client

from tryggmote.controls.models import Measure
from tryggmote.controls.tests.helpers import planned_by
from tryggmote.incidents.hazards import words_of
from tryggmote.incidents.measures import address_of_hazard, address_to_plan
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.incidents.tests.test_consequences import assessed_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.risk.models import Hazard

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def planned_from(office: Office, incident: Incident) -> Measure:
    return planned_by(
        office.office_leader,
        office.unit,
        office.leader,
        origin_kind="incident",
        origin_id=incident.id,
        origin_words=words_of(incident),
    )


def test_the_leader_plans_it_from_the_incident_and_the_form_knows_what_it_comes_from(
    office: Office, client_of: ClientOf
) -> None:
    incident = reported_by(office.counsellor)
    assessed_by(office.office_leader, incident, 2)
    client = client_of(office.office_leader)
    page = client.get(incident.get_absolute_url()).content.decode()
    assert address_to_plan(incident).replace("&", "&amp;") in page
    form = client.get(address_to_plan(incident)).context["form"]
    assert (form["origin_id"].value(), form["origin_kind"].value()) == (
        str(incident.id),
        "incident",
    )


def test_the_incident_shows_its_measures_and_the_measure_leads_back_only_those_who_see_it(
    office: Office, client_of: ClientOf
) -> None:
    incident = reported_by(office.counsellor)
    measure = planned_from(office, incident)
    for person in (office.leader, office.counsellor, office.safety_representative):
        assert (
            measure.get_absolute_url() in client_of(person).get(incident.get_absolute_url()).content.decode()
        )
    address = measure.get_absolute_url()
    assert incident.get_absolute_url() in client_of(office.leader).get(address).content.decode()
    seen_by_a_colleague = client_of(office.colleague).get(address).content.decode()
    assert words_of(incident) in seen_by_a_colleague
    assert str(incident.id) not in seen_by_a_colleague


def test_the_hazard_it_raised_is_one_press_away(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    assert address_of_hazard(incident) == Hazard.objects.get(source_id=incident.id).get_absolute_url()
    Hazard.objects.all().delete()
    assert address_of_hazard(incident) == "/farer/"
