"""Text messages through a gateway that really listens, and a number of one's own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.notices import outbox, text_numbers
from tryggmote.notices.models import Delivery, TextNumber
from tryggmote.notices.tests.gateways import Gateway
from tryggmote.notices.tests.stories import tell
from tryggmote.notices.vocabulary import Channel, Trouble
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

ClientOf = Callable[[Person], Client]
database = pytest.mark.django_db
OWN = "+4798765432"


@pytest.fixture
def office() -> Office:
    return make_office()


def life_for(person: Person) -> None:
    """Told by every way, at any hour; then the worker sends the text messages."""
    tell(person, kind="tests.life")
    outbox.send_waiting(Channel.TEXT)


def code_sent(person: Person, gateway: Gateway) -> str:
    """The worker sends the code; what it was."""
    text_numbers.send_code(person.id)
    _, said = gateway.taken[-1]
    return next(word.strip(".") for word in said.split() if word.strip(".").isdigit())


@database
def test_a_number_of_ones_own_is_used_once_the_code_is_given(
    office: Office, gateway: Gateway, client_of: ClientOf
) -> None:
    Person.objects.filter(id=office.leader.id).update(phone="+4790000001")
    client = client_of(office.leader)
    client.post("/varsler/nummer/", {"number": "987 65 432"})
    life_for(office.leader)
    assert gateway.taken[-1][0] == "+4790000001"

    code = code_sent(office.leader, gateway)
    assert gateway.taken[-1][0] == OWN
    assert client.post("/varsler/nummer/kode/", {"code": code}).status_code == 302
    life_for(office.leader)
    assert gateway.taken[-1][0] == OWN

    client.post("/varsler/nummer/fjern/")
    life_for(office.leader)
    assert gateway.taken[-1][0] == "+4790000001"


@database
def test_a_wrong_code_is_told_and_five_of_them_end_it(
    office: Office, gateway: Gateway, client_of: ClientOf
) -> None:
    client = client_of(office.leader)
    client.post("/varsler/nummer/", {"number": OWN})
    right = code_sent(office.leader, gateway)
    wrong = str((int(right) + 1) % 10**6).zfill(6)
    for _ in range(text_numbers.TRIES):
        response = client.post("/varsler/nummer/kode/", {"code": wrong})
        assert response.status_code == 422
    assert "Koden stemmer ikke" in response.content.decode()
    client.post("/varsler/nummer/kode/", {"code": right})
    assert TextNumber.objects.get().confirmed_at is None


@database
def test_a_code_is_good_for_ten_minutes(office: Office, gateway: Gateway, client_of: ClientOf) -> None:
    client_of(office.leader).post("/varsler/nummer/", {"number": OWN})
    TextNumber.objects.update(asked_at=timezone.now() - timedelta(minutes=11))
    code = code_sent(office.leader, gateway)
    with acting_as(office.leader.id) as leader:
        assert not text_numbers.confirm(by=leader, code=code)


@database
def test_a_new_code_waits_a_minute_and_what_was_typed_stays(
    office: Office, gateway: Gateway, client_of: ClientOf
) -> None:
    client = client_of(office.leader)
    client.post("/varsler/nummer/", {"number": OWN})
    response = client.post("/varsler/nummer/", {"number": "90000009"})
    assert response.status_code == 422
    assert "Vent et minutt" in response.content.decode()
    assert "+4790000009" in response.content.decode() or "90000009" in response.content.decode()
    assert TextNumber.objects.get().number == OWN


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("987 65 432", OWN),
        ("+47 98 76 54 32", OWN),
        ("0047-98765432", OWN),
        ("+46 70 123 45 67", "+46701234567"),
        ("22 22 22 22", None),  # not a mobile
        ("82012345", None),  # costs
        ("1234", None),
        ("+47 987654321", None),
        ("98765432/../../admin", None),
        ("", None),
    ],
)
def test_only_a_mobile_number_is_taken(typed: str, means: str | None) -> None:
    assert text_numbers.in_full(typed) == means


@database
def test_a_text_message_says_that_there_is_something_and_not_what(office: Office, gateway: Gateway) -> None:
    Person.objects.filter(id=office.leader.id).update(phone=OWN)
    tell(office.leader, kind="tests.now")
    Delivery.objects.update(channel=Channel.TEXT)
    # By day: what it says is looked at here.
    outbox._carry(outbox.carrier_of(Channel.TEXT), outbox._claim(Channel.TEXT, timezone.now()))
    ((_, said),) = gateway.taken
    assert "Lillevik" not in said
    assert said.startswith("Tryggmøte: Møter, stans og å være ute alene. Åpne: http")


@database
def test_a_gateway_that_is_down_is_asked_again_and_the_administrator_can_hurry_it(
    office: Office, gateway: Gateway, client_of: ClientOf
) -> None:
    Person.objects.filter(id=office.leader.id).update(phone=OWN)
    gateway.answers = 503
    life_for(office.leader)
    waiting = Delivery.objects.get(channel=Channel.TEXT)
    assert (waiting.status, waiting.last_error) == (Delivery.Status.WAITING, Trouble.NOT_TAKEN)

    gateway.answers = 200
    outbox.send_waiting(Channel.TEXT)
    assert gateway.taken == []
    administrator = client_of(office.administrator)
    assert "Få tekstmeldingene ut igjen" in administrator.get("/").content.decode()
    assert "Tjenesten svarte ikke" in administrator.get("/varsler/utsending/").content.decode()
    administrator.post("/varsler/utsending/igjen/", {"channel": "text"})
    outbox.send_waiting(Channel.TEXT)
    assert len(gateway.taken) == 1


@database
def test_hurrying_takes_nothing_from_a_worker_that_has_it_in_hand(office: Office, gateway: Gateway) -> None:
    Person.objects.filter(id=office.leader.id).update(phone=OWN)
    tell(office.leader, kind="tests.life")
    outbox._claim(Channel.TEXT, timezone.now())
    outbox.try_again(Channel.TEXT)
    outbox.send_waiting(Channel.TEXT)
    assert gateway.taken == []


@database
def test_only_an_administrator_hurries_a_channel_and_only_one_there_is(
    office: Office, client_of: ClientOf
) -> None:
    path = "/varsler/utsending/igjen/"
    assert client_of(office.office_leader).post(path, {"channel": "text"}).status_code == 403
    assert client_of(office.administrator).post(path, {"channel": "pigeon"}).status_code == 404


@database
def test_the_code_is_kept_nowhere(office: Office, gateway: Gateway) -> None:
    with acting_as(office.leader.id) as leader:
        text_numbers.ask(by=leader, number=OWN)
    asked = TextNumber.objects.get()
    code = text_numbers.code_for(asked)
    assert code not in str(TextNumber.objects.values().get())
