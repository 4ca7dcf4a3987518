"""Sessions in the database, for cookies of any kind: one that was never made here is none, not an error."""

from typing import Any

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """Django's own, which would ask the database for keys that it cannot even hold (zero bytes)."""

    def _validate_session_key(self, key: Any) -> bool:
        is_shaped = super()._validate_session_key(key)  # type: ignore[misc]  # not in the stubs
        return bool(is_shaped) and key.isascii() and key.isalnum()
