"""The loaded demo: who may be chosen, what they meet, and that nothing in it could be taken for real."""

from collections.abc import Callable, Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client, override_settings

from tryggmote.access import sign_in_choices
from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotPossible
from tryggmote.demo.county import plan_county
from tryggmote.demo.loading import SEED, is_loaded, load
from tryggmote.demo.models import Demo
from tryggmote.demo.people import FEATURED, everybody, people_to_sign_in_as
from tryggmote.demo.tests.conftest import ANCHOR
from tryggmote.organisation.models import Person, Unit
from tryggmote.organisation.tests.factories import make_person

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Person], Client]


@pytest.fixture
def offered() -> Iterator[None]:
    """The sign-in page offers the people of the demo, as it does when the program starts in demo mode."""
    before = list(sign_in_choices._providers)
    sign_in_choices.offer(everybody)
    yield
    sign_in_choices._providers[:] = before


def test_an_empty_database_is_not_the_demo(nothing_loaded: None) -> None:
    make_person("Ekte Ansatt")
    assert not is_loaded()
    assert everybody() == []
    assert people_to_sign_in_as() == []


def test_the_demo_is_never_loaded_among_real_people(nothing_loaded: None) -> None:
    make_person("Ekte Ansatt")
    with pytest.raises(NotPossible):
        load(ANCHOR)


def test_everybody_in_the_county_can_be_chosen(county: None) -> None:
    assert is_loaded()
    assert {choice.name for choice in everybody()} == {person.name for person in plan_county(SEED).people}
    assert all(choice.role and choice.unit for choice in everybody())


def test_the_list_needs_nobody_to_be_signed_in_and_the_people_behind_it_do(county: None) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set local role tryggmote_app")
        assert len(everybody()) > 100
        with pytest.raises(DatabaseError), transaction.atomic():
            list(Person.objects.all())


def test_nothing_is_offered_when_the_mark_of_the_demo_is_gone(county: None) -> None:
    Demo.objects.all().delete()
    assert everybody() == []


def test_the_application_cannot_mark_a_database_as_a_demo(county: None) -> None:
    with acting_as(everybody()[0].person_id), pytest.raises(DatabaseError, match="permission denied"):
        Demo.objects.create(id=1, seed=1, anchor=ANCHOR)


def test_each_of_the_people_shown_first_can_sign_in(county: None) -> None:
    first = people_to_sign_in_as()
    assert len(first) == len(FEATURED)
    for choice in first:
        with acting_as(choice.person_id) as person:
            assert person.name == choice.name
            assert person.units


def test_the_mail_addresses_belong_to_nobody(county: None) -> None:
    addresses = list(Person.objects.values_list("email", flat=True))
    assert all(address.endswith(".example") for address in addresses)
    assert len(set(addresses)) == len(addresses)


def test_the_directorate_says_that_it_is_invented(county: None) -> None:
    assert "oppdiktet" in Unit.objects.get(kind="directorate").name


@override_settings(DEMO=True)
def test_each_of_the_people_shown_first_signs_in_and_sees_what_waits_for_them(
    county: None, offered: None, client: Client
) -> None:
    page = client.get("/logg-inn/").content.decode()
    for choice in people_to_sign_in_as():
        assert choice.name in page
        assert client.post("/logg-inn/", {"person": str(choice.person_id)}).status_code == 302
        now = client.get("/")
        assert now.status_code == 200
        assert choice.name in now.content.decode()


@override_settings(DEMO=True)
def test_every_page_says_that_the_data_are_fictional(county: None, client_of: SignedIn) -> None:
    client = client_of(Person.objects.get(id=people_to_sign_in_as()[0].person_id))
    for address in ("/", "/i-dag/", "/hendelser/", "/min-side/"):
        assert "Fiktive data" in client.get(address).content.decode(), address
