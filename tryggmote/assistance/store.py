"""The few statements that the event stream asks the database, as the job role."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from psycopg import AsyncConnection
from psycopg.rows import class_row, scalar_row

from tryggmote.access.signing_in import holder_of

# A reader's position is a transaction number: everything older had ended when the position was taken, so
# reading from it misses nothing, however long a transaction took (see the notices' second migration).
# The hour bounds what is read after the database was restored into another server, whose numbers differ.
_TOLD = """
select n.id, n.person_id, n.kind, n.context, p.language, n.told_in::text::bigint as told_in, (
  select count(*) from (
    select from notices_notice u where u.person_id = n.person_id and u.seen_at is null limit 100
  ) few
) as unseen
from notices_notice n join organisation_person p on p.id = n.person_id
where n.told_in >= (%(position)s::text)::xid8 and n.created_at > now() - interval '1 hour'
"""
_IN_ORDER = " order by n.told_in, n.id limit 10000"


@dataclass(frozen=True)
class Told:
    """A notice on its way to the screen of the person it was told to."""

    id: UUID
    person_id: int
    kind: str
    context: dict[str, str | int]
    language: str
    told_in: int
    unseen: int


@dataclass(frozen=True)
class Session:
    """Who a session cookie belongs to, and until when."""

    key: str
    person_id: int
    expires_at: datetime


async def session_of(db: AsyncConnection[Any], key: str) -> Session | None:
    """The session with this key, or None when it has ended, was tampered with or its person has left."""
    cursor = await db.execute(
        "select session_data, expire_date from django_session where session_key = %s and expire_date > now()",
        [key],
    )
    row = await cursor.fetchone()
    person_id = holder_of(SessionStore().decode(row[0])) if row else None
    if row is None or person_id is None:
        return None
    cursor = await db.execute("select app.working_person(%s)", [person_id])
    works_here = await cursor.fetchone()
    return Session(key, person_id, row[1]) if works_here and works_here[0] else None


async def ended_sessions(db: AsyncConnection[Any], holders: Mapping[str, int]) -> set[str]:
    """Those of the sessions that no longer let their holder in: signed out, expired, or the person left."""
    cursor = db.cursor(row_factory=scalar_row)
    await cursor.execute(
        "select session_key from unnest(%s::text[], %s::int[]) as held (session_key, person_id) "
        "join django_session using (session_key) "
        "where expire_date > now() and app.working_person(person_id) is not null",
        [list(holders), list(holders.values())],
    )
    return holders.keys() - set(await cursor.fetchall())


async def position(db: AsyncConnection[Any]) -> int:
    """Where a reader is who has read all there is to read now."""
    cursor = db.cursor(row_factory=scalar_row)
    await cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    found: int | None = await cursor.fetchone()
    assert found is not None
    return found


async def told_since(db: AsyncConnection[Any], position: int) -> list[Told]:
    """Everything told from a position on; what was told around that moment may have been read before."""
    cursor = db.cursor(row_factory=class_row(Told))
    await cursor.execute(_TOLD + _IN_ORDER, {"position": position})
    return await cursor.fetchall()


async def missed_by(db: AsyncConnection[Any], person_id: int, position: int) -> list[Told]:
    """What this person was told from a position on and has not seen."""
    cursor = db.cursor(row_factory=class_row(Told))
    await cursor.execute(
        _TOLD + "and n.person_id = %(person)s and n.seen_at is null" + _IN_ORDER,
        {"position": position, "person": person_id},
    )
    return await cursor.fetchall()


async def unseen_by(db: AsyncConnection[Any], person_id: int) -> int:
    """How many notices this person has not seen, counted no further than to a hundred."""
    cursor = db.cursor(row_factory=scalar_row)
    await cursor.execute(
        "select count(*) from (select from notices_notice "
        "where person_id = %s and seen_at is null limit 100) few",
        [person_id],
    )
    found: int | None = await cursor.fetchone()
    return found or 0
