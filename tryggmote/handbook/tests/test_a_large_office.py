"""The handbook of a large office on a phone: its first view is small, and it opens at once (3.6).

500 established measures and 200 procedures in force; counted is what goes over the wire, as it is served: the
page as gzip, files as WhiteNoise keeps them. Icons are not counted: one reads without waiting for them.
"""

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tryggmote.handbook.tests.large import MEASURES, PROCEDURES, furnish
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ClientOf = Callable[[Person], Client]
FIRST_VIEW = 150_000  # bytes


@pytest.fixture
def office() -> Office:
    office = make_office()
    furnish(office.unit, office.office_leader)
    return office


def files_of(html: str) -> Iterator[Path]:
    """What the page fetches to be drawn and alive: style, fonts, scripts and what they import."""
    waiting = [name.split("#")[0] for name in re.findall(r'(?:src|href)="/static/([^"]+)"', html)]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen or name.endswith((".png", ".svg")):
            continue
        seen.add(name)
        found = finders.find(name)
        assert isinstance(found, str), f"{name}: run `tryggmote assets` first"
        yield Path(found)
        if name.endswith(".js"):
            folder = name.rsplit("/", 1)[0]
            waiting += [
                f"{folder}/{other}" for other in re.findall(r'from "\./([^"]+)"', Path(found).read_text())
            ]


def over_the_wire(file: Path) -> int:
    content = file.read_bytes()
    return len(content) if file.suffix == ".woff2" else len(brotli.compress(content))


def test_the_first_view_is_within_the_budget_of_a_phone(office: Office, client_of: ClientOf) -> None:
    answer = client_of(office.counsellor).get("/handbok/", HTTP_ACCEPT_ENCODING="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    html = gzip.decompress(answer.content).decode()
    assert html.count("tekst/?id=") >= MEASURES + PROCEDURES
    sizes = {file.name: over_the_wire(file) for file in files_of(html)}
    sizes["the page"] = len(answer.content)
    assert sum(sizes.values()) <= FIRST_VIEW, sorted(sizes.items(), key=lambda size: -size[1])


def test_one_text_is_a_small_page_and_all_of_them_fit_on_a_phone(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    asked = re.search(r"tekst/\?id=[0-9a-f-]{36}", client.get("/handbok/").content.decode())
    assert asked
    one = client.get(f"/handbok/{asked.group()}", HTTP_ACCEPT_ENCODING="gzip")
    assert len(one.content) < 15_000
    whole = client.get("/handbok/tekst/", HTTP_ACCEPT_ENCODING="gzip")
    assert len(whole.content) < 400_000


def test_the_whole_book_is_printed(office: Office, client_of: ClientOf) -> None:
    content = client_of(office.counsellor).get("/handbok/utskrift/").content
    assert content.startswith(b"%PDF")
