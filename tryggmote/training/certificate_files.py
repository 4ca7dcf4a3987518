"""The file of a certificate, looked at before it is kept (4.1).

A picture is drawn anew, so that nothing but the picture is in it. A PDF is kept as it came: it is scanned
like all other files, never shown in a page of ours, and leaves us only to be saved.
"""

from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from tryggmote.controls.pictures import NotAPicture, clean_picture
from tryggmote.exhibits.errors import Refused
from tryggmote.exhibits.scanning import scan
from tryggmote.exhibits.sniffing import media_type_of
from tryggmote.training.vocabulary import FileKind

LARGEST_PDF_MB = 10
ACCEPTED = "application/pdf,image/*"


@dataclass(frozen=True)
class CleanFile:
    """What may be kept."""

    kind: FileKind
    content: bytes


def clean_file(file: BinaryIO, size: int) -> CleanFile:
    """The file as it may be kept. What it is, is told by its bytes. Raises: Refused with what to do."""
    if media_type_of(file) != FileKind.PDF:
        return _picture(file, size)
    if size > LARGEST_PDF_MB * 1024 * 1024:
        raise Refused(
            _("Filen er for stor. Det er plass til %(n)s MB. Ta et bilde av kursbeviset i stedet.")
            % {"n": LARGEST_PDF_MB}
        )
    scan(file)
    return CleanFile(FileKind.PDF, file.read())


def _picture(file: BinaryIO, size: int) -> CleanFile:
    try:
        found = clean_picture(file, size)
    except NotAPicture as error:
        raise Refused(_("Bruk en PDF, eller et bilde (PNG, JPEG eller WebP) på inntil 5 MB.")) from error
    return CleanFile(FileKind(found.kind), found.content)
