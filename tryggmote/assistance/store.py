"""The few statements that the alarm program asks the database, as the job role."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from psycopg import AsyncConnection
from psycopg.rows import class_row, scalar_row
from psycopg.types.json import Jsonb

from tryggmote.access.signing_in import holder_of
from tryggmote.assistance import acts
from tryggmote.assistance.requests import CallRequest
from tryggmote.assistance.watching import Waiting

State = dict[str, Any]

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
_AFTER = " and (n.told_in, n.id) > ((%(position)s::text)::xid8, %(id)s)"
_IN_ORDER = " order by n.told_in, n.id limit %(at_most)s"
BEFORE_ALL = UUID(int=0)
# Everybody may be told at once, and calls for help wait while these are on their way to the screens.
AT_ONCE = 500
MISSED_AT_MOST = 10_000


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


async def told_since(db: AsyncConnection[Any], position: int) -> AsyncIterator[list[Told]]:
    """Everything told from a position on, in order and some at a time.

    What was told around that moment may have been read before.
    """
    last = BEFORE_ALL
    while True:
        cursor = db.cursor(row_factory=class_row(Told))
        await cursor.execute(
            _TOLD + _AFTER + _IN_ORDER, {"position": position, "id": last, "at_most": AT_ONCE}
        )
        told = await cursor.fetchall()
        yield told
        if len(told) < AT_ONCE:
            return
        position, last = told[-1].told_in, told[-1].id


async def missed_by(db: AsyncConnection[Any], person_id: int, position: int) -> list[Told]:
    """What this person was told from a position on and has not seen."""
    cursor = db.cursor(row_factory=class_row(Told))
    await cursor.execute(
        _TOLD + " and n.person_id = %(person)s and n.seen_at is null" + _IN_ORDER,
        {"position": position, "person": person_id, "at_most": MISSED_AT_MOST},
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


_TOLD_OF = "select array(select person_id from assistance_recipient where call_id = %s)"
_STEPS = """
select e.number, e.call_id, c.caller_id, app.state_of_call(e.call_id) as state,
  array(select r.person_id from assistance_recipient r where r.call_id = e.call_id) as told
from assistance_callevent e join assistance_call c on c.id = e.call_id
where e.number > %s order by e.number
"""
_WAITING = """
select id as call, ring, extract(epoch from next_ring_at - clock_timestamp())::float as left_s
from assistance_call where next_ring_at is not null
"""


@dataclass(frozen=True)
class CallNews:
    """A step of a call, what screens show of it now, and whose screens."""

    number: int
    call_id: UUID
    caller_id: int
    state: State
    told: list[int]


async def last_step(db: AsyncConnection[Any]) -> int:
    """The number of the latest step there is; 0 before the first."""
    return int(await _value(db, "select coalesce(max(number), 0) from assistance_callevent"))


async def steps_since(db: AsyncConnection[Any], number: int) -> list[CallNews]:
    """The steps after `number`, in order."""
    cursor = db.cursor(row_factory=class_row(CallNews))
    await cursor.execute(_STEPS, [number])
    return await cursor.fetchall()


async def state_of(db: AsyncConnection[Any], call: UUID) -> State | None:
    """What screens show of a call."""
    found: State | None = await _value(db, acts.STATE, call=call)
    return found


async def calls_for(db: AsyncConnection[Any], person_id: int, seen: int) -> list[State]:
    """Open calls that concern somebody, and those with steps after `seen`."""
    found: list[State] = await _value(db, acts.CALLS_FOR, person=person_id, seen=seen)
    return found


async def waiting(db: AsyncConnection[Any]) -> list[Waiting]:
    """Calls that nobody has answered."""
    cursor = db.cursor(row_factory=class_row(Waiting))
    await cursor.execute(_WAITING)
    return await cursor.fetchall()


async def ring_further(db: AsyncConnection[Any], call: UUID, ring: int) -> bool:
    """Spread a call from this ring to the next, unless somebody else just did."""
    return bool(await _value(db, acts.RING_FURTHER, call=call, ring=ring))


async def first_ring_of(db: AsyncConnection[Any], unit_id: int, person_id: int) -> list[int]:
    """Those who would be told first if this person called in the unit now."""
    found: list[int] = await _value(
        db,
        "select array(select app.people_of_ring(1, %(person)s, %(unit)s, null))",
        person=person_id,
        unit=unit_id,
    )
    return found


async def units_in_sight(db: AsyncConnection[Any], person_id: int) -> list[int]:
    """Units whose pages somebody may read."""
    found: list[int] = await act(db, person_id, "select app.units_in_sight()")
    return found


async def raise_call(db: AsyncConnection[Any], person_id: int, request: CallRequest) -> CallNews:
    """Call for help in somebody's name; durable when it returns. Raises psycopg's Error."""
    return await step(db, person_id, acts.RAISE, call=request.id, given=Jsonb(request.given()))


async def step(
    db: AsyncConnection[Any], person_id: int, statement: str, *, call: UUID, **parameters: Any
) -> CallNews:
    """Do one of the acts on a call, as this person: the step it took. Raises psycopg's Error when refused."""
    # All of it in one journey: each wait for the database is a wait for a processor as well.
    async with db.pipeline(), db.transaction():
        await db.execute("select app.login(%s)", [person_id])
        acted = await db.cursor(row_factory=scalar_row).execute(statement, {"call": call, **parameters})
        asked = await db.cursor(row_factory=scalar_row).execute(_TOLD_OF, [call])
    state = cast(State, await acted.fetchone())
    told = cast(list[int], await asked.fetchone())
    return CallNews(state["number"], call, state["caller"]["id"], state, told)


async def act(db: AsyncConnection[Any], person_id: int, statement: str, **parameters: Any) -> Any:
    """Do one of the acts in one transaction, as this person. Raises psycopg's Error when it is refused."""
    async with db.transaction():
        await db.execute("select app.login(%s)", [person_id])
        return await _value(db, statement, **parameters)


async def _value(db: AsyncConnection[Any], statement: str, **parameters: Any) -> Any:
    cursor = db.cursor(row_factory=scalar_row)
    await cursor.execute(statement, parameters)
    return await cursor.fetchone()
