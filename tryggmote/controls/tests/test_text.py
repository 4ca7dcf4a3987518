"""The text of a procedure as HTML, and its pictures. No database."""

import io
from html.parser import HTMLParser
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from tryggmote.controls import pictures
from tryggmote.controls.markdown import Shown, picture_line, to_html
from tryggmote.controls.pictures import LONGEST_SIDE, NotAPicture, clean_picture
from tryggmote.controls.tests.helpers import a_picture
from tryggmote.controls.vocabulary import PictureKind


class Tags(HTMLParser):
    """What stands in a page as markup, and not as text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))


PICTURE = UUID("0193a000-0000-7000-8000-000000000001")
PICTURES = {PICTURE: Shown("/rutiner/bilder/1/", "Alarmknappen", 40, 30)}


def html(text: str) -> str:
    return to_html(text, PICTURES)


def test_headings_begin_below_the_pages_own_and_keep_their_distance() -> None:
    assert "<h3>Før</h3>" in html("# Før")
    assert "<h3>Før</h3>" in html("### Før")
    assert "<h4>Alarm</h4>" in html("## Før\n\n### Alarm")
    assert "<h6>Dypt</h6>" in html("# En\n\n###### Dypt")
    assert "<h1" not in html("# Før")


def test_lists_tables_and_links_are_what_people_expect() -> None:
    page = html(
        "1. Gå ut\n2. Ring **112**\n\n| Rom | Utganger |\n|---|---|\n| 3 | 2 |\n\n[Skjema](https://nav.no)"
    )
    assert "<ol>" in page
    assert "<strong>112</strong>" in page
    assert "<td>2</td>" in page
    assert 'href="https://nav.no"' in page
    assert "noopener" in page


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[klikk](javascript:alert(1))",
        "[klikk](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://evil.example/spor.gif)",
        "![x](//evil.example/spor.gif)",
        "<style>body{display:none}</style>",
        "<a href='#' style='position:fixed'>x</a>",
        "<form action='//evil.example'><input></form>",
    ],
)
def test_nothing_of_ones_own_runs_or_fetches_or_hides(evil: str) -> None:
    tags = Tags()
    tags.feed(html(evil))
    assert {tag for tag, _ in tags.found} <= {"p"}
    assert not any(attributes for _, attributes in tags.found)


def test_the_procedures_own_picture_is_shown_with_words() -> None:
    page = html(f"![Rød knapp ved døra](bilde:{PICTURE})")
    assert 'src="/rutiner/bilder/1/"' in page
    assert 'alt="Rød knapp ved døra"' in page
    assert 'width="40"' in page
    assert 'alt="Alarmknappen"' in html(f"![](bilde:{PICTURE})")


@pytest.mark.parametrize(
    "address", ["bilde:x", "bilde:0193a000-0000-7000-8000-00000000dead", "bilde:", f"{PICTURE}"]
)
def test_a_picture_that_is_not_there_is_said_to_be_missing(address: str) -> None:
    page = html(f"![x]({address})")
    assert "<img" not in page
    assert "Bildet finnes ikke" in page


@given(alt=st.text(max_size=60))
@example(alt="\\")
@example(alt="`]<a>")
def test_the_line_that_is_put_in_the_text_always_shows_the_picture(alt: str) -> None:
    assert f'src="{PICTURES[PICTURE].url}"' in html(picture_line(PICTURE, alt))


@given(text=st.text(max_size=300))
def test_whatever_is_written_becomes_a_page(text: str) -> None:
    page = html(text)
    assert "<script" not in page.lower()


# Pictures


@pytest.mark.parametrize(
    ("file_format", "kind"),
    [("PNG", PictureKind.PNG), ("JPEG", PictureKind.JPEG), ("WEBP", PictureKind.WEBP)],
)
def test_a_picture_is_written_anew_in_its_own_format(file_format: str, kind: PictureKind) -> None:
    sent = a_picture(file_format)
    clean = clean_picture(io.BytesIO(sent), len(sent))
    assert (clean.kind, clean.width, clean.height) == (kind, 40, 30)
    with Image.open(io.BytesIO(clean.content)) as kept:
        assert kept.format == file_format


def test_where_and_with_what_it_was_taken_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Hemmelig telefon"
    exif[0x8825] = {1: "N", 2: (60.0, 23.0, 30.0)}
    sent = a_picture("JPEG", exif=exif)
    assert b"Hemmelig" in sent
    clean = clean_picture(io.BytesIO(sent), len(sent))
    assert b"Hemmelig" not in clean.content
    with Image.open(io.BytesIO(clean.content)) as kept:
        assert not dict(kept.getexif())


def test_a_picture_taken_on_its_side_stands_upright_and_a_large_one_is_made_smaller() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter
    turned = a_picture("JPEG", (400, 100), exif=exif)
    assert clean_picture(io.BytesIO(turned), len(turned)).height == 400
    large = a_picture("JPEG", (5000, 2500))
    clean = clean_picture(io.BytesIO(large), len(large))
    assert (clean.width, clean.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"This is text.",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\x89PNG\r\n\x1a\n but no more",
        a_picture("PNG")[:60],
        a_picture("GIF"),
        a_picture("BMP"),
    ],
)
def test_a_picture_that_is_not_a_picture_is_said_to_be_none(sent: bytes) -> None:
    with pytest.raises(NotAPicture, match="ikke et bilde vi kan lese"):
        clean_picture(io.BytesIO(sent), len(sent))


def test_too_large_and_too_many_points_are_refused_before_they_are_decoded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(NotAPicture, match="5 MB"):
        clean_picture(io.BytesIO(b""), 5 * 1024 * 1024 + 1)
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)
    with pytest.raises(NotAPicture, match="bildepunkter"):
        clean_picture(io.BytesIO(a_picture()), 100)


def test_an_address_that_only_looks_like_one_of_ours_leads_nowhere() -> None:
    assert "href" not in html("[Skjema](<//annet.no/skjema>)")


def test_our_own_addresses_lead_there() -> None:
    assert 'href="/rutiner/"' in html("[Rutiner](/rutiner/)")
