"""Those with no screen open are told as well: push to a real endpoint, mail to a real server."""

import json
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message
from typing import Any

import pytest
from aiosmtpd import handlers
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotPossible
from tryggmote.access.tests.real_programs import free_port
from tryggmote.assistance import jobs, outside, pushing, queries, services
from tryggmote.assistance.models import Call, PushSubscription, Recipient
from tryggmote.assistance.tests.push_services import PushService, WokenBrowser
from tryggmote.assistance.tests.test_acts import answered, called, rung_further, shown_to
from tryggmote.assistance.vocabulary import Answer, Purpose
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def recipient(call: Call, person: Person) -> Recipient:
    return Recipient.objects.get(call=call, person=person)


def test_a_closed_browser_is_woken_and_only_it_can_read_what_came(
    office: Office, push_service: PushService
) -> None:
    browser = WokenBrowser()
    browser.subscribes(office.colleague, f"{push_service.address}/kari")
    call = called(office.counsellor, place="Samtalerom 3")
    outside.push(str(call.id))
    ((headers, body),) = push_service.taken
    assert headers["urgency"] == "high"
    assert headers["authorization"].startswith("vapid ")
    assert b"Samtalerom" not in body
    assert browser.reads(body)["title"] == "Vera Veileder trenger hjelp: Samtalerom 3"
    assert recipient(call, office.colleague).pushed_at is not None
    assert recipient(call, office.leader).pushed_at is None


def test_when_everybody_is_reminded_those_who_have_not_answered_are_pushed_to_anew(
    office: Office, push_service: PushService
) -> None:
    for person in (office.colleague, office.leader):
        WokenBrowser().subscribes(person, f"{push_service.address}/{person.id}")
    call = called(office.counsellor)
    outside.push(str(call.id))
    answered(office.leader, call, Answer.CANNOT)
    told = len(push_service.taken)
    for ring in (1, 2, 3):
        rung_further(call, ring)
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name = 'assistance.push' order by id")
        again = json.loads(cursor.fetchall()[-1][0])
    assert again == {"call": str(call.id), "again": True}
    jobs.push(**again)
    assert len(push_service.taken) == told + 1


def test_only_the_ten_latest_browsers_of_somebody_are_woken(
    office: Office, push_service: PushService
) -> None:
    for number in range(12):
        WokenBrowser().subscribes(office.colleague, f"{push_service.address}/{number}")
    kept = set(PushSubscription.objects.values_list("endpoint", flat=True))
    assert kept == {f"{push_service.address}/{number}" for number in range(2, 12)}


def test_a_drill_says_so_before_anything_else(office: Office, push_service: PushService) -> None:
    browser = WokenBrowser()
    browser.subscribes(office.colleague, f"{push_service.address}/kari")
    outside.push(str(called(office.counsellor, purpose=Purpose.DRILL).id))
    assert browser.reads(push_service.taken[0][1])["title"].startswith("ØVELSE: ")


def test_the_units_page_says_how_many_can_be_woken(office: Office, push_service: PushService) -> None:
    WokenBrowser().subscribes(office.colleague, f"{push_service.address}/kari")
    WokenBrowser().subscribes(office.colleague, f"{push_service.address}/kari-phone")
    WokenBrowser().subscribes(office.counsellor, f"{push_service.address}/own")
    with acting_as(office.counsellor.id) as person:
        assert queries.channels_of(office.unit.id, person).wakeable == 1


def test_a_browser_that_is_gone_is_forgotten(office: Office, push_service: PushService) -> None:
    WokenBrowser().subscribes(office.colleague, f"{push_service.address}/kari")
    push_service.answers = 410
    call = called(office.counsellor)
    outside.push(str(call.id))
    assert not PushSubscription.objects.exists()
    assert recipient(call, office.colleague).pushed_at is None


def test_a_browser_wakes_for_the_one_who_uses_it_now(office: Office, push_service: PushService) -> None:
    WokenBrowser().subscribes(office.colleague, f"{push_service.address}/shared")
    WokenBrowser().subscribes(office.leader, f"{push_service.address}/shared")
    assert PushSubscription.objects.get().person_id == office.leader.id


@pytest.mark.parametrize(
    "address",
    ["http://fcm.googleapis.com/x", "https://fcm.googleapis.com:8443/x", "https://10.0.0.1/x",
     "https://evil.example/fcm.googleapis.com", "https://fcm.googleapis.com.evil.example/", "https://[broken"],
)  # fmt: skip
def test_an_address_inside_our_own_network_is_no_push_service(office: Office, address: str) -> None:
    assert not pushing.is_push_service(address)
    with acting_as(office.colleague.id) as person, pytest.raises(NotPossible):
        services.wake_here(by=person, endpoint=address, p256dh="k", auth="a")


@pytest.mark.parametrize("host", ["fcm.googleapis.com", "web.push.apple.com", "x.notify.windows.com"])
def test_the_push_services_of_browsers_are_known(host: str) -> None:
    assert pushing.is_push_service(f"https://{host}/send/abc")


class Mailbox(handlers.Message):
    """A mail server's end: whom each letter was to."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[str] = []

    def handle_message(self, message: Message) -> None:
        self.letters.append(str(message["To"]))


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield box
    server.stop()


def ten_seconds_pass() -> None:
    Recipient.objects.update(told_at=timezone.now() - timedelta(seconds=10))


def test_those_whom_no_screen_has_reached_get_one_mail(office: Office, mailbox: Mailbox) -> None:
    call = called(office.counsellor, place="Samtalerom 3")
    Recipient.objects.update(told_at=timezone.now() + timedelta(minutes=5))  # however slow the machine
    shown_to(office.colleague, call)
    answered(office.leader, call, Answer.COMING)
    outside.tell_those_not_reached()
    assert mailbox.letters == []  # screens have a few seconds
    ten_seconds_pass()
    outside.tell_those_not_reached()
    outside.tell_those_not_reached()
    told = sorted(mailbox.letters)
    reached = {office.colleague.email, office.leader.email}
    assert len(told) == 3
    assert reached.isdisjoint(told)


def test_a_mail_server_that_is_down_is_tried_again(office: Office, mailbox: Mailbox, settings: Any) -> None:
    called(office.counsellor)
    ten_seconds_pass()
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    outside.tell_those_not_reached()
    assert not Recipient.objects.exclude(outside_at=None).exists()
    settings.EMAIL_PORT = port
    outside.tell_those_not_reached()
    assert len(mailbox.letters) == 5


def test_nobody_is_mailed_about_a_test(office: Office, mailbox: Mailbox) -> None:
    called(office.counsellor, purpose=Purpose.TEST)
    ten_seconds_pass()
    outside.tell_those_not_reached()
    assert mailbox.letters == []
