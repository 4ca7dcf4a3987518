"""What may be stored as evidence: told by the bytes, never by the name."""

import io
import tracemalloc

import pytest
from PIL import Image

from tryggmote.exhibits.errors import Refused
from tryggmote.exhibits.limits import MB, limits
from tryggmote.exhibits.services import examine
from tryggmote.exhibits.tests import helpers as h
from tryggmote.exhibits.vocabulary import Kind


def judged(content: bytes) -> str:
    """The media type when it is taken, else the reason why it is not."""
    try:
        return examine(io.BytesIO(content), len(content)).media_type
    except Refused as refused:
        return refused.message


TAKEN = {
    "a photograph": (h.photograph(), "image/jpeg"),
    "a screenshot": (h.picture("PNG"), "image/png"),
    "a picture from a web page": (h.picture("WEBP"), "image/webp"),
    "a moving picture": (h.picture("GIF"), "image/gif"),
    "an iPhone's photograph": (h.box(b"heic", b"mif1", b"heic"), "image/heic"),
    "an iPhone's voice memo": (h.box(b"M4A ", b"M4A ", b"mp42"), "audio/mp4"),
    "an Android's recording": (b"#!AMR\n" + b"\0" * 100, "audio/amr"),
    "a recording of an older telephone": (h.box(b"3gp5", b"3gp5"), "video/3gpp"),
    "music": (b"ID3\x03" + b"\0" * 100, "audio/mpeg"),
    "an iPhone's video": (h.box(b"qt  ", b"qt  "), "video/quicktime"),
    "an Android's video": (h.box(b"isom", b"isom", b"mp42"), "video/mp4"),
    "an e-mail": (h.mail(), "message/rfc822"),
    "a message that was pasted": ("Jeg kommer og tar deg, så det så. 😡".encode(), "text/plain"),
    "a letter that was scanned": (b"%PDF-1.7\n" + b"x" * 100, "application/pdf"),
}


@pytest.mark.parametrize(("content", "media_type"), TAKEN.values(), ids=TAKEN)
def test_what_telephones_and_mail_programs_make_is_taken(content: bytes, media_type: str) -> None:
    assert judged(content) == media_type


REFUSED = {
    "a Windows program": b"MZ\x90\0" + b"\0" * 300,
    "a Linux program": b"\x7fELF\2\1\1" + b"\0" * 300,
    "a shell script": b"#!/bin/sh\nrm -rf /\n",
    "a web page": b"<!DOCTYPE html><script>alert(1)</script>",
    "a web page after blank lines": b"\n\n   <html><body onload=alert(1)>",
    "a web page behind a byte order mark": "\ufeff<html><script>1</script>".encode(),
    "a drawing with a script in it": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "the same, as XML": b"<?xml version='1.0'?><svg onload='alert(1)'/>",
    "a packed file": b"PK\3\4" + b"\0" * 300,
    "an Office document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "a page that begins like a photograph": b"\xff\xd8\xff<script>alert(1)</script>" + b" " * 300,
    "a program that begins like a screenshot": b"\x89PNG\r\n\x1a\nMZ" + b"\0" * 300,
    "a packed file that begins like a moving picture": b"GIF89a" + b"PK\3\4" + b"\0" * 300,
    "a screenshot that was cut off": h.picture("PNG", (900, 900))[:200],
    "bytes that mean nothing": bytes(range(256)) * 4,
    "text in an unknown encoding": "Jeg er så sur på deg".encode("utf-16"),
    "nothing at all": b"",
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_programs_pages_and_what_only_pretends_are_refused_with_a_way_out(content: bytes) -> None:
    said = judged(content)
    assert said not in limits().kind_of
    assert "skjermbilde" in said


def test_a_picture_that_is_also_something_else_is_kept_and_shown_without_it() -> None:
    """A polyglot: a valid photograph with a page and an archive behind it."""
    polyglot = h.photograph() + b"<html><script>alert(1)</script></html>PK\3\4"
    examined = examine(io.BytesIO(polyglot), len(polyglot))
    assert examined.media_type == "image/jpeg"
    assert examined.copy is not None
    assert b"script" not in examined.copy.content
    assert b"PK\3\4" not in examined.copy.content


def test_the_copy_says_nothing_of_where_when_and_with_what_it_was_taken() -> None:
    content = h.photograph()
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)
    copy = examine(io.BytesIO(content), len(content)).copy
    assert copy is not None
    shown = Image.open(io.BytesIO(copy.content))
    assert dict(shown.getexif()) == {}
    assert b"hjemme hos meg" not in copy.content
    assert b"Telefon 7" not in copy.content


def test_words_hidden_in_a_screenshot_are_not_in_the_copy() -> None:
    content = h.screenshot_with_words_hidden_in_it()
    copy = examine(io.BytesIO(content), len(content)).copy
    assert copy is not None
    assert b"Nordmann" in content
    assert b"Nordmann" not in copy.content


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_drawn() -> None:
    """A decompression bomb: kilobytes on disk, gigabytes on the screen."""
    tracemalloc.start()
    said = judged(h.bomb())
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "for mange bildepunkter" in said
    assert most < 20 * MB


def test_each_kind_has_a_limit_of_its_own() -> None:
    assert "det er plass til 1 mb" in judged(b"a" * (MB + 1)).casefold()
    # Cut in the middle of a letter by the limit: still a text, and still too large.
    assert "det er plass til 1 mb" in judged(b"a" + "å".encode() * MB).casefold()
    big = h.picture("PNG") + b"\0" * (26 * MB)
    assert "det er plass til 25 mb" in judged(big).casefold()


def test_every_kind_of_evidence_has_its_types_and_extensions() -> None:
    assert set(limits().kind_of.values()) == set(Kind)
    assert limits().extension_of("image/jpeg") == "jpg"
