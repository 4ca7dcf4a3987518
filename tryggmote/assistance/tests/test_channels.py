"""A unit's channel outside Tryggmøte: real Apprise, and a server of this machine to send to (3.2-3.4)."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.tests.real_programs import free_port
from tryggmote.assistance import channels, jobs, outside, queries, services
from tryggmote.assistance.alarm_posts import NotTaken
from tryggmote.assistance.models import Call, Recipient, UnitChannel
from tryggmote.assistance.tests.test_acts import answered, called
from tryggmote.assistance.vocabulary import Answer, ChannelTrouble, Outcome, Purpose
from tryggmote.organisation.models import Person, Unit, UnitKind
from tryggmote.organisation.tests.factories import Office, employ, make_office, make_person, make_unit

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
TEAMS = (
    "https://prod-07.westeurope.logic.azure.com:443/workflows/643e69f83c/triggers/manual/paths/invoke"
    "?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=KODuebWbDGYFr0z0eu"
)


@dataclass
class Listener:
    """Who is at the other end: takes what comes, or refuses it, or leads elsewhere."""

    address: str
    taken: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    answers: int = 200
    leads_to: str = ""


@contextmanager
def listening() -> Iterator[Listener]:
    port = free_port()
    listener = Listener(f"json://127.0.0.1:{port}")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            listener.taken.append((self.path, body))
            self.send_response(302 if listener.leads_to else listener.answers)
            if listener.leads_to:
                self.send_header("Location", listener.leads_to)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield listener
    server.shutdown()
    server.server_close()


@pytest.fixture
def listener(settings: Any) -> Iterator[Listener]:
    with listening() as found:
        settings.ASSISTANCE_CHANNELS = [found.address]
        yield found


@pytest.fixture
def office() -> Office:
    return make_office()


def connected(by: Person, unit: Unit, address: str) -> UnitChannel:
    with acting_as(by.id) as person:
        channels.set_up(by=person, unit_id=unit.id, name="Vakt i Teams", address=address)
    return UnitChannel.objects.get(unit=unit)


def waiting() -> list[tuple[dict[str, Any], datetime]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select args, scheduled_at from procrastinate_jobs "
            "where task_name = 'assistance.tell_channel' order by id"
        )
        return [(json.loads(args), at) for args, at in cursor.fetchall()]


def worker_tells() -> None:
    """What the worker does when its time has come."""
    for told, _ in waiting():
        jobs.tell_channel(**told)


@pytest.mark.parametrize(
    "address",
    [
        TEAMS,
        "workflows://prod-07.westeurope.logic.azure.com:443/643e69f83c/KODuebWbDGYFr0z0eu",
        "https://default1b2c.3d.environment.api.powerplatform.com:443/powerautomate/automations"
        "/direct/workflows/abcd/triggers/manual/paths/invoke?api-version=1&sp=x&sv=1.0&sig=zz",
    ],
)
def test_a_channel_in_teams_is_open_as_it_comes_from_teams(address: str) -> None:
    assert channels.service_of(channels.open_channel(address)) == "Microsoft Teams"


@pytest.mark.parametrize(
    "address",
    [
        "", "tull", "json://127.0.0.1/x", "jsons://10.0.0.5/x", "jsons://example.com/x",
        "file:///etc/passwd", "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ",
        "workflows://evil.example/a/b",
        "workflows://logic.azure.com.evil.example/a/b",
        "workflows://10.0.0.5:443/a/b", "workflows://prod.logic.azure.com:8443/a/b",
        f"{TEAMS}&template=file:///etc/passwd", f"{TEAMS}&template=http://10.0.0.5/",
        f"{TEAMS}&%74emplate=/x",
        "tgram://123456789:abcdefghijklmnop/1", "mailto://user:pass@example.com", "dbus://", "syslog://",
    ],
)  # fmt: skip
def test_no_address_leads_anywhere_that_is_not_opened(address: str) -> None:
    with pytest.raises(channels.NotOpened):
        channels.open_channel(address)


def test_an_address_that_is_wrong_is_not_written_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(channels.NotOpened):
        channels.open_channel(TEAMS.replace("/invoke", "/invok"))
    assert "KODuebWbDGYFr0z0eu" not in caplog.text


def test_those_who_run_it_open_a_service_a_host_or_a_domain(settings: Any) -> None:
    settings.ASSISTANCE_CHANNELS = ["slack://", "jsons://chat.example", "mmosts://chat.example:8443"]
    for opened in (
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#vakt", "jsons://chat.example/hook",
        "mmosts://chat.example:8443/token123",
    ):  # fmt: skip
        channels.open_channel(opened)
    for other in (
        "jsons://chat.example:444/hook",
        "json://chat.example/hook",
        "mmosts://chat.example/token123",
    ):
        with pytest.raises(channels.NotOpened):
            channels.open_channel(other)


def test_it_is_told_place_unit_and_link_after_a_few_seconds_and_nobodys_name(
    office: Office, listener: Listener
) -> None:
    connected(office.office_leader, office.unit, f"{listener.address}/vakt")
    before = timezone.now()
    call = called(office.counsellor, place="Samtalerom 3")
    ((_, due),) = waiting()
    assert before <= due - timedelta(seconds=5) <= timezone.now()
    worker_tells()
    ((path, said),) = listener.taken
    assert path.rstrip("/") == "/vakt"
    assert said["title"] == "Noen trenger hjelp"
    assert f"{office.unit.name}: Samtalerom 3" in said["message"]
    assert call.get_absolute_url() in said["message"]
    assert office.counsellor.name not in str(said)
    assert UnitChannel.objects.get().last_told_at is not None


def test_once_somebody_comes_or_it_is_over_it_is_not_told(office: Office, listener: Listener) -> None:
    connected(office.office_leader, office.unit, listener.address)
    answered(office.colleague, called(office.counsellor), Answer.COMING)
    over = called(office.counsellor)
    with acting_as(office.counsellor.id) as person:
        services.end_call(by=person, call=over, outcome=Outcome.MISTAKE)
    old = called(office.counsellor)
    Call.objects.filter(id=old.id).update(raised_at=timezone.now() - timedelta(minutes=11))
    worker_tells()
    assert listener.taken == []


@pytest.mark.parametrize("given", [{"silent": True}, {"purpose": Purpose.DRILL}, {"purpose": Purpose.TEST}])
def test_a_silent_call_a_drill_and_a_test_are_never_told(
    office: Office, listener: Listener, given: dict[str, Any]
) -> None:
    connected(office.office_leader, office.unit, listener.address)
    called(office.counsellor, **given)
    assert waiting() == []


def test_a_clients_home_is_never_written_there(office: Office, listener: Listener) -> None:
    connected(office.office_leader, office.unit, listener.address)
    called(office.counsellor, form="home_visit", place="Storgata 1")
    worker_tells()
    ((_, said),) = listener.taken
    assert "Storgata" not in str(said)


def test_a_department_tells_the_channel_of_its_office_until_it_has_its_own(
    office: Office, listener: Listener
) -> None:
    team = make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    with connection.cursor() as cursor:
        cursor.execute("select app.channel_for(%s)", [team.id])
        assert cursor.fetchone() == (None,)
        connected(office.office_leader, office.unit, listener.address)
        cursor.execute("select app.channel_for(%s)", [team.id])
        assert cursor.fetchone() == (office.unit.id,)


def test_what_was_not_taken_is_told_again_and_said_on_the_page(office: Office, listener: Listener) -> None:
    connected(office.office_leader, office.unit, listener.address)
    called(office.counsellor)
    listener.answers = 500
    with pytest.raises(NotTaken):
        worker_tells()
    assert UnitChannel.objects.get().last_trouble == ChannelTrouble.NOT_TAKEN
    listener.answers = 200
    worker_tells()
    assert UnitChannel.objects.get().last_trouble == ""


def test_a_server_that_leads_elsewhere_is_not_followed(office: Office, listener: Listener) -> None:
    connected(office.office_leader, office.unit, listener.address)
    with listening() as inside:
        listener.leads_to = inside.address.replace("json://", "http://")
        jobs.try_channel(unit=office.unit.id)
        assert (len(listener.taken), inside.taken) == (1, [])
    assert UnitChannel.objects.get().last_trouble == ChannelTrouble.NOT_TAKEN


def test_what_is_not_opened_any_more_is_told_nothing(
    office: Office, listener: Listener, settings: Any
) -> None:
    connected(office.office_leader, office.unit, listener.address)
    settings.ASSISTANCE_CHANNELS = []
    jobs.try_channel(unit=office.unit.id)
    assert listener.taken == []
    assert UnitChannel.objects.get().last_trouble == ChannelTrouble.NOT_OPENED


def test_with_another_secret_key_the_address_must_be_given_again(
    office: Office, listener: Listener, settings: Any
) -> None:
    connected(office.office_leader, office.unit, listener.address)
    settings.SECRET_KEY = "another"
    jobs.try_channel(unit=office.unit.id)
    assert UnitChannel.objects.get().last_trouble == ChannelTrouble.UNREADABLE


def test_the_address_is_sealed_and_nobody_who_is_signed_in_can_read_it(
    office: Office, listener: Listener
) -> None:
    kept = connected(office.office_leader, office.unit, f"{listener.address}/hemmelig")
    assert "hemmelig" not in kept.address
    with acting_as(office.office_leader.id):
        assert queries.channels_set_up().get().name == "Vakt i Teams"
        with pytest.raises(DatabaseError), transaction.atomic():
            list(UnitChannel.objects.values_list("address"))
    with acting_as_job():
        assert channels.unseal(UnitChannel.objects.get().address).endswith("/hemmelig")


def test_only_the_leader_and_administrators_give_a_unit_a_channel(office: Office, listener: Listener) -> None:
    for other in (office.counsellor, office.safety_representative):
        with pytest.raises(DatabaseError), transaction.atomic():
            connected(other, office.unit, listener.address)
    connected(office.office_leader, office.unit, listener.address)
    with acting_as(office.counsellor.id):
        channels.remove(unit_id=office.unit.id)
    assert UnitChannel.objects.exists()
    connected(office.administrator, office.unit, listener.address)


def test_who_sees_that_there_is_a_channel(office: Office, listener: Listener) -> None:
    connected(office.office_leader, office.unit, listener.address)
    elsewhere = make_person("Else Annetsteds")
    employ(elsewhere, unit=make_unit("Nav Annetsteds"), employer=office.directorate)
    assert all(_sees(person) for person in (office.counsellor, office.office_leader, office.administrator))
    assert not _sees(elsewhere)


def _sees(person: Person) -> bool:
    with acting_as(person.id):
        return queries.channels_set_up().exists()


def test_the_leader_connects_one_and_sees_that_it_works(
    office: Office, listener: Listener, client_of: ClientOf
) -> None:
    leader = client_of(office.office_leader)
    address = f"{reverse('assistance:channel')}?enhet={office.unit.id}"
    page = leader.post(address, {"name": "Vakt i Teams", "address": "https://10.0.0.5/"})
    assert page.status_code == 422
    assert "Adressen er ikke åpnet" in page.content.decode()
    saved = leader.post(
        address, {"name": "Vakt i Teams", "address": f"{listener.address}/hemmelig"}, follow=True
    )
    assert "hemmelig" not in saved.content.decode()
    jobs.try_channel(unit=office.unit.id)
    assert listener.taken[-1][1]["title"] == "Prøve fra Tryggmøte"
    for person in (office.office_leader, office.counsellor):
        assert "Vakt i Teams (JSON)" in client_of(person).get(reverse("assistance:unit")).content.decode()
    leader.post(f"{reverse('assistance:channel_remove')}?enhet={office.unit.id}")
    assert not UnitChannel.objects.exists()


@pytest.mark.parametrize("page", ["channel", "channel_try", "channel_remove"])
def test_others_connect_try_and_remove_nothing(
    office: Office, listener: Listener, client_of: ClientOf, page: str
) -> None:
    connected(office.office_leader, office.unit, listener.address)
    address = f"{reverse(f'assistance:{page}')}?enhet={office.unit.id}"
    answer = client_of(office.counsellor).post(address, {"name": "x", "address": listener.address})
    assert answer.status_code == 403
    assert UnitChannel.objects.get().name == "Vakt i Teams"


def test_those_no_screen_has_reached_get_a_text_message_through_apprise(
    office: Office, settings: Any
) -> None:
    with listening() as service:
        settings.ASSISTANCE_TEXT = f"{service.address}/{{phone}}/"
        Person.objects.update(phone="")
        Person.objects.filter(id=office.colleague.id).update(phone="+47 900/../x?a=b")
        call = called(office.counsellor, place="Samtalerom 3")
        Recipient.objects.update(told_at=F("told_at") - timedelta(seconds=10))
        outside.tell_those_not_reached()
        outside.tell_those_not_reached()
    ((path, said),) = service.taken
    assert (path.count("/"), path.count("?")) == (2, 0)  # no number leads elsewhere than was set up
    assert said["message"].startswith("Vera Veileder trenger hjelp: Samtalerom 3. Åpne: ")
    assert Recipient.objects.get(call=call, person=office.colleague).outside_at is not None


def test_a_call_of_a_unit_without_a_channel_has_nothing_waiting(office: Office) -> None:
    assert UUID(str(called(office.counsellor).id))
    assert waiting() == []
