"""The book on paper (3.6): tagged for screen readers, every text in full, nothing taken for markup."""

import io
import re
from collections.abc import Callable

import pytest
from django.test import Client

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.controls.models import ProcedurePicture
from tryggmote.controls.tests.helpers import a_frame, a_picture, in_force
from tryggmote.handbook.paper import blocks, pictures_in, plain_blocks
from tryggmote.handbook.printing import as_pdf
from tryggmote.handbook.tests.helpers import book_of, established
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
EVERYTHING = """# Før

Si **fra** til en *kollega*, ~~ikke~~ [ring](tel:112) eller [les](https://nav.no).\\
Ny linje.

### Langt ned

3. Tre
4. Fire
   - med punkt

> Et sitat.

| Rom | Utganger |
|---|---|
| 3 | 2 |
| 4 |

```
#set page(width: 1cm)
```

---

<script>alert(1)</script> #emph[ikke markering] $x$ @her
"""


@pytest.fixture
def office() -> Office:
    return make_office()


def printed(office: Office) -> bytes:
    with acting_as(office.counsellor.id):
        return as_pdf(book_of(office.unit))


def test_a_new_office_has_a_book_to_print(office: Office, client_of: ClientOf) -> None:
    answer = client_of(office.counsellor).get("/handbok/utskrift/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert 'filename="handbok-nav-lillevik.pdf"' in answer.headers["Content-Disposition"]
    assert answer.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in answer.content or b"/MarkInfo" in answer.content
    assert re.search(rb"pdfuaid:part|pdfuaid", answer.content)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_everything_that_can_be_written_can_be_printed(
    office: Office, client_of: ClientOf, language: str
) -> None:
    Person.objects.filter(id=office.counsellor.id).update(language=language)
    in_force(office.office_leader, office.unit, EVERYTHING, frame=a_frame("#set page() [x] \\ $y$"))
    established(office.office_leader, office.unit, title='"#emph[nei]"', what=EVERYTHING * 3)
    assert client_of(office.counsellor).get("/handbok/utskrift/").content.startswith(b"%PDF")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_pictures_are_printed_with_their_words(office: Office, kind: str) -> None:
    procedure = in_force(office.office_leader, office.unit)
    without = len(printed(office))
    picture = ProcedurePicture.objects.create(
        id=new_id(), procedure=procedure, alt="Rommet", kind=f"image/{kind.lower()}",
        content=a_picture(kind, (400, 300)), width=400, height=300, by=office.office_leader,
    )  # fmt: skip
    shown = f"Se her:\n\n![Rommet sett ovenfra](bilde:{picture.id})\n\n![Borte](bilde:{new_id()})"
    in_force(office.office_leader, office.unit, shown, frame=a_frame("Med bilde"))
    assert len(printed(office)) > without


def test_headings_never_skip_a_level() -> None:
    found = [node["level"] for node in blocks(EVERYTHING, top=3) if node["kind"] == "heading"]
    assert found == [3, 4]
    assert [n["level"] for n in blocks("### A\n\n# B\n\n##### C", top=4)] == [4, 4, 5]


def test_an_address_that_is_not_one_is_only_words() -> None:
    (paragraph,) = blocks("[les](javascript:alert(1)) [her](//ond.example)", top=3)
    assert all(isinstance(each, str) for each in paragraph["inline"])


def test_pictures_are_found_wherever_they_stand() -> None:
    ids = [new_id() for _ in range(3)]
    source = "- ![a](bilde:{})\n\n> ![b](bilde:{})\n\n| x |\n|---|\n| ![c](bilde:{}) |".format(*ids)
    assert set(pictures_in(blocks(source, top=3))) == set(ids)


def test_plain_text_keeps_its_paragraphs() -> None:
    assert [node["inline"] for node in plain_blocks("En.\r\n\r\n\n\nTo.\nTre.")] == [["En."], ["To.\nTre."]]


def test_a_printed_book_is_read_by_a_program(office: Office) -> None:
    established(office.office_leader, office.unit, title="Alarm under skranken")
    content = printed(office)
    assert io.BytesIO(content).read(4) == b"%PDF"
    assert b"Nav Lillevik" in content or b"/Title" in content
