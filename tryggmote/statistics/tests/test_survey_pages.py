"""The pages of the survey: asked quietly, answered at once, and read as an invitation."""

import csv
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tryggmote.duties.models import Entry
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.statistics.models import SurveyBox, SurveyMark
from tryggmote.statistics.tests.survey_helpers import CLOSED, closed, held
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
ASKED = "Vil du svare på to spørsmål om å melde?"


@pytest.fixture
def office() -> Office:
    return make_office()


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == status
    return answer.content.decode()


def test_now_has_one_line_until_one_has_answered(client_of: ClientOf, office: Office) -> None:
    client = client_of(office.counsellor)
    assert ASKED not in text_of(client, "/")
    held(oslo_today())
    assert text_of(client, "/").count(ASKED) >= 1
    answer = client.post("/tall/to-sporsmal/", {"reported": "yes", "safe": "4"}, follow=True)
    assert "Takk for svaret" in answer.content.decode()
    assert ASKED not in text_of(client, "/")
    assert "Du er ferdig for denne gangen" in text_of(client, "/tall/to-sporsmal/")
    assert ASKED in text_of(client_of(office.colleague), "/")
    assert ASKED not in text_of(client_of(office.administrator), "/")
    # Nothing keeps when the line came or went.
    assert not Entry.objects.exists()


def test_skipping_is_for_good_and_counts_nothing(client_of: ClientOf, office: Office) -> None:
    held(oslo_today())
    client = client_of(office.counsellor)
    answer = client.post("/tall/to-sporsmal/", {"skip": "1", "reported": "no", "safe": "1"}, follow=True)
    assert "Du er ferdig for denne gangen" in answer.content.decode()
    assert ASKED not in text_of(client, "/")
    assert not SurveyBox.objects.exists()
    assert SurveyMark.objects.count() == 1


def test_what_is_missing_is_said_and_what_was_chosen_is_still_there(
    client_of: ClientOf, office: Office
) -> None:
    held(oslo_today())
    assert client_of(office.counsellor).post("/tall/to-sporsmal/").status_code == 422
    answer = client_of(office.counsellor).post("/tall/to-sporsmal/", {"safe": "2"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_reported' in text
    assert answer.context["form"]["safe"].value() == "2"
    assert not SurveyMark.objects.exists()


def test_an_answer_sent_twice_is_counted_once(client_of: ClientOf, office: Office) -> None:
    held(oslo_today())
    client = client_of(office.counsellor)
    for _ in range(2):
        assert client.post("/tall/to-sporsmal/", {"reported": "no", "safe": "1"}).status_code in (200, 302)
    box = SurveyBox.objects.get()
    assert (box.reported_no, box.safe_1) == (1, 1)


def test_outside_a_round_the_page_says_when_the_next_is(client_of: ClientOf, office: Office) -> None:
    assert "Ingen spørsmål nå" in text_of(client_of(office.counsellor), "/tall/to-sporsmal/")
    held(oslo_today())
    assert "for dem som møter brukere" in text_of(client_of(office.administrator), "/tall/to-sporsmal/")
    assert client_of(office.administrator).post("/tall/to-sporsmal/", {"skip": "1"}).status_code == 409


def test_a_leader_reads_shares_with_n_interval_and_change(client_of: ClientOf, office: Office) -> None:
    closed(held(CLOSED - timedelta(days=182), closed_on=CLOSED), office.unit, agree=1, reported=None)
    closed(held(CLOSED, closed_on=CLOSED + timedelta(days=21)), office.unit, agree=9)
    text = text_of(client_of(office.office_leader), "/tall/meldekultur/svar/")
    assert "<strong>90 %</strong>" in text
    assert "9 av 10, opp siden sist" in " ".join(text.split())
    assert "(60 til 98)" in text
    assert "10 av 12" in text
    assert "3 av 6" in text
    assert "ikke spør hvem som svarte hva" in text
    assert "Høsten" not in text
    above = text_of(client_of(office.office_leader), "/tall/meldekultur/")
    assert office.unit.name in above
    assert "<strong>90 %</strong>" in above


def test_what_is_hidden_is_said_to_be(client_of: ClientOf, office: Office) -> None:
    closed(held(CLOSED, closed_on=CLOSED), office.unit, reported=None)
    text = text_of(client_of(office.office_leader), "/tall/meldekultur/svar/")
    assert text.count('<span class="tm-muted">skjult</span>') == 1
    assert "omtrent som sist" not in text


def test_while_a_round_lasts_nothing_of_it_is_shown(client_of: ClientOf, office: Office) -> None:
    held(oslo_today())
    leader = client_of(office.office_leader)
    before = text_of(leader, "/tall/meldekultur/svar/")
    client_of(office.counsellor).post("/tall/to-sporsmal/", {"reported": "no", "safe": "1"})
    assert "Ingen svar å vise" in before
    assert "Ingen svar å vise" in text_of(leader, "/tall/meldekultur/svar/")


def test_those_who_lead_nobody_are_shown_no_answers(client_of: ClientOf, office: Office) -> None:
    closed(held(CLOSED, closed_on=CLOSED), office.unit)
    for person in (office.counsellor, office.administrator):
        assert "Ingen svar å vise" in text_of(client_of(person), "/tall/meldekultur/svar/")
        assert "%</strong>" not in text_of(client_of(person), "/tall/meldekultur/")


def test_the_file_has_the_numbers_of_the_page_and_what_they_mean(client_of: ClientOf, office: Office) -> None:
    closed(held(CLOSED, closed_on=CLOSED), office.unit, office.county, reported=None)
    client = client_of(office.office_leader)
    text = client.get("/tall/meldekultur/svar/fil/", {"file": "csv"}).content.decode("utf-8-sig")
    lines = {(t, row, column): value for t, row, column, value in csv.reader(StringIO(text), delimiter=";")}
    label = f"{office.unit.name}, våren 2026"
    assert lines["Svarene", label, "Svarte"] == "10"
    assert lines["Svarene", label, "Trygt (prosent)"] == "60.0"
    assert lines["Svarene", label, "Meldt"] == "skjult"
    assert not any(office.county.name in row for _table, row, _column in lines)
    book = CalamineWorkbook.from_filelike(
        BytesIO(client.get("/tall/meldekultur/svar/fil/", {"file": "xlsx"}).content)
    )
    assert [row[0] for row in book.get_sheet_by_name("Svarene").to_python()] == ["Enhet og runde", label]
    assert "Trygt (prosent)" in {row[0] for row in book.get_sheet_by_name("Hva tallene teller").to_python()}


def test_many_units_cost_no_more_questions_than_one(client_of: ClientOf, office: Office) -> None:
    over = held(CLOSED, closed_on=CLOSED)
    closed(over, office.unit)
    client = client_of(office.directorate_member)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            text_of(client, "/tall/meldekultur/svar/")
        return len(captured)

    asked()  # what is read once a process
    one = asked()
    closed(over, *(make_office(f"Nav {n}").unit for n in range(3)))
    assert asked() == one
