"""The administrator's pages: a file is seen first, then taken in, and forgotten."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.organisation.importing.cells import value_of
from tryggmote.organisation.importing.columns import SHEETS
from tryggmote.organisation.importing.reading import read_workbook
from tryggmote.organisation.jobs import forget_import_files
from tryggmote.organisation.models import ImportDraft, Person, RoleAssignment
from tryggmote.organisation.tests.factories import Office, make_office, make_person
from tryggmote.organisation.tests.files import Tables, workbook
from tryggmote.organisation.tests.files import office as file_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def new_people() -> Tables:
    """Only a sheet of people, all of the factory's and one more."""
    rows = [{"id": p.external_id, "name": p.name} for p in Person.objects.all()]
    return {"people": [*rows, {"id": "NY1", "name": "Nina Nyansatt"}]}


def send(client: Client, content: bytes, name: str = "fil.xlsx") -> HttpResponse:
    return client.post(
        "/administrasjon/import/", {"id": str(uuid4()), "file": SimpleUploadedFile(name, content)}
    )


def only_names(tables: Tables) -> bytes:
    """A workbook in which the sheet has no more columns than it needs."""
    import xlsxwriter

    memory = BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        page = book.add_worksheet("people")
        for number, row in enumerate([{"id": "id", "name": "name"}, *tables["people"]]):
            page.write_row(number, 0, [row["id"], row["name"]])
    return memory.getvalue()


def test_the_difference_is_seen_first_and_then_exactly_that_file_is_taken_in(
    office: Office, client_of: ClientOf
) -> None:
    client = client_of(office.administrator)
    answer = send(client, only_names(new_people()))
    assert answer.status_code == 302
    assert not Person.objects.filter(external_id="NY1").exists()

    text = client.get(answer["Location"]).content.decode()
    assert "Nina Nyansatt (NY1)" in text
    assert "Gjør 1 endring" in text

    done = client.post(answer["Location"], follow=True)
    assert "Importen er ferdig" in done.content.decode()
    assert Person.objects.get(external_id="NY1").name == "Nina Nyansatt"
    assert not ImportDraft.objects.exists()
    assert client.get(answer["Location"]).status_code == 404


def test_mistakes_are_listed_with_sheet_line_column_and_reason(office: Office, client_of: ClientOf) -> None:
    tables = file_office()
    tables["people"][1]["email"] = "karl"
    answer = send(client_of(office.administrator), workbook(tables))
    assert answer.status_code == 422
    text = answer.content.decode()
    for part in ("personer", '<td data-label="Linje">3</td>', "e-post", "Ingenting er endret"):
        assert part in text
    assert not ImportDraft.objects.exists()


def test_half_a_file_asks_whether_it_is_meant(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.administrator)
    tables = new_people()
    tables["people"] = [row for row in tables["people"] if "Leder" not in row["name"]][:9]
    if not any(row["name"] == "Adam Administrator" for row in tables["people"]):
        tables["people"].append({"id": office.administrator.external_id, "name": "Adam Administrator"})
    answer = send(client, only_names(tables))
    assert "Uvanlig mange avsluttes" in client.get(answer["Location"]).content.decode()

    assert client.post(answer["Location"]).status_code == 422
    assert not Person.objects.exclude(ended_on=None).exists()
    assert client.post(answer["Location"], {"end_many": "on"}).status_code == 302
    assert Person.objects.exclude(ended_on=None).exists()


def test_a_file_of_another_kind_is_told_at_the_field(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.administrator)
    assert "Velg et regneark" in send(client, b"hei", "bilde.png").content.decode()
    assert "ikke et regneark" in send(client, b"hei").content.decode()
    assert "Velg filen" in client.post("/administrasjon/import/").content.decode()


def test_only_administrators_come_in(office: Office, client_of: ClientOf) -> None:
    for person in (office.counsellor, office.office_leader, office.directorate_member):
        client = client_of(person)
        for address in ("/administrasjon/", "/administrasjon/import/", "/administrasjon/import/mal.xlsx"):
            answer = client.get(address)
            assert answer.status_code == 403
            assert "systemadministrator" in answer.content.decode()
        assert send(client, only_names(new_people())).status_code == 403
    assert not ImportDraft.objects.exists()


def test_a_file_is_seen_by_nobody_but_the_one_who_sent_it(office: Office, client_of: ClientOf) -> None:
    answer = send(client_of(office.administrator), only_names(new_people()))
    other = make_person("Oda Annen")
    RoleAssignment.objects.create(
        person=other, role="administrator", unit=office.directorate, starts_on="2024-01-01"
    )
    assert client_of(other).get(answer["Location"]).status_code == 404
    with acting_as(other.id):
        assert not ImportDraft.objects.exists()


def test_a_file_nobody_decides_on_is_gone_after_a_day(office: Office, client_of: ClientOf) -> None:
    send(client_of(office.administrator), only_names(new_people()))
    forget_import_files()
    assert ImportDraft.objects.count() == 1
    ImportDraft.objects.update(created_at=timezone.now() - timedelta(hours=25))
    forget_import_files()
    assert not ImportDraft.objects.exists()


def test_the_template_can_be_read_back_and_holds_one_example_a_sheet(
    office: Office, client_of: ClientOf
) -> None:
    answer = client_of(office.administrator).get("/administrasjon/import/mal.xlsx")
    pages = read_workbook(answer.content, "mal.xlsx")
    assert {name: len(page.lines) for name, page in pages.items()} == {
        "units": 1,
        "areas": 1,
        "people": 1,
        "roles": 1,
    }
    assert pages["units"].lines[0].cells["code"] == "0451"
    for sheet in SHEETS:
        for column in sheet.columns:
            if cell := pages[sheet.key].lines[0].cells.get(column.key):
                value_of(column, cell)
