"""What a phone keeps for use without network: which pages, for whom, and nothing that is for this moment."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from tryggmote.controls.tests.test_action_cards import in_force
from tryggmote.information.models import Reading
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.ui import offline
from tryggmote.ui.app_icons import NAMES, app_icon

ClientOf = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
TO_KEEP = {"HTTP_X_TRYGGMOTE_KEEP": "1"}


@pytest.fixture
def office() -> Office:
    return make_office()


def test_the_plan_holds_what_one_needs_when_something_happens(office: Office, client_of: ClientOf) -> None:
    pages = client_of(office.counsellor).get("/uten-nett/mine/").json()["pages"]
    wanted = {"/tiltakskort/", "/tiltakskort/bomb/", "/i-dag/", "/sjekk/", "/hendelser/meld/", "/stopp/"}
    assert wanted <= set(pages)
    assert len(pages) == len(set(pages))
    assert len(pages) < 30


def test_every_page_of_the_plan_is_there_and_its_forms_are_sent_by_script(
    office: Office, client_of: ClientOf
) -> None:
    client = client_of(office.counsellor)
    for address in client.get("/uten-nett/mine/").json()["pages"]:
        answer = client.get(address, **TO_KEEP)
        assert answer.status_code == 200, address
        if address == reverse("assistance:raise"):
            continue  # a bare page, whose form a script of its own sends until it is taken (`call.js`)
        main = answer.content.decode().split('<main class="tm-page"')[1].split("</main>")[0]
        assert main.count('method="post"') == main.count("data-resend"), address


def test_who_meets_no_clients_keeps_no_checks(office: Office, client_of: ClientOf) -> None:
    pages = client_of(office.administrator).get("/uten-nett/mine/").json()["pages"]
    assert not [page for page in pages if page.startswith("/sjekk/ny/")]


def test_a_page_says_for_whom_it_is_and_a_stranger_gets_one_for_nobody(
    office: Office, client_of: ClientOf, client: Client
) -> None:
    mine = client_of(office.counsellor).get("/i-dag/").headers["X-Tryggmote-For"]
    assert mine.startswith(f"{office.counsellor.id}-nb-")
    assert client_of(office.leader).get("/i-dag/").headers["X-Tryggmote-For"] != mine
    assert client.get("/logg-inn/").headers["X-Tryggmote-For"] == ""


def test_a_page_fetched_to_be_kept_uses_up_no_message(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.office_leader)
    address = f"/tiltakskort/bomb/lokalt/{office.unit.id}/"
    client.post(address, {"id": "01999999-9999-7999-8999-999999999999", "exits": "Bakdøra."})
    assert "Utkastet er lagret." not in client.get("/i-dag/", **TO_KEEP).content.decode()
    assert "Utkastet er lagret." in client.get("/i-dag/").content.decode()


def test_a_card_fetched_to_be_kept_is_not_read(office: Office, client_of: ClientOf) -> None:
    in_force(office.office_leader, office.unit)
    client = client_of(office.counsellor)
    before = Reading.objects.filter(person=office.counsellor).count()
    client.get("/tiltakskort/violence/", **TO_KEEP)
    assert Reading.objects.filter(person=office.counsellor).count() == before
    client.get("/tiltakskort/violence/")
    assert Reading.objects.filter(person=office.counsellor).count() == before + 1


def test_the_page_for_no_network_has_the_cards_without_what_any_unit_has_added(
    office: Office, client_of: ClientOf, client: Client
) -> None:
    in_force(office.office_leader, office.unit, "Døra bak arkivet.")
    page = client.get("/uten-nett/nb/").content.decode()
    assert "Kom deg ut. La alt ligge" in page
    assert "Døra bak arkivet." not in page
    assert client_of(office.counsellor).get("/uten-nett/nb/").content.decode() == page


def test_a_stranger_has_no_plan(client: Client) -> None:
    assert client.get("/uten-nett/mine/", HTTP_ACCEPT="application/json").status_code == 401
    assert client.get("/uten-nett/mine/").status_code == 302


def test_the_manifest_leads_straight_to_the_places(client: Client) -> None:
    manifest = client.get("/manifest.webmanifest").json()
    assert manifest["id"] == manifest["scope"] == "/"
    assert [shortcut["url"] for shortcut in manifest["shortcuts"]] == [p.address for p in offline.places()]


def test_icons_are_drawn_in_the_sizes_the_manifest_names(client: Client, tmp_path: Path) -> None:
    drawn = {name: app_icon(name) for name in NAMES}
    for icon in client.get("/manifest.webmanifest").json()["icons"]:
        name = next(name for name in drawn if name.removesuffix(".png") in icon["src"].split("/")[-1])
        assert f"{drawn[name].width}x{drawn[name].height}" == icon["sizes"]
    whole, round_corners = drawn["icon-512-maskable.png"], drawn["icon-512.png"]
    assert whole.getpixel((0, 0)) == (0, 0x63, 0xC1, 255)
    assert round_corners.getpixel((0, 0))[3] == 0  # type: ignore[index]
    assert isinstance(whole, Image.Image)
