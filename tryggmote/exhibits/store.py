"""Sealed bytes in rows: a megabyte a row, so that neither sending nor fetching fills the memory.

Each row is sealed with the file's own key (AES-256-GCM). Its number is its nonce, which the key never meets
twice, and what file and part it belongs to is sealed in as well. With the checksum of the whole, no row can
be moved, swapped or left out unseen.
"""

import hashlib
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tryggmote.exhibits.keys import NONCE_BYTES, SealedKey, keyring
from tryggmote.exhibits.models import Chunk, Exhibit
from tryggmote.exhibits.spans import Span
from tryggmote.exhibits.vocabulary import Part

CHUNK = 1024 * 1024
IN_MEMORY = 2 * CHUNK
"""What is larger lies in a file without a name while it is handled; it is gone however the process ends."""
_PART_NUMBER = {Part.ORIGINAL: 0, Part.COPY: 1}


class NotTheSame(Exception):
    """What is stored is not what was put there."""


def put(exhibit: Exhibit, part: Part, file: BinaryIO, file_key: bytes) -> None:
    """Seal and store one part of an exhibit."""
    file.seek(0)
    number = 0
    while content := file.read(CHUNK):
        sealed = AESGCM(file_key).encrypt(_nonce(part, number), content, _belongs_to(exhibit, part))
        Chunk.objects.bulk_create([Chunk(exhibit=exhibit, part=part, number=number, content=sealed)])
        number += 1


def fetch(exhibit: Exhibit, part: Part) -> BinaryIO:
    """The bytes of one part, opened and checked before anybody gets the first of them. One query.

    Raises: NotTheSame when a byte has changed; KeyIsMissing when its key is not configured.
    """
    cipher = _cipher(exhibit)
    opened, digest = SpooledTemporaryFile(max_size=IN_MEMORY), hashlib.sha256()  # noqa: SIM115
    rows = Chunk.objects.filter(exhibit=exhibit, part=part).order_by("number")
    try:
        for number, sealed in enumerate(rows.values_list("content", flat=True).iterator(chunk_size=2)):
            content = cipher.decrypt(_nonce(part, number), bytes(sealed), _belongs_to(exhibit, part))
            digest.update(content)
            opened.write(content)
    except InvalidTag as error:
        raise NotTheSame(str(exhibit.id)) from error
    expected = exhibit.sha256 if part == Part.ORIGINAL else exhibit.copy_sha256
    if digest.hexdigest() != expected:
        raise NotTheSame(str(exhibit.id))
    opened.seek(0)
    return cast(BinaryIO, opened)


def fetch_span(exhibit: Exhibit, span: Span) -> bytes:
    """The bytes of a span of the original. Opens no other rows, and each is checked by its seal. One query.

    Raises: NotTheSame when a byte has changed or a row is gone; KeyIsMissing when its key is not configured.
    """
    cipher = _cipher(exhibit)
    first, last = span.first // CHUNK, span.last // CHUNK
    rows = Chunk.objects.filter(exhibit=exhibit, part=Part.ORIGINAL, number__range=(first, last)).order_by(
        "number"
    )
    belongs_to = _belongs_to(exhibit, Part.ORIGINAL)
    try:
        content = b"".join(
            cipher.decrypt(_nonce(Part.ORIGINAL, number), bytes(sealed), belongs_to)
            for number, sealed in enumerate(rows.values_list("content", flat=True), start=first)
        )
    except InvalidTag as error:
        raise NotTheSame(str(exhibit.id)) from error
    asked_for = content[span.first - first * CHUNK :][: span.length]
    if len(asked_for) != span.length:
        raise NotTheSame(str(exhibit.id))
    return asked_for


def digest_of(file: Any) -> str:
    """SHA-256 of the file in hexadecimal, read from its start."""
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


def _cipher(exhibit: Exhibit) -> AESGCM:
    sealed_key = SealedKey(exhibit.key_id, bytes(exhibit.sealed_key))
    return AESGCM(keyring().open(sealed_key, exhibit.id.bytes))


def _nonce(part: Part, number: int) -> bytes:
    return _PART_NUMBER[part].to_bytes(4) + number.to_bytes(NONCE_BYTES - 4)


def _belongs_to(exhibit: Exhibit, part: Part) -> bytes:
    return exhibit.id.bytes + part.encode()
