"""The pages of expert help, as people meet them (1.2)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tryggmote.access.ids import new_id
from tryggmote.expertise.models import ExpertAnswer, ExpertRequest, UsedIn
from tryggmote.expertise.tests.helpers import answered_by, asked_by, expert_in
from tryggmote.expertise.vocabulary import Kind
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.risk.tests.stories import begin
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def page_of(client: Client, url: str) -> str:
    response = client.get(url, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def fields(**changes: object) -> dict[str, object]:
    return {
        "id": str(new_id()),
        "kind": "police",
        "question": "Hvem ringer vi når bommen er stengt?",
        "wanted_by": (oslo_today() + timedelta(days=7)).isoformat(),
        **changes,
    }


def ask_url(office: Office) -> str:
    return reverse("expertise:ask", args=[office.unit.id])


def test_a_leader_asks_about_an_assessment_records_the_answer_and_says_where_it_was_used(
    office: Office, client_of: ClientOf
) -> None:
    work, client = begin(office), client_of(office.office_leader)
    sent = client.post(ask_url(office), fields(assessment=str(work.assessment.id)))
    request = ExpertRequest.objects.get()
    assert sent["Location"] == request.get_absolute_url()
    assert work.assessment.title in page_of(client, request.get_absolute_url())
    client.post(
        reverse("expertise:answer", args=[request.id]),
        {"id": str(new_id()), "text": "Ring 02800.", "answered_on": oslo_today().isoformat()},
    )
    assert not ExpertAnswer.objects.get().is_own
    client.post(reverse("expertise:use", args=[request.id]), {"assessment": str(work.assessment.id)})
    assert UsedIn.objects.get().assessment == work.assessment
    page = page_of(client, request.get_absolute_url())
    assert "Ring 02800." in page
    assert "skrevet inn av" in page


def test_the_expert_finds_what_waits_for_them_and_answers(office: Office, client_of: ClientOf) -> None:
    expert = expert_in(office.county)
    request = asked_by(office.office_leader, office.unit)
    client = client_of(expert)
    assert "Er møterommet egnet?" in page_of(client, "/fagfolk/")
    assert "Svar på spørsmålet fra Nav Lillevik" in page_of(client, "/")
    assert "answered_on" not in page_of(client, request.get_absolute_url())
    client.post(reverse("expertise:answer", args=[request.id]), {"id": str(new_id()), "text": "Ja."})
    assert ExpertAnswer.objects.get().is_own
    assert "Ja." in page_of(client_of(office.office_leader), request.get_absolute_url())


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"kind": ""}, "Velg hvem du spør."),
        ({"kind": "other"}, "Skriv hvilket fagmiljø eller firma du spør."),
        ({"question": ""}, "Skriv hva dere trenger hjelp til."),
        ({"wanted_by": "2020-01-01"}, "Dagen har vært."),
        ({"wanted_by": "2999-01-01"}, "Velg en dag innen ett år."),
        ({"wanted_by": "snart"}, "Skriv en dato"),
    ],
)
def test_what_cannot_be_sent_says_why_and_keeps_what_was_written(
    office: Office, client_of: ClientOf, changes: dict[str, object], says: str
) -> None:
    response = client_of(office.office_leader).post(ask_url(office), fields(**changes))
    assert response.status_code == 422
    page = response.content.decode()
    assert says in page
    assert changes.get("question") == "" or "Hvem ringer vi" in page
    assert not ExpertRequest.objects.exists()


@pytest.mark.parametrize(
    ("day", "says"), [("2020-01-01", "før dere spurte"), ("2999-01-01", "ikke vært ennå"), ("", "Velg dagen")]
)
def test_an_answer_of_an_impossible_day_is_not_taken(
    office: Office, client_of: ClientOf, day: str, says: str
) -> None:
    request = asked_by(office.office_leader, office.unit)
    response = client_of(office.office_leader).post(
        reverse("expertise:answer", args=[request.id]),
        {"id": str(new_id()), "text": "Ja.", "answered_on": day},
    )
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not ExpertAnswer.objects.exists()


def test_a_counsellor_is_told_who_sees_this_and_cannot_ask(office: Office, client_of: ClientOf) -> None:
    asked_by(office.office_leader, office.unit)
    client = client_of(office.counsellor)
    assert "Dette ser lederen og verneombudet" in page_of(client, "/fagfolk/")
    assert client.get(ask_url(office)).status_code == 403
    assert client.post(ask_url(office), fields()).status_code == 403


def test_a_representative_withdraws_what_they_asked(office: Office, client_of: ClientOf) -> None:
    request = asked_by(office.safety_representative, office.unit)
    client = client_of(office.safety_representative)
    url = reverse("expertise:withdraw", args=[request.id])
    assert client.post(url, {"why": ""}).status_code == 422
    client.post(url, {"why": "Rommet skal rives."})
    assert "Rommet skal rives." in page_of(client, request.get_absolute_url())


def test_the_list_is_narrowed_by_state(office: Office, client_of: ClientOf) -> None:
    answered_by(office.office_leader, asked_by(office.office_leader, office.unit, kind=Kind.POLICE))
    asked_by(office.office_leader, office.unit, kind=Kind.OTHER, whom="Arkitekten")
    client = client_of(office.office_leader)
    url = reverse("expertise:unit", args=[office.unit.id])
    shown = {
        state: "Arkitekten" in page_of(client, f"{url}?state={state}")
        for state in ("", "waiting", "answered", "late")
    }
    assert shown == {"": True, "waiting": True, "answered": False, "late": False}
    assert "Ingen spørsmål passer" in page_of(client, f"{url}?state=late")


def test_the_list_costs_the_same_however_much_is_asked(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.office_leader)
    url = reverse("expertise:unit", args=[office.unit.id])
    asked_by(office.office_leader, office.unit)
    client.get(url)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    first = asked()
    for _ in range(5):
        asked_by(office.safety_representative, office.unit)
    assert asked() <= first
