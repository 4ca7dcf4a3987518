"""Files as telephones, mail programs and attackers make them."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, PngImagePlugin

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.exhibits.models import Exhibit
from tryggmote.exhibits.services import add_exhibit, examine
from tryggmote.incidents.models import Incident
from tryggmote.organisation.models import Person

OSLO_TOWN_HALL = (59.9115, 10.7335)


def picture(file_format: str = "PNG", size: tuple[int, int] = (60, 40)) -> bytes:
    """A plain red picture."""
    written = io.BytesIO()
    Image.new("RGB", size, "#c30000").save(written, format=file_format)
    return written.getvalue()


def photograph() -> bytes:
    """A JPEG as a telephone takes it: with the place, the time and the telephone in it."""
    exif = Image.Exif()
    exif[0x0110] = "Telefon 7"
    exif[0x8825] = {1: "N", 2: (59.0, 54.0, 41.4), 3: "E", 4: (10.0, 44.0, 0.6)}
    written = io.BytesIO()
    Image.new("RGB", (80, 60), "#3366cc").save(written, format="JPEG", exif=exif, comment=b"hjemme hos meg")
    return written.getvalue()


def screenshot_with_words_hidden_in_it() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Ola Nordmann")
    written = io.BytesIO()
    Image.new("RGB", (30, 30)).save(written, format="PNG", pnginfo=info)
    return written.getvalue()


def bomb(side: int = 60_000) -> bytes:
    """A PNG of some kilobytes that says it has billions of points."""

    def part(name: bytes, content: bytes) -> bytes:
        checked = name + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 2_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", rows) + part(b"IEND", b"")


def box(brand: bytes, *others: bytes) -> bytes:
    """The beginning of a file of the MPEG-4 family."""
    body = brand + b"\0\0\2\0" + b"".join(others)
    return struct.pack(">I", 8 + len(body)) + b"ftyp" + body + b"\0\0\0\x08free" + b"\0" * 300


def mail(text: str = "Jeg vet hvor du bor.") -> bytes:
    return (
        "Received: from mail.example\r\nFrom: noen@example.invalid\r\nTo: nav@example.invalid\r\n"
        f"Subject: Du\r\nDate: Mon, 2 Nov 2026 10:00:00 +0100\r\n\r\n{text}\r\n"
    ).encode()


def added_by(person: Person, incident: Incident, content: bytes | None = None, **fields: Any) -> Exhibit:
    """Evidence that this person has added to the incident."""
    content = picture() if content is None else content
    with acting_as(person.id) as by:
        return add_exhibit(
            by=by,
            incident=Incident.objects.get(id=incident.id),
            examined=examine(io.BytesIO(content), len(content)),
            **{"exhibit_id": new_id(), "what": "Skjermbilde av SMS", **fields},
        )
