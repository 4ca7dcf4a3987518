"""The status of a unit, and of several: in words, with why and what next, at the same cost however many."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tryggmote.compliance import registry
from tryggmote.organisation.models import Person, UnitKind
from tryggmote.organisation.tests.factories import Office, make_office, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_rules")]
ClientOf = Callable[[Person], Client]
MINE = "/status/"
UNITS = "/status/enheter/"


@pytest.fixture
def office() -> Office:
    return make_office()


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().split())


def test_every_requirement_says_how_it_stands_and_why(office: Office, client_of: ClientOf) -> None:
    text = text_of(client_of(office.counsellor), MINE)
    assert "Status for Nav Lillevik" in text
    assert "3 av 4 har lest." in text
    assert "Delvis" in text
    assert "Alt er på plass." in text
    assert "Oppfylt" in text
    for number in ("1.1", "2.4", "3.0", "4.3", "AML § 2-2"):
        assert f"{number} </span>" in text, number


def test_it_says_what_next_who_owes_it_until_when_and_by_which_rule(
    office: Office, client_of: ClientOf
) -> None:
    text = text_of(client_of(office.counsellor), MINE)
    assert f'href="/informasjon/?enhet={office.unit.id}"' in text
    assert "Lederen for enheten" in text
    assert "12. mars 2027" in text
    assert "Regel evidence_2_1, versjon 3." in text
    assert "grenseverdiene i versjon 2026-1" in text


def test_what_no_rule_measures_says_so_and_never_that_it_is_met(office: Office, client_of: ClientOf) -> None:
    text = text_of(client_of(office.counsellor), MINE)
    assert "programmet ennå ikke kan regne ut om det er oppfylt" in text
    row = text[text.index('id="evidence_2_4"') : text.index('id="evidence_3_0"')]
    assert "Måles ikke ennå" in row
    assert "Oppfylt" not in row


def test_each_figure_leads_to_the_requirements_it_counts(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    assert 'href="?state=partly"' in text_of(client, MINE)
    text = text_of(client, f"{MINE}?state=partly")
    assert "3 av 4 har lest." in text
    assert "Alt er på plass." not in text
    assert "Ingen krav står slik nå" in text_of(client, f"{MINE}?state=missing")
    assert "Alt er på plass." in text_of(client, f"{MINE}?state=nonsense")


def test_a_rule_that_does_not_ask_this_unit_says_so(office: Office, client_of: ClientOf) -> None:
    team = make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    text = text_of(client_of(office.office_leader), f"/status/{team.id}/")
    assert "Måles ikke for denne enheten." in text


def test_a_unit_out_of_sight_is_not_there(office: Office, client_of: ClientOf) -> None:
    other = make_office("Nav Storevik")
    client = client_of(office.counsellor)
    for unit in (other.unit, office.county, office.directorate):
        assert client.get(f"/status/{unit.id}/").status_code == 404
    assert client.get("/status/999999999/").status_code == 404


def test_a_director_gets_the_offices_side_by_side(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.county_director)
    assert client.get(MINE)["Location"] == UNITS
    text = text_of(client, UNITS)
    assert "Nav Lillevik" in text
    assert f'href="/status/{office.unit.id}/?state=partly"' in text


def test_the_list_is_narrowed_by_kind_and_name(office: Office, client_of: ClientOf) -> None:
    team = make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    client = client_of(office.county_director)

    def listed(query: str) -> list[int]:
        return [row.unit.id for row in client.get(f"{UNITS}?{query}").context["rows"]]

    assert listed("") == [office.unit.id, team.id]
    assert listed("name=ung") == [team.id]
    assert listed("kind=office") == [office.unit.id]
    assert "Ingen enheter passer" in text_of(client, f"{UNITS}?name=finnesikke")


def test_one_who_sees_no_unit_is_told_what_will_be_here(office: Office, client_of: ClientOf) -> None:
    assert "Ingen enheter å vise" in text_of(client_of(office.administrator), UNITS)


def test_before_any_rule_is_registered_the_page_is_honest(
    office: Office, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_rules", {})
    client = client_of(office.office_leader)
    assert "programmet ennå ikke kan regne ut" in text_of(client, MINE)
    assert "Nav Lillevik" in text_of(client, UNITS)


def asked_of_evidence(client: Client, path: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries), sum("evidence_test_1" in query["sql"] for query in queries)


def test_the_list_costs_the_same_for_one_unit_and_for_many(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.county_director)
    for_one = asked_of_evidence(client, UNITS)
    for number in range(10):
        make_unit(f"Nav Vik {number}", parents=(office.county,))
    assert asked_of_evidence(client, UNITS) == for_one
    assert for_one[1] == 1


def test_one_units_status_is_one_question(office: Office, client_of: ClientOf) -> None:
    assert asked_of_evidence(client_of(office.counsellor), MINE)[1] == 1
