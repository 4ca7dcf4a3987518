"""A siren is told of a call, by a real server on this machine (requirements 3.2, 3.5)."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.tests.real_programs import free_port
from tryggmote.assistance import alarm_posts, alarm_systems, jobs, services
from tryggmote.assistance.alarm_posts import NotTaken
from tryggmote.assistance.models import AlarmSystem, Call, CallEvent
from tryggmote.assistance.signatures import HEADER, is_signed
from tryggmote.assistance.tests.test_acts import called
from tryggmote.assistance.tests.test_alarm_systems import ClientOf, pressed, set_up
from tryggmote.assistance.vocabulary import Outcome, Purpose
from tryggmote.organisation.models import Person, UnitKind
from tryggmote.organisation.tests.factories import Office, make_office, make_unit

pytestmark = pytest.mark.django_db


@dataclass
class Siren:
    """The system's end: what came, whether it was signed, and what it answers."""

    address: str
    heard: list[tuple[str, bytes]] = field(default_factory=list)
    answers: int = 204
    leads_to: str = ""

    def messages(self) -> list[dict[str, str]]:
        return [json.loads(body) for _, body in self.heard]


@pytest.fixture
def siren(settings: Any) -> Iterator[Siren]:
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    siren = Siren(f"{origin}/hook")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            siren.heard.append((self.headers[HEADER], body))
            self.send_response(siren.answers)
            if siren.leads_to:
                self.send_header("Location", siren.leads_to)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.ALARM_SYSTEM_ADDRESSES = [origin]
    yield siren
    server.shutdown()
    server.server_close()


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def system(office: Office, siren: Siren) -> AlarmSystem:
    return set_up(office.office_leader, office.unit, office.colleague, siren.address)


def waiting() -> list[dict[str, Any]]:
    """What the database has handed to the worker, in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select args from procrastinate_jobs where task_name = 'assistance.tell_alarm_system' order by id"
        )
        return [args if isinstance(args, dict) else json.loads(args) for (args,) in cursor.fetchall()]


def the_worker_works() -> None:
    for args in waiting():
        jobs.tell_alarm_system(**args)


def ended(call: Call, by: Person) -> None:
    with acting_as(by.id) as person:
        services.end_call(by=person, call=call, outcome=Outcome.MISTAKE)


def test_it_is_told_when_a_call_is_raised_and_when_it_is_over_and_nothing_about_people(
    office: Office, system: AlarmSystem, siren: Siren
) -> None:
    call = called(office.counsellor, place="Samtalerom 3", kind="threat")
    the_worker_works()
    ended(call, office.counsellor)
    jobs.tell_alarm_system(**waiting()[1])
    common = {"id": str(call.id), "purpose": "real", "place": "Samtalerom 3", "kind": "threat"}
    raised_at, ended_at = (event.at.isoformat() for event in CallEvent.objects.order_by("number"))
    assert siren.messages() == [
        {"event": "raised", **common, "at": raised_at},
        {"event": "ended", **common, "at": ended_at},
    ]
    for signature, body in siren.heard:
        assert is_signed(signature, body, secret=system.secret, now=time.time())
        assert b"Vera" not in body
    assert AlarmSystem.objects.get().last_told_at is not None


def test_it_is_told_of_drills_as_drills(office: Office, system: AlarmSystem, siren: Siren) -> None:
    called(office.counsellor, purpose=Purpose.DRILL)
    the_worker_works()
    assert siren.messages()[0]["purpose"] == "drill"


@pytest.mark.parametrize("form", ["home_visit", "others_premises", "outdoors", "driving"])
def test_where_a_client_may_live_is_not_sent(
    office: Office, system: AlarmSystem, siren: Siren, form: str
) -> None:
    called(office.counsellor, form=form, place="Storgata 4")
    the_worker_works()
    assert siren.messages()[0]["place"] == ""


def test_the_system_a_call_came_from_does_not_set_itself_off(
    office: Office, system: AlarmSystem, siren: Siren
) -> None:
    other = set_up(office.office_leader, office.unit, office.colleague, siren.address)
    pressed(system)
    ended(Call.objects.get(), office.colleague)
    assert [args["system"] for args in waiting()] == [str(other.id)] * 2


def test_it_is_told_of_calls_in_the_unit_and_below_and_nowhere_else(
    office: Office, system: AlarmSystem, siren: Siren
) -> None:
    team = make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    in_team = set_up(office.administrator, team, office.colleague, siren.address)
    called(make_office("Nav Storevik").counsellor)
    assert waiting() == []
    called(office.counsellor)
    assert [args["system"] for args in waiting()] == [str(system.id)]
    pressed(in_team)
    assert [args["system"] for args in waiting()] == [str(system.id)] * 2


def test_a_silent_call_makes_no_sound(office: Office, system: AlarmSystem) -> None:
    ended(called(office.counsellor, silent=True), office.counsellor)
    assert waiting() == []


def test_one_that_only_raises_or_is_out_of_use_is_not_told(office: Office, system: AlarmSystem) -> None:
    set_up(office.office_leader, office.unit, office.colleague)
    with acting_as(office.office_leader.id):
        alarm_systems.end(system=system)
    called(office.counsellor)
    assert waiting() == []


def test_nothing_is_sent_about_a_call_that_never_was(office: Office, system: AlarmSystem) -> None:
    with transaction.atomic():
        called(office.counsellor)
        assert len(waiting()) == 1
        transaction.set_rollback(True)
    assert waiting() == []


@pytest.mark.parametrize(
    ("status", "trouble"),
    [(500, "failed"), (302, "failed"), (401, "refused"), (403, "refused"), (404, "refused")],
)
def test_what_is_not_taken_is_sent_again_and_the_trouble_is_written_down(
    office: Office, system: AlarmSystem, siren: Siren, status: int, trouble: str
) -> None:
    called(office.counsellor)
    siren.answers = status
    with pytest.raises(NotTaken):
        the_worker_works()
    found = AlarmSystem.objects.get()
    assert (found.last_trouble, found.last_told_at) == (trouble, None)
    siren.answers = 200
    the_worker_works()
    found = AlarmSystem.objects.get()
    assert (found.last_trouble, len(siren.heard)) == ("", 2)


def test_it_is_not_followed_to_another_address(office: Office, system: AlarmSystem, siren: Siren) -> None:
    siren.answers, siren.leads_to = 307, siren.address
    called(office.counsellor)
    with pytest.raises(NotTaken):
        the_worker_works()
    assert len(siren.heard) == 1


def test_a_system_that_is_off_is_no_answer(office: Office, system: AlarmSystem, settings: Any) -> None:
    address = f"http://127.0.0.1:{free_port()}"
    settings.ALARM_SYSTEM_ADDRESSES = [address]
    AlarmSystem.objects.update(address=address)
    called(office.counsellor)
    with pytest.raises(NotTaken):
        the_worker_works()
    assert AlarmSystem.objects.get().last_trouble == "no_answer"


def test_an_address_that_was_closed_again_is_not_told(
    office: Office, system: AlarmSystem, siren: Siren, settings: Any
) -> None:
    called(office.counsellor)
    settings.ALARM_SYSTEM_ADDRESSES = []
    with pytest.raises(NotTaken):
        the_worker_works()
    assert (AlarmSystem.objects.get().last_trouble, siren.heard) == ("not_opened", [])


def test_a_siren_does_not_begin_for_what_is_over(office: Office, system: AlarmSystem, siren: Siren) -> None:
    call = called(office.counsellor)
    ended(call, office.counsellor)
    the_worker_works()
    assert [message["event"] for message in siren.messages()] == ["ended"]


def test_a_siren_does_not_begin_for_what_is_old(office: Office, system: AlarmSystem, siren: Siren) -> None:
    called(office.counsellor)
    CallEvent.objects.update(at=timezone.now() - timedelta(minutes=11))
    the_worker_works()
    assert siren.heard == []


def test_the_pauses_grow_and_all_tries_fit_in_ten_minutes() -> None:
    again = jobs.tell_alarm_system.retry_strategy
    waits = []
    for attempts in range(20):
        job = type("Job", (), {"attempts": attempts})()
        decision = again.get_retry_decision(exception=NotTaken("failed"), job=job)
        if decision is None:
            break
        waits.append(decision.retry_at - timezone.now())
    seconds = [round(wait.total_seconds()) for wait in waits]
    assert seconds == sorted(seconds)
    longest = sum(seconds) + (len(seconds) + 1) * alarm_posts.ANSWERS_WITHIN_S
    assert 8 * 60 < longest < alarm_posts.TOLD_FOR.total_seconds()
    assert again.get_retry_decision(exception=ValueError(), job=type("Job", (), {"attempts": 0})()) is None


def test_trying_it_sends_a_message_that_means_nothing_and_only_once(
    office: Office, system: AlarmSystem, siren: Siren, client_of: ClientOf
) -> None:
    client_of(office.office_leader).post(reverse("assistance:alarm_system_try", args=[system.id]))
    with connection.cursor() as cursor:
        cursor.execute(
            "select args->>'system' from procrastinate_jobs where task_name = 'assistance.ping_alarm_system'"
        )
        assert cursor.fetchall() == [(str(system.id),)]
    jobs.ping_alarm_system(system=str(system.id))
    assert siren.messages()[0]["event"] == "ping"
    assert AlarmSystem.objects.get().last_told_at is not None
    siren.answers = 500
    jobs.ping_alarm_system(system=str(system.id))
    assert AlarmSystem.objects.get().last_trouble == "failed"
