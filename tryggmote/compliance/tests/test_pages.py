"""The status of a unit, live: in words, with why and what next."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tryggmote.organisation.models import Person, UnitKind
from tryggmote.organisation.tests.factories import Office, make_office, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_rules")]
ClientOf = Callable[[Person], Client]
MINE = "/status/"


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


def asked_of_evidence(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return sum("evidence_test_1" in query["sql"] for query in queries)


def test_one_units_status_is_one_question(office: Office, client_of: ClientOf) -> None:
    assert asked_of_evidence(client_of(office.counsellor), MINE) == 1


def test_it_says_what_runs_out_in_ninety_days(
    office: Office, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_page(today: date) -> bool:
        monkeypatch.setattr("tryggmote.compliance.views.oslo_today", lambda: today)
        return "går ut de neste 90 dagene" in text_of(client_of(office.counsellor), MINE)

    last = date(2027, 3, 12) - timedelta(days=90)
    assert on_page(last)
    assert not on_page(last - timedelta(days=1))
