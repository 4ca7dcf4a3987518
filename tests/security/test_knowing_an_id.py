"""Knowing an id opens nothing: whoever may not see a row gets the page of a row that does not exist.

A refusal ("you may not") would tell that there is something, and that is what somebody might be after.
What is tried is in `rows_with_ids`: a new id in an address needs a row there.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.security.rows_with_ids import FIELDS, KEPT, SEEN_BY, rows_of
from tests.security.site import Address, addresses
from tryggmote.access.ids import new_id
from tryggmote.access.models import ReadEntry
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
# Called by equipment, which is nobody: answers alike for every id, whether it is there or not (403).
BY_EQUIPMENT = {"assistance:alarm_raise"}


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def rows(office: Office) -> dict[str, UUID | int | str]:
    return rows_of(office)


def named_by_id() -> Iterator[tuple[Address, str]]:
    """Each address that names a row which not everybody may see, and the name of its id."""
    for address in addresses():
        for name, kind in address.parameters.items():
            if kind == "uuid" and address.name not in BY_EQUIPMENT:
                yield address, name


def test_every_address_with_an_id_is_tried() -> None:
    assert {name for _, name in named_by_id()} == set(SEEN_BY)


def everything() -> list[list[tuple[Any, ...]]]:
    return [list(model._base_manager.order_by("pk").values_list()) for model in [*KEPT, ReadEntry]]


def outsiders(office: Office, name: str) -> Iterator[tuple[str, Person]]:
    """Everybody of the office who may not see the row, and everybody of another office."""
    stranger = make_office("Nav Storevik")
    for role, person in vars(office).items():
        if isinstance(person, Person) and role not in SEEN_BY[name]:
            yield role, person
    for role in ("counsellor", "leader", "office_leader", "safety_representative", "county_director"):
        yield f"{role} of another office", getattr(stranger, role)


@pytest.mark.parametrize("name", SEEN_BY)
def test_whoever_may_not_see_a_row_gets_404_and_changes_nothing(
    office: Office, rows: dict[str, UUID | int | str], client_of: ClientOf, name: str
) -> None:
    before = everything()
    told = []
    for role, person in outsiders(office, name):
        client = client_of(person)
        for address, named in named_by_id():
            if named != name:
                continue
            path = address.filled(rows)
            answers = {client.get(path).status_code, client.post(path, FIELDS).status_code}
            # 405 is said before anybody looks for the row.
            if not answers <= {404, 405}:
                told.append((role, path, answers))
    assert not told, told
    assert everything() == before


def test_the_page_of_a_hidden_row_is_that_of_one_which_does_not_exist(
    office: Office, rows: dict[str, UUID | int | str], client_of: ClientOf
) -> None:
    client = client_of(office.colleague)
    for address, name in named_by_id():
        if "colleague" in SEEN_BY[name]:
            continue
        hidden, missing = address.filled(rows), address.filled({**rows, name: new_id()})
        assert _page(client, hidden) == _page(client, missing)


def _page(client: Client, path: str) -> str:
    """Without its own address, its form's secret, and when it was drawn."""
    page = client.get(path).content.decode().replace(path, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|Skrevet ut slik det sto [^<]+', "", page)


def test_a_report_sent_under_anothers_id_neither_changes_nor_shows_theirs(
    office: Office, rows: dict[str, UUID | int | str], client_of: ClientOf
) -> None:
    before = everything()
    for person in (office.colleague, office.leader):
        report = {"id": rows["incident_id"], "natures": "verbal_abuse", "form": "reception", "severity": "3"}
        assert client_of(person).post(reverse("incidents:report"), report).status_code == 409
    assert everything() == before


def test_nothing_is_done_for_a_form_that_is_not_from_our_own_page(
    office: Office, rows: dict[str, UUID | int | str], client_of: ClientOf
) -> None:
    """Cross-site request forgery: without the page's own token every POST is refused, at every address."""
    values = {
        "unit_id": 1,
        "person_id": 1,
        "form": "planned",
        "set_code": "lov",
        "number": "1",
        "language": "nb",
        "version": "2026-1",
        **rows,
    }
    client = client_of(office.counsellor)
    client.handler.enforce_csrf_checks = True
    before = everything()
    answers = {
        address.route: client.post(address.filled(values), FIELDS).status_code for address in addresses()
    }
    assert {route: status for route, status in answers.items() if status != 403} == {}
    assert everything() == before
