"""Whoever is out alone is reminded on the phone, and can answer there; so can those who keep an eye on it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.assistance.models import Call, PushSubscription
from tryggmote.assistance.tests.push_services import PushService, WokenBrowser
from tryggmote.encounters.models import Outing
from tryggmote.encounters.outing_escalation import tell_overdue
from tryggmote.encounters.tests.outing_stories import ADDRESS, gone_out
from tryggmote.notices import outbox
from tryggmote.notices.models import Delivery
from tryggmote.notices.quiet import QuietHours
from tryggmote.notices.services import mark_all_seen, tell
from tryggmote.notices.vocabulary import Channel, Trouble
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def overdue(office: Office, minutes: int = 0) -> Outing:
    """So long after the agreed time, and everybody told who is to be told by then."""
    outing = gone_out(office)
    tell_overdue(now=outing.expected_at + timedelta(minutes=minutes))
    outing.refresh_from_db()
    return outing


def pushes() -> QuerySet[Delivery]:
    return Delivery.objects.filter(channel=Channel.PUSH)


def worker_pushes() -> None:
    """What the worker does with what waits to be pushed."""
    outbox.send_waiting(Channel.PUSH)


def pushed_to(browser: WokenBrowser, service: PushService) -> dict[str, Any]:
    """The worker does what waits; what the browser was told last."""
    worker_pushes()
    return browser.reads(service.taken[-1][1])


def fields_of(act: dict[str, Any]) -> dict[str, str]:
    """What the service worker posts."""
    return {**act["fields"], "id": str(new_id()), "pressed_at": timezone.now().isoformat()}


def test_whoever_is_out_is_asked_on_the_phone_with_both_answers(
    office: Office, push_service: PushService
) -> None:
    phone = WokenBrowser()
    phone.subscribes(office.counsellor, f"{push_service.address}/vera")
    outing = overdue(office)
    said = pushed_to(phone, push_service)
    assert (said["title"], said["url"]) == ("Er du tilbake?", outing.get_absolute_url())
    assert said["person"] == office.counsellor.id
    assert [act["title"] for act in said["acts"]] == ["Alt er bra, mer tid", "Jeg trenger hjelp"]
    assert [resolve(act["to"]).view_name for act in said["acts"]] == [
        "encounters:outing_well", "assistance:raise"
    ]  # fmt: skip
    assert ADDRESS not in str(said)


def test_the_phone_of_one_without_coverage_for_a_while_is_still_reminded(
    office: Office, push_service: PushService
) -> None:
    phone = WokenBrowser()
    phone.subscribes(office.counsellor, f"{push_service.address}/vera")
    overdue(office)
    pushed_to(phone, push_service)
    headers, _ = push_service.taken[-1]
    assert (headers["ttl"], headers["urgency"]) == ("1800", "high")


def test_what_the_button_posts_gives_more_time(
    office: Office, push_service: PushService, client_of: ClientOf
) -> None:
    phone = WokenBrowser()
    phone.subscribes(office.counsellor, f"{push_service.address}/vera")
    outing = overdue(office)
    well, _ = pushed_to(phone, push_service)["acts"]
    fields = fields_of(well)
    for _ in range(2):  # sent twice, since the first answer never came back
        client_of(office.counsellor).post(well["to"], fields)
    before = outing.expected_at
    outing.refresh_from_db()
    assert outing.expected_at - before == timedelta(minutes=30)


def test_the_button_for_help_calls_the_contact_to_where_they_are(
    office: Office, push_service: PushService, client_of: ClientOf
) -> None:
    phone = WokenBrowser()
    phone.subscribes(office.counsellor, f"{push_service.address}/vera")
    overdue(office)
    _, help_act = pushed_to(phone, push_service)["acts"]
    fields = fields_of(help_act)
    for _ in range(2):
        client_of(office.counsellor).post(help_act["to"], fields, headers={"X-Tryggmote-Send": "1"})
    call = Call.objects.get()
    assert (call.id, call.place, call.contact_id) == (UUID(fields["id"]), ADDRESS, office.colleague.id)


def test_the_contact_and_the_leader_can_say_on_the_phone_that_they_have_spoken(
    office: Office, push_service: PushService, client_of: ClientOf
) -> None:
    phone = WokenBrowser()
    phone.subscribes(office.colleague, f"{push_service.address}/kari")
    outing = overdue(office, minutes=10)
    said = pushed_to(phone, push_service)
    assert said["title"] == "Ring Vera Veileder"
    (spoken,) = said["acts"]
    client_of(office.colleague).post(spoken["to"], fields_of(spoken))
    outing.refresh_from_db()
    assert outing.heard_from_id == office.colleague.id


def test_nobody_is_woken_about_what_they_have_seen(office: Office, push_service: PushService) -> None:
    WokenBrowser().subscribes(office.counsellor, f"{push_service.address}/vera")
    overdue(office)
    with acting_as(office.counsellor.id):
        mark_all_seen()
    worker_pushes()
    assert push_service.taken == []
    assert set(pushes().values_list("status", flat=True)) == {Delivery.Status.SEEN}


def test_a_notice_that_can_wait_wakes_nobody(office: Office, push_service: PushService) -> None:
    WokenBrowser().subscribes(office.colleague, f"{push_service.address}/kari")
    gone_out(office)  # the contact is told that they are the one
    assert not pushes().exists()


def test_a_browser_that_is_gone_is_forgotten(office: Office, push_service: PushService) -> None:
    WokenBrowser().subscribes(office.counsellor, f"{push_service.address}/vera")
    overdue(office)
    push_service.answers = 410
    worker_pushes()
    assert not PushSubscription.objects.exists()
    assert pushes().get().status == Delivery.Status.FAILED


def test_a_push_service_that_is_down_is_asked_again(office: Office, push_service: PushService) -> None:
    phone = WokenBrowser()
    phone.subscribes(office.counsellor, f"{push_service.address}/vera")
    overdue(office)
    push_service.answers = 503
    worker_pushes()
    waiting = pushes().get()
    assert (waiting.status, waiting.last_error) == (Delivery.Status.WAITING, Trouble.NOT_TAKEN)
    push_service.answers = 201
    outbox.try_again(Channel.PUSH)
    assert pushed_to(phone, push_service)["title"] == "Er du tilbake?"
    assert pushes().get().status == Delivery.Status.SENT


def test_each_of_several_notices_wakes_the_phone(office: Office, push_service: PushService) -> None:
    WokenBrowser().subscribes(office.colleague, f"{push_service.address}/kari")
    for name in ("Vera Veileder", "Ola Veileder"):
        tell(
            person_ids=[office.colleague.id], kind="encounters.outing_contact", subject_id=new_id(), url="/",
            context={"name": name},
        )  # fmt: skip
    worker_pushes()
    assert len(push_service.taken) == 2


def test_what_a_life_may_depend_on_rings_in_the_quiet_hours_and_nothing_else_does(
    office: Office, push_service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuietHours, "next_open", lambda _self, now: now + timedelta(hours=8))
    WokenBrowser().subscribes(office.counsellor, f"{push_service.address}/vera")
    overdue(office)
    tell(
        person_ids=[office.counsellor.id], kind="encounters.leader_answered", subject_id=new_id(), url="/",
        context={"name": "Lise Leder"},
    )  # fmt: skip
    worker_pushes()
    assert len(push_service.taken) == 1
    held = pushes().get(status=Delivery.Status.WAITING)
    assert (held.notice and held.notice.kind, held.attempts) == ("encounters.leader_answered", 0)


def test_the_words_are_in_the_language_of_whoever_is_told(office: Office, push_service: PushService) -> None:
    Person.objects.filter(id=office.counsellor.id).update(language="en")
    phone = WokenBrowser()
    phone.subscribes(office.counsellor, f"{push_service.address}/vera")
    overdue(office)
    said = pushed_to(phone, push_service)
    assert said["title"] == "Are you back?"
    assert [act["title"] for act in said["acts"]] == ["All is well, more time", "I need help"]
