"""An incident for an employer's own deviation system: by mapping, without names, and logged (2.4)."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tryggmote.access.models import ReadEntry
from tryggmote.incidents import export_mappings
from tryggmote.incidents.export_mappings import BrokenMapping, mappings, mappings_can_be_used, read_mapping
from tryggmote.incidents.exporting import EXPORT_LOG_KIND
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

ClientOf = Callable[[Person], Client]
database = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def taken_out(client: Client, incident: Incident, code: str) -> bytes:
    answer = client.post(f"{incident.get_absolute_url()}hent-ut/{code}/")
    assert answer.status_code == 200, answer.content.decode()
    assert answer["Content-Disposition"].startswith("attachment")
    return answer.content


@database
def test_the_leader_takes_it_out_as_json_without_names(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor, what_happened="Skrek «æøå» i mottaket.", form="reception")
    told = json.loads(taken_out(client_of(office.leader), incident, "json"))
    assert told["referanse"] == str(incident.id)
    assert told["enhet"] == "Nav Lillevik"
    assert (told["type"], told["type_koder"]) == ("Utskjelling", "verbal_abuse")
    assert told["beskrivelse"] == "Skrek «æøå» i mottaket."
    assert office.counsellor.name not in json.dumps(told, ensure_ascii=False)


@database
def test_a_spreadsheet_takes_nothing_somebody_wrote_for_a_formula(
    office: Office, client_of: ClientOf
) -> None:
    incident = reported_by(office.counsellor, what_happened='=HYPERLINK("http://x";"Se her")')
    text = taken_out(client_of(office.leader), incident, "csv").decode("utf-8-sig")
    names, values = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert dict(zip(names, values, strict=True))["Beskrivelse"].startswith("'=HYPERLINK")


@database
def test_a_pdf_is_tagged_and_takes_nothing_somebody_wrote_for_markup(
    office: Office, client_of: ClientOf
) -> None:
    incident = reported_by(office.counsellor, what_happened='#panic("x") $ ] *')
    content = taken_out(client_of(office.leader), incident, "pdf")
    assert content.startswith(b"%PDF-")
    assert b"StructTreeRoot" in content


@database
def test_that_it_was_taken_out_is_logged(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    taken_out(client_of(office.leader), incident, "json")
    log = ReadEntry.objects.get(kind=EXPORT_LOG_KIND, object_id=incident.id)
    assert log.person_id == office.leader.id


@database
def test_nobody_else_takes_it_out(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    address = f"{incident.get_absolute_url()}hent-ut/json/"
    assert client_of(office.counsellor).post(address).status_code == 403
    assert client_of(office.safety_representative).post(address).status_code == 403
    assert client_of(office.colleague).post(address).status_code == 404
    assert client_of(office.leader).get(address).status_code == 405


MAPPING = """
code: kvalitet
title: {nb: Kvalitet, nn: Kvalitet, en: Quality}
format: json
employer: %s
fields:
  - {name: Kategori, from: natures, values: {verbal_abuse: VT-01}}
"""


@pytest.fixture
def folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.INCIDENT_EXPORTS = tmp_path
    monkeypatch.setattr(export_mappings, "mappings", mappings.__wrapped__)  # type: ignore[attr-defined]
    return tmp_path


@database
def test_an_employers_own_mapping_is_for_that_employer(
    office: Office, client_of: ClientOf, folder: Path
) -> None:
    (folder / "egen.yaml").write_text(MAPPING % office.municipality.code, encoding="utf-8")
    leader = client_of(office.leader)
    theirs, ours = reported_by(office.colleague), reported_by(office.counsellor)
    assert json.loads(taken_out(leader, theirs, "kvalitet")) == {"Kategori": "VT-01"}
    assert leader.post(f"{ours.get_absolute_url()}hent-ut/kvalitet/").status_code == 404


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("from: natures", "there is no field “reporter_name”"),
        ("format: json", "format"),
        ("code: kvalitet", "code"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_said_at_start(folder: Path, broken: str, said: str) -> None:
    wrong = {
        "from: natures": "from: reporter_name",
        "format: json": "format: exe",
        "code: kvalitet": "code: ../x",
    }
    file = folder / "egen.yaml"
    file.write_text((MAPPING % "''").replace(broken, wrong[broken]), encoding="utf-8")
    with pytest.raises(BrokenMapping, match=said):
        read_mapping(file)
    assert [error.id for error in mappings_can_be_used()] == ["incidents.E001"]
