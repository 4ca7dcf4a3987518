"""The pages of the workbook: sent, seen, decided on and forgotten, by those who write the draft (2.1)."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.ids import new_id
from tryggmote.organisation.forms import LARGEST_FILE
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import make_office
from tryggmote.risk import consulting
from tryggmote.risk.jobs import forget_spreadsheets
from tryggmote.risk.models import ImportDraft, Scenario
from tryggmote.risk.rules import Score
from tryggmote.risk.spreadsheet.exporting import XLSX
from tryggmote.risk.tests.stories import Work, begin
from tryggmote.risk.tests.test_foreign_spreadsheet import TYPICAL, workbook
from tryggmote.risk.tests.test_spreadsheet_round_trip import edited, exported
from tryggmote.risk.vocabulary import Capacity

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def work() -> Work:
    return begin()


def base(work: Work) -> str:
    return f"/risikovurdering/{work.assessment.id}/regneark/"


def send(
    work: Work, client: Client, content: bytes, name: str = "vår analyse.xlsx", **more: Any
) -> HttpResponse:
    file = SimpleUploadedFile(name, content, content_type=XLSX)
    return client.post(base(work), {"id": new_id(), "file": file} | more)


def text_of(response: HttpResponse, status: int = 200) -> str:
    assert response.status_code == status, response.status_code
    return unescape(response.content.decode())


def seal_in(text: str) -> str:
    return text.split('name="seal" value="')[1].split('"')[0]


def hazards(work: Work) -> list[str]:
    return list(Scenario.objects.filter(version=work.draft).order_by("id").values_list("hazard", flat=True))


def chosen(**fields: str) -> str:
    return "?" + urlencode({"ark": "Ark1", "linje": 3} | fields)


def test_the_draft_and_an_approved_version_are_downloaded_by_those_who_see_them(
    work: Work, client_of: ClientOf
) -> None:
    work.complete()
    address = f"/risikovurdering/{work.assessment.id}/versjon/1/regneark/"
    response = client_of(work.leader).get(address)
    assert response.headers["Content-Type"] == XLSX
    assert response.headers["Content-Disposition"] == 'attachment; filename="risikovurdering-versjon-1.xlsx"'
    sheet = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_name("Situasjoner")
    assert "Noen trekker kniv i en samtale" in sheet.to_python()[2]
    assert client_of(work.office.colleague).get(address).status_code == 404
    work.approve()
    assert client_of(work.office.colleague).get(address).status_code == 200
    assert client_of(make_office("Nav Storevik").office_leader).get(address).status_code == 404


def test_who_took_part_and_what_they_said_goes_with_it(work: Work, client_of: ClientOf) -> None:
    work.complete()
    response = client_of(work.leader).get(f"/risikovurdering/{work.assessment.id}/versjon/1/regneark/")
    rows = (
        CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_name("Medvirkning").to_python()
    )
    assert ["Vilde Verneombud", "Verneombud", "Enig"] in [row[1:4] for row in rows]


def test_our_own_file_is_shown_first_and_taken_in_with_a_yes(work: Work, client_of: ClientOf) -> None:
    work.describe()
    client = client_of(work.leader)
    content = edited(
        exported(work), "scenarios", {(3, "causes"): "=Ingen låser inn sekker", (4, "hazard"): "Noen roper"}
    )
    shown = client.get(send(work, client, content)["Location"])
    text = text_of(shown)
    assert "[lagt til: </span>=Ingen låser inn sekker<" in text
    assert "Noen roper" in text.split('id="nye"')[1]
    assert hazards(work) == ["Noen trekker kniv i en samtale"], "nothing is changed before the yes"

    done = client.post(shown.wsgi_request.path, {"seal": seal_in(text)}, follow=True)
    assert "2 linjer er tatt inn" in text_of(done)
    assert hazards(work) == ["Noen trekker kniv i en samtale", "Noen roper"]
    assert not ImportDraft.objects.exists()
    assert client.post(shown.wsgi_request.path, {"seal": seal_in(text)}).status_code == 404, "used once"


def test_a_file_with_nothing_new_says_so_and_offers_no_button(work: Work, client_of: ClientOf) -> None:
    work.describe()
    client = client_of(work.leader)
    text = text_of(client.get(send(work, client, exported(work))["Location"]))
    assert "Ingenting nytt i filen" in text
    assert 'name="seal"' not in text


def test_what_was_changed_in_both_places_is_shown_and_left_as_it_is(work: Work, client_of: ClientOf) -> None:
    work.judge(1, text="Først.")
    client = client_of(work.leader)
    content = edited(exported(work), "factors", {(3, "text"): "Fra filen.", (4, "text"): "Også fra filen."})
    work.judge(1, text="Fra utkastet.")
    shown = client.get(send(work, client, content)["Location"])
    text = text_of(shown)
    conflict = text.split('id="konflikt"')[1].split("</section>")[0]
    assert "[lagt til: </span> filen.<" in conflict
    assert "[fjernet: </span> utkastet.<" in conflict
    client.post(shown.wsgi_request.path, {"seal": seal_in(text)})
    assert work.draft.factors.get(factor=1).text == "Fra utkastet."
    assert work.draft.factors.get(factor=2).text == "Også fra filen."


def test_when_the_draft_changes_between_seeing_and_saying_yes_one_is_shown_again(
    work: Work, client_of: ClientOf
) -> None:
    scenario = work.describe()
    client = client_of(work.leader)
    content = edited(exported(work), "scenarios", {(3, "causes"): "Fra filen."})
    shown = client.get(send(work, client, content)["Location"])
    Scenario.objects.filter(id=scenario.id).update(causes="Noen var raskere.", revision=2)
    again = text_of(client.post(shown.wsgi_request.path, {"seal": seal_in(text_of(shown))}), 409)
    assert "Utkastet er endret siden du så dette" in again
    assert "Endret begge steder" in again
    scenario.refresh_from_db()
    assert scenario.causes == "Noen var raskere."
    assert ImportDraft.objects.exists(), "the file is still there to be decided on"


def test_a_yes_without_having_seen_changes_nothing(work: Work, client_of: ClientOf) -> None:
    client = client_of(work.leader)
    content = edited(exported(work), "scenarios", {(3, "hazard"): "Noen roper"})
    address = send(work, client, content)["Location"]
    assert client.post(address).status_code == 409
    assert hazards(work) == []


def test_mistakes_in_our_own_file_are_named_by_sheet_line_and_column(work: Work, client_of: ClientOf) -> None:
    work.describe()
    client = client_of(work.leader)
    wrong = {
        (3, "current_likelihood"): 9, (3, "factors"): "12", (4, "causes"): "Uten navn", (5, "hazard"): "A",
        (5, "inherent_likelihood"): 1, (5, "inherent_consequence"): 1, (5, "current_likelihood"): 2,
        (5, "current_consequence"): 2,
    }  # fmt: skip
    text = text_of(
        client.get(send(work, client, edited(exported(work), "scenarios", wrong))["Location"]), 422
    )
    for part in (
        "Situasjoner",
        ">3<",
        "Slik det er nå: hvor ofte?",
        "«9» er ikke et nivå",
        "«12» er ikke en faktor",
        "Mangler. Skriv hva som kan skje.",
        "Ingenting er endret",
    ):
        assert part in text
    sound = {place: value for place, value in wrong.items() if place[0] == 5}
    text = text_of(
        client.get(send(work, client, edited(exported(work), "scenarios", sound))["Location"]), 422
    )
    assert "høyere enn uten tiltak" in text


def test_a_foreign_sheet_is_taken_in_by_choosing_its_columns(work: Work, client_of: ClientOf) -> None:
    client = client_of(work.leader)
    sent = send(work, client, workbook(("Forside", [["Nav"]]), ("Ark1", TYPICAL)))
    choosing = client.get(sent["Location"], follow=True)
    text = text_of(choosing)
    assert choosing.redirect_chain[-1][0].endswith("/kolonner/")
    assert '<option value="hazard" selected>' in text
    assert "Bruker truer i mottak · Kniv i samtale" in text, "what stands in the column helps"
    assert "3: Nr | Uønsket hendelse" in text

    query = chosen(
        kolonne_1="hazard",
        kolonne_2="causes",
        kolonne_4="current_likelihood",
        kolonne_5="current_consequence",
    )
    shown = client.get(sent["Location"] + query)
    assert "Bruker truer i mottak" in text_of(shown)
    assert hazards(work) == []
    done = client.post(sent["Location"] + query, {"seal": seal_in(text_of(shown))}, follow=True)
    assert "2 linjer er tatt inn" in text_of(done)
    first = Scenario.objects.get(version=work.draft, hazard="Bruker truer i mottak")
    assert (first.current_likelihood, first.current_consequence, first.causes) == (4, 3, "Lang ventetid")
    assert first.forms == ["planned"]


def test_a_choice_of_columns_that_cannot_be_is_told_with_what_was_chosen_still_there(
    work: Work, client_of: ClientOf
) -> None:
    client = client_of(work.leader)
    address = send(work, client, workbook(("Ark1", TYPICAL)))["Location"]
    without = text_of(client.get(address + chosen(kolonne_2="causes")), 422)
    assert "Velg hvilken kolonne som er «Hva kan skje?»." in without
    assert '<option value="causes" selected>' in without
    twice = text_of(client.get(address + chosen(kolonne_1="hazard", kolonne_2="hazard")), 422)
    assert "To kolonner er valgt som «Hva kan skje?»" in twice
    bad = text_of(client.get(address + chosen(kolonne_1="hazard", kolonne_6="current_likelihood")), 422)
    assert "«12» er ikke et nivå" in bad
    assert "Endre kolonnene" in bad


def test_another_sheet_and_another_line_of_headings_can_be_chosen(work: Work, client_of: ClientOf) -> None:
    client = client_of(work.leader)
    rows = [["Farer 2023"], ["Fare", "S"], ["Trussel", 3]]
    address = send(work, client, workbook(("Ark1", TYPICAL), ("Gammel", rows)))["Location"] + "kolonner/"
    other = text_of(client.get(address + "?ark=Gammel&linje=3&fra=Ark1"))
    assert "2: Fare | S" in other
    assert '<option value="2" selected>' in other, "a line of the other sheet means nothing here"
    chosen_line = text_of(client.get(address + "?ark=Gammel&linje=1&fra=Gammel"))
    assert '<option value="1" selected>' in chosen_line
    for nonsense in ("?ark=Finnes+ikke&linje=abc", "?linje=999", f"?linje={'9' * 5000}", "?ark=&linje=-1"):
        assert client.get(address + nonsense).status_code == 200


@pytest.mark.parametrize(
    ("content", "name", "answer"),
    [
        (b"Hei", "notat.xlsx", "ikke et regneark av typen XLSX"),
        (b"Hei", "notat.docx", "Velg et regneark av typen XLSX"),
        (b"", "tom.xlsx", "Filen er tom"),
        (b"PK\x03\x04 broken", "halv.xlsx", "ikke et regneark"),
    ],
)
def test_what_is_no_spreadsheet_gets_a_clear_answer(
    work: Work, client_of: ClientOf, content: bytes, name: str, answer: str
) -> None:
    assert answer in text_of(send(work, client_of(work.leader), content, name), 422)
    assert not ImportDraft.objects.exists()


def test_a_file_that_is_too_big_gets_a_clear_answer(work: Work, client_of: ClientOf) -> None:
    assert "større enn 20 MB" in text_of(send(work, client_of(work.leader), b"x" * (LARGEST_FILE + 1)), 422)


def test_a_cell_in_the_far_corner_gets_a_clear_answer(work: Work, client_of: ClientOf) -> None:
    memory = BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        book.add_worksheet("A").write(1_048_575, 16_383, "x")
    assert "for stort" in text_of(send(work, client_of(work.leader), memory.getvalue()), 422)


def test_more_scenarios_than_anybody_reads_are_refused(work: Work, client_of: ClientOf) -> None:
    rows: Sequence[Sequence[str]] = [["Fare"], *([f"Fare nummer {n}"] for n in range(501))]
    client = client_of(work.leader)
    address = send(work, client, workbook(("Ark1", rows)))["Location"]
    assert "høyst 500 om gangen" in text_of(client.get(f"{address}?ark=Ark1&linje=1&kolonne_0=hazard"), 422)


def test_only_those_who_write_the_draft_send_files_to_it(work: Work, client_of: ClientOf) -> None:
    content = exported(work)
    for person, status in (
        (work.office.safety_representative, 403),
        (work.office.colleague, 404),
        (make_office("Nav Storevik").office_leader, 404),
    ):
        assert client_of(person).get(base(work)).status_code == status
        assert send(work, client_of(person), content).status_code == status
    assert not ImportDraft.objects.exists()


def test_a_file_is_seen_by_nobody_but_its_sender_not_even_by_others_who_write(
    work: Work, client_of: ClientOf
) -> None:
    with acting_as(work.leader.id) as by:
        consulting.invite(
            by=by,
            version=work.draft,
            person_id=work.office.counsellor.id,
            capacity=Capacity.EMPLOYEE,
            writes=True,
        )
    address = send(work, client_of(work.leader), exported(work))["Location"]
    assert client_of(work.office.counsellor).get(base(work)).status_code == 200
    assert client_of(work.office.counsellor).get(address).status_code == 404
    with acting_as(work.office.counsellor.id):
        assert not ImportDraft.objects.exists()
    # The job that forgets files sees how old they are, and nothing of what they say.
    with acting_as_job():
        assert ImportDraft.objects.values("id", "created_at").exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            ImportDraft.objects.values("content").first()


def test_nobody_sends_a_file_in_anothers_name_or_to_what_is_approved(work: Work) -> None:
    work.complete()
    draft = work.draft
    with acting_as(work.leader.id), pytest.raises(DatabaseError), transaction.atomic():
        ImportDraft.objects.create(by=work.office.counsellor, version=draft, name="a", content=b"")
    work.approve()
    with acting_as(work.leader.id) as by, pytest.raises(DatabaseError), transaction.atomic():
        ImportDraft.objects.create(by_id=by.id, version=draft, name="a", content=b"")


def test_the_same_upload_sent_twice_is_kept_once_and_a_new_one_replaces_it(
    work: Work, client_of: ClientOf
) -> None:
    client, one = client_of(work.leader), new_id()
    assert (
        send(work, client, exported(work), id=one)["Location"]
        == send(work, client, exported(work), id=one)["Location"]
    )
    assert ImportDraft.objects.count() == 1
    send(work, client, exported(work))
    assert ImportDraft.objects.count() == 1
    assert not ImportDraft.objects.filter(id=one).exists()


def test_an_id_that_is_anothers_is_refused_without_saying_more(work: Work, client_of: ClientOf) -> None:
    theirs = begin()
    send(theirs, client_of(theirs.leader), exported(theirs), id=(one := new_id()))
    assert send(work, client_of(work.leader), exported(work), id=one).status_code == 409


def test_a_file_nobody_decides_on_is_gone_after_a_day(work: Work, client_of: ClientOf) -> None:
    send(work, client_of(work.leader), exported(work))
    forget_spreadsheets()
    assert ImportDraft.objects.exists()
    ImportDraft.objects.update(created_at=timezone.now() - timedelta(hours=25))
    forget_spreadsheets()
    assert not ImportDraft.objects.exists()


def test_a_draft_that_was_approved_meanwhile_takes_nothing_in(work: Work, client_of: ClientOf) -> None:
    work.complete()
    client = client_of(work.leader)
    address = send(work, client, edited(exported(work), "scenarios", {(3, "causes"): "Ny."}))["Location"]
    seal = seal_in(text_of(client.get(address)))
    work.approve()
    assert client.post(address, {"seal": seal}).status_code == 409
    assert Scenario.objects.get().causes == ""


def test_the_pages_are_found_from_the_draft_and_from_a_version(work: Work, client_of: ClientOf) -> None:
    work.complete()
    client = client_of(work.leader)
    text = text_of(client.get(f"/risikovurdering/{work.assessment.id}/"))
    assert f'href="{base(work)}"' in text
    assert f"/risikovurdering/{work.assessment.id}/versjon/1/regneark/" in text
    help_text = text_of(client.get(base(work)))
    assert "Uten tiltak: hvor ofte?" in help_text, "the columns are explained"


def test_many_lines_cost_as_many_queries_as_few(
    work: Work, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        work.describe(hazard=f"Fare {number}", current=Score(1, 1))
    client = client_of(work.leader)
    lines = {(line, "hazard"): f"Ny fare {line}" for line in range(6, 60)}
    address = send(work, client, edited(exported(work), "scenarios", lines))["Location"]
    with django_assert_max_num_queries(25):
        seal = seal_in(text_of(client.get(address)))
    with django_assert_max_num_queries(45):
        client.post(address, {"seal": seal})
    assert len(hazards(work)) == 57
    with django_assert_max_num_queries(30):
        client.get(f"/risikovurdering/{work.assessment.id}/versjon/1/regneark/")
