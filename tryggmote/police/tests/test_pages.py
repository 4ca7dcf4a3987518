"""The pages of police reports, and the paper that is handed over."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tryggmote.access.ids import new_id
from tryggmote.access.models import ReadEntry
from tryggmote.exhibits.tests.helpers import added_by
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.police.models import Account, PoliceAct

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
SAID = "«Jeg vet hvor du bor» <b>"


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def incident(office: Office) -> Incident:
    return reported_by(office.counsellor, what_happened="Han ropte i luken.")


@pytest.fixture
def leader(office: Office, client_of: ClientOf) -> Client:
    return client_of(office.leader)


def page(client: Client, incident: Incident, name: str = "matter", query: str = "") -> str:
    answer = client.get(reverse(f"police:{name}", args=[incident.id]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, incident: Incident, name: str, **fields: object) -> HttpResponse:
    return client.post(reverse(f"police:{name}", args=[incident.id]), {"id": str(new_id()), **fields})


def test_the_leader_goes_the_whole_way(
    office: Office, incident: Incident, leader: Client, client_of: ClientOf
) -> None:
    exhibit = added_by(office.counsellor, incident)
    assert "Skal hendelsen anmeldes?" in page(leader, incident)
    assert send(leader, incident, "decide", deed="report").status_code == 302
    assert "Skriv grunnlaget først." in page(leader, incident)
    assert "Han ropte i luken." in page(leader, incident, "account")
    assert send(leader, incident, "account", channel="phone", exact_words=SAID).status_code == 302
    sent = send(
        leader,
        incident,
        "file",
        day="2026-11-20",
        how="meeting",
        police_place="Fjordvik",
        exhibits=[str(exhibit.id)],
    )
    assert sent.status_code == 302
    assert (
        send(leader, incident, "news", deed="number", day="2026-11-21", case_number="15001234").status_code
        == 302
    )
    assert (
        send(leader, incident, "news", deed="dropped", day="2026-11-22", note="Bevisets stilling").status_code
        == 302
    )
    told = page(client_of(office.counsellor), incident)
    for word in ("Henlagt", "15001234", "Bevisets stilling", "Levert på politistasjonen"):
        assert word in told
    assert "Legg inn noe nytt" not in told


def test_the_document_holds_the_exact_words_the_evidence_and_who_has_had_it(
    office: Office, incident: Incident, leader: Client
) -> None:
    exhibit = added_by(office.counsellor, incident)
    send(leader, incident, "account", channel="phone", exact_words=SAID, witnesses="Kari Kollega")
    paper = page(leader, incident, "document")
    assert "«Jeg vet hvor du bor» &lt;b&gt;" in paper
    assert exhibit.sha256 in paper
    assert f"Lagt inn: {office.counsellor.name}" in paper
    assert office.directorate.name in paper
    assert "Kari Kollega" in paper
    assert "Fylles ut for hånd" in paper


def test_the_document_is_in_the_form_of_norwegian_that_is_chosen(
    office: Office, incident: Incident, leader: Client
) -> None:
    send(leader, incident, "account", channel="phone", exact_words=SAID)
    assert 'lang="nb"' in page(leader, incident, "document")
    nynorsk = page(leader, incident, "document", "?mal=nn")
    assert '<article class="tm-paper tm-stack tm-stack--l" lang="nn">' in nynorsk
    assert "Melding til politiet" in nynorsk
    assert "Skriv det ut" in nynorsk  # the page around it is still in the reader's own language
    assert 'lang="nb"' in page(leader, incident, "document", "?mal=xx")


def test_those_who_read_without_deciding_are_offered_nothing_to_decide(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    for who in ("counsellor", "safety_representative"):
        client = client_of(getattr(office, who))
        assert "Lagre avgjørelsen" not in page(client, incident)
        assert send(client, incident, "decide", deed="report").status_code == 403
    assert "Skriv grunnlaget" in page(client_of(office.counsellor), incident)
    assert "Skriv grunnlaget" not in page(client_of(office.safety_representative), incident)
    assert not PoliceAct.objects.exists()


@pytest.mark.parametrize(
    ("name", "fields", "said"),
    [
        ("decide", {}, "Velg ett av svarene."),
        ("decide", {"deed": "not_report"}, "Skriv hvorfor det ikke blir anmeldt nå."),
        ("decide", {"deed": "later", "reason": "Venter", "later_on": "2020-01-01"}, "Dagen har vært."),
        ("account", {"channel": "phone"}, "Skriv hva som ble sagt, eller hva som skjedde."),
        ("account", {"exact_words": "x"}, "Velg hvordan det skjedde."),
        ("file", {"day": "2999-01-01", "how": "phone"}, "Dagen er fram i tid."),
        ("file", {"day": "i går", "how": "phone"}, "Skriv dagen som dag, måned og år"),
        (
            "file",
            {"day": "2026-11-20", "how": "phone", "case_number": "1" * 99},
            "Saksnummeret er for langt.",
        ),
    ],
)
def test_each_mistake_is_told_and_nothing_typed_is_lost(
    incident: Incident, leader: Client, name: str, fields: dict[str, str], said: str
) -> None:
    if name == "file":
        send(leader, incident, "decide", deed="report")
    answer = send(leader, incident, name, **fields)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    for value in fields.values():
        assert value in text


def test_news_without_a_number_where_the_number_is_the_news(incident: Incident, leader: Client) -> None:
    send(leader, incident, "decide", deed="report")
    send(leader, incident, "file", day="2026-11-20", how="phone")
    answer = send(leader, incident, "news", deed="number", day="2026-11-20")
    assert answer.status_code == 422
    assert "Skriv saksnummeret." in answer.content.decode()


def test_two_who_write_at_once_both_keep_their_words(
    office: Office, incident: Incident, leader: Client, client_of: ClientOf
) -> None:
    exposed = client_of(office.counsellor)
    assert (
        send(exposed, incident, "account", channel="phone", exact_words="Den utsattes ord").status_code == 302
    )
    late = send(leader, incident, "account", channel="sms", exact_words="Lederens ord")
    assert late.status_code == 422
    text = late.content.decode()
    assert "Den utsattes ord" in text
    assert "Lederens ord" in text
    assert f"{office.counsellor.name} har lagret mens du skrev." in text
    based_on = re.search(r'name="based_on" value="([\w-]+)"', text)
    assert based_on is not None
    again = send(leader, incident, "account", channel="sms", exact_words="Begges ord", based_on=based_on[1])
    assert again.status_code == 302
    assert Account.objects.count() == 2


def test_opening_a_matter_is_logged_and_shown_to_those_it_concerns(
    office: Office, incident: Incident, leader: Client, client_of: ClientOf
) -> None:
    page(leader, incident)
    page(leader, incident, "document")
    assert (
        ReadEntry.objects.filter(kind="police", object_id=incident.id, person_id=office.leader.id).count()
        == 2
    )
    assert "Alle som har åpnet anmeldelsen" not in page(leader, incident)
    told = page(client_of(office.counsellor), incident)
    assert "Alle som har åpnet anmeldelsen" in told
    assert office.leader.name in told


def test_the_law_that_was_not_checked_says_so(incident: Incident, leader: Client) -> None:
    text = page(leader, incident)
    assert "straffeloven § 155" in text
    assert "Ikke kontrollert mot lovteksten" in text


def test_the_list_shows_where_each_matter_stands(
    office: Office, incident: Incident, leader: Client, client_of: ClientOf
) -> None:
    address = reverse("police:matters")
    assert "Ingen åpne anmeldelser" in leader.get(address).content.decode()
    send(leader, incident, "decide", deed="report")
    assert "Skal anmeldes" in leader.get(address).content.decode()
    send(leader, incident, "decide", deed="not_report", reason="Bare uro")
    assert "Anmeldes ikke" not in leader.get(address).content.decode()
    assert "Anmeldes ikke" in leader.get(address, {"alle": "1"}).content.decode()
    assert "Anmeldes ikke" not in client_of(office.colleague).get(address, {"alle": "1"}).content.decode()


def test_the_incidents_own_page_leads_here(
    office: Office, incident: Incident, leader: Client, client_of: ClientOf
) -> None:
    for client in (leader, client_of(office.counsellor)):
        text = client.get(incident.get_absolute_url()).content.decode()
        assert reverse("police:matter", args=[incident.id]) in text
        assert reverse("exhibits:of_incident", args=[incident.id]) in text
    bystander = client_of(office.safety_representative).get(incident.get_absolute_url()).content.decode()
    assert reverse("police:matter", args=[incident.id]) not in bystander


def test_a_matter_costs_the_same_however_much_there_is(
    office: Office, incident: Incident, leader: Client, django_assert_max_num_queries: Callable
) -> None:
    for _number in range(4):
        added_by(office.counsellor, incident)
    send(leader, incident, "decide", deed="report")
    send(leader, incident, "file", day="2026-11-20", how="phone")
    for _number in range(4):
        send(leader, incident, "news", deed="asked", day="2026-11-20")
    page(leader, incident)
    with django_assert_max_num_queries(20):
        page(leader, incident)
