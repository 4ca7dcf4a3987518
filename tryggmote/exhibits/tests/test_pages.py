"""The pages of evidence: on a telephone, without script, and whatever is sent to them."""

import io
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image

from tryggmote.access.ids import new_id
from tryggmote.exhibits import forms, receiving
from tryggmote.exhibits.limits import MB, limits
from tryggmote.exhibits.models import CustodyAct, Exhibit
from tryggmote.exhibits.tests import helpers as h
from tryggmote.exhibits.tests.helpers import added_by
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def incident(office: Office) -> Incident:
    return reported_by(office.counsellor)


def sent(
    client: Client,
    incident: Incident,
    content: bytes | None = None,
    *,
    name: str = "bilde.jpg",
    **fields: str,
) -> HttpResponse:
    """What the form answers when this file is sent."""
    answers = {"id": str(new_id()), "what": "SMS mandag kveld", **fields}
    files = {} if content is None else {"file": SimpleUploadedFile(name, content, "image/jpeg")}
    return client.post(reverse("exhibits:of_incident", args=[incident.id]), {**answers, **files})


def page(client: Client, name: str, row: Exhibit | Incident) -> str:
    return client.get(reverse(f"exhibits:{name}", args=[row.id])).content.decode()


def test_somebody_sends_a_picture_and_the_leader_looks_at_it(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    assert sent(client_of(office.counsellor), incident, h.photograph()).status_code == 302
    leader = client_of(office.leader)
    assert "SMS mandag kveld" in page(leader, "of_incident", incident)
    exhibit = Exhibit.objects.get()
    closed = page(leader, "detail", exhibit)
    assert "Vis innholdet" in closed
    assert "<img" not in closed  # nobody meets a threat without having asked for it
    assert reverse("exhibits:picture", args=[exhibit.id]) in page(leader, "show", exhibit)
    shown = leader.get(reverse("exhibits:picture", args=[exhibit.id]))
    assert Image.open(io.BytesIO(shown.content)).size == (80, 60)
    told = page(client_of(office.counsellor), "detail", exhibit)
    assert "Vist på skjermen" in told
    assert office.leader.name in told


def test_reading_what_evidence_there_is_and_who_had_it_is_logged_too(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    exhibit = added_by(office.counsellor, incident)
    page(client_of(office.leader), "detail", exhibit)
    told = page(client_of(office.counsellor), "detail", exhibit)
    readers = told.partition("Alle som har åpnet denne siden")[2]
    assert office.leader.name in readers
    assert not CustodyAct.objects.filter(by=office.leader).exists()  # the content was not opened


def test_the_original_is_saved_and_never_opened_in_the_browser(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    polyglot = h.photograph() + b"<script>alert(document.domain)</script>"
    exhibit = added_by(office.counsellor, incident, polyglot)
    answer = client_of(office.leader).get(reverse("exhibits:original", args=[exhibit.id]))
    assert b"".join(answer) == polyglot
    assert answer["Content-Type"] == "application/octet-stream"
    assert re.fullmatch(r'attachment; filename="bevis-\d{8}-[0-9a-f]{8}\.jpg"', answer["Content-Disposition"])
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Length"] == str(len(polyglot))
    assert "no-store" in answer["Cache-Control"]


def test_a_shown_picture_is_locked_in_too(office: Office, incident: Incident, client_of: ClientOf) -> None:
    exhibit = added_by(office.counsellor, incident)
    answer = client_of(office.leader).get(reverse("exhibits:picture", args=[exhibit.id]))
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Type"] == "image/png"


def test_a_text_is_shown_as_text_whatever_is_in_it(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    client = client_of(office.counsellor)
    words = "Jeg tar deg. <script>alert(1)</script>"
    assert sent(client, incident, text=words).status_code == 302
    shown = page(client_of(office.leader), "show", Exhibit.objects.get())
    assert "Jeg tar deg. &lt;script&gt;" in shown
    assert "<script>alert" not in shown


def part(name: str, content: bytes, file_name: str | None = None) -> bytes:
    """A field as it stands in the body of a form, with whatever an attacker calls the file."""
    named = "" if file_name is None else f'; filename="{file_name}"'
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
    return head.encode() + content + b"\r\n"


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "..\\..\\windows\\x.exe",
        "a\0b.jpg",
        "x.html",
        "Ola 01017012345.jpg",
        "x/../y",
        "😡" * 60,
    ],
)
def test_the_files_name_goes_nowhere(
    office: Office, incident: Incident, client_of: ClientOf, name: str
) -> None:
    client = client_of(office.counsellor)
    body = part("id", str(new_id()).encode()) + part("what", b"SMS") + part("file", h.photograph(), name)
    address = reverse("exhibits:of_incident", args=[incident.id])
    answer = client.generic("POST", address, body + b"--x--", content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 302
    exhibit = Exhibit.objects.get()
    stored = str(Exhibit.objects.values().get())
    for trace in (name, *re.split(r"[/\\\\]", name)):
        assert len(trace) < 4 or trace not in stored + page(client, "detail", exhibit)
    assert exhibit.file_name.endswith(".jpg")


def test_what_is_refused_says_why_and_nothing_typed_is_lost(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    answer = sent(client_of(office.counsellor), incident, b"MZ\x90\0" + b"\0" * 300)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Denne typen fil kan ikke legges inn" in text
    assert 'value="SMS mandag kveld"' in text
    assert not Exhibit.objects.exists()


@pytest.mark.parametrize(
    ("content", "fields", "said"),
    [
        (None, {}, "Velg en fil, eller lim inn tekst."),
        (b"", {}, "Filen er tom."),
        (h.picture(), {"text": "Og dette"}, "Legg inn én ting om gangen"),
        (h.picture(), {"what": ""}, "Skriv hva det er."),
        (h.picture(), {"what": "a" * 201}, "Skriv det kortere"),
        (None, {"text": "a" * (forms.TEXT_LIMIT + 1)}, "Teksten er for lang"),
        (None, {"text": "<html><script>1</script>"}, "Denne typen fil kan ikke legges inn"),
    ],
)
def test_each_mistake_is_told_beside_its_field(
    office: Office,
    incident: Incident,
    client_of: ClientOf,
    content: bytes | None,
    fields: dict[str, str],
    said: str,
) -> None:
    answer = sent(client_of(office.counsellor), incident, content, **fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Exhibit.objects.exists()


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {name: kind.model_copy(update={"largest_mb": 1}) for name, kind in limits().kinds.items()}
    small = limits().model_copy(update={"kinds": kinds})
    monkeypatch.setattr(receiving, "limits", lambda: small)
    monkeypatch.setattr(forms, "limits", lambda: small)


@pytest.mark.usefixtures("small_limits")
def test_what_is_too_large_is_not_taken_in_and_the_rest_of_the_form_is_still_there(
    office: Office, incident: Incident, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[int] = []
    written = receiving.SpooledTemporaryFile.write
    monkeypatch.setattr(
        receiving.SpooledTemporaryFile,
        "write",
        lambda file, part: (kept.append(len(part)), written(file, part))[1],
    )
    answer = sent(client_of(office.counsellor), incident, b"\xff\xd8\xff" + b"\0" * (MB + MB // 2))
    assert answer.status_code == 422
    assert "Filen er for stor. Det er plass til 1 MB." in answer.content.decode()
    assert 'value="SMS mandag kveld"' in answer.content.decode()
    assert sum(kept) <= MB


@pytest.mark.usefixtures("small_limits")
def test_what_is_far_too_large_is_not_even_read_to_its_end(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    read: list[int] = []

    class Endless(io.RawIOBase):
        """A body that goes on as long as somebody reads it."""

        def read(self, size: int = -1) -> bytes:
            read.append(size)
            return beginning if len(read) == 1 else b"\0" * size

    client = client_of(office.counsellor)
    beginning = (
        b'--x\r\nContent-Disposition: form-data; name="what"\r\n\r\nVideo\r\n'
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    )
    answer = client.generic(
        "POST",
        reverse("exhibits:of_incident", args=[incident.id]),
        **{
            "wsgi.input": Endless(),
            "CONTENT_LENGTH": str(10_000 * MB),
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
        },
    )
    assert answer.status_code == 422
    assert "Filen er for stor" in answer.content.decode()
    assert sum(read) < 4 * MB


def test_the_same_form_twice_is_one_exhibit(office: Office, incident: Incident, client_of: ClientOf) -> None:
    client, form_id = client_of(office.counsellor), str(new_id())
    for _again in range(2):
        assert sent(client, incident, h.photograph(), id=form_id).status_code == 302
    assert Exhibit.objects.count() == 1


def test_the_form_is_refused_without_our_own_token(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    client = client_of(office.counsellor)
    client.handler.enforce_csrf_checks = True
    assert sent(client, incident, h.photograph()).status_code == 403
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page(client, "of_incident", incident))
    assert token is not None
    assert sent(client, incident, h.photograph(), csrfmiddlewaretoken=token[1]).status_code == 302


def test_where_files_are_not_switched_on_the_page_says_so(
    office: Office, incident: Incident, client_of: ClientOf, settings: object
) -> None:
    settings.EXHIBIT_KEYS = []  # type: ignore[attr-defined]
    client = client_of(office.counsellor)
    text = page(client, "of_incident", incident)
    assert "Filer er ikke slått på her" in text
    assert 'type="file"' not in text
    assert sent(client, incident, h.photograph()).status_code == 409


def test_a_file_nobody_has_scanned_says_so_where_it_is_opened(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    exhibit = added_by(office.counsellor, incident)
    client = client_of(office.leader)
    assert "Ikke sjekket for virus" in page(client, "detail", exhibit)
    assert "Ikke sjekket for virus" in page(client, "of_incident", incident)


def test_a_leader_removes_what_should_not_have_been_sent_with_a_reason(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    exhibit = added_by(office.counsellor, incident)
    leader, address = client_of(office.leader), reverse("exhibits:remove", args=[exhibit.id])
    refused = leader.post(address, {"reason": ""})
    assert refused.status_code == 422
    assert "Skriv hvorfor innholdet skal bort." in refused.content.decode()
    assert leader.post(address, {"reason": "Viser et barn"}).status_code == 302
    text = page(client_of(office.counsellor), "detail", exhibit)
    assert "Innholdet er fjernet" in text
    assert "Viser et barn" in text
    assert leader.get(reverse("exhibits:original", args=[exhibit.id])).status_code == 409


def test_only_a_leader_is_offered_to_remove(office: Office, incident: Incident, client_of: ClientOf) -> None:
    exhibit = added_by(office.counsellor, incident)
    for who, is_offered in (("leader", True), ("counsellor", False), ("safety_representative", False)):
        assert ("Fjern innholdet" in page(client_of(getattr(office, who)), "detail", exhibit)) == is_offered
    address = reverse("exhibits:remove", args=[exhibit.id])
    assert client_of(office.counsellor).post(address, {"reason": "Nei"}).status_code == 403


def test_what_cannot_be_shown_here_can_be_saved(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    exhibit = added_by(office.counsellor, incident, h.mail())
    client = client_of(office.leader)
    text = page(client, "show", exhibit)
    assert "Dette kan ikke vises her." in text
    assert "Vis innholdet" not in text
    assert client.get(reverse("exhibits:picture", args=[exhibit.id])).status_code == 404
    assert not CustodyAct.objects.filter(exhibit=exhibit, deed="viewed").exists()


def test_the_list_asks_no_more_of_the_database_with_many_exhibits(
    office: Office, incident: Incident, client_of: ClientOf, django_assert_max_num_queries: Callable
) -> None:
    for _number in range(6):
        added_by(office.counsellor, incident)
    client = client_of(office.leader)
    page(client, "of_incident", incident)
    with django_assert_max_num_queries(16):
        page(client, "of_incident", incident)
