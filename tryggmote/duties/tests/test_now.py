"""The first page: what one must do, in order, and where one is to be today."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tryggmote.access.context import SignedInPerson
from tryggmote.duties import registry
from tryggmote.duties.registry import Duty, MeetingToday, Urgency
from tryggmote.guides.models import PutAway
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture(autouse=True)
def nothing_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other capabilities say is theirs to test."""
    monkeypatch.setattr(registry, "_duty_providers", [])
    monkeypatch.setattr(registry, "_today_providers", [])
    monkeypatch.setattr("tryggmote.duties.owing.owed_by_me", list)


def answer(number: int = 1, **changes: object) -> Duty:
    given = {
        "title": f"Svar nummer {number}",
        "why": "Den som meldte, venter på svar.",
        "url": f"/hendelser/{number}/",
        "action": "Svar",
        "due": timezone.now() + timedelta(days=number),
        "urgency": Urgency.SOON,
        "requirement": "2.4",
        "kind": "tests.answer",
    }
    return Duty(**(given | changes))  # type: ignore[arg-type]


def beginner_no_more(person: Person) -> None:
    """Nobody is shown a guide for ever."""
    PutAway.objects.create(person=person, guide="counsellor")


def page_of(client: Client, address: str = "/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_somebody_for_whom_nothing_waits_is_told_so_and_shown_what_they_can_do_once(
    office: Office, client_of: ClientOf
) -> None:
    client = client_of(office.counsellor)
    beginner = page_of(client)
    assert "Ingenting venter på deg." in beginner
    assert "Dette kan du gjøre" not in beginner
    assert beginner.count("Sjekk et møte") == 1
    beginner_no_more(office.counsellor)
    page = page_of(client)
    assert "Dette kan du gjøre" in page
    assert page.count("Sjekk et møte") == 1


def test_each_duty_says_what_why_when_and_which_requirement_and_leads_there(
    office: Office, client_of: ClientOf
) -> None:
    registry.register(lambda person: [answer()])
    page = page_of(client_of(office.leader))
    assert "Svar nummer 1" in page
    assert "Den som meldte, venter på svar." in page
    assert "Frist <time" in page
    assert "Krav 2.4" in page
    assert 'href="/hendelser/1/"' in page
    assert "Én ting venter på deg." in page


def test_the_overdue_stand_first_and_say_so(office: Office, client_of: ClientOf) -> None:
    late = answer(2, due=timezone.now() - timedelta(days=1))
    registry.register(lambda person: [answer(1), late])
    page = page_of(client_of(office.leader))
    assert page.index("Svar nummer 2") < page.index("Svar nummer 1")
    assert "Over fristen" in page
    assert "Fristen var <time" in page


def test_a_guide_is_folded_where_something_is_late(office: Office, client_of: ClientOf) -> None:
    unfold = "Vis hva du gjør her, og hva som er viktigst først"
    client = client_of(office.leader)
    assert unfold not in page_of(client)
    registry.register(lambda person: [answer(due=timezone.now() - timedelta(days=1))])
    assert unfold in page_of(client)


def test_a_provider_is_asked_about_the_one_who_opens_the_page(office: Office, client_of: ClientOf) -> None:
    def provider(person: SignedInPerson) -> Iterator[Duty]:
        if person.is_leader:
            yield answer()

    registry.register(provider)
    assert "Svar nummer 1" in page_of(client_of(office.leader))
    assert "Svar nummer 1" not in page_of(client_of(office.counsellor))


def test_a_long_list_is_cut_and_can_be_shown_whole(office: Office, client_of: ClientOf) -> None:
    registry.register(lambda person: [answer(number) for number in range(1, 21)])
    client = client_of(office.leader)
    page = page_of(client)
    assert "20 ting venter på deg." in page
    assert page.count('<li class="tm-todo__row') == 5
    assert "Vis 15 til" in page
    assert page_of(client, "/?alle").count('<li class="tm-todo__row') == 20


def test_todays_meetings_stand_in_the_order_of_the_day(office: Office, client_of: ClientOf) -> None:
    now = timezone.now()
    later = MeetingToday(now + timedelta(hours=1), None, "Hjemmebesøk", "", "/moter/2/", "Ikke sjekket")
    first = MeetingToday(
        now, now + timedelta(minutes=30), "Planlagt samtale", "Rom 3", "/moter/1/", "Ikke sjekket",
        action="Sjekk møtet", action_url="/sjekk/ny/planned/",
    )  # fmt: skip
    registry.register_today(lambda person: [later, first])
    page = page_of(client_of(office.counsellor))
    assert page.index("Planlagt samtale") < page.index("Hjemmebesøk")
    assert "Rom 3" in page
    assert 'href="/sjekk/ny/planned/"' in page


def test_somebody_with_meetings_and_nothing_to_do_sees_the_meetings_first(
    office: Office, client_of: ClientOf
) -> None:
    meeting = MeetingToday(timezone.now(), None, "Telefon", "", "/moter/1/", "Ikke sjekket")
    registry.register_today(lambda person: [meeting])
    beginner_no_more(office.counsellor)
    page = page_of(client_of(office.counsellor))
    assert page.index("Ingenting venter på deg.") < page.index("Telefon") < page.index("Dette kan du gjøre")


def test_somebody_who_meets_no_clients_is_not_asked_for_meetings(office: Office, client_of: ClientOf) -> None:
    registry.register(lambda person: [answer()])
    assert "Møtene dine i dag" not in page_of(client_of(office.county_director))
    assert "Møtene dine i dag" in page_of(client_of(office.leader))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "Ingenting venter på deg."),
        ("nn", "Ingenting ventar på deg."),
        ("en", "Nothing is waiting for you."),
    ],
)
def test_the_page_speaks_the_persons_language(
    office: Office, client_of: ClientOf, language: str, words: str
) -> None:
    Person.objects.filter(id=office.counsellor.id).update(language=language)
    assert words in page_of(client_of(office.counsellor))


def test_the_page_itself_asks_the_database_only_whether_a_guide_is_to_be_shown(
    office: Office, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    registry.register(lambda person: [answer(number) for number in range(1, 21)])
    client = client_of(office.leader)
    client.get("/")
    # The session, the bracket of the transaction (5 inside a test's), the bell, and what is put away.
    with django_assert_num_queries(8):
        client.get("/")
