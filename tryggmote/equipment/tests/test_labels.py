"""Labels as they come out of the printer: a decoder reads back every code on the sheet (3.5)."""

from io import BytesIO

import pytest
import typst
import zxingcpp
from django.test import Client
from django.urls import reverse
from PIL import Image

from tryggmote.equipment.labels import PAGE, sheet_of, told_of
from tryggmote.equipment.models import Item
from tryggmote.equipment.tests.factories import item_by
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
SITE = "https://trygg.example.invalid"
PRINTED_DOTS_PER_INCH = 200


@pytest.fixture
def office() -> Office:
    return make_office()


def codes_on(items: list[Item]) -> list[str]:
    """What a camera reads on the sheets."""
    drawn = typst.compile(PAGE, sys_inputs=told_of(items, SITE), format="png", ppi=PRINTED_DOTS_PER_INCH)
    sheets = drawn if isinstance(drawn, list) else [drawn]
    return [found.text for sheet in sheets for found in zxingcpp.read_barcodes(Image.open(BytesIO(sheet)))]


def test_every_code_on_the_sheets_leads_to_its_own_item(office: Office, client_of) -> None:  # type: ignore[no-untyped-def]
    items = [item_by(office.office_leader, office.unit, name=f"Alarm {number}") for number in range(27)]
    read = codes_on(items)
    assert sorted(read) == sorted(f"{SITE}{item.test_url}" for item in items)
    client: Client = client_of(office.counsellor)
    page = client.get(read[0].removeprefix(SITE))
    assert page.status_code == 200
    assert page.context["item"] in items


def test_a_name_of_markup_and_a_long_one_leave_the_code_readable(office: Office) -> None:
    strange = item_by(office.office_leader, office.unit, name='#image("x") $x$ ' + "Lang" * 20)
    assert codes_on([strange]) == [f"{SITE}{strange.test_url}"]


def test_the_sheet_is_an_accessible_pdf_of_what_the_list_shows(office: Office, client_of) -> None:  # type: ignore[no-untyped-def]
    item_by(office.office_leader, office.unit, name="Alarm 1")
    answer = client_of(office.counsellor).get(reverse("equipment:labels"), {"q": "Alarm 1"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert b"pdfuaid" in sheet_of([], SITE) or b"/StructTreeRoot" in sheet_of([], SITE)
