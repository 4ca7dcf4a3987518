"""What was stored while there was no scanner is scanned when there is one; until then the page says so."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.errors import NotPossible
from tryggmote.exhibits import services
from tryggmote.exhibits.jobs import scan_what_nobody_has as job
from tryggmote.exhibits.models import Chunk, Exhibit
from tryggmote.exhibits.rescanning import GIVE_UP_AFTER, scan_what_nobody_has
from tryggmote.exhibits.tests.helpers import added_by
from tryggmote.exhibits.tests.test_scanning import VIRUS, a_daemon
from tryggmote.exhibits.vocabulary import Scan
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
CLEAN, FOUND = b"stream: OK\n", b"stream: Eicar-Test-Signature FOUND\n"
TOO_LARGE = b"INSTREAM size limit exceeded. ERROR\n"


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def incident(office: Office) -> Incident:
    return reported_by(office.counsellor)


@pytest.fixture
def where(settings: Settings, tmp_path: Path) -> Path:
    """Where the scanner of these tests listens, once files have been stored without it."""
    return tmp_path / "clamd.ctl"


def text(number: int) -> bytes:
    return f"Jeg vet hvor du bor, {number}.".encode()


def scans() -> list[str]:
    return sorted(Exhibit.objects.values_list("scan", flat=True))


def page(client: Client, exhibit: Exhibit) -> str:
    return client.get(exhibit.get_absolute_url()).content.decode()


def test_the_scanner_gets_what_was_stored_without_it(
    office: Office, incident: Incident, settings: Settings, where: Path
) -> None:
    added_by(office.counsellor, incident, text(1))
    assert scans() == ["not_scanned"]
    settings.EXHIBIT_SCANNER = f"clamd:{where}"
    with a_daemon(where, CLEAN) as got:
        job()
    assert b"".join(got) == text(1)
    assert scans() == ["clean"]
    assert scan_what_nobody_has() == 0  # what is judged is not asked about again


def test_without_a_scanner_everything_stays_as_it_is(office: Office, incident: Incident) -> None:
    added_by(office.counsellor, incident)
    assert scan_what_nobody_has() == 0
    assert scans() == ["not_scanned"]


def test_until_it_is_scanned_the_page_says_so_and_whether_anybody_will(
    office: Office, incident: Incident, settings: Settings, where: Path, client_of: ClientOf
) -> None:
    exhibit = added_by(office.counsellor, incident)
    client = client_of(office.leader)
    assert "ikke satt opp noen virussjekk" in page(client, exhibit)
    settings.EXHIBIT_SCANNER = f"clamd:{where}"
    assert "blir sjekket av seg selv" in page(client, exhibit)
    with a_daemon(where, CLEAN):
        scan_what_nobody_has()
    assert "Ikke sjekket for virus" not in page(client, exhibit)


def test_what_something_is_found_in_is_shut_and_whoever_added_it_is_told(
    office: Office, incident: Incident, settings: Settings, where: Path, client_of: ClientOf
) -> None:
    exhibit = added_by(office.counsellor, incident, VIRUS)
    settings.EXHIBIT_SCANNER = f"clamd:{where}"
    with a_daemon(where, FOUND):
        assert scan_what_nobody_has() == 1
    assert scans() == ["found"]
    assert Notice.objects.get(kind="exhibit_harmful").person == office.counsellor
    client = client_of(office.leader)
    shown = page(client, exhibit)
    assert "Filen kan ikke åpnes" in shown
    assert "Last ned originalen" not in shown
    for name in ("original", "show"):
        assert client.get(reverse(f"exhibits:{name}", args=[exhibit.id])).status_code == 409
    with acting_as(office.leader.id):
        assert not Chunk.objects.exists()  # whatever the program asks for
    with acting_as(office.leader.id) as by, pytest.raises(NotPossible, match="skadelig"):
        services.fetch_original(by=by, exhibit=Exhibit.objects.get())


def test_a_scanner_that_is_gone_is_left_in_peace_until_the_next_run(
    office: Office, incident: Incident, settings: Settings, where: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(GIVE_UP_AFTER + 2):
        added_by(office.counsellor, incident, text(number))
    settings.EXHIBIT_SCANNER = f"clamd:{where}"
    with caplog.at_level(logging.WARNING):
        assert scan_what_nobody_has() == 0
    assert len(caplog.records) == GIVE_UP_AFTER
    assert set(scans()) == {"not_scanned"}


def test_one_file_that_cannot_be_judged_or_opened_holds_no_other_back(
    office: Office, incident: Incident, settings: Settings, where: Path
) -> None:
    for number in range(3):
        added_by(office.counsellor, incident, text(number))
    changed = added_by(office.counsellor, incident, text(4))
    Chunk.objects.filter(exhibit=changed).update(content=b"something else")
    settings.EXHIBIT_SCANNER = f"clamd:{where}"
    with a_daemon(where, TOO_LARGE, CLEAN, CLEAN):
        assert scan_what_nobody_has() == 2
    assert scans() == ["clean", "clean", "not_scanned", "not_scanned"]


def test_the_job_opens_nothing_that_has_been_scanned_and_changes_no_verdict(
    office: Office, incident: Incident
) -> None:
    exhibit = added_by(office.counsellor, incident)
    Exhibit.objects.update(scan=Scan.CLEAN)
    with acting_as_job():
        assert list(Chunk.objects.values_list("content")) == []
    for role in (acting_as_job(), acting_as(office.leader.id)):
        with role, pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("update exhibits_exhibit set scan = 'not_scanned' where id = %s", [exhibit.id])


def test_nobody_adds_a_file_as_harmful(office: Office, incident: Incident) -> None:
    fields: dict[str, Any] = {
        "incident": incident, "added_by": office.counsellor, "what": "x", "kind": "text", "size": 1,
        "media_type": "text/plain", "sha256": "0" * 64, "limits_version": "1", "key_id": "k",
        "sealed_key": b"k",
    }  # fmt: skip
    with acting_as(office.counsellor.id), pytest.raises(DatabaseError), transaction.atomic():
        Exhibit.objects.bulk_create([Exhibit(**fields, scan="found")])
