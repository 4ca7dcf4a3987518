"""Signing in and out: who may be chosen, where one is led afterwards, what a session is worth."""

from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, override_settings

from tryggmote.access import sign_in_choices
from tryggmote.access.sign_in_choices import Choice
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def demo(office: Office) -> Iterator[Office]:
    """Demo mode, in which two people of the office may be chosen."""
    offered = [
        Choice(office.counsellor.id, "Vera Veileder", "Veileder", "Nav Lillevik", "Møter folk.", rank=1),
        Choice(office.leader.id, "Lars Leder", "Avdelingsleder", "Nav Lillevik"),
    ]
    before = list(sign_in_choices._providers)
    sign_in_choices.offer(lambda: offered)
    with override_settings(DEMO=True):
        yield office
    sign_in_choices._providers[:] = before


def choose(client: Client, person: Person, **more: str) -> HttpResponse:
    return client.post("/logg-inn/", {"person": str(person.id), **more})


def signed_in_id(client: Client) -> int | None:
    return client.session.get("person_id")


@pytest.mark.parametrize(
    ("language", "heading"),
    [("nb", "Hvem vil du være?"), ("nn", "Kven vil du vere?"), ("en", "Who do you want to be?")],
)
def test_the_page_offers_the_fictional_people_in_the_language_of_the_visitor(
    demo: Office, client: Client, language: str, heading: str
) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get("/logg-inn/").content.decode()
    assert heading in page
    assert "Vera Veileder" in page
    assert "Lars Leder" in page


def test_one_finds_somebody_by_name_and_role_and_unit(demo: Office, client: Client) -> None:
    page = client.get("/logg-inn/?sok=leder+lillevik+lars").content.decode()
    assert "Lars Leder" in page
    assert "Vera Veileder" not in page
    assert "Ingen treff" in client.get("/logg-inn/?sok=finnes-ikke").content.decode()


def test_nobody_is_signed_in_who_is_not_offered(demo: Office, client: Client) -> None:
    """DEMO set by mistake where real people work offers nobody (`app.demo_people()`): it opens nothing."""
    assert choose(client, demo.office_leader).status_code == 404
    assert signed_in_id(client) is None


@pytest.mark.parametrize("page", ["foo", "//evil.example", "https://evil.example", "http://[broken"])
def test_one_is_never_led_to_what_is_no_page_of_ours(demo: Office, client: Client, page: str) -> None:
    response = choose(client, demo.counsellor, neste=page)
    assert response.status_code == 302
    assert "evil" not in response["Location"]


def test_choosing_a_person_signs_them_in(demo: Office, client: Client) -> None:
    response = choose(client, demo.counsellor)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert signed_in_id(client) == demo.counsellor.id


def test_one_is_led_back_to_the_page_one_asked_for(demo: Office, client: Client) -> None:
    response = choose(client, demo.counsellor, neste="/i-dag/?dag=2026-11-23")
    assert response["Location"] == "/i-dag/?dag=2026-11-23"
    page = client.get(f"/logg-inn/?neste={quote('/i-dag/')}").content.decode()
    assert 'name="neste" value="/i-dag/"' in page


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "https:///evil"],
)
def test_a_link_to_the_page_cannot_lead_on_to_somebody_else(
    demo: Office, client: Client, elsewhere: str
) -> None:
    assert choose(client, demo.counsellor, neste=elsewhere)["Location"] == "/"
    page = client.get("/logg-inn/", {"neste": elsewhere}).content.decode()
    assert "evil" not in page.split('id="everybody"')[1]


@pytest.mark.parametrize("nobody", ["", "0", "999999999", "-1", "1 or 1=1", "99999999999999999999"])
def test_nobody_else_can_be_chosen(demo: Office, client: Client, nobody: str) -> None:
    assert client.post("/logg-inn/", {"person": nobody}).status_code == 404
    assert signed_in_id(client) is None


def test_somebody_who_has_left_cannot_be_chosen(demo: Office, client: Client) -> None:
    Person.objects.filter(id=demo.counsellor.id).update(ended_on="2020-01-01")
    assert choose(client, demo.counsellor).status_code == 404


def test_outside_demo_mode_nobody_can_be_chosen(office: Office, client: Client) -> None:
    with override_settings(DEMO=False):
        assert choose(client, office.counsellor).status_code == 404
        assert signed_in_id(client) is None
        page = client.get("/logg-inn/").content.decode()
    assert "gjennom arbeidsgiveren" in page
    assert "Vera Veileder" not in page


def test_a_session_from_before_signing_in_is_worth_nothing_afterwards(demo: Office, client: Client) -> None:
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    choose(client, demo.counsellor)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted
    assert "planted" not in client.session
    assert not Session.objects.filter(session_key=planted).exists()


def test_an_answer_to_what_was_asked_before_the_sign_in_brings_back_no_old_secret(
    demo: Office, client: Client
) -> None:
    before = client.get("/logg-inn/").cookies[settings.CSRF_COOKIE_NAME].value
    late = client.get("/logg-inn/")
    assert settings.CSRF_COOKIE_NAME not in late.cookies
    assert choose(client, demo.counsellor).cookies[settings.CSRF_COOKIE_NAME].value != before


def test_an_answer_to_a_session_that_has_ended_takes_nobodys_session_away(client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "k" * 32
    assert settings.SESSION_COOKIE_NAME not in client.get("/").cookies


@pytest.mark.parametrize("who", ["counsellor", "county_director", "directorate_member"])
def test_signing_out_ends_the_session_and_asks_the_browser_to_forget(
    office: Office, client_of: Callable[[Person], Client], who: str
) -> None:
    client = client_of(getattr(office, who))
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    response = client.post("/logg-ut/")
    assert (response.status_code, response["Location"]) == (302, "/logg-inn/")
    assert response["Clear-Site-Data"] == '"storage"'
    assert response.cookies[settings.SESSION_COOKIE_NAME].value == ""
    assert not Session.objects.filter(session_key=key).exists()


def test_a_link_cannot_sign_anybody_out(office: Office, client_of: Callable[[Person], Client]) -> None:
    client = client_of(office.counsellor)
    assert client.get("/logg-ut/").status_code == 405
    assert signed_in_id(client) == office.counsellor.id


def test_one_may_choose_another_person_while_signed_in(
    demo: Office, client_of: Callable[[Person], Client]
) -> None:
    client = client_of(demo.directorate_member)
    assert client.get("/logg-inn/").status_code == 200
    choose(client, demo.leader)
    assert signed_in_id(client) == demo.leader.id


def test_choosing_needs_a_token_from_our_own_page(demo: Office) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert choose(strict, demo.counsellor).status_code == 403
