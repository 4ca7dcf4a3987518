"""The pages: ask, wait, fetch; and nobody else's."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tryggmote.access.ids import new_id
from tryggmote.access.models import ReadEntry
from tryggmote.dossier import making
from tryggmote.dossier.models import Dossier
from tryggmote.dossier.tests.helpers import made_by
from tryggmote.organisation.models import Person, RoleAssignment
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
LIST = "/mapper/"


@pytest.fixture
def office() -> Office:
    return make_office()


def asked(office: Office, **changes: Any) -> dict[str, str]:
    today = oslo_today().isoformat()
    given = {"id": new_id(), "unit": office.unit.id, "since": today, "until": today, "language": "nb"}
    return {name: str(value) for name, value in (given | changes).items()}


def test_from_asking_to_the_file_with_progress_in_between(office: Office, client_of: ClientOf) -> None:
    leader, form = client_of(office.office_leader), asked(office)
    for _time in range(2):
        answer = leader.post(LIST, form)
    dossier = Dossier.objects.get()
    assert answer.headers["Location"] == dossier.get_absolute_url()
    page = leader.get(answer.headers["Location"]).content.decode()
    assert "0 av 11 deler er klare" in page
    assert 'hx-trigger="every 1s"' in page
    Dossier.objects.update(done=4)
    assert "4 av 11 deler er klare" in leader.get(answer.headers["Location"]).content.decode()
    making.make(dossier.id)
    page = leader.get(answer.headers["Location"]).content.decode()
    assert "hx-trigger" not in page.split('id="mappen"')[1]
    for kind, start in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        file = leader.get(reverse("dossier:file", args=[dossier.id, kind]))
        assert file.content.startswith(start)
        assert "no-store" in file.headers["Cache-Control"]
    assert ReadEntry.objects.filter(kind="dossier", object_id=dossier.id).count() == 2
    assert "Nav Lillevik" in leader.get(LIST).content.decode()


def test_it_is_ones_own_alone_and_only_while_one_answers_for_the_unit(
    office: Office, client_of: ClientOf
) -> None:
    dossier = made_by(office.office_leader, office.unit)
    addresses = [dossier.get_absolute_url(), reverse("dossier:file", args=[dossier.id, "pdf"])]
    others = [p for p in vars(office).values() if isinstance(p, Person) and p != office.office_leader]
    for person in others:
        for address in addresses:
            assert client_of(person).get(address).status_code == 404
    RoleAssignment.objects.filter(person=office.office_leader).delete()
    for address in addresses:
        assert client_of(office.office_leader).get(address).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": "2026-02-01", "until": "2026-01-01"},
        {"since": "2019-01-01", "until": "2025-01-01"},
        {"until": "2999-01-01"},
        {"since": "", "until": "i går"},
        {"unit": 0},
        {"language": "sv"},
    ],
)
def test_what_cannot_be_made_is_said_beside_the_field(
    office: Office, client_of: ClientOf, wrong: dict[str, Any]
) -> None:
    answer = client_of(office.office_leader).post(LIST, asked(office, **wrong))
    assert answer.status_code == 422
    assert not Dossier.objects.exists()


def test_an_office_one_may_not_have_cannot_be_chosen(office: Office, client_of: ClientOf) -> None:
    elsewhere = make_office("Nav Storevik")
    answer = client_of(office.office_leader).post(LIST, asked(elsewhere))
    assert answer.status_code == 422
    assert "Nav Storevik" not in answer.content.decode()


def test_one_who_may_make_none_is_told_who_does(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    assert "Mappen lages av dem som leder en enhet" in client.get(LIST).content.decode()
    assert client.post(LIST, asked(office)).status_code == 422
    assert LIST not in client.get("/mer/").content.decode()


def test_the_number_of_queries_does_not_follow_the_dossiers(office: Office, client_of: ClientOf) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST).status_code == 200
        return len(captured)

    client = client_of(office.office_leader)
    client.post(LIST, asked(office))
    client.get(LIST)
    few = queries()
    for _time in range(4):
        client.post(LIST, asked(office))
    assert queries() == few
