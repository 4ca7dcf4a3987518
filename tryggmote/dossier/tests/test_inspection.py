"""Somebody outside sees exactly one dossier, for as long as they are let in, and nobody else does."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.errors import NotAllowed
from tryggmote.access.ids import new_id
from tryggmote.dossier import entering, inviting, letters
from tryggmote.dossier.models import Dossier, File, Invitation, Opening
from tryggmote.dossier.rules import TRIES_IN_ALL
from tryggmote.dossier.tests.helpers import asked_by, made_by
from tryggmote.organisation.models import Person, RoleAssignment
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
DOOR = "/innsyn/"
EMAIL = "ine@tilsyn.example"


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def dossier(office: Office) -> Dossier:
    return made_by(office.office_leader, office.unit)


def invited(office: Office, dossier: Dossier, *, days: int = 14, email: str = EMAIL) -> Invitation:
    """Somebody the leader has let in, and has been written to."""
    with acting_as(office.office_leader.id):
        found = Dossier.objects.get(id=dossier.id)
        draft = inviting.InvitationDraft(new_id(), "Ine Inspektør", email, days)
        invitation = inviting.invite(dossier=found, draft=draft)
    letters.send_invitation(invitation.id)
    return Invitation.objects.get(id=invitation.id)


def link_in(message: Any) -> str:
    return re.search(r"https?://[^/]+(/innsyn/\S+)", message.body)[1]


def code_sent(client: Client, invitation: Invitation) -> str:
    """Ask for a code and read it in the e-mail."""
    assert client.post(DOOR, {"send": "1"}).status_code == 200
    letters.send_code(invitation.id)
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]


def inside(invitation: Invitation) -> Client:
    """Somebody who has come in by link and code."""
    client = Client()
    assert client.get(f"{DOOR}{entering.secret_of(invitation)}/").status_code == 302
    code = code_sent(client, invitation)
    assert client.post(DOOR, {"code": code}).headers["Location"] == DOOR
    return client


def pdf_of(client: Client) -> HttpResponse:
    return client.get(f"{DOOR}fil/pdf/")


def test_from_the_invitation_to_the_file_and_what_the_maker_sees_of_it(
    office: Office, dossier: Dossier, client_of: ClientOf
) -> None:
    leader = client_of(office.office_leader)
    form = {"id": str(new_id()), "name": "Ine Inspektør", "email": EMAIL, "days": "14"}
    for _time in range(2):
        assert leader.post(reverse("dossier:invite", args=[dossier.id]), form).status_code == 302
    invitation = Invitation.objects.get()
    for _time in range(2):
        letters.send_invitation(invitation.id)
    (letter,) = mail.outbox
    assert letter.to == [EMAIL]
    assert "<" not in letter.body
    assert "til og med" in letter.body
    inspector = Client()
    answer = inspector.get(link_in(letter))
    assert answer.headers["Location"] == DOOR, "no address that is opened from here on holds the secret"
    door = inspector.get(DOOR).content.decode()
    assert "Send meg en kode" in door
    assert office.unit.name not in door, "the door does not say what is behind it"
    assert EMAIL not in door
    code = code_sent(inspector, invitation)
    assert inspector.post(DOOR, {"code": f" {code[:3]} {code[3:]}"}).status_code == 302
    page = inspector.get(DOOR)
    assert office.unit.name in page.content.decode()
    file = pdf_of(inspector)
    assert file.content == bytes(File.objects.get(dossier=dossier, kind="pdf").content)
    for answer in (page, file):
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "same-origin"
    assert inspector.get(f"{DOOR}fil/xlsx/").content.startswith(b"PK")
    assert list(Opening.objects.order_by("at").values_list("what", flat=True)) == ["page", "pdf", "xlsx"]
    seen = leader.get(dossier.get_absolute_url()).content.decode()
    assert "Ine Inspektør" in seen
    assert re.search(r"PDF-en: <time[^>]*>i dag", seen)


def test_they_are_signed_in_to_nothing_else(office: Office, dossier: Dossier) -> None:
    inspector = inside(invited(office, dossier))
    other = made_by(office.office_leader, office.unit)
    for address in ("/", "/status/", "/mapper/", dossier.get_absolute_url(), other.get_absolute_url()):
        assert inspector.get(address).headers["Location"].startswith("/logg-inn/")


def test_a_link_that_has_come_astray_opens_nothing_without_the_code(office: Office, dossier: Dossier) -> None:
    invitation = invited(office, dossier)
    thief = Client()
    thief.get(f"{DOOR}{entering.secret_of(invitation)}/")
    assert pdf_of(thief).status_code == 404
    assert not Opening.objects.exists()
    assert not any("kode" in m.subject for m in mail.outbox), "opening the link sends nothing by itself"


@pytest.mark.parametrize("secret", ["x", "0" * 32, f"{'0' * 32}:forged", "%00", "a" * 900, "æ:ø"])
def test_a_link_nobody_made_leads_nowhere(office: Office, dossier: Dossier, secret: str) -> None:
    assert Client().get(f"{DOOR}{secret}/").status_code == 404


def test_a_link_with_the_id_of_another_does_not_pass(office: Office, dossier: Dossier) -> None:
    mine, theirs = invited(office, dossier), invited(office, dossier, email="andre@tilsyn.example")
    forged = entering.secret_of(mine).replace(mine.id.hex, theirs.id.hex)
    assert Client().get(f"{DOOR}{forged}/").status_code == 404


def test_a_code_of_one_invitation_opens_no_other(office: Office, dossier: Dossier) -> None:
    mine, theirs = invited(office, dossier), invited(office, dossier, email="andre@tilsyn.example")
    client = Client()
    client.get(f"{DOOR}{entering.secret_of(mine)}/")
    code = code_sent(client, mine)
    client.get(f"{DOOR}{entering.secret_of(theirs)}/")
    client.post(DOOR, {"send": "1"})
    assert client.post(DOOR, {"code": code}).status_code == 422


def test_coming_by_another_link_one_is_outside_again(office: Office, dossier: Dossier) -> None:
    other = made_by(office.office_leader, office.unit)
    client = inside(invited(office, dossier))
    client.get(f"{DOOR}{entering.secret_of(invited(office, other))}/")
    assert pdf_of(client).status_code == 404


@pytest.mark.parametrize("how", ["expired", "revoked", "maker has left the role", "maker has left"])
def test_when_the_door_is_shut_nothing_opens_also_for_one_who_is_inside(
    office: Office, dossier: Dossier, how: str
) -> None:
    invitation = invited(office, dossier)
    client = inside(invitation)
    assert pdf_of(client).status_code == 200
    match how:
        case "expired":
            # The database asks when its transaction began, which may be longer ago than a moment.
            Invitation.objects.update(ends_at=timezone.now() - timedelta(hours=1))
        case "revoked":
            with acting_as(office.office_leader.id):
                inviting.revoke(invitation=Invitation.objects.get())
        case "maker has left the role":
            RoleAssignment.objects.filter(person=office.office_leader).delete()
        case _:
            Person.objects.filter(id=office.office_leader.id).update(
                ended_on=timezone.localdate() - timedelta(1)
            )
    seen = Opening.objects.count()
    assert pdf_of(client).status_code == 404
    assert client.get(DOOR).status_code == 404
    assert Opening.objects.count() == seen
    if how in ("expired", "revoked"):
        assert Client().get(f"{DOOR}{entering.secret_of(invitation)}/").status_code == 404


def test_after_an_hour_it_takes_another_code(
    office: Office, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = inside(invited(office, dossier))
    later = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr("tryggmote.dossier.inspection_views.timezone.now", lambda: later)
    assert pdf_of(client).status_code == 404
    assert "Send meg en kode" in client.get(DOOR).content.decode()


def test_a_code_is_good_once_and_for_ten_minutes(office: Office, dossier: Dossier) -> None:
    invitation, now = invited(office, dossier), timezone.now()
    assert entering.ask_for_code(invitation, now=now)
    code = entering.code_for(Invitation.objects.get())
    assert not entering.is_right(invitation, code, now=now + timedelta(minutes=10))
    assert entering.is_right(invitation, code, now=now + timedelta(minutes=9))
    assert not entering.is_right(invitation, code, now=now + timedelta(minutes=9))


def test_guessing_is_given_up_long_before_it_helps(office: Office, dossier: Dossier) -> None:
    invitation, now = invited(office, dossier), timezone.now()
    for minute in range(TRIES_IN_ALL // 5):
        at = now + timedelta(minutes=2 * minute)
        assert entering.ask_for_code(invitation, now=at)
        right = entering.code_for(Invitation.objects.get())
        wrong = str((int(right) + 1) % 10**6).zfill(6)
        assert not any(entering.is_right(invitation, wrong, now=at) for _try in range(5))
        assert not entering.is_right(invitation, right, now=at), "not even the right one after five wrong"
    assert not entering.ask_for_code(invitation, now=now + timedelta(days=1))


def test_codes_are_sent_no_oftener_than_once_a_minute(office: Office, dossier: Dossier) -> None:
    invitation = invited(office, dossier)
    client = Client()
    client.get(f"{DOOR}{entering.secret_of(invitation)}/")
    assert [client.post(DOOR, {"send": "1"}).status_code for _time in range(2)] == [200, 429]


def test_neither_link_nor_code_lies_in_the_database(office: Office, dossier: Dossier) -> None:
    invitation = invited(office, dossier)
    entering.ask_for_code(invitation)
    invitation.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(args::text, ' ') from procrastinate_jobs")
        jobs = cursor.fetchone()[0]
    row = str(Invitation.objects.values().get())
    for kept in (jobs, row):
        assert entering.secret_of(invitation).split(":")[1] not in kept
        assert entering.code_for(invitation) not in kept


def test_an_auditor_and_one_whose_dossier_it_is_not_let_nobody_in(office: Office, dossier: Dossier) -> None:
    own = made_by(office.auditor, office.unit)
    draft = inviting.InvitationDraft(new_id(), "Ine", EMAIL, 14)
    with acting_as(office.auditor.id), pytest.raises(NotAllowed):
        inviting.invite(dossier=own, draft=draft)
    for person, behind in ((office.auditor, own), (office.safety_representative, dossier)):
        with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(person.id):
            Invitation.objects.create(
                dossier=behind, name="Ine", email=EMAIL, ends_at=timezone.now() + timedelta(days=1)
            )


@pytest.mark.parametrize("wrong", [{"days": "91"}, {"days": "0"}, {"email": "ine"}, {"name": ""}])
def test_a_door_is_not_open_for_longer_than_ninety_days(
    office: Office, dossier: Dossier, client_of: ClientOf, wrong: dict[str, str]
) -> None:
    form = {"id": str(new_id()), "name": "Ine", "email": EMAIL, "days": "90"} | wrong
    address = reverse("dossier:invite", args=[dossier.id])
    assert client_of(office.office_leader).post(address, form).status_code == 422
    assert not Invitation.objects.exists()


def test_nobody_is_let_in_before_it_is_made(office: Office, client_of: ClientOf) -> None:
    dossier = asked_by(office.office_leader, office.unit)
    form = {"id": str(new_id()), "name": "Ine", "email": EMAIL, "days": "14"}
    address = reverse("dossier:invite", args=[dossier.id])
    assert client_of(office.office_leader).post(address, form).status_code == 409


def test_the_job_reads_no_file_and_opens_no_door_that_is_shut(office: Office, dossier: Dossier) -> None:
    invited(office, dossier)
    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as_job():
        File.objects.count()
    Invitation.objects.update(revoked_at=timezone.now())
    with acting_as_job():
        assert not Invitation.objects.exists()
    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(office.office_leader.id):
        Opening.objects.bulk_create([Opening(invitation_id=Invitation.objects.get().id, what="pdf")])
