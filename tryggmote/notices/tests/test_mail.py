"""E-mail through a real mail server: in the recipient's language, again when it was down, never twice."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.access.tests.real_programs import free_port
from tryggmote.notices import outbox, services
from tryggmote.notices.models import Delivery, Notice
from tryggmote.notices.tests.conftest import UNKNOWN_ADDRESS, PostOffice
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def tell(*people: Person) -> None:
    services.tell(
        person_ids=[person.id for person in people],
        kind="tests.met",
        subject_id=new_id(),
        url="/hendelser/",
        context={"place": "Lillevik"},
    )


def time_passes() -> None:
    Delivery.objects.update(next_attempt_at=timezone.now())


def test_the_leader_gets_an_email_with_a_link_and_no_more(
    office: Office, post_office: PostOffice, settings: Settings
) -> None:
    settings.PUBLIC_ADDRESS = "https://trygg.example.invalid"
    with acting_as(office.counsellor.id):
        tell(office.leader)
    outbox.send_waiting("email")
    (message,) = post_office.received
    assert message["To"] == office.leader.email
    assert message["Subject"] == "Tryggmøte: Nytt på Lillevik"
    text = message.get_content()
    assert f"https://trygg.example.invalid/varsler/{Notice.objects.get().id}/" in text
    assert "Noe har skjedd på Lillevik." in text
    delivery = Delivery.objects.get()
    assert delivery.status == Delivery.Status.SENT
    assert delivery.sent_at is not None


@pytest.mark.parametrize(
    ("language", "words"),
    [("nb", "du må være logget inn"), ("nn", "du må vere logga inn"), ("en", "you must be signed in")],
)
def test_the_email_is_in_the_language_of_the_one_who_gets_it(
    office: Office, post_office: PostOffice, language: str, words: str
) -> None:
    Person.objects.filter(id=office.leader.id).update(language=language)
    with acting_as(office.counsellor.id):
        tell(office.leader)
    outbox.send_waiting("email")
    assert words in post_office.received[0].get_content()


def test_an_email_is_sent_once_however_often_the_outbox_is_emptied(
    office: Office, post_office: PostOffice
) -> None:
    with acting_as(office.counsellor.id):
        tell(office.leader, office.safety_representative)
    outbox.send_waiting("email")
    outbox.send_waiting("email")
    assert len(post_office.received) == 2


def test_mail_that_could_not_leave_is_sent_when_the_mail_server_is_back(
    office: Office, post_office: PostOffice, settings: Settings
) -> None:
    port_of_the_server, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    with acting_as(office.counsellor.id):
        tell(office.leader)
    outbox.send_waiting("email")
    waiting = Delivery.objects.get()
    assert waiting.status == Delivery.Status.WAITING
    assert waiting.attempts == 1
    assert "ConnectionRefusedError" in waiting.last_error
    assert waiting.next_attempt_at > timezone.now()

    settings.EMAIL_PORT = port_of_the_server
    time_passes()
    outbox.send_waiting("email")
    assert len(post_office.received) == 1
    assert Delivery.objects.get().status == Delivery.Status.SENT


def test_an_address_the_mail_server_refuses_does_not_hold_up_the_others(
    office: Office, post_office: PostOffice
) -> None:
    Person.objects.filter(id=office.leader.id).update(email=UNKNOWN_ADDRESS)
    with acting_as(office.counsellor.id):
        tell(office.leader, office.safety_representative)
    outbox.send_waiting("email")
    assert [message["To"] for message in post_office.received] == [office.safety_representative.email]
    refused = Delivery.objects.get(notice__person=office.leader)
    assert refused.status == Delivery.Status.BOUNCED
    assert refused.last_error == "550 No such user here: …"


def test_an_address_that_would_add_a_header_is_not_sent_to_and_does_not_hold_up_the_others(
    office: Office, post_office: PostOffice
) -> None:
    Person.objects.filter(id=office.leader.id).update(email="a@example.invalid\nBcc: b@example.invalid")
    with acting_as(office.counsellor.id):
        tell(office.leader, office.safety_representative)
    outbox.send_waiting("email")
    assert [message["To"] for message in post_office.received] == [office.safety_representative.email]
    assert Delivery.objects.get(notice__person=office.leader).status == Delivery.Status.FAILED


def test_what_a_killed_worker_had_begun_is_sent_later(office: Office, post_office: PostOffice) -> None:
    with acting_as(office.counsellor.id):
        tell(office.leader)
    outbox._claim("email", timezone.now())
    outbox.send_waiting("email")
    assert not post_office.received
    time_passes()
    outbox.send_waiting("email")
    assert len(post_office.received) == 1


def test_old_news_is_not_mailed(office: Office, post_office: PostOffice) -> None:
    with acting_as(office.counsellor.id):
        tell(office.leader)
    Delivery.objects.update(due_at=timezone.now() - timedelta(days=4))
    outbox.send_waiting("email")
    assert not post_office.received
    assert Delivery.objects.get().status == Delivery.Status.FAILED


def test_without_a_mail_server_mail_waits(office: Office, settings: Settings) -> None:
    settings.EMAIL_HOST = ""
    with acting_as(office.counsellor.id):
        tell(office.leader)
    outbox.send_waiting("email")
    assert Delivery.objects.get().status == Delivery.Status.WAITING
