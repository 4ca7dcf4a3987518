"""The seal of the history: who did what and when cannot be changed later without its being seen."""

from django.db import connection


def seal_history() -> str:
    """Seal what has come since the last time, as a job; the newest seal, "" when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("select app.seal_history()")
        seal: str = cursor.fetchone()[0]
    return seal


def broken_seal() -> int | None:
    """The last entry of the first seal the history does not answer to, or None. For jobs and the owner."""
    with connection.cursor() as cursor:
        cursor.execute("select app.broken_seal()")
        found: int | None = cursor.fetchone()[0]
    return found
