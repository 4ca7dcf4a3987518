"""What a page asks the alarm program to do: call for help, answer, tell more, end, and say what was shown.

    POST /alarm/raise     {id, purpose?, kind?, silent?, form?, place?, unit?}
    POST /alarm/answer    {call, answer: "coming" | "cannot"}
    POST /alarm/describe  {call, kind?, place?}
    POST /alarm/end       {call}: by mistake; anything else it was is said on the call's page
    POST /alarm/shown     {calls: [id, ...]}
    GET  /alarm/open?seen=7     what screens show: open calls, and those with steps after number 7
    GET  /alarm/coverage?unit=  how many would be told first, and how many of them have a screen open

Each answers with what screens show of the call. 200 means that it is in the database, on disk.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from psycopg import AsyncConnection

from tryggmote.assistance import acts, requests, store
from tryggmote.assistance.requests import CallRequest, NotACall
from tryggmote.assistance.store import CallNews
from tryggmote.assistance.vocabulary import Outcome

Sent = dict[str, Any]
MOST_SHOWN = 50


async def act(
    db: AsyncConnection[Any], person_id: int, path: str, sent: Sent, took: Callable[[CallNews], None]
) -> tuple[HTTPStatus, Any]:
    """Do what a page has sent to `path`, and tell `took` which step that was.

    Raises psycopg's Error when the database refuses or is away.
    """
    given: dict[str, str | None]
    try:
        match path:
            case "/alarm/raise":
                news = await store.raise_call(db, person_id, CallRequest.read(sent))
                took(news)
                return HTTPStatus.OK, news.state
            case "/alarm/answer":
                statement, given = acts.ANSWER, {"answer": requests.answer(sent.get("answer"))}
                if not given["answer"]:
                    return HTTPStatus.UNPROCESSABLE_ENTITY, None
            case "/alarm/describe":
                place = requests.line(sent["place"]) if sent.get("place") else None
                statement, given = acts.DESCRIBE, {"kind": requests.kind(sent.get("kind")), "place": place}
            case "/alarm/end":
                statement, given = acts.END, {"outcome": Outcome.MISTAKE.value}
            case "/alarm/shown":
                shown = [requests.call_id(one) for one in list(sent.get("calls") or ())[:MOST_SHOWN]]
                await store.act(db, person_id, acts.SHOWN, calls=shown)
                return HTTPStatus.OK, {}
            case _:
                return HTTPStatus.NOT_FOUND, None
        news = await store.step(db, person_id, statement, call=requests.call_id(sent.get("call")), **given)
        took(news)
        return HTTPStatus.OK, news.state
    except (NotACall, TypeError):
        return HTTPStatus.UNPROCESSABLE_ENTITY, None


async def coverage(
    db: AsyncConnection[Any], person_id: int, unit_id: int, has_screen: Callable[[int], bool]
) -> tuple[HTTPStatus, Any]:
    """How many a call in the unit would reach on screens now, for those who may see the unit."""
    if unit_id not in await store.units_in_sight(db, person_id):
        return HTTPStatus.NOT_FOUND, None
    first = await store.first_ring_of(db, unit_id, person_id)
    return HTTPStatus.OK, {"told": len(first), "screens": sum(map(has_screen, first))}
