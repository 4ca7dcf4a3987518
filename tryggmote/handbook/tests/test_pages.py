"""The handbook as people read it (3.6): at a glance, in full, on paper; for whom there is one."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.controls.tests.helpers import a_frame, in_force
from tryggmote.handbook import queries
from tryggmote.handbook.models import Opening
from tryggmote.handbook.tests.helpers import established, opened_then
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_person
from tryggmote.premises.tests.factories import a_good_room

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
TO_KEEP = {"HTTP_X_TRYGGMOTE_KEEP": "1"}
LONG = "Vi tar alltid med en kollega når vi vet at beskjeden blir vanskelig. " * 5


@pytest.fixture
def office() -> Office:
    return make_office()


def main_of(client: Client, path: str = "/handbok/", **headers: str) -> str:
    page = client.get(path, **headers)
    assert page.status_code == 200
    return page.content.decode().split("<main")[1].split("</main>")[0]


def test_the_book_holds_what_applies_to_the_unit(office: Office, client_of: ClientOf) -> None:
    established(office.office_leader, office.unit, title="Alarm under skranken", forms=("reception",))
    in_force(office.office_leader, office.unit, frame=a_frame("Uro i mottaket"))
    a_good_room(office.office_leader, office.unit, "Samtalerom 2")
    page = main_of(client_of(office.counsellor))
    for said in (
        office.unit.name, "tel:112", "Vold som pågår", "Uro i mottaket", "Alarm under skranken", "Mottak",
        "Samtalerom 2", "For alle møter", office.office_leader.name, office.safety_representative.name,
    ):  # fmt: skip
        assert said in page, said


def test_the_contents_lead_to_every_chapter_and_each_id_is_there_once(
    office: Office, client_of: ClientOf
) -> None:
    established(office.office_leader, office.unit, forms=("reception", "planned"))
    page = main_of(client_of(office.counsellor))
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_an_empty_chapter_says_what_will_be_there(office: Office, client_of: ClientOf) -> None:
    assert "Ingen tiltak er innført ennå." in main_of(client_of(office.counsellor))


def test_a_long_text_is_opened_on_its_own_and_all_of_them_are_one_page(
    office: Office, client_of: ClientOf
) -> None:
    measure = established(office.office_leader, office.unit, title="To i møtet", what=LONG)
    procedure = in_force(office.office_leader, office.unit, "# Før\n\nSi **fra**.", frame=a_frame("Uro"))
    client = client_of(office.counsellor)
    book = main_of(client)
    for row in (measure, procedure):
        assert f'href="tekst/?id={row.id}#{row.id}"' in book
    assert LONG.strip() not in book
    one = main_of(client, f"/handbok/tekst/?id={measure.id}")
    assert LONG.strip() in one
    assert "Si <strong>fra</strong>." not in one
    whole = main_of(client, "/handbok/tekst/")
    assert LONG.strip() in whole
    assert "Si <strong>fra</strong>." in whole
    assert f'id="{measure.id}"' in whole


def test_what_people_wrote_is_never_markup(office: Office, client_of: ClientOf) -> None:
    nasty = "<script>alert(1)</script> & 'sitat' " * 20
    established(office.office_leader, office.unit, title=nasty[:90], what=nasty)
    in_force(office.office_leader, office.unit, nasty, frame=a_frame(nasty[:90]))
    client = client_of(office.counsellor)
    for path in ("/handbok/", "/handbok/tekst/"):
        assert "<script>alert" not in main_of(client, path)


def test_a_text_nobody_has_or_another_unit_has_is_no_page(office: Office, client_of: ClientOf) -> None:
    other = make_office("Nav Storevik")
    theirs = established(other.office_leader, other.unit, what=LONG)
    client = client_of(office.counsellor)
    for asked in (new_id(), theirs.id, "nonsens", "%00"):
        assert client.get(f"/handbok/tekst/?id={asked}").status_code == 404


def test_the_phone_keeps_as_much_text_as_there_is_room_for_and_says_what_is_left_out(
    office: Office, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in ("A", "B", "C"):
        established(office.office_leader, office.unit, title=title, what=LONG)
    assert main_of(client_of(office.counsellor), "/handbok/tekst/").count(LONG.strip()) == 3
    monkeypatch.setattr(queries, "TEXT_KEPT", len(LONG) - 1)
    page = main_of(client_of(office.counsellor), "/handbok/tekst/")
    assert LONG.strip() not in page
    assert "3 tekster til får ikke plass her." in page


@pytest.mark.parametrize(
    "who", ["counsellor", "office_leader", "county_director", "auditor", "directorate_member"]
)
def test_everybody_at_the_unit_and_those_above_open_its_book(
    office: Office, client_of: ClientOf, who: str
) -> None:
    client = client_of(getattr(office, who))
    for page in ("", "tekst/", "utskrift/"):
        assert client.get(f"/handbok/{office.unit.id}/{page}").status_code == 200


def test_the_book_of_another_office_is_no_page(office: Office, client_of: ClientOf) -> None:
    other = make_office("Nav Storevik")
    client = client_of(office.counsellor)
    for unit_id in (other.unit.id, 2**31 - 1, 10**30):
        for page in ("", "tekst/", "utskrift/"):
            assert client.get(f"/handbok/{unit_id}/{page}").status_code == 404


def test_one_without_a_unit_is_told_what_would_be_there(office: Office, client_of: ClientOf) -> None:
    client = client_of(make_person("Nils Ny"))
    for path in ("/handbok/", "/handbok/tekst/", "/handbok/utskrift/"):
        assert "Du hører ikke til en enhet" in main_of(client, path)


def test_a_guard_reads_no_book(office: Office, client_of: ClientOf) -> None:
    guard = make_person("Vera Vekter")
    assign(guard, Role.GUARD, office.unit)
    assert client_of(guard).get(f"/handbok/{office.unit.id}/").status_code == 404
    assert "Du hører ikke til en enhet" in main_of(client_of(guard))


def test_what_is_new_stands_first_and_leads_to_it(office: Office, client_of: ClientOf) -> None:
    opened_then(office.counsellor, office.unit, timezone.now() - timedelta(days=9))
    measure = established(office.office_leader, office.unit, title="Ny dør")
    page = main_of(client_of(office.counsellor))
    assert page.index("Endret siden du leste") < page.index("Innhold")
    assert f'<a href="#tiltak-{measure.id}">Ny dør</a>' in page


def test_one_who_has_read_it_before_is_told_that_nothing_has_changed(
    office: Office, client_of: ClientOf
) -> None:
    established(office.office_leader, office.unit)
    opened_then(office.counsellor, office.unit, timezone.now() - timedelta(microseconds=1))
    Opening.objects.update(opened_at=timezone.now() - timedelta(days=2))
    assert "Endret siden du leste" in main_of(client_of(office.counsellor))
    assert "Endret siden du leste" not in main_of(client_of(office.colleague))
    colleague = Opening.objects.filter(person=office.colleague)
    colleague.update(before_at=timezone.now() - timedelta(microseconds=9), opened_at=timezone.now())
    assert "Ingenting er endret siden du leste" in main_of(client_of(office.colleague))


def test_a_copy_made_for_the_phone_is_no_opening(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    main_of(client, **TO_KEEP)
    assert not Opening.objects.exists()
    main_of(client)
    assert Opening.objects.count() == 1


def test_leaders_and_representatives_see_how_many_and_never_who(office: Office, client_of: ClientOf) -> None:
    main_of(client_of(office.counsellor))
    for person in (office.office_leader, office.safety_representative):
        page = main_of(client_of(person))
        assert re.search(r"\d av \d har åpnet den det siste året", page), person.name
        assert office.counsellor.name not in page
    assert "har åpnet den det siste året" not in main_of(client_of(office.counsellor))


def asked(client: Client, path: str) -> int:
    client.get(path)  # the first time a row is added, and what is cached is cached
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len([query for query in captured if query["sql"].lower().startswith("select")])


def test_queries_do_not_grow_with_the_book(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.office_leader)
    paths = ("/handbok/", "/handbok/tekst/", f"/handbok/{office.unit.id}/")
    add_one_of_each(office, "først")
    few = {path: asked(client, path) for path in paths}
    for number in range(3):
        add_one_of_each(office, str(number))
    assert {path: asked(client, path) for path in paths} == few
    assert few["/handbok/"] <= 28


def add_one_of_each(office: Office, name: str) -> None:
    established(office.office_leader, office.unit, title=f"Tiltak {name}", what=LONG)
    in_force(office.office_leader, office.unit, frame=a_frame(f"Rutine {name}"))
    a_good_room(office.office_leader, office.unit, f"Rom {name}")
