"""The keys that evidence is sealed with: `EXHIBIT_KEYS` in the environment, the first is the one in use.

Each file has a key of its own, and that key is sealed with the first of these. A key that is replaced stays
in the list until the nightly job has sealed the files' keys anew; the files themselves stay as they are.
"""

import base64
import binascii
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_BYTES = 32
NONCE_BYTES = 12
_ID = re.compile(r"[A-Za-z0-9-]{1,40}")


class KeyIsMissing(Exception):
    """A file was sealed with a key that is not in the list, or that is not the same any more."""


@dataclass(frozen=True)
class SealedKey:
    """A file's own key, sealed with the key called `key_id`."""

    key_id: str
    content: bytes


class Keyring:
    """The configured keys. `words`: `id:key`, the key being 32 bytes in base64.

    Raises: ValueError naming the entry that cannot be used, never the key.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._keys: dict[str, bytes] = {}
        for number, word in enumerate(words, start=1):
            key_id, _colon, encoded = word.partition(":")
            if not _ID.fullmatch(key_id) or key_id in self._keys:
                raise ValueError(f"entry {number}: a name of its own is needed, then a colon and the key")
            self._keys[key_id] = _decoded(encoded, number)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self._keys)

    @property
    def current(self) -> str | None:
        """The name of the key that new files are sealed with; None when there is no key."""
        return next(iter(self._keys), None)

    def seal(self, file_key: bytes, belongs_to: bytes) -> SealedKey:
        """Seal the key of a file; it opens only together with `belongs_to`, the file's id."""
        assert self.current, "callers ask `current` first"
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(self._keys[self.current]).encrypt(nonce, file_key, belongs_to)
        return SealedKey(self.current, nonce + sealed)

    def open(self, sealed: SealedKey, belongs_to: bytes) -> bytes:
        """The key of a file. Raises: KeyIsMissing."""
        key = self._keys.get(sealed.key_id)
        if key is None:
            raise KeyIsMissing(sealed.key_id)
        nonce, content = sealed.content[:NONCE_BYTES], sealed.content[NONCE_BYTES:]
        try:
            return AESGCM(key).decrypt(nonce, content, belongs_to)
        except InvalidTag as error:
            raise KeyIsMissing(sealed.key_id) from error


def keyring() -> Keyring:
    """The keys in force now."""
    return Keyring(settings.EXHIBIT_KEYS)


def _decoded(encoded: str, number: int) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError(f"entry {number}: the key must be {KEY_BYTES} bytes in base64")
    return key
