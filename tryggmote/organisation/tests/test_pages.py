"""Pages of units and people: who is who, for everybody who works here."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed
from tryggmote.organisation import services
from tryggmote.organisation.models import Person, Unit, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import (
    Office,
    assign,
    employ,
    make_office,
    make_person,
    make_unit,
)
from tryggmote.search.tests.helpers import found_by

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
LANGUAGES = ("nb", "nn", "en")
# Signing in to the database, the session, the bell, and the transaction around it all.
FRAME = 8


@pytest.fixture
def office() -> Office:
    return make_office()


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_a_unit_shows_both_lines_its_leaders_representatives_and_people(
    office: Office, client_of: ClientOf
) -> None:
    text = text_of(client_of(office.counsellor), f"/enheter/{office.unit.id}/")
    for name in (
        office.county.name,
        office.municipality.name,
        "Olga Officeleder",
        "Vilde Verneombud",
        "Hanne Hovedverneombud",
        "Verneområde Nav Lillevik",
        "Kari Kollega",
        "Hjemmebesøk",
    ):
        assert name in text
    assert "Adam Administrator" not in text
    assert "Endre møteformene" not in text


def test_dual_leadership_is_shown_with_the_employer_of_each(office: Office, client_of: ClientOf) -> None:
    office.unit.role_assignments.filter(role=Role.OFFICE_LEADER).update(employer=office.directorate)
    assign(office.formal_leader, Role.OFFICE_LEADER, office.unit, employer=office.municipality)
    text = text_of(client_of(office.counsellor), f"/enheter/{office.unit.id}/")
    assert "To-delt ledelse" in text
    assert f"for ansatte i {office.municipality.name}" in text


def test_a_joint_office_lies_under_both_municipalities(office: Office, client_of: ClientOf) -> None:
    other = make_unit("Storvik kommune", UnitKind.MUNICIPALITY)
    joint = make_unit("Nav Fellesvik", parents=(office.county, office.municipality, other))
    team = make_unit("Oppfølging", UnitKind.TEAM, parents=(joint,))
    text = text_of(client_of(office.counsellor), f"/enheter/{team.id}/")
    assert text.count("Kommunal linje") == 2
    assert text.count("Statlig linje") == 1
    assert text.count(f'href="/enheter/{joint.id}/"') >= 3


def test_people_in_a_unit_are_found_by_name_and_turned_by_page(office: Office, client_of: ClientOf) -> None:
    for number in range(30):
        employ(make_person(f"Ås {number:02}"), unit=office.unit, employer=office.directorate)
    client = client_of(office.counsellor)
    address = f"/enheter/{office.unit.id}/"
    assert "Ås 29" not in text_of(client, address)
    assert "Ås 29" in text_of(client, f"{address}?page=2")
    found = text_of(client, f"{address}?q=kari")
    assert "Kari Kollega" in found
    assert "Lars Leder</a></th>" not in found
    assert "Ingen her heter" in text_of(client, f"{address}?q=finnesikke")


def test_a_unit_page_costs_the_same_however_many_work_there(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    address = f"/enheter/{office.unit.id}/"
    text_of(client, address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        text_of(client, address)
    for number in range(20):
        employ(
            make_person(f"Ny {number}"),
            unit=office.unit,
            employer=office.municipality,
            daily_leader=office.leader,
        )
    with CaptureQueriesContext(connection) as many:
        text_of(client, address)
    assert len(many) == len(few) <= FRAME + 12


def test_the_other_pages_cost_few_queries(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    for address, queries in (("/enheter/", 5), (f"/personer/{office.colleague.id}/", 6)):
        text_of(client, address)
        with CaptureQueriesContext(connection) as asked:
            text_of(client, address)
        assert len(asked) <= FRAME + queries, address


def test_the_list_of_units_is_narrowed_by_name_county_and_kind(office: Office, client_of: ClientOf) -> None:
    other = make_office("Nav Storvik")
    client = client_of(office.counsellor)
    assert "Nav Storvik" in text_of(client, "/enheter/")
    assert f"/enheter/{office.unit.id}/" not in text_of(client, "/enheter/?q=storvik")
    in_county = text_of(client, f"/enheter/?fylke={other.county.id}")
    assert f"/enheter/{other.unit.id}/" in in_county
    assert f"/enheter/{office.unit.id}/" not in in_county
    assert f"/enheter/{other.unit.id}/" not in text_of(client, "/enheter/?slag=county")
    assert "Ingen enheter passer" in text_of(client, "/enheter/?q=finnesikke")


def test_a_person_page_tells_who_leads_and_who_represents(office: Office, client_of: ClientOf) -> None:
    text = text_of(client_of(office.counsellor), f"/personer/{office.colleague.id}/")
    for name in ("Lars Leder", "Frida Formell", "Vilde Verneombud", office.municipality.name):
        assert name in text


def test_a_persons_address_is_a_fact_to_read_beside_the_button_that_writes_to_it(
    office: Office, client_of: ClientOf
) -> None:
    text = text_of(client_of(office.counsellor), f"/personer/{office.colleague.id}/")
    assert f'href="mailto:{office.colleague.email}"' in text
    assert "Send e-post" in text
    assert f"<dd>{office.colleague.email}</dd>" in text


def test_one_who_has_left_is_shown_as_such_without_contact(office: Office, client_of: ClientOf) -> None:
    Person.objects.filter(pk=office.colleague.pk).update(ended_on="2026-01-31")
    text = text_of(client_of(office.counsellor), f"/personer/{office.colleague.id}/")
    assert "Jobber ikke her lenger" in text
    assert office.colleague.email not in text


def test_what_is_not_there_is_not_found(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    text_of(client, "/enheter/999999/", 404)
    text_of(client, "/personer/999999/", 404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_there_in_three_languages(office: Office, client_of: ClientOf, language: str) -> None:
    Person.objects.filter(pk=office.administrator.pk).update(language=language)
    client = client_of(office.administrator)
    for address in (
        "/enheter/",
        f"/enheter/{office.unit.id}/",
        f"/personer/{office.colleague.id}/",
        "/administrasjon/",
        "/administrasjon/import/",
        "/min-side/",
    ):
        assert f'lang="{language}"' in text_of(client, address)


def test_the_leader_chooses_the_meeting_forms_of_the_unit(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.office_leader)
    address = f"/enheter/{office.unit.id}/moteformer/"
    assert "Endre møteformene" in text_of(client, f"/enheter/{office.unit.id}/")
    assert "Hjemmebesøk" in text_of(client, address)
    response = client.post(address, {"forms": ["video", "reception"]}, follow=True)
    assert "Møteformene er lagret" in response.content.decode()
    assert Unit.objects.get(id=office.unit.id).meeting_forms == ["reception", "video"]


def test_a_meeting_form_that_does_not_exist_is_refused(office: Office, client_of: ClientOf) -> None:
    address = f"/enheter/{office.unit.id}/moteformer/"
    assert client_of(office.office_leader).post(address, {"forms": ["sauna"]}).status_code == 422
    assert Unit.objects.get(id=office.unit.id).meeting_forms == office.unit.meeting_forms


def test_nobody_else_chooses_the_meeting_forms(office: Office, client_of: ClientOf) -> None:
    elsewhere = make_office("Nav Storvik")
    for person in (office.counsellor, office.administrator, elsewhere.office_leader):
        address = f"/enheter/{office.unit.id}/moteformer/"
        text_of(client_of(person), address, 403)
        assert client_of(person).post(address, {"forms": ["video"]}).status_code == 403
    assert Unit.objects.get(id=office.unit.id).meeting_forms == office.unit.meeting_forms


def test_the_database_too_refuses_others_than_the_leader(office: Office) -> None:
    with acting_as(office.counsellor.id) as person:
        with pytest.raises(NotAllowed):
            services.choose_meeting_forms(by=person, unit_id=office.unit.id, forms=["video"])
        assert Unit.objects.filter(id=office.unit.id).update(meeting_forms=["video"]) == 0


def test_my_page_tells_who_i_am(office: Office, client_of: ClientOf) -> None:
    text = text_of(client_of(office.safety_representative), "/min-side/")
    for name in ("Lars Leder", "Nav Lillevik", "Verneombud", "Klar til å møte brukere"):
        assert name in text


def test_people_and_units_are_found_by_any_name_they_have(office: Office) -> None:
    assert found_by(office.counsellor, "kari", "person") == ["Kari Kollega"]
    assert found_by(office.counsellor, "Kollega", "person") == ["Kari Kollega"]
    assert "Nav Lillevik" in found_by(office.counsellor, "lillevik", "unit")


def test_one_who_has_left_is_not_found(office: Office) -> None:
    Person.objects.filter(pk=office.colleague.pk).update(ended_on="2026-01-31")
    assert "Kari Kollega" not in found_by(office.counsellor, "kari", "person")
