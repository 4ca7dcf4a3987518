"""Certificates of courses held by others (4.1): who sees them, who decides, and what becomes of the file."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.access.models import ReadEntry
from tryggmote.access.reading import reads_of
from tryggmote.duties.owing import everything_of
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Employment, Person, Placement
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.training import certificate_files, certificates
from tryggmote.training.models import Certificate, CertificateDecision, CertificateFile, Completion
from tryggmote.training.tests.certificate_helpers import (
    PDF,
    a_pdf,
    a_photograph,
    approved_by,
    refused_by,
    seen_anew,
    sent_by,
    sent_on_the_page,
)
from tryggmote.training.vocabulary import CertificateState
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def test_what_is_sent_waits_until_a_leader_has_seen_it(office: Office, client_of: ClientOf) -> None:
    answer = sent_on_the_page(client_of(office.counsellor), words="Holdt av politiet.")
    assert answer.status_code == 302
    certificate = seen_anew(Certificate.objects.get())
    assert certificate.state is CertificateState.WAITING
    assert not Completion.objects.exists()
    leader = client_of(office.leader)
    page = leader.get(certificate.get_absolute_url()).content.decode()
    assert "Holdt av politiet." in page
    leader.post(reverse("training:certificate_approve", args=[certificate.id]), {"id": new_id()})
    done = Completion.objects.get()
    assert (done.person, done.element, done.done_on) == (
        office.counsellor,
        "communication",
        certificate.done_on,
    )
    assert (done.source, done.subject_id, done.by) == ("certificate", certificate.id, office.leader)
    assert Notice.objects.filter(person=office.counsellor, subject_id=certificate.id).count() == 1


def test_refused_then_corrected_then_approved(office: Office, client_of: ClientOf) -> None:
    refused = refused_by(office.leader, sent_by(office.counsellor), "Dette er et annet kurs.")
    client = client_of(office.counsellor)
    page = client.get(refused.get_absolute_url()).content.decode()
    assert "Dette er et annet kurs." in page
    again = reverse("training:certificate_correct", args=[refused.id])
    assert "Dette er et annet kurs." in client.get(again).content.decode()
    # The file may stay as it was: only the element was wrong.
    assert sent_on_the_page(client, again, element="equipment", file="").status_code == 302
    corrected = Certificate.objects.get(corrects=refused)
    assert bytes(corrected.file.content) == PDF
    assert seen_anew(refused).state is CertificateState.CORRECTED
    assert client.get(again).status_code == 404, "corrected once"
    approved_by(office.leader, corrected)
    assert Completion.objects.get().element == "equipment"


def test_who_sees_it_and_its_file(office: Office, client_of: ClientOf) -> None:
    certificate = sent_by(office.counsellor)
    file = reverse("training:certificate_file", args=[certificate.id])
    for person in (office.counsellor, office.leader, office.office_leader):
        for path in (certificate.get_absolute_url(), file):
            assert client_of(person).get(path).status_code == 200, person.name
    others = (
        office.colleague, office.safety_representative, office.formal_leader, office.county_director,
        office.directorate_member, office.administrator, office.auditor, make_office("Nav Vik").office_leader,
    )  # fmt: skip
    for person in others:
        for path in (certificate.get_absolute_url(), file):
            assert client_of(person).get(path).status_code == 404, person.name


def test_the_file_is_saved_and_never_shown(office: Office, client_of: ClientOf) -> None:
    certificate = sent_by(office.counsellor, content=PDF + b"<script>alert(1)</script>")
    answer = client_of(office.leader).get(reverse("training:certificate_file", args=[certificate.id]))
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_the_owner_sees_who_has_opened_it(office: Office, client_of: ClientOf) -> None:
    certificate = sent_by(office.counsellor)
    client_of(office.leader).get(reverse("training:certificate_file", args=[certificate.id]))
    client_of(office.counsellor).get(certificate.get_absolute_url())
    assert {entry.person_id for entry in ReadEntry.objects.filter(object_id=certificate.id)} == {
        office.leader.id
    }
    with acting_as(office.counsellor.id):
        assert [reading.name for reading in reads_of("certificate", certificate.id)] == [office.leader.name]
    page = client_of(office.counsellor).get(certificate.get_absolute_url()).content.decode()
    assert office.leader.name in page


def test_a_photograph_is_kept_without_what_was_hidden_in_it(office: Office, client_of: ClientOf) -> None:
    sent_on_the_page(client_of(office.counsellor), file=a_photograph())
    kept = CertificateFile.objects.get()
    assert kept.kind == "image/jpeg"
    assert b"Hjemme" not in bytes(kept.content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00 a program",
        b"<html><script>alert(1)</script>",
        b"<?xml version='1.0'?><svg onload='alert(1)'/>",
        b"PK\x03\x04 packed",
        b"\x89PNG\r\n\x1a\n broken",
        b"not a pdf %PDF-1.7",
    ],
)
def test_what_is_no_certificate_is_refused_and_nothing_typed_is_lost(
    office: Office, client_of: ClientOf, content: bytes
) -> None:
    answer = sent_on_the_page(client_of(office.counsellor), file=a_pdf(content), words="Holdt av politiet.")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Bruk en PDF, eller et bilde" in page
    assert "Holdt av politiet." in page
    assert not Certificate.objects.exists()


def test_a_pdf_has_its_limit(office: Office, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificate_files, "LARGEST_PDF_MB", 0)
    answer = sent_on_the_page(client_of(office.counsellor))
    assert "Filen er for stor" in answer.content.decode()


def test_what_the_scanner_finds_something_in_is_not_kept(
    office: Office, client_of: ClientOf, settings: object
) -> None:
    settings.EXHIBIT_SCANNER = "command:false"  # type: ignore[attr-defined]
    assert sent_on_the_page(client_of(office.counsellor)).status_code == 422
    assert not CertificateFile.objects.exists()


@pytest.mark.parametrize(("field", "value"), [("element", "flying"), ("done_on", "2999-01-01"), ("file", "")])
def test_every_field_that_is_wrong_is_named(
    office: Office, client_of: ClientOf, field: str, value: str
) -> None:
    answer = sent_on_the_page(client_of(office.counsellor), **{field: value})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}


def test_nobody_decides_their_own(office: Office, client_of: ClientOf) -> None:
    """A leader's own certificate is decided by the leader above."""
    own = sent_by(office.leader, element="leader_hse")
    approve = reverse("training:certificate_approve", args=[own.id])
    assert client_of(office.leader).post(approve, {"id": new_id()}).status_code == 403
    with acting_as(office.leader.id) as by, pytest.raises(NotAllowed):
        certificates.approve(by=by, certificate=own, decision_id=new_id())
    with acting_as(office.leader.id), pytest.raises(ProgrammingError), transaction.atomic():
        CertificateDecision.objects.create(certificate=own, approved=True, by=office.leader)
    approved_by(office.office_leader, own)
    assert Completion.objects.get().person == office.leader


def test_whom_nobody_leads_the_directorate_decides(office: Office) -> None:
    sent_by(office.county_director, element="leader_hse")
    Placement.objects.filter(person=office.county_director).update(daily_leader=None)
    Employment.objects.filter(person=office.county_director).update(formal_leader=None)
    led = sent_by(office.counsellor)
    with acting_as(office.directorate_member.id) as by:
        waiting = list(certificates.waiting_for(by))
    assert [certificate.person_id for certificate in waiting] == [office.county_director.id]
    assert led not in waiting
    approved_by(office.directorate_member, waiting[0])
    assert Completion.objects.get().person == office.county_director


def test_two_leaders_decide_at_once_and_the_first_word_stands(office: Office) -> None:
    certificate = sent_by(office.counsellor)
    approved_by(office.leader, certificate)
    with acting_as(office.office_leader.id) as by, pytest.raises(NotPossible, match=office.leader.name):
        certificates.refuse(by=by, certificate=certificate, decision_id=new_id(), reason="Nei.")
    assert CertificateDecision.objects.get().approved
    assert Completion.objects.count() == 1


def test_the_same_form_twice_makes_one_of_everything(office: Office, client_of: ClientOf) -> None:
    client, sent_id, decision = client_of(office.counsellor), new_id(), new_id()
    for _ in range(2):
        assert sent_on_the_page(client, id=sent_id).status_code == 302
    certificate = Certificate.objects.get()
    leader = client_of(office.leader)
    for _ in range(2):
        answer = leader.post(reverse("training:certificate_approve", args=[certificate.id]), {"id": decision})
        assert answer.status_code == 302
    assert (CertificateDecision.objects.count(), Completion.objects.count()) == (1, 1)


def test_a_refusal_says_why(office: Office, client_of: ClientOf) -> None:
    certificate = sent_by(office.counsellor)
    answer = client_of(office.leader).post(
        reverse("training:certificate_refuse", args=[certificate.id]), {"id": new_id(), "reason": " "}
    )
    assert answer.status_code == 422
    assert "Skriv hva som må rettes" in answer.content.decode()
    assert not CertificateDecision.objects.exists()


def test_a_wrong_file_is_taken_back_while_it_waits(office: Office, client_of: ClientOf) -> None:
    certificate = sent_by(office.counsellor)
    path = reverse("training:certificate_take_back", args=[certificate.id])
    assert client_of(office.leader).post(path).status_code == 403
    client_of(office.counsellor).post(path)
    assert not Certificate.objects.exists()
    assert not CertificateFile.objects.exists()
    decided = approved_by(office.leader, sent_by(office.counsellor))
    path = reverse("training:certificate_take_back", args=[decided.id])
    assert client_of(office.counsellor).post(path).status_code == 409


def test_the_database_lets_nobody_send_for_others_or_change_what_was_sent(office: Office) -> None:
    certificate = sent_by(office.counsellor)
    with acting_as(office.leader.id), pytest.raises(ProgrammingError), transaction.atomic():
        Certificate.objects.create(person=office.counsellor, element="equipment", done_on=oslo_today())
    with acting_as(office.counsellor.id), pytest.raises(ProgrammingError), transaction.atomic():
        Certificate.objects.filter(id=certificate.id).update(element="equipment")
    with acting_as(office.leader.id):
        assert CertificateFile.objects.filter(certificate=certificate).delete()[0] == 0
    with acting_as(office.counsellor.id), pytest.raises(ProgrammingError), transaction.atomic():
        # Not refused, so there is nothing to correct.
        Certificate.objects.create(
            person=office.counsellor, element="equipment", done_on=oslo_today(), corrects=certificate
        )


def test_there_is_an_end_to_how_many_wait(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificates, "MOST_WAITING", 1)
    sent_by(office.counsellor)
    with pytest.raises(NotPossible):
        sent_by(office.counsellor)


def test_now_asks_the_leader_to_look_and_the_person_to_correct(office: Office) -> None:
    def kinds_of(person: Person) -> list[str]:
        with acting_as(person.id) as asking:
            return [duty.kind for duty in everything_of(asking)[0] if duty.kind.startswith("certificate")]

    certificate = sent_by(office.counsellor)
    assert (kinds_of(office.leader), kinds_of(office.counsellor)) == (["certificate_decide"], [])
    refused_by(office.leader, certificate)
    assert (kinds_of(office.leader), kinds_of(office.counsellor)) == ([], ["certificate_correct"])


def test_the_list_of_those_that_wait_costs_the_same_however_many(office: Office, client_of: ClientOf) -> None:
    client, costs = client_of(office.leader), []
    for number in range(3):
        for days in range(number * 4):
            sent_by(office.counsellor, done_on=oslo_today() - timedelta(days=days))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("training:certificates")).status_code == 200
        costs.append(len(captured))
    assert costs[1] == costs[2]


def test_own_page_and_the_leaders_page_show_where_it_stands(office: Office, client_of: ClientOf) -> None:
    certificate = sent_by(office.counsellor)
    own = client_of(office.counsellor).get(reverse("training:own")).content.decode()
    assert "Venter på lederen" in own
    theirs = client_of(office.leader).get(reverse("training:person", args=[office.counsellor.id]))
    assert certificate.get_absolute_url() in theirs.content.decode()
