"""The copy of a picture for the screen: drawn anew, so that nothing but the picture is in it.

Where it was taken, with which telephone, and whatever else was hidden in the file, is in the original only.
"""

from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from tryggmote.controls.pictures import LONGEST_SIDE, CleanPicture, bare_copy
from tryggmote.exhibits.errors import Refused
from tryggmote.exhibits.limits import limits

_DRAWN = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
# A moving picture is shown by its first frame.
_WRITTEN = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "GIF": "PNG"}


def viewing_copy(file: BinaryIO, media_type: str) -> CleanPicture | None:
    """The picture without anything else, or None for what we cannot draw (HEIC, and all but pictures).

    Raises: Refused when it says that it is a picture and is not, or has too many points to be drawn safely.
    """
    wanted = _DRAWN.get(media_type)
    if wanted is None:
        return None
    file.seek(0)
    try:
        with Image.open(file, formats=[wanted]) as picture:
            if picture.width * picture.height > limits().most_megapixels * 1_000_000:
                raise Image.DecompressionBombError
            # JPEG can be read at a part of its size: what a large photograph costs in memory stays small.
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            return bare_copy(picture, _WRITTEN[wanted])
    except Image.DecompressionBombError as error:
        raise Refused(
            _("Bildet har for mange bildepunkter. Ta et skjermbilde av det, og legg inn det i stedet.")
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Refused(
            _("Bildet er ødelagt og kan ikke leses. Ta et nytt skjermbilde, og prøv igjen.")
        ) from error
    finally:
        file.seek(0)
