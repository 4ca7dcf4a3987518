"""The pages on which units are merged and split: nothing happens before it has been seen (ADR 0032)."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tryggmote.access.ids import new_id
from tryggmote.organisation.models import Handover, Person, Unit
from tryggmote.organisation.tests.factories import Office, make_office, make_unit, workforce_of
from tryggmote.premises.models import Building
from tryggmote.premises.tests.factories import building_by

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def neighbour(office: Office) -> Unit:
    """Another office of the county and the municipality."""
    unit = make_unit("Nav Nabo", parents=(office.county, office.municipality))
    workforce_of(unit, office.directorate)
    return unit


def asked(to: Unit, scope: str = "all", **more: object) -> dict[str, object]:
    return {"id": str(new_id()), "to": to.id, "scope": scope, "why": "Kontorene blir ett.", **more}


def address(unit: Unit) -> str:
    return f"/enheter/{unit.id}/overfor/"


def test_what_would_go_is_seen_first_and_counts_what_is_there(
    office: Office, neighbour: Unit, client_of: ClientOf
) -> None:
    building_by(office.office_leader, office.unit)
    client, form = client_of(office.administrator), asked(neighbour)
    seen = client.post(address(office.unit), form)
    page = seen.content.decode()
    assert "<dt>Bygg</dt><dd>1</dd>" in page
    assert f"{office.unit.name} blir en del av {neighbour.name} fra i dag" in page
    assert not Handover.objects.exists()
    assert Building.objects.get().unit == office.unit
    answers = [client.post(address(office.unit), {**form, "confirmed": "1"}) for _twice in range(2)]
    done = Handover.objects.get()
    assert done.to_unit == neighbour
    assert [answer.url for answer in answers] == [done.get_absolute_url()] * 2  # type: ignore[attr-defined]
    assert Building.objects.get().unit == neighbour
    closed = client.get(f"/enheter/{office.unit.id}/").content.decode()
    assert "Alt den hadde, er nå hos:" in closed
    again = client.post(address(office.unit), asked(neighbour)).content.decode()
    assert f"{office.unit.name} er en del av en annen enhet nå." in again


def test_an_administrator_sees_no_content_and_so_chooses_none(
    office: Office, neighbour: Unit, client_of: ClientOf
) -> None:
    building_by(office.office_leader, office.unit, "Hemmelig bygg")
    page = client_of(office.administrator).get(address(office.unit)).content.decode()
    assert "Hemmelig bygg" not in page
    assert 'value="some"' not in page


def test_a_director_chooses_and_what_is_chosen_stays_chosen_when_it_is_changed(
    office: Office, neighbour: Unit, client_of: ClientOf
) -> None:
    building = building_by(office.office_leader, office.unit)
    form = asked(neighbour, "some", k_premises_building=str(building.id))
    client = client_of(office.county_director)
    assert "Flytt det" in client.post(address(office.unit), form).content.decode()
    changed = client.post(address(office.unit), {**form, "change": "1"}).content.decode()
    assert re.search(rf"<input(?=[^>]*{building.id})(?=[^>]*\bchecked)", changed)


def test_nothing_chosen_and_no_reason_is_said_at_the_field(
    office: Office, neighbour: Unit, client_of: ClientOf
) -> None:
    answer = client_of(office.county_director).post(
        address(office.unit), {**asked(neighbour, "some"), "why": ""}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Kryss av for det som skal flyttes" in page
    assert "Skriv hva som skjer" in page


def test_what_cannot_be_is_said_at_the_unit_that_was_chosen(office: Office, client_of: ClientOf) -> None:
    elsewhere = make_unit("Nav Fjern", parents=(office.county,))
    answer = client_of(office.administrator).post(address(office.unit), asked(elsewhere))
    assert answer.status_code == 422
    assert f"{office.municipality.name} har ansatte her" in answer.content.decode()


def test_others_are_told_who_can(office: Office, neighbour: Unit, client_of: ClientOf) -> None:
    for person in (office.counsellor, office.safety_representative):
        assert client_of(person).get(address(office.unit)).status_code == 403
    assert "Slå sammen eller del enheten" not in (
        client_of(office.counsellor).get(f"/enheter/{office.unit.id}/").content.decode()
    )


def test_it_is_taken_back_from_its_page(office: Office, neighbour: Unit, client_of: ClientOf) -> None:
    client = client_of(office.administrator)
    client.post(address(office.unit), {**asked(neighbour), "confirmed": "1"})
    done = Handover.objects.get()
    assert client.post(done.get_absolute_url(), {"id": str(new_id()), "why": ""}).status_code == 422
    client.post(done.get_absolute_url(), {"id": str(new_id()), "why": "Det ble ikke noe av."})
    office.unit.refresh_from_db()
    assert (office.unit.merged_into, office.unit.ended_on) == (None, None)
    assert "Dette er angret" in client.get(done.get_absolute_url()).content.decode()
    assert client_of(make_office("Nav Annen").counsellor).get(done.get_absolute_url()).status_code == 404
