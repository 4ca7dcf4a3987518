"""Keys of everything that happens: UUIDv7, so that rows made together lie together."""

from uuid import UUID

from uuid6 import uuid7


def new_id() -> UUID:
    """A new UUIDv7 as a plain `uuid.UUID` (what psycopg and Django expect)."""
    return UUID(bytes=uuid7().bytes)
