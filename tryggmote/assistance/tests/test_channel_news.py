"""In the morning a unit's channel says how much is new for the unit: figures, and nobody's name."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.ids import new_id
from tryggmote.assistance import channels
from tryggmote.assistance.models import UnitChannel
from tryggmote.assistance.tests.test_channels import Listener, connected, listening
from tryggmote.notices import digests, outbox, registry
from tryggmote.notices.models import Delivery, Digest
from tryggmote.notices.registry import NoticeKind
from tryggmote.notices.services import tell
from tryggmote.notices.vocabulary import Channel, Group, Strength, Trouble
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.organisation.workdays import OSLO, is_workday

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
OF_UNIT = NoticeKind("tests.unit", "Nytt for %(name)s", "Les det.", Strength.SCREEN, for_unit=True)
OF_PERSON = NoticeKind("tests.person", "Nytt for %(name)s", "Les det.", Strength.SCREEN)


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """One kind about the unit as a whole, and one that is not."""
    monkeypatch.setattr(registry, "_kinds", {})
    monkeypatch.setattr(registry, "_groups", {})
    registry.register(OF_UNIT, group=Group.TRAINING)
    registry.register(OF_PERSON, group=Group.INCIDENTS)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def listener(settings: Any) -> Any:
    with listening() as found:
        settings.ASSISTANCE_CHANNELS = [found.address]
        yield found


def wants_news(office: Office, listener: Listener) -> None:
    connected(office.office_leader, office.unit, f"{listener.address}/vakt")
    with acting_as(office.office_leader.id):
        channels.tell_news(unit_id=office.unit.id, wanted=True)


def told(*people: Person, kind: NoticeKind = OF_UNIT) -> None:
    with acting_as_job():
        tell(
            person_ids=[person.id for person in people], kind=kind.code, subject_id=new_id(), url="/",
            context={"name": people[0].name},
        )  # fmt: skip


def next_morning() -> datetime:
    """The next half past seven of a working day, by the clock on the wall in Oslo: today's, in the night."""
    now = timezone.now()
    day = now.astimezone(OSLO).date()
    while not is_workday(day) or datetime.combine(day, digests.TOLD_AT, OSLO) < now:
        day += timedelta(days=1)
    return datetime.combine(day, digests.TOLD_AT, OSLO)


def morning_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker gathers and sends."""
    with monkeypatch.context() as patched:
        moment = next_morning()
        patched.setattr(timezone, "now", lambda: moment)
        digests.gather()
        outbox.send_waiting(Channel.UNIT)


def test_the_channel_is_told_how_many_matters_and_nobodys_name(
    office: Office, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    wants_news(office, listener)
    told(office.counsellor, office.colleague)  # one matter, told to two
    told(office.counsellor)
    told(office.counsellor, kind=OF_PERSON)
    morning_comes(monkeypatch)
    ((path, said),) = listener.taken
    assert path.rstrip("/") == "/vakt"
    assert f"2 nye saker for {office.unit.name}. Opplæring og øvelser: 2." in said["message"]
    assert "Hendelser" not in said["message"]
    assert office.counsellor.name not in str(said)


def test_a_channel_that_did_not_ask_for_it_and_a_morning_without_news_are_told_nothing(
    office: Office, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(office.office_leader, office.unit, listener.address)
    told(office.counsellor)
    morning_comes(monkeypatch)
    wants_news(office, listener)
    Digest.objects.all().delete()
    told(office.counsellor, kind=OF_PERSON)
    assert listener.taken == []


def test_it_is_told_once_a_day(office: Office, listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    wants_news(office, listener)
    told(office.counsellor)
    morning_comes(monkeypatch)
    morning_comes(monkeypatch)
    assert len(listener.taken) == 1


def test_a_channel_that_is_down_is_told_later_and_blocks_nothing(
    office: Office, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    wants_news(office, listener)
    listener.answers = 503
    told(office.counsellor)
    morning_comes(monkeypatch)
    waiting = Delivery.objects.get(channel=Channel.UNIT)
    assert (waiting.status, waiting.last_error) == (Delivery.Status.WAITING, Trouble.NOT_TAKEN)


def test_the_leader_chooses_on_the_channels_page_and_an_employee_cannot(
    office: Office, listener: Listener, client_of: ClientOf
) -> None:
    connected(office.office_leader, office.unit, listener.address)
    leader = client_of(office.office_leader)
    path = f"/hjelp/kanal/nytt/?enhet={office.unit.id}"
    leader.post(path, {"wanted": "yes"})
    assert UnitChannel.objects.get().tells_news
    assert client_of(office.counsellor).post(path, {}).status_code == 403
    with acting_as(office.counsellor.id):
        channels.tell_news(unit_id=office.unit.id, wanted=False)
    assert UnitChannel.objects.get().tells_news
    leader.post(path, {})
    assert not UnitChannel.objects.get().tells_news


def test_only_whether_it_tells_can_be_changed(office: Office, listener: Listener) -> None:
    connected(office.office_leader, office.unit, listener.address)
    with acting_as(office.office_leader.id), pytest.raises(DatabaseError), transaction.atomic():
        UnitChannel.objects.update(address="x")
