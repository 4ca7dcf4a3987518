"""The pages of concerns, demands and stops, as people meet them."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tryggmote.access.ids import new_id
from tryggmote.concerns.models import Concern, Demand, Stop
from tryggmote.concerns.tests.helpers import (
    answered_by,
    demand_answered_by,
    demand_is_late,
    demanded_by,
    said_by,
    stopped_by,
    written_by,
)
from tryggmote.concerns.vocabulary import Deed, Outcome
from tryggmote.controls.tests.helpers import planned_by
from tryggmote.organisation.models import Person, Unit, UnitKind
from tryggmote.organisation.tests.factories import Office, make_office, make_unit

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def page_of(client: Client, url: str) -> str:
    response = client.get(url, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_an_employee_writes_and_sees_the_receipt_and_the_readers(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    assert "Lars Leder" in page_of(client, reverse("concerns:write"))
    sent = client.post(
        reverse("concerns:write"),
        {"id": str(new_id()), "text": "Bakdøra står åpen.", "to": ["leader"], "may_be_shared": "on"},
    )
    concern = Concern.objects.get()
    assert sent["Location"] == concern.get_absolute_url()
    assert "Ingen har lest den ennå" in page_of(client, concern.get_absolute_url())
    page_of(client_of(office.leader), concern.get_absolute_url())
    page = page_of(client, concern.get_absolute_url())
    assert "Ingen har lest den ennå" not in page
    assert "Lars Leder" in page


def test_what_is_missing_is_named_and_nothing_typed_is_lost(office: Office, client_of: ClientOf) -> None:
    response = client_of(office.counsellor).post(
        reverse("concerns:write"), {"id": str(new_id()), "text": "Bakdøra står åpen."}
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Velg minst én som skal få bekymringen." in page
    assert "Bakdøra står åpen." in page


def test_one_who_works_nowhere_is_told_what_to_do(office: Office, client_of: ClientOf) -> None:
    assert "Vi vet ikke hvor du jobber" in page_of(client_of(office.auditor), reverse("concerns:write"))


def test_the_leader_who_leads_the_unit_goes_on_to_plan_the_measure(
    office: Office, client_of: ClientOf
) -> None:
    concern = written_by(office.safety_representative)
    answered_by(office.leader, concern)
    client = client_of(office.office_leader)
    mine = written_by(office.leader)
    response = client.post(
        reverse("concerns:answer", args=[mine.id]),
        {"id": str(new_id()), "outcome": "measure", "text": "Vi flytter skranken."},
    )
    assert f"opphav=concern%3A{mine.id}" in response["Location"]
    assert "En ansatt har sagt fra om en bekymring" in page_of(client, response["Location"])
    assert "Tiltaket er ikke planlagt ennå" in page_of(client, mine.get_absolute_url())
    planned_by(
        office.office_leader, office.unit, office.office_leader, origin_kind="concern", origin_id=mine.id
    )
    assert "Tiltaket er ikke planlagt ennå" not in page_of(client, mine.get_absolute_url())


def test_a_danger_to_be_assessed_must_be_named(office: Office, client_of: ClientOf) -> None:
    concern = written_by(office.counsellor)
    response = client_of(office.leader).post(
        reverse("concerns:answer", args=[concern.id]),
        {"id": str(new_id()), "outcome": "hazard", "text": "Vi vurderer det."},
    )
    assert response.status_code == 422
    assert "Skriv kort hvilken fare som skal vurderes." in response.content.decode()


def test_the_writer_says_that_the_answer_holds(office: Office, client_of: ClientOf) -> None:
    concern = written_by(office.counsellor)
    answered_by(office.leader, concern)
    client = client_of(office.counsellor)
    assert "Hva synes du om svaret?" in page_of(client, concern.get_absolute_url())
    url = reverse("concerns:judge", args=[concern.id])
    assert client.post(url, {"id": str(new_id())}).status_code == 422
    client.post(url, {"id": str(new_id()), "settles": "ja"})
    page = page_of(client, concern.get_absolute_url())
    assert "Hva synes du om svaret?" not in page
    assert "Svaret holder" in page


def test_a_recipient_shares_it_from_the_page(office: Office, client_of: ClientOf) -> None:
    concern = written_by(office.counsellor)
    client = client_of(office.leader)
    assert "Del med verneombudet" in page_of(client, concern.get_absolute_url())
    client.post(reverse("concerns:share", args=[concern.id]))
    assert "Del med verneombudet" not in page_of(client, concern.get_absolute_url())
    assert page_of(client_of(office.safety_representative), concern.get_absolute_url())


def test_a_list_shows_others_names_and_not_what_they_wrote(office: Office, client_of: ClientOf) -> None:
    written_by(office.counsellor, text="Hemmelig uro")
    page = page_of(client_of(office.leader), reverse("concerns:home"))
    assert "Fra Vera Veileder" in page
    assert "Hemmelig uro" not in page
    assert "Hemmelig uro" in page_of(client_of(office.counsellor), reverse("concerns:home"))


def test_somebody_elses_concern_is_not_there(office: Office, client_of: ClientOf) -> None:
    concern = written_by(office.counsellor)
    assert client_of(office.colleague).get(concern.get_absolute_url()).status_code == 404


def a_demand(unit: Unit) -> dict[str, object]:
    return {"id": str(new_id()), "unit": unit.id, "danger": "Alarmen.", "wanted": "Bytt den."}


def test_a_demand_from_the_form_to_the_answer_and_further(office: Office, client_of: ClientOf) -> None:
    representative, leader = client_of(office.safety_representative), client_of(office.office_leader)
    new = reverse("concerns:demand_new", args=[office.unit.id])
    assert representative.post(new, {"id": str(new_id()), "danger": "Alarmen."}).status_code == 422
    assert leader.get(new).status_code == 403
    representative.post(new, a_demand(office.unit))
    demand = Demand.objects.get()
    answer = reverse("concerns:answer_demand", args=[demand.id])
    assert leader.post(answer, {"id": str(new_id())}).status_code == 422
    leader.post(answer, {"id": str(new_id()), "text": "Vi bytter den i dag."})
    page = page_of(representative, demand.get_absolute_url())
    assert "Vi bytter den i dag." in page
    further = reverse("concerns:further", args=[demand.id])
    assert representative.post(further, {}).status_code == 422
    representative.post(further, {"body": "committee"})
    assert "Meldt til Arbeidsmiljøutvalget (AMU)" in page_of(leader, demand.get_absolute_url())


def test_a_demand_that_is_not_late_is_not_taken_further_from_the_page(
    office: Office, client_of: ClientOf
) -> None:
    demand = demanded_by(office.safety_representative, office.unit)
    client = client_of(office.safety_representative)
    assert "Har du meldt det videre?" not in page_of(client, demand.get_absolute_url())
    further = reverse("concerns:further", args=[demand.id])
    assert client.post(further, {"body": "committee"}).status_code == 409
    demand_is_late(demand)
    assert "Har du meldt det videre?" in page_of(client, demand.get_absolute_url())


def test_a_stop_is_seen_by_all_who_work_there_until_it_ends(office: Office, client_of: ClientOf) -> None:
    representative = client_of(office.safety_representative)
    representative.post(
        reverse("concerns:stop_new", args=[office.unit.id]),
        {
            "id": str(new_id()),
            "unit": office.unit.id,
            "work": "Samtaler på rom 2",
            "place": "Andre etasje",
            "danger": "Låsen virker ikke.",
            "not_averted": "Det er ikke noe annet rom.",
        },
    )
    stop, counsellor = Stop.objects.get(), client_of(office.counsellor)
    unit_page = reverse("organisation:unit", args=[office.unit.id])
    for url in ("/", unit_page, stop.get_absolute_url(), reverse("concerns:unit", args=[office.unit.id])):
        page = page_of(counsellor, url)
        assert "Samtaler på rom 2" in page
        assert "Låsen virker ikke." not in page
    leader, act = client_of(office.office_leader), reverse("concerns:act", args=[stop.id])
    assert "Låsen virker ikke." in page_of(leader, stop.get_absolute_url())
    assert counsellor.post(act, {"id": str(new_id()), "deed": "done", "text": "Ja."}).status_code == 403
    assert leader.post(act, {"id": str(new_id()), "deed": "done"}).status_code == 422
    leader.post(act, {"id": str(new_id()), "deed": "done", "text": "Ny lås."})
    assert "Ny lås." in page_of(representative, stop.get_absolute_url())
    representative.post(act, {"id": str(new_id()), "deed": "agreed", "text": "Prøvd, den virker."})
    for url in ("/", unit_page):
        assert "Samtaler på rom 2" not in page_of(counsellor, url)
    assert counsellor.get(stop.get_absolute_url()).status_code == 404


def test_the_report_page_leads_to_a_concern(office: Office, client_of: ClientOf) -> None:
    assert reverse("concerns:write") in page_of(client_of(office.counsellor), reverse("incidents:report"))


def asked_by(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_pages_ask_the_database_no_more_when_there_is_more(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.office_leader)
    unit = reverse("concerns:unit", args=[office.unit.id])
    counted = []
    for _ in range(2):
        concern = written_by(office.leader)
        answered_by(office.office_leader, concern, Outcome.HAZARD, hazard="Mørkt.")
        demand = demanded_by(office.safety_representative, office.unit)
        demand_answered_by(office.office_leader, demand)
        stop = stopped_by(office.safety_representative, office.unit)
        said_by(office.office_leader, stop, Deed.DONE)
        urls = (
            reverse("concerns:home"),
            concern.get_absolute_url(),
            unit,
            demand.get_absolute_url(),
            stop.get_absolute_url(),
        )
        counted.append([asked_by(client, url) for url in urls])
    assert counted[0] == counted[1]
    assert max(counted[0]) <= 40, counted


def test_a_representative_of_the_office_chooses_where_in_it(office: Office, client_of: ClientOf) -> None:
    team = make_unit("Team Mottak", UnitKind.TEAM, parents=(office.unit,))
    client = client_of(office.safety_representative)
    page = page_of(client, reverse("concerns:demand_new", args=[office.unit.id]))
    assert "Team Mottak" in page
    new = reverse("concerns:demand_new", args=[team.id])
    client.post(new, a_demand(office.unit))
    assert Demand.objects.get().unit == office.unit
    for unit in (team, office.unit):
        assert "Alarmen." in page_of(client, reverse("concerns:unit", args=[unit.id]))


def test_a_unit_one_does_not_represent_cannot_be_chosen(office: Office, client_of: ClientOf) -> None:
    other, client = make_office("Nav Storevik"), client_of(office.safety_representative)
    new = reverse("concerns:demand_new", args=[office.unit.id])
    sent = client.post(new, a_demand(other.unit))
    assert sent.status_code == 422
    assert not Demand.objects.exists()
