"""What a file is, from its bytes. Its name and what the browser says about it are not asked."""

import email.policy
from codecs import getincrementaldecoder
from email.parser import BytesHeaderParser
from typing import BinaryIO

import filetype

from tryggmote.exhibits.limits import MB, limits

BEGINNING = 8192
"""Bytes that are looked at to tell a type."""
_MAIL_HEADERS = {"from", "date", "received", "message-id", "subject", "to"}
# A page or a drawing is text too, and a browser may run what is in it.
_MARKUP = ("<", "\ufeff<")


def media_type_of(file: BinaryIO) -> str | None:
    """The media type by content, when it is one that we take; else None. The file is read from its start."""
    file.seek(0)
    beginning = file.read(BEGINNING)
    if not beginning:
        return None
    found = filetype.guess_mime(beginning) or _third_generation(beginning) or _text_type(file, beginning)
    file.seek(0)
    return found if found in limits().kind_of else None


def _third_generation(beginning: bytes) -> str | None:
    """Recordings of older telephones (3GPP TS 26.244), which the library knows only in part."""
    return "video/3gpp" if beginning[4:8] == b"ftyp" and beginning[8:11] in (b"3gp", b"3g2") else None


def _text_type(file: BinaryIO, beginning: bytes) -> str | None:
    if b"\0" in beginning:
        return None
    if _is_mail(beginning):
        return "message/rfc822"
    return "text/plain" if _is_plain(file) else None


def _is_mail(beginning: bytes) -> bool:
    """Headers as RFC 5322 wants them: a sender and a date, and nothing before them."""
    headers = BytesHeaderParser(policy=email.policy.compat32).parsebytes(beginning)
    named = {name.lower() for name in headers}
    return {"from", "date"} <= named and len(named & _MAIL_HEADERS) >= 3 and not headers.defects


def _is_plain(file: BinaryIO) -> bool:
    """Text in UTF-8 that is neither markup nor the first line of a program."""
    largest = limits().kinds["text"].largest_mb * MB
    file.seek(0)
    content = file.read(largest + 1)
    try:
        # What is too large is cut here, perhaps in the middle of a letter; its size is judged elsewhere.
        text = getincrementaldecoder("utf-8")().decode(content, final=len(content) <= largest)
    except UnicodeDecodeError:
        return False
    start = text.lstrip()
    return "\0" not in text and not start.startswith((*_MARKUP, "#!"))
