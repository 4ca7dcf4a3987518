"""E-mail that comes back: the delivery is found, the address is given up, and its owner opens it again."""

from collections.abc import Callable
from email.message import Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.notices import bounces, outbox
from tryggmote.notices.models import Delivery, EmailTrouble, Notice
from tryggmote.notices.tests.conftest import UNKNOWN_ADDRESS, PostOffice
from tryggmote.notices.tests.stories import tell
from tryggmote.notices.vocabulary import Channel
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

ClientOf = Callable[[Person], Client]
database = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def report(
    message_id: str,
    *,
    to: str = "lise@example.invalid",
    action: str = "failed",
    status: str = "5.1.1",
    headers_only: bool = False,
) -> bytes:
    """What a mail server sends back (RFC 3464): words for people, fields for programs, and the message."""
    whole = MIMEMultipart("report", **{"report-type": "delivery-status"})
    whole["From"], whole["To"] = "MAILER-DAEMON@mail.example", "tryggmote@example.invalid"
    whole.attach(MIMEText("The address does not exist."))
    about, recipient = Message(), Message()
    about["Reporting-MTA"] = "dns; mail.example"
    recipient["Final-Recipient"] = f"rfc822; {to}"
    recipient["Action"], recipient["Status"] = action, status
    recipient["Diagnostic-Code"] = f"smtp; 550 5.1.1 <{to.upper()}>: no such user"
    fields = Message()
    fields["Content-Type"] = "message/delivery-status"
    fields.set_payload([about, recipient])
    whole.attach(fields)
    original = Message()
    original["Message-ID"], original["Subject"] = message_id, "Tryggmøte"
    original.set_payload("Noe har skjedd.")
    if headers_only:
        part = Message()
        part["Content-Type"] = "text/rfc822-headers"
        part.set_payload(f"Message-ID: {message_id}\nSubject: x\n")
        whole.attach(part)
    else:
        whole.attach(MIMEMessage(original))
    return whole.as_bytes()


def sent_to(person: Person) -> Delivery:
    """An e-mail that the mail server has taken."""
    tell(person)
    delivery = Delivery.objects.select_related("notice").latest("id")
    Delivery.objects.filter(id=delivery.id).update(status=Delivery.Status.SENT)
    return delivery


@database
@pytest.mark.parametrize("headers_only", [False, True])
def test_a_report_finds_the_delivery_and_says_why_without_saying_to_whom(
    office: Office, headers_only: bool
) -> None:
    delivery = sent_to(office.leader)
    raw = report(bounces.message_id(delivery), to=office.leader.email, headers_only=headers_only)
    assert bounces.take_in(raw) == 1
    delivery.refresh_from_db()
    assert delivery.status == Delivery.Status.BOUNCED
    assert delivery.last_error == "5.1.1 550 5.1.1 <…>: no such user"


@database
def test_the_same_report_twice_counts_once(office: Office) -> None:
    raw = report(bounces.message_id(sent_to(office.leader)))
    assert [bounces.take_in(raw), bounces.take_in(raw)] == [1, 0]
    assert EmailTrouble.objects.get().bounces == 1


@database
def test_a_delay_and_a_report_of_somebody_elses_message_change_nothing(office: Office) -> None:
    delivery = sent_to(office.leader)
    assert bounces.take_in(report(bounces.message_id(delivery), action="delayed", status="4.4.1")) == 0
    assert bounces.take_in(report("<abc@other.example>")) == 0
    assert bounces.take_in(report(f"<{delivery.notice_id}@tryggmote.evil.example>")) in (0, 1)
    assert bounces.take_in(b"Subject: Hei\n\nEn vanlig e-post.") == 0


@database
def test_a_full_inbox_is_recorded_and_does_not_count_against_the_address(office: Office) -> None:
    raw = report(bounces.message_id(sent_to(office.leader)), status="4.2.2")
    assert bounces.take_in(raw) == 1
    assert not EmailTrouble.objects.exists()


@database
def test_after_three_nothing_is_sent_there_until_its_owner_says_that_it_works(
    office: Office, client_of: ClientOf
) -> None:
    for _ in range(bounces.STOP_AFTER):
        bounces.take_in(report(bounces.message_id(sent_to(office.leader))))
    before = Delivery.objects.count()
    tell(office.leader, kind="tests.now")
    assert Delivery.objects.count() == before
    assert Notice.objects.filter(person=office.leader, kind="notices.email_stopped").count() == 1

    client = client_of(office.leader)
    assert "kommet i retur tre ganger" in client.get("/min-side/").content.decode()
    client.post("/varsler/e-post-virker/")
    assert "kommet i retur tre ganger" not in client.get("/min-side/").content.decode()
    tell(office.leader)
    assert Delivery.objects.count() == before + 1


@database
def test_what_already_waits_is_not_sent_to_an_address_that_is_given_up(
    office: Office, post_office: PostOffice
) -> None:
    tell(office.leader)
    for _ in range(bounces.STOP_AFTER):
        bounces.take_in(report(bounces.message_id(sent_to(office.leader))))
    outbox.send_waiting(Channel.EMAIL)
    assert post_office.received == []


@database
def test_an_address_that_was_taken_away_is_not_taken_for_sent(
    office: Office, post_office: PostOffice
) -> None:
    tell(office.leader)
    Person.objects.filter(id=office.leader.id).update(email="")
    outbox.send_waiting(Channel.EMAIL)
    assert Delivery.objects.get().status == Delivery.Status.FAILED


@database
def test_a_new_address_begins_anew(office: Office) -> None:
    for _ in range(bounces.STOP_AFTER):
        bounces.take_in(report(bounces.message_id(sent_to(office.leader))))
    Person.objects.filter(id=office.leader.id).update(email="ny@example.invalid")
    office.leader.refresh_from_db()
    bounces.take_in(report(bounces.message_id(sent_to(office.leader))))
    trouble = EmailTrouble.objects.get()
    assert (trouble.address, trouble.bounces) == ("ny@example.invalid", 1)


@database
def test_an_address_the_server_refuses_at_once_counts_as_well(
    office: Office, post_office: PostOffice
) -> None:
    Person.objects.filter(id=office.leader.id).update(email=UNKNOWN_ADDRESS)
    for _ in range(bounces.STOP_AFTER + 1):
        tell(office.leader)
        outbox.send_waiting(Channel.EMAIL)
    assert EmailTrouble.objects.get().bounces == bounces.STOP_AFTER
    assert Delivery.objects.count() == bounces.STOP_AFTER


@database
def test_the_administrator_sees_how_many_get_no_email_and_not_who(
    office: Office, client_of: ClientOf
) -> None:
    for _ in range(bounces.STOP_AFTER):
        bounces.take_in(report(bounces.message_id(sent_to(office.leader))))
    page = client_of(office.administrator).get("/varsler/utsending/").content.decode()
    assert "Én person får ikke e-post" in page
    assert "E-post kommer i retur" in client_of(office.administrator).get("/").content.decode()
    assert office.leader.email not in page


@given(st.binary(max_size=2000) | st.text(max_size=500).map(lambda text: text.encode()))
def test_whatever_a_pipe_brings_is_read_without_falling(raw: bytes) -> None:
    assert bounces.read(raw) is None


@given(st.integers(0, 3000), st.binary(max_size=20))
def test_a_report_that_is_broken_somewhere_is_read_without_falling(where: int, what: bytes) -> None:
    raw = report("<0190a0b0-0000-7000-8000-000000000000@tryggmote>")
    found = bounces.read(raw[:where] + what + raw[where:])
    assert found is None or found.ids == {"0190a0b0-0000-7000-8000-000000000000"}
