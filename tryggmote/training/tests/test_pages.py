"""The pages of training, as people meet them (4.1, 4.2)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tryggmote.access.ids import new_id
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, employ, make_office, make_person
from tryggmote.training.models import Absence, Completion, LocalElement, Override
from tryggmote.training.tests.helpers import CLIENT_WORK, GATE, done, everybody_did
from tryggmote.ui.dates import oslo_today

pytestmark = [pytest.mark.django_db, pytest.mark.training]
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def page_of(client: Client, name: str, *args: object, status: int = 200) -> str:
    response = client.get(reverse(f"training:{name}", args=args))
    assert response.status_code == status
    return response.content.decode()


def test_a_newcomer_sees_what_comes_before_the_first_meeting(office: Office, client_of: ClientOf) -> None:
    page = page_of(client_of(office.counsellor), "own")
    assert "Du er ikke klar til å møte brukere ennå" in page
    assert page.index("Før møte med brukere") < page.index("Gjenstår eller må fornyes")
    done(office.counsellor, *GATE)
    page = page_of(client_of(office.counsellor), "own")
    assert "Du er klar til å møte brukere" in page
    assert f"{len(GATE)} av {len(CLIENT_WORK)} deler er på plass" in page


def test_the_leader_sees_each_of_theirs_and_the_representative_how_many(
    office: Office, client_of: ClientOf
) -> None:
    everybody_did(office.unit)
    leaders = page_of(client_of(office.office_leader), "unit", office.unit.id)
    assert "Vera Veileder" in leaders
    representatives = page_of(client_of(office.safety_representative), "unit", office.unit.id)
    assert "Vera Veileder" not in representatives
    assert "I tall" in representatives
    employees = page_of(client_of(office.counsellor), "unit", office.unit.id)
    assert "Dette ser lederen" in employees


def test_the_picture_can_be_narrowed_to_those_who_lack_something(office: Office, client_of: ClientOf) -> None:
    done(office.counsellor, *CLIENT_WORK)
    url = reverse("training:unit", args=[office.unit.id])
    page = client_of(office.office_leader).get(f"{url}?stand=missing").content.decode()
    assert "Kari Kollega" in page
    assert "Vera Veileder" not in page


def test_only_leaders_of_the_person_open_their_page(office: Office, client_of: ClientOf) -> None:
    page_of(client_of(office.leader), "person", office.counsellor.id)
    for other in (office.colleague, office.safety_representative, office.county_director):
        page_of(client_of(other), "person", office.counsellor.id, status=404)


def test_a_leader_records_what_was_done_and_takes_back_what_was_not(
    office: Office, client_of: ClientOf
) -> None:
    client = client_of(office.leader)
    url = reverse("training:declare", args=[office.counsellor.id])
    answers = {"done": ["risk_awareness", "communication"], "done_on": oslo_today().isoformat()}
    for _twice in range(2):
        assert client.post(url, answers).status_code == 302
    assert Completion.objects.filter(person=office.counsellor).count() == 2
    wrong = Completion.objects.get(element="communication")
    client.post(reverse("training:withdraw", args=[wrong.id]))
    assert not Completion.objects.filter(element="communication", withdrawn_at=None).exists()


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"done_on": ""}, "Skriv dagen det ble gjennomført."),
        ({"done_on": (oslo_today() + timedelta(days=1)).isoformat()}, "Dagen har ikke vært ennå."),
        ({"done_on": "1200-01-01"}, "Sjekk årstallet."),
        ({"done": []}, "Velg minst én del av opplæringen."),
        ({"done": ["leader_hse"]}, "kreves ikke lenger"),
    ],
)
def test_what_cannot_be_recorded_says_why_and_keeps_what_was_chosen(
    office: Office, client_of: ClientOf, answers: dict[str, object], reason: str
) -> None:
    url = reverse("training:declare", args=[office.counsellor.id])
    given = {"done": ["risk_awareness"], "done_on": oslo_today().isoformat(), **answers}
    response = client_of(office.leader).post(url, given)
    assert response.status_code == 422
    assert reason in response.content.decode()
    assert not Completion.objects.exists()


def test_an_exception_says_why_and_is_limited(office: Office, client_of: ClientOf) -> None:
    client, url = client_of(office.leader), reverse("training:except", args=[office.counsellor.id])
    too_long = (oslo_today() + timedelta(days=31)).isoformat()
    refused = client.post(url, {"id": new_id(), "until": too_long, "reason": ""})
    page = refused.content.decode()
    assert "inntil 30 dager fram" in page
    assert "Et unntak uten grunn kan ikke gis." in page
    last = (oslo_today() + timedelta(days=30)).isoformat()
    client.post(url, {"id": new_id(), "until": last, "reason": "Kurset er på fredag. Vi er to."})
    assert Override.objects.get().person_id == office.counsellor.id
    assert "har gjort et unntak for deg" in page_of(client_of(office.counsellor), "own")


def test_leave_is_recorded_without_a_reason_and_ended(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.leader)
    today, before = oslo_today().isoformat(), (oslo_today() - timedelta(days=1)).isoformat()
    url = reverse("training:leave", args=[office.counsellor.id])
    refused = client.post(url, {"id": new_id(), "starts_on": today, "ends_on": before})
    assert "Siste dag kan ikke være før første." in refused.content.decode()
    client.post(url, {"id": new_id(), "starts_on": before})
    absence = Absence.objects.get()
    client.post(reverse("training:back", args=[absence.id]))
    absence.refresh_from_db()
    assert absence.ends_on == oslo_today() - timedelta(days=1)


def test_a_unit_asks_for_something_of_its_own(office: Office, client_of: ClientOf) -> None:
    client, url = client_of(office.office_leader), reverse("training:ask_for", args=[office.unit.id])
    empty = client.post(url, {"id": new_id()})
    assert empty.status_code == 422
    assert "Skriv hva opplæringen heter." in empty.content.decode()
    answers = {"id": new_id(), "title": "Rømming fra arkivet", "kind": "practice", "months": "12"}
    client.post(url, answers)
    asked = LocalElement.objects.get()
    assert "Rømming fra arkivet" in page_of(client, "requirements", office.unit.id)
    assert "Rømming fra arkivet" in page_of(client_of(office.counsellor), "own")
    client.post(reverse("training:ask_no_longer", args=[asked.id]))
    assert "Rømming fra arkivet" not in page_of(client_of(office.counsellor), "own")


def test_an_employee_cannot_change_what_is_asked(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    assert client.get(reverse("training:ask_for", args=[office.unit.id])).status_code == 403
    assert client.post(reverse("training:link", args=[office.unit.id])).status_code == 403


def test_a_page_of_the_picture_costs_the_same_for_many(office: Office, client_of: ClientOf) -> None:
    client, url = client_of(office.office_leader), reverse("training:unit", args=[office.unit.id])
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url)
    for number in range(20):
        person = make_person(f"Ansatt {number:02}")
        employ(person, unit=office.unit, employer=office.directorate, daily_leader=office.leader)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)


def test_a_director_sees_how_many_but_no_count_of_a_few(office: Office, client_of: ClientOf) -> None:
    """Two leaders and one representative have training of their own: that would say who."""
    page = page_of(client_of(office.county_director), "unit", office.unit.id)
    assert "Se risikoen i tide" in page
    assert "Grunnopplæring i arbeidsmiljø" not in page
    assert "Opplæring som gjelder færre enn fem, vises ikke." in page
    assert "Grunnopplæring i arbeidsmiljø" in page_of(client_of(office.office_leader), "unit", office.unit.id)
