"""The feed and the page of who has read (1.1, 2.3)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.information.models import Item, Reading
from tryggmote.information.queries import PAGE_SIZE
from tryggmote.information.tests.helpers import KIND, published_by, read_by
from tryggmote.information.views import NAMES_A_PAGE
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, employ, make_office, make_person

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
FEED = "/informasjon/"


@pytest.fixture
def office() -> Office:
    return make_office()


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().split())


def shown(client: Client, **query: str) -> list[Item]:
    response = client.get(FEED, query)
    assert response.status_code == 200
    return [row.item for row in response.context["page"].rows]


def test_the_feed_says_what_where_who_and_what_is_unread(office: Office, client_of: ClientOf) -> None:
    published_by(office.leader, office.unit, title="Ny låsrutine", is_important=True)
    text = text_of(client_of(office.counsellor), FEED)
    for words in (
        "Nytt: Ny låsrutine",
        "Noe er endret.",
        "Nav Lillevik",
        "Lars Leder",
        "Ulest",
        "Viktig",
        "i dag",
    ):
        assert words in text, words
    assert "Vis det du ikke har lest (1)" in text


def test_reading_goes_on_to_the_document_and_is_recorded(office: Office, client_of: ClientOf) -> None:
    item = published_by(office.leader, office.unit)
    client = client_of(office.counsellor)
    assert client.get(item.reading_url)["Location"] == item.url
    assert Reading.objects.filter(item=item, person=office.counsellor).exists()
    text = text_of(client, FEED)
    assert "Ulest" not in text
    assert "Du har lest alt som er nytt." in text


def test_marking_as_read_goes_back_to_the_same_list(office: Office, client_of: ClientOf) -> None:
    item = published_by(office.leader, office.unit)
    client = client_of(office.counsellor)
    assert f'action="{item.reading_url}?show=unread"' in text_of(client, f"{FEED}?show=unread")
    assert client.post(f"{item.reading_url}?show=unread")["Location"] == f"{FEED}?show=unread"
    assert Reading.objects.filter(item=item, person=office.counsellor).exists()


def test_one_who_may_read_it_but_is_not_informed_has_nothing_unread(
    office: Office, client_of: ClientOf
) -> None:
    item = published_by(office.leader, office.unit)
    client = client_of(office.county_director)
    assert shown(client) == [item]
    assert "Ulest" not in text_of(client, FEED)


def test_the_feed_is_narrowed_by_unread_kind_and_period(office: Office, client_of: ClientOf) -> None:
    old = published_by(office.leader, office.unit, at=timezone.now() - timedelta(days=40))
    new = published_by(office.leader, office.unit)
    read_by(office.counsellor, new)
    client = client_of(office.counsellor)
    assert shown(client) == [new, old]
    assert shown(client, show="unread") == [old]
    assert shown(client, period="30") == [new]
    assert shown(client, kind=KIND) == [new, old]
    assert "Nytt" in dict(client.get(FEED).context["filter"].fields["kind"].choices).values()


@pytest.mark.parametrize(
    "query", [{"show": "x"}, {"kind": "moon"}, {"period": "x"}, {"eldre": "x"}, {"eldre": "2026-13-01_1"}]
)
def test_an_address_nobody_made_shows_the_whole_feed(
    office: Office, client_of: ClientOf, query: dict[str, str]
) -> None:
    item = published_by(office.leader, office.unit)
    assert shown(client_of(office.counsellor), **query) == [item]


def test_older_ones_follow_without_gaps_or_repeats_even_at_the_same_moment(
    office: Office, client_of: ClientOf
) -> None:
    made = {published_by(office.leader, office.unit).id for _number in range(PAGE_SIZE + 3)}
    Item.objects.update(at=timezone.now())
    client = client_of(office.counsellor)
    first = client.get(FEED)
    second = client.get(FEED + first.context["older_url"])
    ids = [[row.item.id for row in response.context["page"].rows] for response in (first, second)]
    assert [len(page) for page in ids] == [PAGE_SIZE, 3]
    assert {*ids[0], *ids[1]} == made


def test_the_empty_feed_teaches_and_offers_a_first_step(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    text = text_of(client, FEED)
    assert "Ingenting er kommet ennå" in text
    assert reverse("catalogue:index") in text
    assert "Du har lest alt" in text_of(client, f"{FEED}?show=unread")
    assert "Ingenting passer" in text_of(client, f"{FEED}?period=30")


def test_the_feed_costs_the_same_for_one_and_for_many(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.leader)
    published_by(office.office_leader, office.unit)
    with CaptureQueriesContext(connection) as for_one:
        client.get(FEED)
    for _number in range(10):
        published_by(office.colleague, office.unit)
    with CaptureQueriesContext(connection) as for_many:
        client.get(FEED)
    assert len(for_many) == len(for_one)


def test_leaders_and_safety_representatives_see_how_many_have_read_and_who_has_not(
    office: Office, client_of: ClientOf
) -> None:
    item = published_by(office.office_leader, office.unit)
    read_by(office.counsellor, item)
    for person in (office.office_leader, office.safety_representative):
        text = text_of(client_of(person), item.get_absolute_url())
        assert "2 av 6" in text, person.name
        waiting = text[text.index("Har ikke lest") :]
        assert "Kari Kollega" in waiting
        assert "Vera Veileder" not in waiting


def test_others_see_the_item_and_not_who_has_read(office: Office, client_of: ClientOf) -> None:
    item = published_by(office.office_leader, office.unit)
    read_by(office.colleague, item)
    for person in (office.counsellor, office.county_director, office.directorate_member):
        text = text_of(client_of(person), item.get_absolute_url())
        assert "Nytt: Ny låsrutine" in text
        assert "Hvem har lest" not in text, person.name
        assert "Kari Kollega" not in text


def test_the_way_to_who_has_read_is_shown_to_those_who_may_see_it(
    office: Office, client_of: ClientOf
) -> None:
    item = published_by(office.office_leader, office.unit)
    link = f'href="{item.get_absolute_url()}"'
    assert link in text_of(client_of(office.office_leader), FEED)
    assert link in text_of(client_of(office.safety_representative), FEED)
    assert link not in text_of(client_of(office.counsellor), FEED)


def test_the_names_are_paged_and_cost_the_same_however_many(office: Office, client_of: ClientOf) -> None:
    item = published_by(office.office_leader, office.unit)
    client = client_of(office.office_leader)
    with CaptureQueriesContext(connection) as for_few:
        client.get(item.get_absolute_url())
    for number in range(NAMES_A_PAGE):
        employ(make_person(f"Ansatt {number:02}"), unit=office.unit, employer=office.directorate)
    with CaptureQueriesContext(connection) as for_many:
        first = client.get(item.get_absolute_url())
    assert len(for_many) == len(for_few)
    assert len(first.context["waiting"].object_list) == NAMES_A_PAGE
    second = client.get(item.get_absolute_url(), {"page": "2"})
    assert len(second.context["waiting"].object_list) == 5
    assert client.get(item.get_absolute_url(), {"page": "x"}).status_code == 200


def test_the_leader_reminds_and_is_told_how_many(office: Office, client_of: ClientOf) -> None:
    item = published_by(office.office_leader, office.unit)
    client = client_of(office.office_leader)
    remind = reverse("information:remind", args=[item.id])
    assert remind in text_of(client, item.get_absolute_url())
    reminder_id = str(new_id())
    for _sent in range(2):
        assert client.post(remind, {"id": reminder_id})["Location"] == item.get_absolute_url()
    assert Notice.objects.filter(kind="information_reminder").count() == 5
    text = text_of(client, item.get_absolute_url())
    assert "5 personer er minnet på." in text
    assert "av Olga Officeleder." in text
    assert f'action="{remind}"' not in text


def test_reminding_twice_a_day_and_by_others_is_refused_with_a_reason(
    office: Office, client_of: ClientOf
) -> None:
    item = published_by(office.office_leader, office.unit)
    remind = reverse("information:remind", args=[item.id])
    assert client_of(office.counsellor).post(remind, {"id": str(new_id())}).status_code == 403
    client = client_of(office.office_leader)
    client.post(remind, {"id": str(new_id())})
    again = client.post(remind, {"id": "broken"})
    assert again.status_code == 409
    assert "i morgen" in again.content.decode()


def test_what_one_may_not_see_is_not_there(office: Office, client_of: ClientOf) -> None:
    item = published_by(office.leader, office.unit)
    other = make_office("Nav Storevik")
    client = client_of(other.office_leader)
    for path in (item.get_absolute_url(), item.reading_url):
        assert client.get(path).status_code == 404
    assert client.post(reverse("information:remind", args=[item.id])).status_code == 404


def test_when_all_have_read_there_is_nobody_to_remind(office: Office, client_of: ClientOf) -> None:
    item = published_by(office.office_leader, office.unit)
    for person in (
        office.counsellor, office.colleague, office.leader, office.formal_leader, office.safety_representative
    ):  # fmt: skip
        read_by(person, item)
    text = text_of(client_of(office.office_leader), item.get_absolute_url())
    assert "6 av 6" in text
    assert "Alle har lest det." in text
    assert "Minn på" not in text
