"""Pictures in procedures: what is sent is decoded and written anew, so that nothing but the picture is kept.

Where it was taken, with which telephone, and whatever else was hidden in the file, goes.
"""

import io
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from tryggmote.controls.vocabulary import PictureKind

LARGEST_FILE_MB = 5
LARGEST_FILE = LARGEST_FILE_MB * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2000  # pixels: sharp on paper across a page
_KINDS = {"PNG": PictureKind.PNG, "JPEG": PictureKind.JPEG, "WEBP": PictureKind.WEBP}


class NotAPicture(Exception):
    """The file cannot be used. `message` says why, and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class CleanPicture:
    """A picture without anything else."""

    kind: PictureKind
    content: bytes
    width: int
    height: int


def clean_picture(file: BinaryIO, size: int) -> CleanPicture:
    """The picture in a file of `size` bytes. Raises: NotAPicture."""
    if size > LARGEST_FILE:
        raise NotAPicture(
            _("Bildet er for stort. Det er plass til %(n)s MB. Gjør det mindre, og prøv igjen.")
            % {"n": LARGEST_FILE_MB}
        )
    try:
        with Image.open(file, formats=list(_KINDS)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NotAPicture(_("Bildet har for mange bildepunkter. Gjør det mindre, og prøv igjen."))
            return bare_copy(picture, str(picture.format))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NotAPicture(
            _("Filen er ikke et bilde vi kan lese. Bruk PNG, JPEG eller WebP, og prøv igjen.")
        ) from error


def bare_copy(picture: Image.Image, file_format: str) -> CleanPicture:
    """The picture upright and no larger than is needed, written in `file_format` with nothing beside it."""
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    has_transparency = upright.has_transparency_data and file_format != "JPEG"
    plain = upright.convert("RGBA" if has_transparency else "RGB")
    # A new picture of the same points: what else was in the file is not in it.
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    written = io.BytesIO()
    bare.save(written, format=file_format)
    return CleanPicture(_KINDS[file_format], written.getvalue(), bare.width, bare.height)
