"""The guide the first time, put away, and found again."""

import re
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.test_a_first_page_for_each_role import somebody_with
from tryggmote.access.context import acting_as
from tryggmote.guides import rules
from tryggmote.guides.models import PutAway
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
EVERYBODY = [*Role, "counsellor", "employee", "formal_leader"]


@pytest.fixture
def office() -> Office:
    return make_office()


def one_who_is(what: str, office: Office) -> Person:
    if what in list(Role):
        return somebody_with(Role(what), office)
    if what == "formal_leader":
        return office.formal_leader
    if what == "employee":
        office.counsellor.placements.update(meets_clients=False)
    return office.counsellor


def page_of(client: Client, address: str = "/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def put_away(client: Client, *guides: str) -> None:
    response = client.post("/kom-i-gang/legg-bort/", {"guide": guides})
    assert response.status_code == 302
    assert response["Location"] == "/"


def kept() -> list[tuple[int, str]]:
    return list(PutAway.objects.order_by("id").values_list("person_id", "guide"))


@pytest.mark.parametrize("what", EVERYBODY)
def test_everybody_is_told_the_first_time_and_all_of_it_opens(
    office: Office, client_of: ClientOf, what: str
) -> None:
    person = one_who_is(what, office)
    client = client_of(person)
    assert "Legg bort" in page_of(client)
    guides = page_of(client, "/kom-i-gang/")
    with acting_as(person.id) as by:
        mine = rules.guides_for(by)
    assert what.replace("formal_", "") in {guide.code for guide in mine}
    assert all(str(guide.title) in guides and str(guide.seen) in guides for guide in mine)
    leads_to = [step.address() for guide in mine for step in (*guide.steps, guide.help[1])]
    answers = {url: client.get(url, follow=True).status_code for url in leads_to}
    assert set(answers.values()) == {200}, answers
    assert all(f'href="{url}"' in guides for url in leads_to)


def test_what_is_put_away_stays_away_and_is_found_again(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    put_away(client, "counsellor")
    put_away(client, "counsellor")
    assert kept() == [(office.counsellor.id, "counsellor")]
    assert "Du som møter brukere" not in page_of(client)
    assert "Du som møter brukere" in page_of(client, "/kom-i-gang/")
    assert 'href="/kom-i-gang/"' in page_of(client, "/min-side/")
    assert "Du som møter brukere" in page_of(client_of(office.colleague))


def test_a_new_role_gives_its_guide_then(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    put_away(client, "counsellor")
    assign(office.counsellor, Role.SAFETY_REPRESENTATIVE, office.unit)
    page = page_of(client)
    assert "Du som er verneombud" in page
    assert "Du som møter brukere" not in page


def test_a_guide_that_was_not_on_the_page_or_is_not_ones_own_is_not_put_away(
    office: Office, client_of: ClientOf
) -> None:
    client = client_of(office.counsellor)
    assign(office.counsellor, Role.SAFETY_REPRESENTATIVE, office.unit)
    put_away(client, "counsellor", "county_director", "nonsense\x00", "")
    assert kept() == [(office.counsellor.id, "counsellor")]


def test_nobody_sees_or_puts_away_what_is_anothers(office: Office, client_of: ClientOf) -> None:
    put_away(client_of(office.counsellor), "counsellor")
    for other in (office.leader, office.directorate_member, office.administrator):
        with acting_as(other.id):
            assert not PutAway.objects.exists()
            with pytest.raises(DatabaseError), transaction.atomic():
                PutAway.objects.create(person=office.colleague, guide="counsellor")


def test_the_guides_cost_one_question(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.office_leader)
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/")
    assert len([query for query in captured if "guides_putaway" in query["sql"]]) == 1
