"""The page of notices and the bell."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.notices import services
from tryggmote.notices.models import Delivery, Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def tell(office: Office) -> Callable[[Person], Notice]:
    def told(person: Person) -> Notice:
        with acting_as(office.counsellor.id):
            services.tell(
                person_ids=[person.id],
                kind="tests.met",
                subject_id=new_id(),
                url="/hendelser/",
                context={"place": "Lillevik"},
            )
        return Notice.objects.filter(person=person).latest("created_at", "id")

    return told


def test_a_person_reads_what_they_have_been_told_and_nobody_elses(
    office: Office, client_of: ClientOf, tell: Callable[[Person], Notice]
) -> None:
    tell(office.leader)
    page = client_of(office.leader).get("/varsler/").content.decode()
    assert "Nytt på Lillevik" in page
    assert "Noe har skjedd på Lillevik." in page
    assert "Ingen varsler ennå" in client_of(office.counsellor).get("/varsler/").content.decode()


def test_opening_a_notice_marks_it_seen_and_leads_to_its_matter(
    office: Office, client_of: ClientOf, tell: Callable[[Person], Notice]
) -> None:
    notice = tell(office.leader)
    response = client_of(office.leader).get(f"/varsler/{notice.id}/")
    assert response.status_code == 302
    assert response["Location"] == "/hendelser/"
    notice.refresh_from_db()
    assert notice.seen_at is not None


def test_opening_it_again_does_not_change_when_it_was_seen(
    office: Office, client_of: ClientOf, tell: Callable[[Person], Notice]
) -> None:
    notice = tell(office.leader)
    client = client_of(office.leader)
    client.get(f"/varsler/{notice.id}/")
    notice.refresh_from_db()
    first = notice.seen_at
    client.get(f"/varsler/{notice.id}/")
    notice.refresh_from_db()
    assert notice.seen_at == first


def test_somebody_elses_notice_is_not_there(
    office: Office, client_of: ClientOf, tell: Callable[[Person], Notice]
) -> None:
    notice = tell(office.leader)
    assert client_of(office.counsellor).get(f"/varsler/{notice.id}/").status_code == 404
    notice.refresh_from_db()
    assert notice.seen_at is None


def test_all_can_be_marked_as_seen_at_once_and_only_ones_own(
    office: Office, client_of: ClientOf, tell: Callable[[Person], Notice]
) -> None:
    tell(office.leader)
    tell(office.leader)
    another = tell(office.safety_representative)
    client_of(office.leader).post("/varsler/sett/")
    assert list(Notice.objects.filter(seen_at=None)) == [another]


def test_the_bell_shows_how_many_are_unseen(
    office: Office, client_of: ClientOf, tell: Callable[[Person], Notice]
) -> None:
    tell(office.leader)
    tell(office.leader)
    assert (
        '<span class="tm-badge" data-bell-count>2</span>'
        in client_of(office.leader).get("/").content.decode()
    )


def test_a_page_of_notices_costs_the_same_whatever_it_holds(
    office: Office,
    client_of: ClientOf,
    tell: Callable[[Person], Notice],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of(office.leader)
    for _ in range(25):
        tell(office.leader)
    client.get("/varsler/")
    # The session, the person's transaction (5 in a test), how many pages, the page, any unseen, the bell.
    with django_assert_num_queries(10):
        client.get("/varsler/")


def test_an_administrator_sees_how_email_goes_and_is_told_when_it_stands_still(
    office: Office, client_of: ClientOf, tell: Callable[[Person], Notice], settings: Settings
) -> None:
    settings.EMAIL_HOST = "mail.example.invalid"
    client = client_of(office.administrator)
    assert "Få e-posten ut igjen" not in client.get("/").content.decode()

    tell(office.leader)
    Delivery.objects.update(attempts=1, last_error="ConnectionRefusedError: nobody there")
    assert "Få e-posten ut igjen" in client.get("/").content.decode()
    page = client.get("/varsler/utsending/").content.decode()
    assert "ConnectionRefusedError: nobody there" in page
    assert office.leader.name not in page

    settings.EMAIL_HOST = ""
    assert "Sett opp e-post" in client.get("/").content.decode()


def test_nobody_else_sees_the_outbox(office: Office, client_of: ClientOf) -> None:
    assert client_of(office.office_leader).get("/varsler/utsending/").status_code == 403
    assert "utsending" not in client_of(office.office_leader).get("/").content.decode()
